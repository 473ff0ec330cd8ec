"""Arguments that the provider refuses together, or apart: what its schema does not say.

`tests/terraform/test_provider_check.py` has the real provider confirm each row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final


class Kind(Enum):
    AT_LEAST_ONE = "at least one of"
    AT_MOST_ONE = "at most one of"
    EXACTLY_ONE = "exactly one of"
    ALL_OR_NONE = "all or none of"
    REQUIRES = "the first needs the others:"


@dataclass(frozen=True, slots=True)
class Rule:
    type: str
    kind: Kind
    names: tuple[str, ...]
    within: str = ""
    """The block that holds the arguments; the resource itself if empty."""

    def broken_by(self, body: Mapping[str, Any]) -> bool:
        # `false`, 0 and what is empty count as set.
        count = sum(body.get(name) is not None for name in self.names)
        if self.kind is Kind.AT_LEAST_ONE:
            return count == 0
        if self.kind is Kind.AT_MOST_ONE:
            return count > 1
        if self.kind is Kind.EXACTLY_ONE:
            return count != 1
        first = body.get(self.names[0]) is not None
        return 0 < count < len(self.names) and (first or self.kind is Kind.ALL_OR_NONE)

    def __str__(self) -> str:
        return f"{self.kind.value} {', '.join(self.names)}"


_CLUSTER: Final = "aws_rds_cluster"
_POINT: Final = "restore_to_point_in_time"
_ALARM: Final = "aws_cloudwatch_metric_alarm"
_TABLE: Final = "aws_dynamodb_table"
_TRACKING: Final = "target_tracking_scaling_policy_configuration"
_SOURCES: Final = ("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id")


def _either(type_: str, *names: str) -> Rule:
    return Rule(type_, Kind.AT_MOST_ONE, names)


RULES: Final = (
    _either(_CLUSTER, "cluster_identifier", "cluster_identifier_prefix"),
    _either(_CLUSTER, "master_password", "master_password_wo", "manage_master_user_password"),
    Rule(_CLUSTER, Kind.ALL_OR_NONE, ("master_password_wo", "master_password_wo_version")),
    _either(_CLUSTER, "snapshot_identifier", "global_cluster_identifier"),
    _either(_CLUSTER, "snapshot_identifier", "s3_import", "restore_to_point_in_time"),
    Rule(_CLUSTER, Kind.EXACTLY_ONE, ("restore_to_time", "use_latest_restorable_time"), _POINT),
    Rule(_CLUSTER, Kind.EXACTLY_ONE, ("source_cluster_identifier", "source_cluster_resource_id"), _POINT),
    _either("aws_rds_cluster_instance", "identifier", "identifier_prefix"),
    _either("aws_rds_cluster_parameter_group", "name", "name_prefix"),
    _either("aws_db_parameter_group", "name", "name_prefix"),
    _either("aws_db_subnet_group", "name", "name_prefix"),
    _either("aws_rds_cluster_endpoint", "static_members", "excluded_members"),
    _either("aws_rds_global_cluster", "source_db_cluster_identifier", "engine"),
    Rule("aws_rds_global_cluster", Kind.REQUIRES, ("source_db_cluster_identifier", "force_destroy")),
    Rule("aws_db_proxy_target", Kind.EXACTLY_ONE, ("db_cluster_identifier", "db_instance_identifier")),
    _either("aws_db_event_subscription", "name", "name_prefix"),
    _either("aws_security_group", "name", "name_prefix"),
    _either("aws_sns_topic", "name", "name_prefix"),
    _either("aws_sqs_queue", "name", "name_prefix"),
    _either("aws_sqs_queue", "kms_master_key_id", "sqs_managed_sse_enabled"),
    _either("aws_scheduler_schedule", "name", "name_prefix"),
    _either("aws_scheduler_schedule_group", "name", "name_prefix"),
    _either("aws_budgets_budget", "name", "name_prefix"),
    _either("aws_budgets_budget", "limit_amount", "planned_limit"),
    _either("aws_budgets_budget", "limit_unit", "planned_limit"),
    Rule("aws_vpc_security_group_ingress_rule", Kind.EXACTLY_ONE, _SOURCES),
    Rule("aws_vpc_security_group_egress_rule", Kind.EXACTLY_ONE, _SOURCES),
    _either("aws_kms_alias", "name", "name_prefix"),
    Rule("aws_kms_key", Kind.REQUIRES, ("rotation_period_in_days", "enable_key_rotation")),
    Rule("aws_kms_key", Kind.REQUIRES, ("xks_key_id", "custom_key_store_id")),
    _either("aws_cloudwatch_log_group", "name", "name_prefix"),
    *(_either(_ALARM, name, "metric_query") for name in ("metric_name", "dimensions", "namespace", "period")),
    _either(_ALARM, "statistic", "extended_statistic", "metric_query"),
    _either(_ALARM, "threshold", "threshold_metric_id"),
    _either("aws_iam_role", "name", "name_prefix"),
    _either("aws_iam_policy", "name", "name_prefix"),
    _either("aws_iam_role_policy", "name", "name_prefix"),
    _either("aws_secretsmanager_secret", "name", "name_prefix"),
    Rule(
        "aws_secretsmanager_secret_rotation",
        Kind.EXACTLY_ONE,
        ("automatically_after_days", "schedule_expression"),
        "rotation_rules",
    ),
    Rule(
        "aws_appautoscaling_scheduled_action",
        Kind.AT_LEAST_ONE,
        ("max_capacity", "min_capacity"),
        "scalable_target_action",
    ),
    Rule(
        "aws_appautoscaling_policy",
        Kind.AT_MOST_ONE,
        ("customized_metric_specification", "predefined_metric_specification"),
        _TRACKING,
    ),
    _either("aws_s3_bucket", "bucket", "bucket_prefix"),
    *(_either(_TABLE, name, "on_demand_throughput") for name in ("read_capacity", "write_capacity")),
    _either(_TABLE, "restore_source_name", "restore_source_table_arn", "import_table"),
)


def broken(type_: str, body: Mapping[str, Any]) -> Iterator[Rule]:
    """The rules that the arguments of a resource break."""
    for rule in RULES:
        if rule.type == type_ and any(rule.broken_by(held) for held in _holders(rule, body)):
            yield rule


def _holders(rule: Rule, body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if not rule.within:
        return [body]
    # An empty block is one.
    held = body.get(rule.within)
    held = [] if held is None else held
    return held if isinstance(held, list) else [held]
