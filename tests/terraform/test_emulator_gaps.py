"""What `sandbox/emulator` closes, seen through the provider: all of it applied, changed, and settled both times."""

import json
from pathlib import Path
from typing import Final

import pytest

from auroraform.sandbox.emulator.network import SecurityGroup, Subnet, Vpc
from auroraform.sandbox.emulator.process import Emulator
from support.terraform import Stack
from support.terraform_discovery import Tool

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("emulator")]

Arguments = dict[str, object]
Resources = dict[str, dict[str, Arguments]]

NETWORK: Final = Vpc(
    id="vpc-0abc",
    subnets=(Subnet(id="subnet-abc123", cidr="10.0.0.0/24"), Subnet(id="subnet-def456", cidr="10.0.1.0/24")),
    security_groups=(SecurityGroup(id="sg-app", name="app"), SecurityGroup(id="sg-batch", name="batch")),
)
HEADER: Final = {
    "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": ">= 5.100.0, < 7.0.0"}}},
    "provider": {"aws": [{"region": "eu-west-1", "allowed_account_ids": ["111122223333"]}]},
}
ROLE: Final = "arn:aws:iam::111122223333:role/monitoring"
TOPIC: Final = "${aws_sns_topic.alarms.arn}"

# A cluster with everything on, whose changes turn it off, and one the other way around.
MONITORED: Final[Arguments] = {
    "performance_insights_enabled": True,
    "performance_insights_retention_period": 465,
    "monitoring_interval": 60,
    "monitoring_role_arn": ROLE,
}
UNMONITORED: Final[Arguments] = {"performance_insights_enabled": False, "monitoring_interval": 0}
ON: Final[Arguments] = {
    **MONITORED,
    "database_insights_mode": "advanced",
    "enable_http_endpoint": True,
    "iam_database_authentication_enabled": True,
    "network_type": "DUAL",
    "storage_type": "aurora-iopt1",
    "copy_tags_to_snapshot": True,
    "backup_retention_period": 14,
    "preferred_backup_window": "02:00-03:00",
    "preferred_maintenance_window": "sun:05:00-sun:06:00",
    "tags": {"team": "checkout"},
}
OFF: Final[Arguments] = {
    **UNMONITORED,
    "database_insights_mode": "standard",
    "enable_http_endpoint": False,
    "iam_database_authentication_enabled": False,
    "network_type": "IPV4",
    "storage_type": "aurora",
    "copy_tags_to_snapshot": False,
    "backup_retention_period": 7,
    "preferred_backup_window": "04:00-05:00",
    "preferred_maintenance_window": "mon:06:00-mon:07:00",
    "tags": {"team": "billing"},
}
COMMON: Final[Arguments] = {
    "master_username": "root",
    "manage_master_user_password": True,
    "db_subnet_group_name": "${aws_db_subnet_group.databases.name}",
    "vpc_security_group_ids": ["sg-app"],
    "storage_encrypted": True,
    "skip_final_snapshot": True,
    "apply_immediately": True,
}
POSTGRESQL: Final[Arguments] = {
    **COMMON,
    "cluster_identifier": "orders",
    "engine": "aurora-postgresql",
    "engine_version": "16.6",
    "engine_lifecycle_support": "open-source-rds-extended-support-disabled",
    "db_cluster_parameter_group_name": "${aws_rds_cluster_parameter_group.orders.name}",
    "serverlessv2_scaling_configuration": {"min_capacity": 0, "max_capacity": 4, "seconds_until_auto_pause": 600},
}
MYSQL: Final[Arguments] = {
    **COMMON,
    "cluster_identifier": "shop",
    "engine": "aurora-mysql",
    "engine_version": "8.0.mysql_aurora.3.08.0",
}
INSTANCE_ON: Final[Arguments] = {
    **MONITORED,
    "promotion_tier": 0,
    "preferred_maintenance_window": "sun:05:00-sun:06:00",
    "copy_tags_to_snapshot": True,
    "auto_minor_version_upgrade": True,
    # AWS's default: any other one makes the provider reboot a new instance, which takes two minutes.
    "ca_cert_identifier": "rds-ca-rsa2048-g1",
    "tags": {"team": "checkout"},
}
INSTANCE_OFF: Final[Arguments] = {
    **UNMONITORED,
    "promotion_tier": 3,
    "preferred_maintenance_window": "mon:06:00-mon:07:00",
    "copy_tags_to_snapshot": False,
    "auto_minor_version_upgrade": False,
    "tags": {"team": "billing"},
}
POSTGRESQL_INSTANCE: Final[Arguments] = {
    "identifier": "orders-one",
    "cluster_identifier": "${aws_rds_cluster.orders.id}",
    "engine": "aurora-postgresql",
    "instance_class": "db.r6g.large",
    "db_parameter_group_name": "${aws_db_parameter_group.orders.name}",
    "apply_immediately": True,
}
MYSQL_INSTANCE: Final[Arguments] = {
    "identifier": "shop-one",
    "cluster_identifier": "${aws_rds_cluster.shop.id}",
    "engine": "aurora-mysql",
    "instance_class": "db.r6g.large",
    "apply_immediately": True,
}
FAMILY: Final = "aurora-postgresql16"
UNCHANGED: Final[Resources] = {
    "aws_db_subnet_group": {"databases": {"name": "databases", "subnet_ids": ["subnet-abc123", "subnet-def456"]}},
    "aws_sns_topic": {"alarms": {"name": "alarms"}},
    "aws_iam_role": {
        "service": {"name": "service", "assume_role_policy": json.dumps({"Version": "2012-10-17", "Statement": []})}
    },
    "aws_secretsmanager_secret": {"owner": {"name": "owner"}},
    "aws_cloudwatch_metric_alarm": {
        "cpu": {
            "alarm_name": "cpu",
            "comparison_operator": "GreaterThanThreshold",
            "evaluation_periods": 1,
            "metric_name": "CPUUtilization",
            "namespace": "AWS/RDS",
            "period": 60,
            "statistic": "Average",
            "threshold": 80,
        }
    },
    "aws_backup_vault": {"databases": {"name": "databases"}},
    "aws_db_proxy_target": {
        "orders": {
            "db_proxy_name": "${aws_db_proxy.orders.name}",
            "target_group_name": "${aws_db_proxy_default_target_group.orders.name}",
            "db_cluster_identifier": "${aws_rds_cluster.orders.id}",
        }
    },
}
ALARM: Final[Arguments] = {"alarm_name": "both", "depends_on": ["aws_cloudwatch_metric_alarm.cpu"]}
SELECTION: Final[Arguments] = {
    "name": "orders",
    "plan_id": "${aws_backup_plan.daily.id}",
    "iam_role_arn": "${aws_iam_role.service.arn}",
}
PROXY: Final[Arguments] = {
    "name": "orders",
    "engine_family": "POSTGRESQL",
    "role_arn": "${aws_iam_role.service.arn}",
    "vpc_subnet_ids": ["subnet-abc123", "subnet-def456"],
    "auth": {"auth_scheme": "SECRETS", "secret_arn": "${aws_secretsmanager_secret.owner.arn}"},
}
PROXY_ENDPOINT: Final[Arguments] = {
    "db_proxy_name": "${aws_db_proxy.orders.name}",
    "db_proxy_endpoint_name": "orders-reader",
    "vpc_subnet_ids": ["subnet-abc123", "subnet-def456"],
    "target_role": "READ_ONLY",
}
BUDGET: Final[Arguments] = {"name": "orders", "budget_type": "COST", "limit_unit": "USD", "time_unit": "MONTHLY"}
NOTIFICATION: Final[Arguments] = {
    "comparison_operator": "GREATER_THAN",
    "threshold_type": "PERCENTAGE",
    "notification_type": "ACTUAL",
    "subscriber_sns_topic_arns": [TOPIC],
}


