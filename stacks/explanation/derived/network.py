"""Subnets, VPC, security group."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.network import VpcId, VpcOfSubnetGroup
from auroraform.stacks.explanation.derived.rule import derived, text
from auroraform.stacks.explanation.origins import environment_row, network_origins, spec_origins, spec_row
from auroraform.stacks.explanation.rows import Json, Row
from auroraform.stacks.explanation.subject import Subject, Whole

_SECURITY_GROUPS: Final = ("securityGroupIds.*", "applicationSecurityGroupIds.*")


def sources(subject: Subject, whole: Whole) -> dict[str, list[Row]]:
    """By the key of each ingress rule, the elements of lists that ask for it."""
    found: dict[str, list[Row]] = {}
    for origin in (*spec_origins(subject, whole), *network_origins(subject)):
        if origin.field in _SECURITY_GROUPS:
            for one in origin.found:
                found.setdefault(one.key, []).append(origin.row)
    keys = {source.cidr_ipv4: source.key for source in whole.cluster.security_group.sources}
    for index, block in enumerate(whole.spec.allowed_cidr_blocks or ()):
        found.setdefault(keys[block], []).append(spec_row(subject, ("allowedCidrBlocks", index)))
    return found


def subnet_source(subject: Subject) -> Row:
    """What the subnets, or the existing subnet group, are said by."""
    for field in ("dbSubnetGroupName", "subnetIds"):
        if subject.node(field) is not None:
            return spec_row(subject, (field,))
    return _of_network(subject, "subnetTags", "subnetIds")


def first_subnet(subject: Subject) -> Row:
    """What the first subnet is said by: an element of a list, or tags."""
    if subject.node("subnetIds") is not None:
        return spec_row(subject, ("subnetIds", 0))
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
        yield derived("subnetIds", value, f"{source.path} of the environment", source.place)
    yield derived("subnetGroup.name", group.name, "from clusterIdentifier")


def vpc(subject: Subject, whole: Whole) -> Iterator[Row]:
    vpc = whole.cluster.security_group.vpc
    if whole.spec.vpc_id is not None:
        return
    if isinstance(vpc, VpcId):
        source = _of_network(subject, "vpcTags", "vpcId")
        reason = f"{source.path} of the environment, whose subnets are used"
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
    yield derived("securityGroup.name", group.name, "from clusterIdentifier")
    origins = sources(subject, whole)
    for source in group.sources:
        value = text(source.referenced_security_group_id or source.cidr_ipv4 or "")
        rows = origins[source.key]
        reason = " and ".join(row.path for row in rows)
        yield derived(f"securityGroup.sources.{source.key}", value, reason, rows[0].place)


def _of_network(subject: Subject, tags: str, ids: str) -> Row:
    return environment_row(subject, "network", tags if subject.in_environment("network", tags) else ids)
