"""The network that an environment offers its clusters."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from auroraform.schemas.environment import Network
from auroraform.schemas.references import TextOrReference
from auroraform.schemas.resolved import Expression, Lookup
from auroraform.stacks.references import Found, References

LABEL: Final = "network"
"""The label of the environment's own lookups; no cluster has one of their types."""

Resolve = Callable[[TextOrReference, str], tuple[Found, ...]]


@dataclass(frozen=True, slots=True)
class ResolvedNetwork:
    """Where clusters go when their manifests do not say.

    Attributes:
        vpc_id: the VPC; None where only a subnet can tell.
        subnets: the subnets; empty where every manifest must name its own.
        application_groups: security groups that may connect to every cluster.
    """

    vpc_id: str | None
    subnets: tuple[Found, ...]
    application_groups: tuple[Found, ...]


def resolve_network(network: Network, references: References, resolve: Resolve) -> ResolvedNetwork:
    """Resolve a network; lookups that it needs are added to `references`."""
    vpc_id = resolve(network.vpc_id, "vpcId")[0].value if network.vpc_id is not None else None
    if network.vpc_tags is not None:
        vpc_id = references.add(Lookup(type="aws_vpc", label=LABEL, arguments={"tags": network.vpc_tags})).attribute(
            "id"
        )
    subnets = tuple(found for value in network.subnet_ids or () for found in resolve(value, "subnetIds"))
    if network.subnet_tags is not None:
        arguments: dict[str, object] = {"tags": network.subnet_tags}
        if vpc_id is not None:
            arguments["filter"] = [{"name": "vpc-id", "values": [vpc_id]}]
        lookup = references.add(Lookup(type="aws_subnets", label=LABEL, arguments=arguments))
        subnets = (Found(lookup.attribute("ids"), LABEL, is_list=True),)
    groups = tuple(
        found
        for value in network.application_security_group_ids
        for found in resolve(value, "applicationSecurityGroupIds")
    )
    return ResolvedNetwork(vpc_id, subnets, groups)


def values_of(network: Network) -> Iterator[tuple[tuple[str | int, ...], TextOrReference]]:
    """Every value of a network that may be a reference, with its path."""
    if network.vpc_id is not None:
        yield ("vpcId",), network.vpc_id
    for index, value in enumerate(network.subnet_ids or ()):
        yield ("subnetIds", index), value
    for index, value in enumerate(network.application_security_group_ids):
        yield ("applicationSecurityGroupIds", index), value


def subnet_list(subnets: tuple[Found, ...]) -> tuple[str, ...] | Expression:
    """The subnets of a group: their ids, or an expression where some are known to Terraform only."""
    if not any(subnet.is_list for subnet in subnets):
        return tuple(subnet.value for subnet in subnets)
    if len(subnets) == 1:
        return Expression(subnets[0].value)
    # Ids are letters, digits and hyphens, so that quotes around them are all it takes.
    parts = (s.value if isinstance(s.value, Expression) else f'"{s.value}"' for s in subnets)
    return Expression(f"flatten([{', '.join(parts)}])")


def first_subnet(subnets: tuple[Found, ...]) -> str:
    """One of the subnets, to look up what they have in common."""
    first = subnets[0]
    return Expression(f"{first.value}[0]") if first.is_list else first.value
