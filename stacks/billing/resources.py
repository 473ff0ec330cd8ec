"""What of a stack is billed: every type of resource, with what the bill counts, or why it costs nothing.

A test holds that no type is missing here that the golden files have.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Ruled:
    """Billed as rules say that look at the cluster.

    Attributes:
        titles: those of the rules.
    """

    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """Billed by number, or by what it holds.

    Attributes:
        title: the part of the bill.
        subject: what it is.
        unit: what is counted.
        note: what else it depends on; empty for nothing.
    """

    title: str
    subject: str
    unit: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Free:
    """Not billed.

    Attributes:
        reason: why.
    """

    reason: str


_SETTING: Final = Free("a setting of RDS")
_IAM: Final = Free("IAM costs nothing")
_VPC: Final = Free("security groups cost nothing")

RESOURCES: Final[Mapping[str, Ruled | Counted | Free]] = {
    "aws_rds_cluster": Ruled(("storage", "backups", "insights", "extended support", "secrets")),
    "aws_rds_cluster_instance": Ruled(("instances", "monitoring")),
    "aws_cloudwatch_log_group": Ruled(("logs",)),
    "aws_appautoscaling_target": Ruled(("instances",)),
    "aws_db_proxy": Ruled(("proxy",)),
    "aws_db_proxy_endpoint": Counted("proxy", "read-only endpoints", "endpoints", "by hour and GB, as AWS PrivateLink"),
    "aws_kms_key": Counted("keys", "KMS keys", "keys", "more after renewals, and by request"),
    "aws_cloudwatch_metric_alarm": Counted("alarms", "metric alarms", "alarms", "those of several metrics by metric"),
    "aws_cloudwatch_composite_alarm": Counted("alarms", "composite alarms", "alarms"),
    "aws_cloudwatch_dashboard": Counted("dashboards", "dashboards", "dashboards", "beyond three of the account"),
    "aws_backup_restore_testing_plan": Counted(
        "restore tests", "plans", "plans", "by test, and the cluster that is restored as long as it lives"
    ),
    "aws_db_cluster_snapshot": Counted("snapshots", "snapshots", "snapshots", "by GB, until they are deleted"),
    "aws_rds_export_task": Counted("snapshots", "exports to S3", "exports", "by GB of the snapshot, and S3"),
    "aws_appautoscaling_policy": Free("Application Auto Scaling costs nothing; its alarms are not counted here"),
    "aws_appautoscaling_scheduled_action": Free("Application Auto Scaling costs nothing"),
    "aws_backup_plan": Ruled(("backups elsewhere",)),
    "aws_backup_selection": Free("what is kept is billed with the plan"),
    "aws_backup_region_settings": Free("a setting of AWS Backup"),
    "aws_backup_restore_testing_selection": Free("tests are billed by plan"),
    "aws_backup_vault": Free("what is kept is billed with the plan"),
    "aws_backup_vault_lock_configuration": Free("a setting of the vault"),
    "aws_backup_vault_notifications": Free("a setting of the vault"),
    "aws_backup_vault_policy": Free("a setting of the vault"),
    "aws_budgets_budget": Free("budgets without actions cost nothing"),
    "aws_db_event_subscription": _SETTING,
    "aws_db_parameter_group": _SETTING,
    "aws_db_proxy_default_target_group": _SETTING,
    "aws_db_proxy_target": _SETTING,
    "aws_db_subnet_group": _SETTING,
    "aws_iam_policy": _IAM,
    "aws_iam_role": _IAM,
    "aws_iam_role_policy": _IAM,
    "aws_iam_role_policy_attachment": _IAM,
    "aws_kms_alias": Free("a name of a key"),
    "aws_rds_cluster_endpoint": _SETTING,
    "aws_rds_cluster_parameter_group": _SETTING,
    "aws_rds_cluster_role_association": _SETTING,
    "aws_scheduler_schedule": Free("a few calls a day, of millions a month that cost nothing"),
    "aws_scheduler_schedule_group": Free("a group of schedules"),
    "aws_secretsmanager_secret_rotation": Free("RDS renews the password; the secret is billed with the cluster"),
    "aws_security_group": _VPC,
    "aws_sns_topic": Free("billed by message, and alarms send few"),
    "aws_sns_topic_policy": Free("a setting of the topic"),
    "aws_sns_topic_subscription": Free("billed by message, and alarms send few"),
    "aws_sqs_queue": Free("billed by request, of a million a month that cost nothing"),
    "aws_sqs_queue_policy": Free("a setting of the queue"),
    "aws_vpc_security_group_egress_rule": _VPC,
    "aws_vpc_security_group_ingress_rule": _VPC,
}
"""Each type of resource, without data sources, which Terraform only reads."""
