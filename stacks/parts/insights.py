"""What is recorded of load and of the operating system."""

from typing import Final

from auroraform.schemas.regions import partition_of
from auroraform.schemas.resolved.insights import Monitoring, MonitoringRole, PerformanceInsights
from auroraform.stacks.parts import encryption
from auroraform.stacks.parts.context import Context, at_most, given

LONGEST_ROLE_NAME: Final = 64


def performance_insights(context: Context) -> PerformanceInsights | None:
    """Performance Insights; None where they are off."""
    insights = given(context.spec.performance_insights)
    if not given(insights.enabled):
        return None
    return PerformanceInsights(
        retention_period=given(insights.retention_period),
        kms_key_id=encryption.key_of(context, "performanceInsights", "performanceInsights", "kmsKeyId"),
    )


def monitoring(context: Context) -> Monitoring | None:
    """Enhanced Monitoring; None where it is off."""
    written = given(context.spec.monitoring)
    interval = given(written.interval)
    if not interval:
        return None
    region = context.where.region
    role = MonitoringRole(
        # Roles belong to no Region, but identifiers are unique in one only.
        name=at_most(LONGEST_ROLE_NAME, f"rds-monitoring-{region}-{context.identifier}"),
        policy_arn=f"arn:{partition_of(region)}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
    )
    return Monitoring(interval=interval, role=written.role_arn or role)
