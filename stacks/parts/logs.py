"""Logs that leave the cluster."""

from auroraform.schemas.resolved.logs import LogGroup
from auroraform.stacks.parts.context import Context, given


def log_groups(context: Context) -> tuple[LogGroup, ...]:
    """A group for each exported log type, under the name that RDS writes to."""
    retention = given(given(context.spec.logs).retention_in_days)
    return tuple(
        LogGroup(
            log_type=log_type,
            name=f"/aws/rds/cluster/{context.identifier}/{log_type}",
            retention_in_days=retention,
        )
        for log_type in sorted(context.spec.enabled_cloudwatch_logs_exports or ())
    )
