"""The instances of a spec, each with what holds for it: members by key, or as many equal ones as it counts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.spec.instances import Instances
from auroraform.schemas.spec.instances import Member as WrittenMember

T = TypeVar("T")

SERVERLESS: Final = "db.serverless"
"""The class of instances whose capacity is that of the Serverless v2 range."""

KEEPING_UP: Final = 1
"""The last tier in which a Serverless v2 reader keeps up with the writer (Amazon Aurora User Guide, "How Aurora
Serverless v2 works")."""


@dataclass(frozen=True, slots=True)
class Member:
    """One instance.

    Attributes:
        key: what tells it from its siblings.
        written: what is said of it alone.
        instance_class: its class; None where nothing says one.
        promotion_tier: its place in a failover, the lowest first.
    """

    key: str
    written: WrittenMember
    instance_class: str | None
    promotion_tier: int

    @property
    def is_serverless(self) -> bool:
        """Whether its capacity is that of the range."""
        return self.instance_class == SERVERLESS


def members(spec: AwsRdsClusterSpec) -> tuple[Member, ...]:
    """The instances, the one that is preferred as the writer first: by their tiers, then by their keys."""
    instances = spec.instances or Instances()
    shared = instances.instance_class or (SERVERLESS if spec.serverless_v2_scaling is not None else None)
    written = _written(instances)
    tiers = _tiers(written)
    found = (Member(key, one, one.instance_class or shared, tiers[key]) for key, one in written.items())
    return tuple(sorted(found, key=lambda member: (member.promotion_tier, _natural(member.key))))


def classes_in_use(spec: AwsRdsClusterSpec) -> tuple[str, ...]:
    """The classes that instances have; the one for all where it is not known how many there are."""
    shared = spec.instances.instance_class if spec.instances else None
    named = [member.instance_class for member in members(spec)] or [shared]
    return tuple(name for name in named if name is not None)


def written(
    spec: AwsRdsClusterSpec, field: str, of: Callable[[Instances | WrittenMember], T | None]
) -> Iterator[tuple[tuple[str, ...], T]]:
    """Every value of a field that is said for all instances or for one, with its path."""
    instances = spec.instances or Instances()
    if (shared := of(instances)) is not None:
        yield ("instances", field), shared
    for key, member in (instances.members or {}).items():
        if member is not None and (own := of(member)) is not None:
            yield ("instances", "members", key, field), own


def _natural(key: str) -> tuple[bool, int, str]:
    """Sorts keys as people do: numbers by their value, and before words."""
    return (not key.isdecimal(), int(key) if key.isdecimal() else 0, key)


def _written(instances: Instances) -> dict[str, WrittenMember]:
    if instances.members is not None:
        return {key: member for key, member in instances.members.items() if member is not None}
    return {str(number): WrittenMember() for number in range(1, (instances.count or 0) + 1)}


def _tiers(written: dict[str, WrittenMember]) -> dict[str, int]:
    """The tiers: one instance is preferred, and the others are near enough to keep up with it."""
    said = {key: member.promotion_tier for key, member in written.items()}
    unsaid = sorted((key for key, tier in said.items() if tier is None), key=_natural)
    first = None if 0 in said.values() or not unsaid else unsaid[0]
    return {key: (0 if key == first else KEEPING_UP) if tier is None else tier for key, tier in said.items()}
