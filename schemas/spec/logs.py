"""Logs that leave the cluster."""

from typing import Annotated, Literal

from auroraform.schemas.models import Model
from auroraform.schemas.references import TextOrReference
from auroraform.schemas.scalars import Flag, Text
from auroraform.schemas.values import EACH_ONCE, LogRetentionDays


class Logs(Model):
    """How exported logs are kept in CloudWatch Logs, in a log group for each log type that is made before the cluster.

    RDS would make a missing log group itself, without a retention, and so keep the log for ever.
    """

    retention_in_days: LogRetentionDays | None = None
    """Days that CloudWatch keeps the logs: 1, 3, 5, 7, 14, 30, … 3653. If absent: the environment class decides
    (7 in development, 30 in staging, 365 in production)."""
    kms_key_id: TextOrReference | None = None
    """ARN of the KMS key of the log groups; its policy must let CloudWatch Logs use it. If absent: CloudWatch Logs
    encrypts with a key of its own."""
    log_group_class: Literal["STANDARD", "INFREQUENT_ACCESS"] | None = None
    """Class of the log groups; looked at once, when a group is made. `INFREQUENT_ACCESS` costs half, and has no metric
    filters, subscriptions or live tail. If absent: STANDARD."""
    skip_destroy: Flag | None = None
    """Leave the log groups where they are when they, or the cluster, are removed: they end with their retention. A
    cluster of the same identifier then needs `adoptExisting`. If absent: true in production, false elsewhere."""
    adopt_existing: Annotated[tuple[Text, ...], EACH_ONCE] | None = None
    """Log types whose log groups exist already, from an earlier cluster of the identifier or made by RDS: Terraform
    imports these. The list can stay. If absent: all log groups are made."""
