"""The network that an environment offers its clusters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from auroraform.schemas.coherence.network import FEWEST_SUBNETS
from auroraform.schemas.environment import Network
from auroraform.schemas.referable import NETWORK, Referable, texts
from auroraform.schemas.references import TextOrReference
from auroraform.schemas.resolved.expressions import Expression, Lookup
from auroraform.stacks.references import Found, References

LABEL: Final = "network"
"""The label of the environment's own lookups; no cluster has one of their types."""

_ENOUGH_SUBNETS: Final = {
    "condition": Expression(f"length(self.ids) >= {FEWEST_SUBNETS}"),
    "error_message": f"These tags find fewer than the {FEWEST_SUBNETS} subnets that a DB subnet group needs.",
}

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
        subnets = looked_up_subnets(network.subnet_tags, vpc_id, LABEL, references)
    return ResolvedNetwork(vpc_id, subnets, tuple(found.get("applicationSecurityGroupIds", ())))


def looked_up_subnets(
    tags: Mapping[str, str], vpc_id: str | None, label: str, references: References
) -> tuple[Found, ...]:
    """The subnets with the tags, for Terraform to look up: in the VPC where that is known, else in the Region."""
    arguments: dict[str, object] = {"tags": dict(tags)}
    if vpc_id is not None:
        arguments["filter"] = [{"name": "vpc-id", "values": [vpc_id]}]
    # What finds nothing is no fault to AWS, and RDS would speak of subnets that nobody named.
    arguments["lifecycle"] = {"postcondition": [_ENOUGH_SUBNETS]}
    lookup = references.add(Lookup(type="aws_subnets", label=label, arguments=arguments))
    return (Found(lookup.attribute("ids"), lookup.label, is_list=True),)


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
