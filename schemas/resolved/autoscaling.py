"""Readers that come and go."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalingPolicy:
    """A target for one metric of all readers, told from the other by its key."""

    key: str
    name: str
    predefined_metric_type: str
    target_value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledAction:
    """A change of the bounds at set times; at least one of them is changed."""

    key: str
    name: str
    schedule: str
    timezone: str | None
    start_time: str | None
    end_time: str | None
    min_capacity: int | None
    max_capacity: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderAutoscaling:
    """How many readers there are, of all."""

    min_capacity: int
    max_capacity: int
    policies: tuple[ScalingPolicy, ...]
    scale_in_cooldown: int
    scale_out_cooldown: int
    disable_scale_in: bool
    scheduled_actions: tuple[ScheduledAction, ...]
