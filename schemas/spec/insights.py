"""What is recorded of load and of the operating system."""

from typing import Annotated, Final, Literal

from auroraform.schemas.expressed import Expressed
from auroraform.schemas.models import Model
from auroraform.schemas.references import TextOrReference
from auroraform.schemas.scalars import Flag, Integer
from auroraform.schemas.values import RoleArn, bad_value

STANDARD_RETENTION: Final = 7
"""The days of load that are free of charge."""
ADVANCED_RETENTION: Final = 465
"""Days that the advanced mode of Database Insights asks for (Amazon Aurora User Guide, "Considerations for Database
Insights")."""
_INSIGHTS_RETENTION: Final = (7, *range(31, 714, 31), 731)


def _insights_retention(value: int) -> int:
    if value not in _INSIGHTS_RETENTION:
        nearest = min(_INSIGHTS_RETENTION, key=lambda days: (abs(days - value), -days))
        raise bad_value("is not a retention that Performance Insights offers", f"the nearest one is {nearest} days")
    return value


class PerformanceInsights(Model):
    """Performance Insights of every instance (what Database Insights shows): load by wait, statement and user."""

    enabled: Flag | None = None
    """Record load. If absent: true in staging and production, false in development."""
    retention_period: Annotated[Integer, Expressed(_insights_retention, {"enum": list(_INSIGHTS_RETENTION)})] | None = (
        None
    )
    """Days that load is kept: 7 (free of charge), a multiple of 31, or 731. If absent: 7, or 465 with
    `databaseInsights.mode: advanced`."""
    kms_key_id: TextOrReference | None = None
    """ARN of the KMS key of the recorded statements, in the cluster's Region. AWS refuses another one for an
    instance that had one. If absent: the key of `kmsKey`, else the account's key `aws/rds`."""


class DatabaseInsights(Model):
    """Database Insights, which shows what Performance Insights records."""

    mode: Literal["standard", "advanced"] | None = None
    """`standard`, or `advanced`: locks, execution plans and whole fleets, billed by the vCPU or ACU, with the load of
    15 months. The advanced mode needs `performanceInsights`. If absent: standard."""


_MONITORING_INTERVALS: Final = (0, 1, 5, 10, 15, 30, 60)


def _monitoring_interval(value: int) -> int:
    if value not in _MONITORING_INTERVALS:
        raise bad_value("is not an interval of Enhanced Monitoring", "write 0 (off), 1, 5, 10, 15, 30 or 60 seconds")
    return value


class Monitoring(Model):
    """Enhanced Monitoring of every instance: figures of the operating system, in CloudWatch Logs."""

    interval: Annotated[Integer, Expressed(_monitoring_interval, {"enum": list(_MONITORING_INTERVALS)})] | None = None
    """Seconds between two measurements: 0 (off), 1, 5, 10, 15, 30 or 60. If absent: 60 in staging and production,
    0 in development."""
    role_arn: RoleArn | None = None
    """Existing role that lets RDS write the figures. If absent: one is made for the cluster, with the path and the
    boundary of the environment's `iam`."""
