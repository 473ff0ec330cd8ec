"""What somebody changes in production behind Terraform's back: one thing of each kind that is read back.

This is proof in two directions: the comparison sees what AWS holds otherwise, and a plan shows just that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from support.readback.account import Account
from support.readback.table import THERE
from support.terraform_json import Planned

if TYPE_CHECKING:
    from pydantic import JsonValue

Place = tuple[str, str, str]
CREATED: Final[tuple[str, ...]] = ("create",)
UPDATED: Final[tuple[str, ...]] = ("update",)
_MONITORING: Final = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
_ON_CALL: Final = "arn:aws:sns:eu-west-1:333344445555:on-call"
_KEPT: Final = (
    *("AlarmName", "AlarmDescription", "MetricName", "Namespace", "Statistic", "Dimensions", "Period"),
    *("EvaluationPeriods", "ComparisonOperator", "TreatMissingData"),
)
"""What a metric alarm keeps when somebody edits it: CloudWatch takes the whole."""
_READERS: Final = {
    "ServiceNamespace": "rds",
    "ResourceId": "cluster:prod-orders",
    "ScalableDimension": "rds:cluster:ReadReplicaCount",
}


@dataclass(frozen=True)
class Tampering:
    """One change.

    Attributes:
        seen: what the comparison must report of it, and nothing else, by row, thing and attribute.
        repairs: what Terraform must plan for it, and nothing else, by address.
        undo: puts it right where no plan can, as Terraform does not know of the thing.
    """

    do: Callable[[Account], object]
    seen: frozenset[Place]
    repairs: Mapping[str, Planned] = field(default_factory=dict)
    undo: Callable[[Account], object] | None = None


def _parameter(value: str) -> JsonValue:
    return {"name": "rds.force_ssl", "value": value, "apply_method": "immediate"}


_SLOW: Final[JsonValue] = {"name": "log_min_duration_statement", "value": "1000", "apply_method": "immediate"}


def _allow_clear_text(account: Account) -> None:
    account.rds.modify_db_cluster_parameter_group(
        DBClusterParameterGroupName="prod-orders-aurora-postgresql16",
        Parameters=[{"ParameterName": "rds.force_ssl", "ParameterValue": "0", "ApplyMethod": "immediate"}],
    )


def _lock_applications_out(account: Account) -> None:
    (group,) = (id_ for id_, group in account.security_groups().items() if group["GroupName"] == "aurora-prod-orders")
    of_group = [{"Name": "group-id", "Values": [group]}]
    rules = account.ec2.describe_security_group_rules(Filters=of_group)["SecurityGroupRules"]
    account.ec2.revoke_security_group_ingress(
        GroupId=group, SecurityGroupRuleIds=[rule["SecurityGroupRuleId"] for rule in rules]
    )


def _deafen(account: Account) -> None:
    name = "prod-orders-writer-connections"
    (alarm,) = account.cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"]
    account.cloudwatch.put_metric_alarm(**{key: alarm[key] for key in _KEPT} | {"Threshold": 1_000_000})


def _silence(account: Account) -> None:
    of_kind = {"AlarmNames": ["prod-catalog-critical"], "AlarmTypes": ["CompositeAlarm"]}
    (alarm,) = account.cloudwatch.describe_alarms(**of_kind)["CompositeAlarms"]
    kept = {key: alarm[key] for key in ("AlarmName", "AlarmDescription", "AlarmRule")}
    account.cloudwatch.put_composite_alarm(**kept, AlarmActions=[], OKActions=[])


TAMPERINGS: Final = {
    "somebody saves on backups": Tampering(
        lambda account: account.rds.modify_db_cluster(DBClusterIdentifier="prod-orders", BackupRetentionPeriod=1),
        frozenset({("clusters", "prod-orders", "BackupRetentionPeriod")}),
        {"aws_rds_cluster.orders": Planned(UPDATED, {"backup_retention_period": 1}, {"backup_retention_period": 14})},
    ),
    "a cluster moves to another port": Tampering(
        lambda account: account.rds.modify_db_cluster(DBClusterIdentifier="prod-app-production-db", Port=5433),
        # Whoever reads the output is told the port of yesterday.
        frozenset(
            {
                ("clusters", "prod-app-production-db", "Port"),
                ("outputs", "prod-app-production-db", "rds_cluster_port"),
            }
        ),
        {"aws_rds_cluster.app-production-db": Planned(UPDATED, {"port": 5433}, {"port": 5432})},
    ),
    "the writer shall not be the first any more": Tampering(
        lambda account: account.rds.modify_db_instance(DBInstanceIdentifier="prod-catalog-1", PromotionTier=9),
        frozenset({("instances", "prod-catalog-1", "PromotionTier")}),
        {"aws_rds_cluster_instance.catalog_1": Planned(UPDATED, {"promotion_tier": 9}, {"promotion_tier": 0})},
    ),
    "connections in clear text are let in": Tampering(
        _allow_clear_text,
        frozenset({("parameter groups", "prod-orders-aurora-postgresql16", "parameters")}),
        {
            "aws_rds_cluster_parameter_group.orders": Planned(
                UPDATED, {"parameter": [_SLOW, _parameter("0")]}, {"parameter": [_SLOW, _parameter("1")]}
            )
        },
    ),
    "a subnet is taken away": Tampering(
        lambda account: account.rds.modify_db_subnet_group(
            DBSubnetGroupName="prod-catalog", SubnetIds=["subnet-c3az1", "subnet-c3az2"]
        ),
        frozenset({("subnet groups", "prod-catalog", "subnets")}),
        {
            "aws_db_subnet_group.catalog": Planned(
                UPDATED,
                {"subnet_ids": ["subnet-c3az1", "subnet-c3az2"]},
                {"subnet_ids": ["subnet-c3az1", "subnet-c3az2", "subnet-c3az3"]},
            )
        },
    ),
    "the rule for applications is removed": Tampering(
        _lock_applications_out,
        frozenset({("security groups", "aurora-prod-orders", "rule in sg-c3app 5432-5432")}),
        {"aws_vpc_security_group_ingress_rule.orders_sg-c3app": Planned(CREATED)},
    ),
    "an audit log is kept for a day": Tampering(
        lambda account: account.logs.put_retention_policy(
            logGroupName="/aws/rds/cluster/prod-catalog/audit", retentionInDays=1
        ),
        frozenset({("log groups", "/aws/rds/cluster/prod-catalog/audit", "retention")}),
        {
            "aws_cloudwatch_log_group.catalog_audit": Planned(
                UPDATED, {"retention_in_days": 1}, {"retention_in_days": 365}
            )
        },
    ),
    "monitoring loses its rights": Tampering(
        lambda account: account.iam.detach_role_policy(
            RoleName="rds-monitoring-eu-west-1-prod-orders", PolicyArn=_MONITORING
        ),
        frozenset({("roles", "rds-monitoring-eu-west-1-prod-orders", "policies")}),
        {"aws_iam_role_policy_attachment.orders_monitoring": Planned(CREATED)},
    ),
    "an alarm that rings too often is made deaf": Tampering(
        _deafen,
        frozenset({("alarms", "prod-orders-writer-connections", "limit")}),
        {
            "aws_cloudwatch_metric_alarm.orders_writer-connections": Planned(
                UPDATED, {"threshold": 1_000_000}, {"threshold": 3131}
            )
        },
    ),
    "nobody is told any more": Tampering(
        _silence,
        frozenset({("composite alarms", "prod-catalog-critical", "tells")}),
        {
            "aws_cloudwatch_composite_alarm.catalog_critical": Planned(
                UPDATED,
                {"alarm_actions": [], "ok_actions": []},
                {"alarm_actions": [_ON_CALL], "ok_actions": [_ON_CALL]},
            )
        },
    ),
    "events are told to nobody": Tampering(
        lambda account: account.rds.delete_event_subscription(SubscriptionName="prod-catalog-on-call-cluster"),
        frozenset({("event subscriptions", "prod-catalog-on-call-cluster", THERE)}),
        {"aws_db_event_subscription.catalog_on_call-cluster": Planned(CREATED)},
    ),
    "a dashboard is tidied away": Tampering(
        lambda account: account.cloudwatch.delete_dashboards(DashboardNames=["prod-orders-eu-west-1"]),
        frozenset({("dashboards", "prod-orders-eu-west-1", THERE)}),
        {"aws_cloudwatch_dashboard.orders": Planned(CREATED)},
    ),
    "readers are scaled that nobody asked for": Tampering(
        lambda account: account.autoscaling.register_scalable_target(**_READERS, MinCapacity=0, MaxCapacity=1),
        frozenset({("scaling", "cluster:prod-orders", THERE)}),
        undo=lambda account: account.autoscaling.deregister_scalable_target(**_READERS),
    ),
    "somebody writes a password down": Tampering(
        lambda account: account.secrets.create_secret(Name="orders-password", SecretString="x"),
        frozenset({("secrets", "orders-password", THERE)}),
        undo=lambda account: account.secrets.delete_secret(SecretId="orders-password", ForceDeleteWithoutRecovery=True),
    ),
}
