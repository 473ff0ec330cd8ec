"""Availability Zones: those that an environment says its subnets are in, and those that a cluster's instances take."""

import hashlib
from collections.abc import Iterable, Iterator

from auroraform.schemas.coherence import one_zone
from auroraform.schemas.problems import Code, Problem
from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.shape import place_of, show
from auroraform.stacks.network import ResolvedNetwork
from auroraform.stacks.references import Found
from auroraform.stacks.workspace import WrittenEnvironment

Zones = dict[str, str]
"""The zone of each subnet."""


def zones_in_turn(subnets: Iterable[Found], known: Zones | None, identifier: str) -> tuple[str, ...]:
    """The zones of a cluster's subnets in the order in which its instances take them; none where one is not known.

    Clusters begin in different zones: else one zone would have the writers of all of them.

    Args:
        subnets: the subnets.
        known: what the environment says.
        identifier: the identifier of the cluster.
    """
    zones = _zones(subnets, known or {})
    if not zones:
        return ()
    start = int.from_bytes(hashlib.sha256(identifier.encode()).digest()[:4], "big") % len(zones)
    return (*zones[start:], *zones[:start])


def zone_problems(environment: WrittenEnvironment, network: ResolvedNetwork) -> Iterator[Problem]:
    """What is wrong with the zones of an environment's subnets."""
    spec = environment.model.spec
    known = spec.network.availability_zones
    if known is None:
        return
    path: tuple[str | int, ...] = ("spec", "network", "availabilityZones")
    for subnet, zone in known.items():
        if zone[:-1] != spec.region:
            at = (*path, subnet)
            yield Problem(
                Code.BAD_VALUE,
                place_of(environment.document, at),
                f'"{zone}" is not in {spec.region}, the Region of the environment',
                show(at),
                f"write it as {spec.region}a",
            )
    listed = [subnet.value for subnet in network.subnets if not isinstance(subnet.value, Expression)]
    missing = [subnet for subnet in listed if subnet not in known]
    for subnet in missing:
        yield Problem(
            Code.MISSING_FIELD,
            place_of(environment.document, path),
            "is missing: instances are placed where the zones of all subnets are known",
            show((*path, subnet)),
            f"add it; its zone is shown by: aws ec2 describe-subnets --subnet-ids {subnet}",
        )
    for fault in one_zone(_zones(network.subnets, known)):
        at = ("spec", "network", *fault.path)
        yield Problem(fault.code, place_of(environment.document, at), fault.message, show(at), fault.help)


def _zones(subnets: Iterable[Found], known: Zones) -> tuple[str, ...]:
    found = [known.get(subnet.value) for subnet in subnets]
    zones = sorted({zone for zone in found if zone is not None})
    return () if None in found else tuple(zones)
