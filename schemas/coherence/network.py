"""Where the cluster is, who may connect to it, and texts that must be ids or names of what exists at AWS."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.cidr import is_everywhere
from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.referable import Path, Referable
from auroraform.schemas.references import Reference
from auroraform.schemas.regions import arn_parts, partition_of
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.spec.network import SecurityGroupRule, egress_rules, ingress_rules

FEWEST_SUBNETS: Final = 2

_EGRESS: Final = "egress"


def subnets(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    yield from _two_ways_to_subnets(spec)
    if spec.db_subnet_group_name is not None or spec.subnet_tags is not None:
        return
    if spec.subnet_ids is None and not situation.environment_has_subnets:
        yield Finding(
            Code.TOO_FEW_SUBNETS,
            ("subnetIds",),
            f"names no subnets, and neither does the environment {situation.environment}",
            "list two or more in different Availability Zones, here or as network.subnetIds of the environment",
        )
    elif spec.subnet_ids is not None and not any(isinstance(value, Reference) for value in spec.subnet_ids):
        yield from too_few_subnets(len(spec.subnet_ids))


def _two_ways_to_subnets(spec: AwsRdsClusterSpec) -> Iterator[Finding]:
    group, ids, tags = "dbSubnetGroupName", "subnetIds", "subnetTags"
    if spec.db_subnet_group_name is not None and spec.subnet_ids is not None:
        yield Finding(
            Code.CONFLICT,
            (group,),
            "an existing group and subnetIds exclude each other",
            "keep dbSubnetGroupName to use the group as it is, or subnetIds to have one made",
        )
    if spec.subnet_tags is not None:
        for field, value in ((group, spec.db_subnet_group_name), (ids, spec.subnet_ids)):
            if value is not None:
                yield Finding(
                    Code.CONFLICT,
                    (tags,),
                    f"{field} says where the cluster is already",
                    f"keep {field}, or {tags} to have the subnets looked up",
                )


def too_few_subnets(count: int) -> Iterator[Finding]:
    """The fault of fewer subnets than a group needs, once references among them are resolved."""
    if count < FEWEST_SUBNETS:
        yield Finding(
            Code.TOO_FEW_SUBNETS,
            ("subnetIds",),
            f"lists {count} of the at least two subnets that a DB subnet group needs",
            "list two or more in different Availability Zones, or name an existing dbSubnetGroupName",
        )


def subnet_zones(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    # Those of the environment are told where the environment lists them.
    if spec.subnet_ids is not None:
        yield from one_zone(situation.zones)


def one_zone(zones: tuple[str, ...]) -> Iterator[Finding]:
    """The fault of subnets whose zones are known and are but one."""
    if len(zones) == 1:
        yield Finding(
            Code.TOO_FEW_SUBNETS,
            ("subnetIds",),
            f"lists subnets of {zones[0]} alone, and a DB subnet group covers at least two Availability Zones",
            "list a subnet of another zone too; network.availabilityZones of the environment says where each one is",
        )


def rule_sources(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    for path, rule in _rules(spec):
        given = rule.sources()
        if not given:
            yield Finding(
                Code.MISSING_FIELD,
                path,
                "says nobody to connect to" if path[1] == _EGRESS else "says nobody who may connect",
                "give cidrIpv4, cidrIpv6, prefixListId, securityGroupId or self: true",
            )
        for field in given[1:]:
            yield Finding(
                Code.CONFLICT,
                (*path, field),
                f"a rule has one source, and this one has {given[0]} already",
                "make another rule of it (null undoes what an earlier layer says)",
            )


def rule_ports(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    for path, rule in _rules(spec):
        if rule.from_port is None:
            if path[1] == _EGRESS:
                yield Finding(
                    Code.MISSING_FIELD,
                    (*path, "fromPort"),
                    "is missing: the cluster's own port is for those who connect to it",
                    "add it, such as 443 for AWS's own services",
                )
            elif rule.to_port is not None:
                yield Finding(Code.MISSING_FIELD, (*path, "toPort"), "has no fromPort beside it", "add fromPort")
        elif rule.to_port is not None and rule.to_port < rule.from_port:
            yield Finding(
                Code.CONFLICT,
                (*path, "toPort"),
                f"the last port {rule.to_port} is below the first one {rule.from_port}",
                "make the last port the higher one, or delete it for a single port",
            )


def ipv6_sources(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    for path, rule in _rules(spec):
        if rule.cidr_ipv6 is not None and spec.network_type != "DUAL":
            # EC2 takes the rule, and it never matches.
            yield Finding(
                Code.CONFLICT,
                (*path, "cidrIpv6"),
                "the cluster has IPv4 addresses only, so that nothing connects by IPv6",
                "write networkType: DUAL, or delete the rule (null undoes what an earlier layer says)",
            )


def open_to_everybody(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    is_production = situation.environment_class == "production"
    for path, cidr in ingress_networks(spec):
        if is_everywhere(cidr):
            yield Finding(
                Code.OPEN_TO_EVERYBODY,
                path,
                f"{cidr} lets everybody in whose packets reach the VPC"
                + (f"; {situation.environment} is of class production" if is_production else ""),
                "name the networks or the security groups that connect",
                Severity.ERROR if is_production else Severity.WARNING,
            )


def ingress_networks(spec: AwsRdsClusterSpec) -> Iterator[tuple[Path, str]]:
    """Every network that may connect, to the cluster or by its proxy, with the path of its field."""
    for index, block in enumerate(spec.allowed_cidr_blocks or ()):
        yield ("allowedCidrBlocks", index), block
    for index, block in enumerate(spec.proxy.allowed_cidr_blocks or () if spec.proxy else ()):
        yield ("proxy", "allowedCidrBlocks", index), block
    for name, rule in ingress_rules(spec.security_group).items():
        for field, cidr in (("cidrIpv4", rule.cidr_ipv4), ("cidrIpv6", rule.cidr_ipv6)):
            if cidr is not None:
                yield ("securityGroup", "rules", name, field), cidr


def existing_groups_only(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    group = spec.security_group
    if group is None or group.managed is not False:
        return
    if not spec.associate_security_group_ids:
        yield Finding(
            Code.CONFLICT,
            ("securityGroup", "managed"),
            "no security group would be left, and RDS would attach the VPC's default one",
            "name groups in associateSecurityGroupIds, or delete it to have a group made",
        )
    dropped = {
        ("securityGroupIds",): spec.security_group_ids,
        ("allowedCidrBlocks",): spec.allowed_cidr_blocks,
        ("securityGroup", "rules"): ingress_rules(group),
        ("securityGroup", "egress"): egress_rules(group),
    }
    for path, value in dropped.items():
        if value:
            yield Finding(
                Code.CONFLICT,
                path,
                "there is no security group for these rules, as securityGroup.managed is false",
                "put them into the existing groups, or delete managed: false (null undoes what an earlier layer says)",
            )


def text_fault(referable: Referable, path: tuple[str | int, ...], text: str) -> Finding | None:
    """What is wrong with a text where the id or name of something at AWS is expected, if anything.

    Args:
        referable: the field.
        path: where the text stands.
        text: the text.
    """
    shape = referable.shape
    if shape is None or shape.pattern.fullmatch(text):
        return None
    return Finding(Code.BAD_VALUE, path, f'"{text}" is not {shape.what}', shape.advice)


def region_fault(referable: Referable, path: tuple[str | int, ...], text: str, region: str) -> Finding | None:
    """What is wrong with an ARN that must be of the cluster's own Region, if anything.

    Args:
        referable: the field.
        path: where the text stands.
        text: the text; a name that is no ARN has no Region.
        region: the Region of the cluster.
    """
    home = referable.home
    if home is None or not text.startswith("arn:"):
        return None
    _, partition, _, other, *_ = text.split(":")
    if other != region:
        return Finding(
            Code.BAD_VALUE,
            path,
            f'"{text}" is in {other}, and the cluster in {region}: {home.reason}',
            f"name one that is in {region}; {home.advice}",
        )
    if partition != partition_of(region):
        return Finding(
            Code.BAD_VALUE,
            path,
            f'"{text}" names the partition {partition}, and {region} is in {partition_of(region)}',
            f"begin it with arn:{partition_of(region)}:",
        )
    return None


def arn_fault(referable: Referable, path: Path, text: str, region: str) -> Finding | None:
    """What is wrong with an ARN where an id or a name is expected, if it is one.

    Args:
        referable: the field.
        path: where the text stands.
        text: the text.
        region: the Region that things must be in.
    """
    shape, parts = referable.shape, arn_parts(text)
    if shape is None or parts is None or shape.pattern.fullmatch(text) or not shape.pattern.fullmatch(parts[1]):
        return None
    if parts[0] not in {"", region}:
        message = f'"{text}" is in {parts[0]}, and the environment in {region}'
        return Finding(Code.BAD_VALUE, path, message, f"name one that is in {region}")
    return Finding(Code.BAD_VALUE, path, f'"{text}" is an ARN, and not {shape.what}', f"write {parts[1]}")


def _rules(spec: AwsRdsClusterSpec) -> Iterator[tuple[Path, SecurityGroupRule]]:
    for field, rules in (("rules", ingress_rules), (_EGRESS, egress_rules)):
        for name, rule in rules(spec.security_group).items():
            yield ("securityGroup", field, name), rule
