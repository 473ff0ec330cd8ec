"""The network that an environment offers its clusters."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from auroraform.schemas.environment import Network
from auroraform.schemas.referable import NETWORK, Referable, texts
from auroraform.schemas.references import TextOrReference
from auroraform.schemas.resolved.expressions import Expression, Lookup
from auroraform.stacks.references import Found, References

LABEL: Final = "network"
"""The label of the environment's own lookups; no cluster has one of their types."""

Resolve = Callable[[TextOrReference, Referable], tuple[Found, ...]]


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
    found: dict[str, list[Found]] = {}
    for path, value, referable in texts(network, NETWORK):
        found.setdefault(str(path[0]), []).extend(resolve(value, referable))
    vpc_id = next((one.value for one in found.get("vpcId", ())), None)
    if network.vpc_tags is not None:
        vpc_id = references.add(Lookup(type="aws_vpc", label=LABEL, arguments={"tags": network.vpc_tags})).attribute(
            "id"
        )
    subnets = tuple(found.get("subnetIds", ()))
    if network.subnet_tags is not None:
        arguments: dict[str, object] = {"tags": network.subnet_tags}
        if vpc_id is not None:
            arguments["filter"] = [{"name": "vpc-id", "values": [vpc_id]}]
        lookup = references.add(Lookup(type="aws_subnets", label=LABEL, arguments=arguments))
        subnets = (Found(lookup.attribute("ids"), LABEL, is_list=True),)
    return ResolvedNetwork(vpc_id, subnets, tuple(found.get("applicationSecurityGroupIds", ())))


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
