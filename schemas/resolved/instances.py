"""Instances and capacity."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerlessV2Scaling:
    """Capacity range in ACUs."""

    min_capacity: float
    max_capacity: float
    seconds_until_auto_pause: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One instance, told from its siblings by its key."""

    key: str
    identifier: str
    instance_class: str
    promotion_tier: int
