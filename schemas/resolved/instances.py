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
    """One instance, told from its siblings by its key.

    Attributes:
        availability_zone: where it is made; None where RDS decides.
        after: the key of the instance that is made and changed before it; None for the first.
    """

    key: str
    identifier: str
    instance_class: str
    promotion_tier: int
    availability_zone: str | None
    preferred_maintenance_window: str | None
    ca_cert_identifier: str | None
    publicly_accessible: bool
    db_parameter_group_name: str | None
    after: str | None
