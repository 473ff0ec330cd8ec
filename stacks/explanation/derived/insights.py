"""What is recorded of load and of the operating system."""

from collections.abc import Iterator

from auroraform.schemas.resolved.insights import MonitoringRole
from auroraform.stacks.explanation.derived.roles import of_environment
from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole


def performance_insights(subject: Subject, whole: Whole) -> Iterator[Row]:
    insights, written = whole.cluster.performance_insights, whole.spec.performance_insights
    if insights is not None and (written is None or written.retention_period is None):
        reason = f"databaseInsights.mode is {whole.cluster.database_insights_mode}"
        place = subject.place("databaseInsights", "mode")
        yield derived("performanceInsights.retentionPeriod", insights.retention_period, reason, place)


def monitoring(subject: Subject, whole: Whole) -> Iterator[Row]:
    monitoring = whole.cluster.monitoring
    if monitoring is not None and isinstance(monitoring.role, MonitoringRole):
        place = subject.place("monitoring", "interval")
        yield derived("monitoring.roleName", monitoring.role.name, "made, as monitoring.roleArn is not set", place)
        yield from of_environment(subject, "monitoring", monitoring.role)
