"""Readers that come and go."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.resolved.autoscaling import ReaderAutoscaling, ScalingPolicy, ScheduledAction
from auroraform.schemas.resolved.instances import Instance
from auroraform.schemas.spec.autoscaling import ReaderAutoscaling as Written
from auroraform.stacks.parts.context import Context, at_most

LONGEST_ACTION_NAME: Final = 256
COOLDOWN: Final = 300
"""AWS's own, in seconds. The provider makes 0 of an absent one, and readers would come and go without a pause."""


def reader_autoscaling(context: Context, instances: tuple[Instance, ...]) -> ReaderAutoscaling | None:
    """Aurora Auto Scaling beside the declared instances; None where it is off."""
    written = context.spec.reader_autoscaling
    if written is None:
        return None
    declared = len(instances) - 1
    return ReaderAutoscaling(
        min_capacity=declared if written.min_capacity is None else written.min_capacity,
        max_capacity=written.max_capacity,
        policies=tuple(_policies(context, written)),
        scale_in_cooldown=_cooldown(written.scale_in_cooldown),
        scale_out_cooldown=_cooldown(written.scale_out_cooldown),
        disable_scale_in=bool(written.disable_scale_in),
        scheduled_actions=tuple(_scheduled_actions(context, written)),
    )


def _cooldown(written: int | None) -> int:
    return COOLDOWN if written is None else written


def _policies(context: Context, written: Written) -> Iterator[ScalingPolicy]:
    # A cluster takes one policy for each metric.
    for key, metric, target in (
        ("cpu", "RDSReaderAverageCPUUtilization", written.average_cpu_utilization),
        ("connections", "RDSReaderAverageDatabaseConnections", written.average_database_connections),
    ):
        if target is not None:
            yield ScalingPolicy(
                key=key,
                name=f"{context.identifier}-{key}",
                predefined_metric_type=metric,
                target_value=target,
            )


def _scheduled_actions(context: Context, written: Written) -> Iterator[ScheduledAction]:
    for key, schedule in sorted((written.schedules or {}).items()):
        if schedule is not None:
            yield ScheduledAction(
                key=key,
                name=at_most(LONGEST_ACTION_NAME, f"{context.identifier}-{key}"),
                schedule=schedule.schedule,
                timezone=schedule.timezone,
                start_time=schedule.start_time,
                end_time=schedule.end_time,
                min_capacity=schedule.min_capacity,
                max_capacity=schedule.max_capacity,
            )
