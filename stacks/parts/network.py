"""Subnet group and security group."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from auroraform.schemas.coherence import Finding
from auroraform.schemas.outputs import GROUP_OUTPUT, OUTPUTS, expression
from auroraform.schemas.problems import Code
from auroraform.schemas.resolved.network import (
    SecurityGroup,
    SecurityGroupRule,
    SubnetGroup,
    VpcId,
    VpcOfSubnet,
    VpcOfSubnetGroup,
)
from auroraform.schemas.spec.network import DESCRIPTION_CHARACTERS, LONGEST_DESCRIPTION, egress_rules, ingress_rules
from auroraform.schemas.spec.network import SecurityGroupRule as WrittenRule
from auroraform.stacks.network import first_subnet, looked_up_subnets, subnet_list
from auroraform.stacks.parts.context import Context, at_most
from auroraform.stacks.references import Found

_NO_DESCRIPTION: Final = re.compile(f"[^{DESCRIPTION_CHARACTERS}]")


def subnet_group(context: Context) -> SubnetGroup | None:
    """The subnet group to make; None where an existing one is used."""
    if context.spec.db_subnet_group_name is not None:
        return None
    return SubnetGroup(name=context.identifier, subnet_ids=subnet_list(subnets(context)))


def security_group(context: Context) -> SecurityGroup | None:
    """The managed security group; None where existing ones are all there is."""
    group = context.spec.security_group
    if group is not None and group.managed is False:
        return None
    return SecurityGroup(
        # A group's name may not begin with `sg-`, which an environment's name could.
        name=f"aurora-{context.identifier}",
        description=at_most(LONGEST_DESCRIPTION, f"Connections to the Aurora cluster {context.written.name}"),
        vpc=_vpc(context),
        ingress=(*_unnamed(context), *_named(context, "rules", ingress_rules(group))),
        egress=tuple(_named(context, "egress", egress_rules(group))),
    )


def clashing_rules(context: Context) -> Iterator[Finding]:
    """Rules that EC2 takes for one and refuses, and rules that would have one address."""
    group = security_group(context)
    if group is not None:
        written = context.spec.security_group
        unnamed = group.ingress[: len(group.ingress) - len(ingress_rules(written))]
        yield from _clashes(context, "rules", unnamed, group.ingress[len(unnamed) :])
        yield from _clashes(context, "egress", (), group.egress)


def _clashes(
    context: Context, field: str, unnamed: tuple[SecurityGroupRule, ...], named: tuple[SecurityGroupRule, ...]
) -> Iterator[Finding]:
    keys = {rule.key: rule.description for rule in unnamed}
    known = {_meaning(rule, context): _said_by(rule, context) for rule in unnamed}
    for rule in named:
        path = ("securityGroup", field, rule.key)
        if rule.key in keys:
            message = f"is called like the rule {keys[rule.key]}, and would have its Terraform address"
            yield Finding(Code.CONFLICT, path, message, "take another name")
        own = ".".join(path)
        if (other := known.setdefault(_meaning(rule, context), own)) != own:
            message = f"is the same rule as {other}; EC2 refuses a second one of the same source and ports"
            yield Finding(Code.CONFLICT, path, message, "keep one of the two")


def _meaning(rule: SecurityGroupRule, context: Context) -> tuple[object, ...]:
    """What tells a rule from others to EC2."""
    itself = expression(context.written.name, OUTPUTS[GROUP_OUTPUT])
    group = itself if rule.is_self else rule.referenced_security_group_id
    return rule.cidr_ipv4, rule.cidr_ipv6, rule.prefix_list_id, group, rule.from_port, rule.to_port


def _said_by(rule: SecurityGroupRule, context: Context) -> str:
    if rule.cidr_ipv4 is not None:
        return "that of allowedCidrBlocks"
    if any(found.value == rule.referenced_security_group_id for found in context.values.all("securityGroupIds")):
        return "that of securityGroupIds"
    return "that of network.applicationSecurityGroupIds of the environment"


def subnets(context: Context) -> tuple[Found, ...]:
    """The subnets of a subnet group that is made."""
    if context.spec.subnet_tags is None:
        return context.values.all("subnetIds") or context.network.subnets
    tags = {name: value for name, value in context.spec.subnet_tags.items() if value is not None}
    vpc_id = context.values.one("vpcId") or context.network.vpc_id
    if tags == context.where.network.subnet_tags and vpc_id == context.network.vpc_id:
        # The environment has looked them up.
        return context.network.subnets
    # By what is looked for, so that clusters with the same subnets share one lookup.
    words = "_".join(("by", *(f"{name}_{tags[name]}" for name in sorted(tags))))
    label = re.sub(r"[^A-Za-z0-9]+", "_", words).rstrip("_")
    return looked_up_subnets(tags, vpc_id, label, context.values.references)


def _vpc(context: Context) -> VpcId | VpcOfSubnet | VpcOfSubnetGroup:
    # A manifest with a subnet group or subnets of its own may live in another VPC than the environment's.
    found, group = subnets(context), context.values.one("dbSubnetGroupName")
    is_by_tags = context.spec.subnet_tags is not None
    in_environment = group is None and (is_by_tags or set(found) <= set(context.network.subnets))
    vpc_id = context.values.one("vpcId") or (context.network.vpc_id if in_environment else None)
    if vpc_id is not None:
        return VpcId(vpc_id)
    return VpcOfSubnetGroup(group) if group is not None else VpcOfSubnet(first_subnet(found))


def _unnamed(context: Context) -> Iterator[SecurityGroupRule]:
    """The rules of the lists, for the port of the cluster."""
    groups = (*context.values.all("securityGroupIds"), *context.network.application_groups)
    yield from source_rules(groups, context.spec.allowed_cidr_blocks or (), context.port)


def source_rules(groups: Iterable[Found], cidr_blocks: Iterable[str], port: int) -> Iterator[SecurityGroupRule]:
    """A rule for each group and each network that may connect to a port, with a key that is made from it."""
    taken = Counter[str]()
    for group in dict.fromkeys(groups):
        key = re.sub(r"[^A-Za-z0-9_-]", "-", group.key)
        taken[key] += 1
        yield SecurityGroupRule(
            # Names that differ in what a label cannot hold are told apart by a number.
            key=key if taken[key] == 1 else f"{key}-{taken[key]}",
            description=_description(f"from {group.key}"),
            from_port=port,
            to_port=port,
            referenced_security_group_id=group.value,
        )
    for cidr in cidr_blocks:
        yield SecurityGroupRule(
            key="cidr-" + re.sub(r"[./]", "-", cidr),
            description=f"from {cidr}",
            from_port=port,
            to_port=port,
            cidr_ipv4=cidr,
        )


def _named(context: Context, field: str, rules: Mapping[str, WrittenRule]) -> Iterator[SecurityGroupRule]:
    for name, rule in rules.items():
        found = context.values.all("securityGroup", field, name)
        source = rule.cidr_ipv4 or rule.cidr_ipv6 or next((one.key for one in found), "itself")
        first = rule.from_port or context.port
        yield SecurityGroupRule(
            key=name,
            description=rule.description or _description(f"{'to' if field == 'egress' else 'from'} {source}"),
            from_port=first,
            to_port=rule.to_port or first,
            cidr_ipv4=rule.cidr_ipv4,
            cidr_ipv6=rule.cidr_ipv6,
            prefix_list_id=context.values.one("securityGroup", field, name, "prefixListId"),
            referenced_security_group_id=context.values.one("securityGroup", field, name, "securityGroupId"),
            is_self=bool(rule.self_),
        )


def _description(text: str) -> str:
    """The text as a description of a security group's rule; the name of what is referred to may hold anything."""
    return _NO_DESCRIPTION.sub("-", text)[:LONGEST_DESCRIPTION]
