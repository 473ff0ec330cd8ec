"""Logs that leave the cluster."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LogGroup:
    """The log group that RDS writes one exported log type into."""

    log_type: str
    name: str
    retention_in_days: int
