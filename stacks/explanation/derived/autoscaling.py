"""Readers that come and go."""

from collections.abc import Iterator
from typing import Final

from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole

METRICS: Final = {"cpu": "averageCpuUtilization", "connections": "averageDatabaseConnections"}
"""By the key of a policy, the field of its target."""


def autoscaling(subject: Subject, whole: Whole) -> Iterator[Row]:
    written, found = whole.spec.reader_autoscaling, whole.cluster.reader_autoscaling
    if written is None or found is None:
        return
    if written.min_capacity is None:
        source = "members" if subject.node("instances", "members") is not None else "count"
        place = subject.place("instances", source)
        yield derived("readerAutoscaling.minCapacity", found.min_capacity, "the instances but the writer", place)
    for field, is_written, value in (
        ("scaleInCooldown", written.scale_in_cooldown is not None, found.scale_in_cooldown),
        ("scaleOutCooldown", written.scale_out_cooldown is not None, found.scale_out_cooldown),
    ):
        if not is_written:
            place = subject.place("readerAutoscaling", "maxCapacity")
            yield derived(f"readerAutoscaling.{field}", value, "AWS's own", place)
    for policy in found.policies:
        field = METRICS[policy.key]
        place = subject.place("readerAutoscaling", field)
        yield derived(
            f"readerAutoscaling.policies.{policy.key}", policy.name, f"from clusterIdentifier, for {field}", place
        )
    for action in found.scheduled_actions:
        place = subject.place("readerAutoscaling", "schedules", action.key)
        yield derived(f"readerAutoscaling.schedules.{action.key}.name", action.name, "from clusterIdentifier", place)
