"""What is recorded of load and of the operating system."""

from typing import Final

from auroraform.schemas.regions import partition_of
from auroraform.schemas.resolved.insights import Monitoring, MonitoringRole, PerformanceInsights
from auroraform.schemas.spec.insights import ADVANCED_RETENTION, STANDARD_RETENTION
from auroraform.stacks.parts import encryption
from auroraform.stacks.parts.context import Context, at_most, given
from auroraform.stacks.parts.users import account

LONGEST_ROLE_NAME: Final = 64


def performance_insights(context: Context) -> PerformanceInsights | None:
    """Performance Insights; None where they are off."""
    insights = given(context.spec.performance_insights)
    if not given(insights.enabled):
        return None
    shortest = ADVANCED_RETENTION if database_insights_mode(context) == "advanced" else STANDARD_RETENTION
    return PerformanceInsights(
        retention_period=insights.retention_period or shortest,
        kms_key_id=encryption.key_of(context, "performanceInsights", "performanceInsights", "kmsKeyId"),
    )


def database_insights_mode(context: Context) -> str:
    """The mode of Database Insights."""
    return given(given(context.spec.database_insights).mode)


def monitoring(context: Context) -> Monitoring | None:
    """Enhanced Monitoring; None where it is off."""
    written = given(context.spec.monitoring)
    interval = given(written.interval)
    if not interval:
        return None
    region, iam = context.where.region, context.where.iam
    role = MonitoringRole(
        # Roles belong to no Region, but identifiers are unique in one only.
        name=at_most(LONGEST_ROLE_NAME, f"rds-monitoring-{region}-{context.identifier}"),
        path=iam.path,
        permissions_boundary=iam.permissions_boundary,
        policy_arn=f"arn:{partition_of(region)}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
        source_account=context.where.account_id,
        # Any instance of the account: those that autoscaling adds have names of its own.
        source_arn=account(context).arn("rds", "db:*"),
    )
    return Monitoring(interval=interval, role=written.role_arn or role)
