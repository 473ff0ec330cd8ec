"""Instances and capacity."""

from collections.abc import Iterator

from auroraform.schemas.members import SERVERLESS
from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.origins import environment_row, spec_row
from auroraform.stacks.explanation.rows import Json, Row
from auroraform.stacks.explanation.subject import Subject, Whole


def instance_row(subject: Subject, key: str) -> Row:
    """What an instance is said by: a member, or the count."""
    if subject.node("instances", "members") is not None:
        return spec_row(subject, ("instances", "members", key))
    return subject.rows["instances.count"]


def instances(subject: Subject, whole: Whole) -> Iterator[Row]:
    found = whole.cluster.instances
    if subject.node("instances", "instanceClass") is None and any(one.instance_class == SERVERLESS for one in found):
        place = subject.place("serverlessV2Scaling", "maxCapacity")
        yield derived("instances.instanceClass", SERVERLESS, "serverlessV2Scaling is given", place)
    names: list[Json] = [instance.identifier for instance in found]
    source = "members" if subject.node("instances", "members") is not None else "count"
    place = subject.place("instances", source)
    yield derived("instances.identifiers", names, f"from clusterIdentifier and instances.{source}", place)


def tiers(subject: Subject, whole: Whole) -> Iterator[Row]:
    found: dict[str, Json] = {
        one.key: one.promotion_tier
        for one in whole.cluster.instances
        if subject.node("instances", "members", one.key, "promotionTier") is None
    }
    if found:
        yield derived("instances.promotionTiers", found, "one is preferred as the writer, the others are next to it")


def zones(subject: Subject, whole: Whole) -> Iterator[Row]:
    found: dict[str, Json] = {
        one.key: one.availability_zone
        for one in whole.cluster.instances
        if one.availability_zone is not None
        and subject.node("instances", "members", one.key, "availabilityZone") is None
    }
    if found:
        said = environment_row(subject, "network", "availabilityZones")
        reason = f"in turn by their keys, from {said.path} of the environment"
        yield derived("instances.availabilityZones", found, reason, said.place)


def order(subject: Subject, whole: Whole) -> Iterator[Row]:
    keys: list[Json] = [instance.key for instance in whole.cluster.instances]
    if len(keys) > 1:
        is_rolling = bool(whole.spec.instances and whole.spec.instances.rolling)
        reason = "one after the other" if is_rolling else "the first one alone, the others at once"
        place = subject.place("instances", "rolling")
        yield derived("instances.order", keys, f"by their tiers, {reason}, as instances.rolling says", place)
