"""Logs that leave the cluster."""

from auroraform.schemas.resolved.logs import LogGroup
from auroraform.stacks.parts.context import Context, given


def log_groups(context: Context) -> tuple[LogGroup, ...]:
    """A group for each exported log type, under the name that RDS writes to."""
    logs = given(context.spec.logs)
    return tuple(
        LogGroup(
            log_type=log_type,
            name=f"/aws/rds/cluster/{context.identifier}/{log_type}",
            retention_in_days=given(logs.retention_in_days),
            kms_key_id=context.values.one("logs", "kmsKeyId"),
            log_group_class=logs.log_group_class,
            skip_destroy=given(logs.skip_destroy),
            is_adopted=log_type in (logs.adopt_existing or ()),
        )
        for log_type in sorted(context.spec.enabled_cloudwatch_logs_exports or ())
    )
