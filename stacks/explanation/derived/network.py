"""Subnets, VPC, security group."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.network import SecurityGroupRule, VpcId, VpcOfSubnetGroup
from auroraform.schemas.spec.network import SecurityGroupRule as WrittenRule
from auroraform.schemas.spec.network import egress_rules, ingress_rules
from auroraform.stacks.explanation.derived.rule import derived, text
from auroraform.stacks.explanation.origins import environment_row, network_origins, spec_origins, spec_row
from auroraform.stacks.explanation.rows import Json, Row
from auroraform.stacks.explanation.subject import Subject, Whole

_SECURITY_GROUPS: Final = ("securityGroupIds.*", "applicationSecurityGroupIds.*")


def ingress(subject: Subject, whole: Whole) -> dict[str, list[Row]]:
    """By the key of each ingress rule, what asks for it: elements of lists, or the parts of a rule with a name."""
    group = whole.cluster.security_group
    named = ingress_rules(whole.spec.security_group)
    return {
        rule.key: _parts(subject, "rules", rule.key) if rule.key in named else _elements(rule, subject, whole)
        for rule in (group.ingress if group else ())
    }


def egress(subject: Subject, whole: Whole) -> dict[str, list[Row]]:
    """By the key of each egress rule, its parts."""
    group = whole.cluster.security_group
    return {rule.key: _parts(subject, "egress", rule.key) for rule in (group.egress if group else ())}


def _parts(subject: Subject, field: str, key: str) -> list[Row]:
    return [row for path, row in subject.rows.items() if path.startswith(f"securityGroup.{field}.{key}.")]


def _elements(rule: SecurityGroupRule, subject: Subject, whole: Whole) -> list[Row]:
    if rule.cidr_ipv4 is not None:
        index = (whole.spec.allowed_cidr_blocks or ()).index(rule.cidr_ipv4)
        return [spec_row(subject, ("allowedCidrBlocks", index))]
    return [
        origin.row
        for origin in (*spec_origins(subject, whole), *network_origins(subject))
        if origin.field in _SECURITY_GROUPS
        and any(found.value == rule.referenced_security_group_id for found in origin.found)
    ]


def subnet_source(subject: Subject) -> Row:
    """What the subnets, or the existing subnet group, are said by."""
    for field in ("dbSubnetGroupName", "subnetIds", "subnetTags"):
        if subject.node(field) is not None:
            return spec_row(subject, (field,))
    return _of_network(subject, "subnetTags", "subnetIds")


def first_subnet(subject: Subject) -> Row:
    """What the first subnet is said by: an element of a list, or tags."""
    if subject.node("subnetIds") is not None:
        return spec_row(subject, ("subnetIds", 0))
    if subject.node("subnetTags") is not None:
        return spec_row(subject, ("subnetTags",))
    if subject.in_environment("network", "subnetTags"):
        return environment_row(subject, "network", "subnetTags")
    return environment_row(subject, "network", "subnetIds", 0)


def subnets(subject: Subject, whole: Whole) -> Iterator[Row]:
    group = whole.cluster.subnet_group
    if group is None:
        return
    if whole.spec.subnet_ids is None:
        source, ids = subnet_source(subject), group.subnet_ids
        value: Json = text(ids) if isinstance(ids, str) else [text(id_) for id_ in ids]
        is_own = whole.spec.subnet_tags is not None
        reason = "looked up by subnetTags" if is_own else f"{source.path} of the environment"
        yield derived("subnetIds", value, reason, source.place)
    yield derived("subnetGroup.name", group.name, "from clusterIdentifier")


def vpc(subject: Subject, whole: Whole) -> Iterator[Row]:
    group = whole.cluster.security_group
    if whole.spec.vpc_id is not None or group is None:
        return
    vpc = group.vpc
    if isinstance(vpc, VpcId):
        source = _of_network(subject, "vpcTags", "vpcId")
        is_searched = whole.spec.subnet_tags is not None
        why = "where subnetTags are looked up" if is_searched else "whose subnets are used"
        reason = f"{source.path} of the environment, {why}"
        yield derived("vpcId", text(vpc.id), reason, source.place)
        return
    is_group = isinstance(vpc, VpcOfSubnetGroup)
    lookup, source = (
        ("aws_db_subnet_group", subnet_source(subject)) if is_group else ("aws_subnet", first_subnet(subject))
    )
    value = Expression(f"data.{lookup}.{whole.cluster.name}.vpc_id")
    yield derived("vpcId", text(value), f"looked up by Terraform from {source.path}", source.place)


def security_group(subject: Subject, whole: Whole) -> Iterator[Row]:
    group = whole.cluster.security_group
    if group is None:
        return
    yield derived("securityGroup.name", group.name, "from clusterIdentifier")
    named = ingress_rules(whole.spec.security_group)
    asked = ingress(subject, whole)
    for rule in group.ingress:
        if rule.key in named:
            yield from _rule("rules", rule, named[rule.key], subject)
            continue
        value = text(rule.referenced_security_group_id or rule.cidr_ipv4 or "")
        rows = asked[rule.key]
        reason = " and ".join(row.path for row in rows)
        yield derived(f"securityGroup.sources.{rule.key}", value, reason, rows[0].place)
    written = egress_rules(whole.spec.security_group)
    for rule in group.egress:
        yield from _rule("egress", rule, written[rule.key], subject)


def _rule(field: str, rule: SecurityGroupRule, written: WrittenRule, subject: Subject) -> Iterator[Row]:
    path = f"securityGroup.{field}.{rule.key}"
    if written.from_port is None:
        yield derived(f"{path}.fromPort", rule.from_port, "the port of the cluster", subject.place("port"))
    elif written.to_port is None:
        place = subject.place(*path.split("."), "fromPort")
        yield derived(f"{path}.toPort", rule.to_port, "a single port, as toPort is not set", place)
    if written.description is None:
        yield derived(f"{path}.description", rule.description, "the source in words")


def _of_network(subject: Subject, tags: str, ids: str) -> Row:
    return environment_row(subject, "network", tags if subject.in_environment("network", tags) else ids)
