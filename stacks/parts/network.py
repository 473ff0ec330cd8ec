"""Subnet group and security group."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from auroraform.schemas.resolved.network import (
    IngressSource,
    SecurityGroup,
    SubnetGroup,
    VpcId,
    VpcOfSubnet,
    VpcOfSubnetGroup,
)
from auroraform.stacks.network import first_subnet, subnet_list
from auroraform.stacks.parts.context import Context
from auroraform.stacks.references import Found

# EC2 API reference, IpRange: what a description may hold, and how much of it.
_NO_DESCRIPTION: Final = re.compile(r"[^a-zA-Z0-9. _:/()#,@\[\]+=&;{}!$*-]")
LONGEST_DESCRIPTION: Final = 255


def subnet_group(context: Context) -> SubnetGroup | None:
    """The subnet group to make; None where an existing one is used."""
    if context.spec.db_subnet_group_name is not None:
        return None
    return SubnetGroup(name=context.identifier, subnet_ids=subnet_list(subnets(context)))


def security_group(context: Context) -> SecurityGroup:
    """The managed security group."""
    return SecurityGroup(
        # A group's name may not begin with `sg-`, which an environment's name could.
        name=f"aurora-{context.identifier}",
        vpc=_vpc(context),
        port=context.port,
        sources=tuple(_sources(context)),
    )


def subnets(context: Context) -> tuple[Found, ...]:
    """The subnets of a subnet group that is made."""
    return context.values.all("subnetIds") or context.network.subnets


def _vpc(context: Context) -> VpcId | VpcOfSubnet | VpcOfSubnetGroup:
    # A manifest with a subnet group or subnets of its own may live in another VPC than the environment's.
    found, group = subnets(context), context.values.one("dbSubnetGroupName")
    in_environment = group is None and set(found) <= set(context.network.subnets)
    vpc_id = context.values.one("vpcId") or (context.network.vpc_id if in_environment else None)
    if vpc_id is not None:
        return VpcId(vpc_id)
    return VpcOfSubnetGroup(group) if group is not None else VpcOfSubnet(first_subnet(found))


def _sources(context: Context) -> Iterator[IngressSource]:
    groups = dict.fromkeys((*context.values.all("securityGroupIds"), *context.network.application_groups))
    taken = Counter[str]()
    for group in groups:
        key = re.sub(r"[^A-Za-z0-9_-]", "-", group.key)
        taken[key] += 1
        yield IngressSource(
            # Names that differ in what a label cannot hold are told apart by a number.
            key=key if taken[key] == 1 else f"{key}-{taken[key]}",
            description=_description(f"from {group.key}"),
            referenced_security_group_id=group.value,
        )
    for cidr in context.spec.allowed_cidr_blocks or ():
        yield IngressSource(key="cidr-" + re.sub(r"[./]", "-", cidr), description=f"from {cidr}", cidr_ipv4=cidr)


def _description(text: str) -> str:
    """The text as a description of a security group's rule; the name of what is referred to may hold anything."""
    return _NO_DESCRIPTION.sub("-", text)[:LONGEST_DESCRIPTION]
