"""Logs that leave the cluster."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LogGroup:
    """The log group that RDS writes one exported log type into.

    Attributes:
        is_adopted: it exists, and is imported.
    """

    log_type: str
    name: str
    retention_in_days: int
    kms_key_id: str | None
    log_group_class: str | None
    skip_destroy: bool
    is_adopted: bool
