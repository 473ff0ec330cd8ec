"""Instances and capacity."""

from collections.abc import Iterator

from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.rows import Json, Row
from auroraform.stacks.explanation.subject import Subject, Whole


def instances(subject: Subject, whole: Whole) -> Iterator[Row]:
    found = whole.cluster.instances
    if subject.node("instances", "instanceClass") is None:
        place = subject.place("serverlessV2Scaling", "maxCapacity")
        reason = "serverlessV2Scaling is given"
        yield derived("instances.instanceClass", found[0].instance_class, reason, place)
    names: list[Json] = [instance.identifier for instance in found]
    place = subject.place("instances", "count")
    yield derived("instances.identifiers", names, "from clusterIdentifier and instances.count", place)
