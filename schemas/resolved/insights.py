"""What is recorded of load and of the operating system."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceInsights:
    """Performance Insights of the cluster, which every instance has too."""

    retention_period: int
    kms_key_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringRole:
    """A role for Enhanced Monitoring to make.

    Attributes:
        source_account: the account that RDS must act for.
        source_arn: the instances that RDS must act for, with `*` in it.
    """

    name: str
    path: str | None
    permissions_boundary: str | None
    policy_arn: str
    source_account: str
    source_arn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitoring:
    """Enhanced Monitoring of every instance, by a role that exists (its ARN) or is made."""

    interval: int
    role: str | MonitoringRole