def daily(days: int) -> Arguments:
    rule = {
        "rule_name": "daily",
        "target_vault_name": "${aws_backup_vault.databases.name}",
        "schedule": "cron(0 5 ? * * *)",
        "lifecycle": {"delete_after": days},
    }
    return {"name": "daily", "rule": rule}


def pool(percent: int, query: str) -> Arguments:
    pool = {"max_connections_percent": percent, "max_idle_connections_percent": 20, "init_query": query}
    return {"db_proxy_name": "${aws_db_proxy.orders.name}", "connection_pool_config": pool}


def group(**parameters: str) -> Arguments:
    rows = [{"name": name, "value": value} for name, value in parameters.items()]
    return {"name": "orders", "family": FAMILY, "parameter": rows}


CREATED: Final[Resources] = UNCHANGED | {
    "aws_rds_cluster_parameter_group": {"orders": group(log_statement="ddl", work_mem="4096")},
    "aws_db_parameter_group": {"orders": group(log_min_duration_statement="500", work_mem="4096")},
    "aws_rds_cluster": {
        "orders": POSTGRESQL | ON | {"enabled_cloudwatch_logs_exports": ["instance", "postgresql"]},
        "shop": MYSQL | OFF,
    },
    "aws_rds_cluster_instance": {
        "orders_one": POSTGRESQL_INSTANCE | INSTANCE_ON,
        "shop_one": MYSQL_INSTANCE | INSTANCE_OFF,
    },
    "aws_db_event_subscription": {
        "orders": {
            "name": "orders",
            "sns_topic": TOPIC,
            "source_type": "db-cluster",
            "source_ids": ["orders"],
            "event_categories": ["failover", "failure"],
            "tags": {"team": "checkout"},
        }
    },
    "aws_cloudwatch_composite_alarm": {
        "both": {**ALARM, "alarm_rule": 'ALARM("cpu")', "alarm_actions": [TOPIC], "tags": {"team": "checkout"}}
    },
    "aws_backup_plan": {"daily": daily(14)},
    "aws_backup_selection": {
        "orders": {**SELECTION, "selection_tag": {"type": "STRINGEQUALS", "key": "backup", "value": "daily"}}
    },
    "aws_budgets_budget": {
        "orders": {
            **BUDGET,
            "limit_amount": "100",
            "notification": {**NOTIFICATION, "threshold": 80},
            "tags": {"team": "checkout"},
        }
    },
    "aws_db_proxy": {
        "orders": {
            **PROXY,
            "vpc_security_group_ids": ["sg-app"],
            "require_tls": True,
            "idle_client_timeout": 600,
            "tags": {"team": "checkout"},
        }
    },
    "aws_db_proxy_default_target_group": {"orders": pool(80, "SET x = 1")},
    "aws_db_proxy_endpoint": {
        "reader": {**PROXY_ENDPOINT, "vpc_security_group_ids": ["sg-app"], "tags": {"team": "checkout"}}
    },
}
CHANGED: Final[Resources] = UNCHANGED | {
    "aws_rds_cluster_parameter_group": {"orders": group(work_mem="8192")},
    "aws_db_parameter_group": {"orders": group(log_min_duration_statement="900")},
    "aws_rds_cluster": {
        "orders": POSTGRESQL | OFF | {"enabled_cloudwatch_logs_exports": ["postgresql"]},
        "shop": MYSQL
        | ON
        | {
            "enabled_cloudwatch_logs_exports": ["audit", "error"],
            "enable_local_write_forwarding": True,
            "backtrack_window": 3600,
        },
    },
    "aws_rds_cluster_instance": {
        "orders_one": POSTGRESQL_INSTANCE | INSTANCE_OFF,
        "shop_one": MYSQL_INSTANCE | INSTANCE_ON,
    },
    "aws_db_event_subscription": {
        "orders": {
            "name": "orders",
            "sns_topic": TOPIC,
            "source_type": "db-cluster",
            "source_ids": ["shop"],
            "event_categories": ["failover", "maintenance"],
            "enabled": False,
            "tags": {"team": "billing"},
        }
    },
    "aws_cloudwatch_composite_alarm": {
        "both": {
            **ALARM,
            "alarm_rule": 'ALARM("cpu") OR FALSE',
            "ok_actions": [TOPIC],
            "actions_suppressor": {"alarm": "cpu", "wait_period": 60, "extension_period": 60},
            "tags": {"team": "billing"},
        }
    },
    "aws_backup_plan": {"daily": daily(30)},
    "aws_backup_selection": {"orders": {**SELECTION, "resources": ["*"]}},
    "aws_budgets_budget": {
        "orders": {
            **BUDGET,
            "limit_amount": "200",
            "notification": {**NOTIFICATION, "threshold": 90},
            "tags": {"team": "billing"},
        }
    },
    "aws_db_proxy": {
        "orders": {
            **PROXY,
            "vpc_security_group_ids": ["sg-batch"],
            "require_tls": False,
            "debug_logging": True,
            "idle_client_timeout": 900,
            "tags": {"team": "billing"},
        }
    },
    "aws_db_proxy_default_target_group": {"orders": pool(60, "SET x = 2")},
    "aws_db_proxy_endpoint": {
        "reader": {**PROXY_ENDPOINT, "vpc_security_group_ids": ["sg-batch"], "tags": {"team": "billing"}}
    },
}


def write(folder: Path, resources: Resources) -> None:
    (folder / "cdk.tf.json").write_text(json.dumps(HEADER | {"resource": resources}), encoding="utf-8")


def settle(stack: Stack, *, kinds: set[tuple[str, ...]]) -> None:
    plan = stack.plan()
    assert set(stack.show(plan).actions().values()) == kinds
    stack.apply(plan)
    again = stack.plan()
    assert not again.changed, stack.show(again).actions()


def test_what_is_applied_and_changed_settles(tmp_path: Path, emulator: Emulator, terraform: Tool) -> None:
    emulator.seed(NETWORK)
    write(tmp_path, CREATED)
    stack = Stack(tmp_path, terraform, emulator.environment())
    stack.init()
    settle(stack, kinds={("create",)})
    write(tmp_path, CHANGED)
    # A selection of AWS Backup cannot be changed.
    settle(stack, kinds={("update",), ("delete", "create")})
    stack.destroy()
