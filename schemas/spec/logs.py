"""Logs that leave the cluster."""

from auroraform.schemas.models import Model
from auroraform.schemas.values import LogRetentionDays


class Logs(Model):
    """How exported logs are kept in CloudWatch Logs."""

    retention_in_days: LogRetentionDays | None = None
    """Days that CloudWatch keeps the logs: 1, 3, 5, 7, 14, 30, … 3653. If absent: the environment class decides
    (7 in development, 30 in staging, 365 in production)."""
