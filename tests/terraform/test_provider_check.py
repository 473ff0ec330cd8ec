"""The static check knows what the real provider knows: it accepts and refuses the same."""

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import pytest

from support.provider.checking import Kind, check
from support.provider.conflicts import RULES, Rule, broken
from support.provider.conflicts import Kind as Together
from support.provider.loading import KeptSchema
from support.terraform import Stack, TerraformError
from support.terraform_discovery import Tool

pytestmark = pytest.mark.terraform

GOLDEN: Final = Path(__file__).parent.parent / "golden" / "expected"
HEADER: Final = {
    "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": ">= 5.100.0, < 7.0.0"}}},
    "provider": {"aws": [{"region": "eu-west-1"}]},
}
Body = dict[str, Any]

SCALED: Final[Body] = {
    "name": "readers",
    "resource_id": "cluster:orders",
    "scalable_dimension": "rds:cluster:ReadReplicaCount",
    "service_namespace": "rds",
}
# Of each type what it needs, so that nothing but the mistake is wrong.
BODIES: Final[dict[str, Body]] = {
    "aws_rds_cluster": {"engine": "aurora-postgresql", "skip_final_snapshot": True},
    "aws_rds_cluster_instance": {
        "engine": "aurora-postgresql",
        "cluster_identifier": "orders",
        "instance_class": "db.r6g.large",
    },
    "aws_rds_cluster_parameter_group": {"family": "aurora-postgresql16"},
    "aws_db_parameter_group": {"family": "aurora-postgresql16"},
    "aws_db_subnet_group": {"subnet_ids": ["subnet-a", "subnet-b"]},
    "aws_rds_cluster_endpoint": {
        "cluster_identifier": "orders",
        "cluster_endpoint_identifier": "reader",
        "custom_endpoint_type": "READER",
    },
    "aws_rds_global_cluster": {"global_cluster_identifier": "orders"},
    "aws_db_proxy_target": {"db_proxy_name": "orders", "target_group_name": "default"},
    "aws_db_event_subscription": {"sns_topic": "arn:aws:sns:eu-west-1:111122223333:on-call"},
    "aws_security_group": {},
    "aws_sns_topic": {},
    "aws_sqs_queue": {},
    "aws_scheduler_schedule": {
        "schedule_expression": "rate(1 day)",
        "flexible_time_window": {"mode": "OFF"},
        "target": {
            "arn": "arn:aws:scheduler:::aws-sdk:rds:stopDBCluster",
            "role_arn": "arn:aws:iam::111122223333:role/x",
        },
    },
    "aws_scheduler_schedule_group": {},
    "aws_budgets_budget": {"budget_type": "COST", "time_unit": "MONTHLY"},
    "aws_vpc_security_group_ingress_rule": {"security_group_id": "sg-app", "ip_protocol": "-1"},
    "aws_vpc_security_group_egress_rule": {"security_group_id": "sg-app", "ip_protocol": "-1"},
    "aws_kms_alias": {"target_key_id": "1234abcd-12ab-34cd-56ef-1234567890ab"},
    "aws_kms_key": {},
    "aws_cloudwatch_log_group": {},
    "aws_cloudwatch_metric_alarm": {
        "alarm_name": "cpu",
        "comparison_operator": "GreaterThanThreshold",
        "evaluation_periods": 1,
    },
    "aws_iam_role": {"assume_role_policy": '{"Version": "2012-10-17", "Statement": []}'},
    "aws_iam_role_policy": {"role": "orders", "policy": '{"Version": "2012-10-17", "Statement": []}'},
    "aws_iam_policy": {"policy": '{"Version": "2012-10-17", "Statement": []}'},
    "aws_secretsmanager_secret": {},
    "aws_secretsmanager_secret_rotation": {"secret_id": "orders", "rotation_rules": {"automatically_after_days": 30}},
    "aws_appautoscaling_scheduled_action": SCALED
    | {"schedule": "at(2026-01-01T00:00:00)"}
    | {"scalable_target_action": {"max_capacity": 2}},
    "aws_appautoscaling_policy": SCALED | {"policy_type": "TargetTrackingScaling"},
    "aws_s3_bucket": {},
    "aws_dynamodb_table": {"name": "locks"},
}
# Values that are fine by themselves, of the arguments that rules are about.
BUCKET: Final[Body] = {
    "bucket_name": "backups",
    "ingestion_role": "arn:aws:iam::111122223333:role/x",
    "source_engine": "mysql",
    "source_engine_version": "8.0",
}
POINT: Final[Body] = {"source_cluster_identifier": "orders", "use_latest_restorable_time": True}
# Of blocks that rules are about what else they need.
WITHIN: Final[dict[str, Body]] = {
    "restore_to_point_in_time": POINT,
    "target_tracking_scaling_policy_configuration": {"target_value": 60},
}
QUERY: Final[Body] = {"id": "m1", "expression": "1", "return_data": True}
VALUES: Final[dict[str, Any]] = {
    "automatically_after_days": 30,
    "cidr_ipv4": "10.0.0.0/16",
    "cidr_ipv6": "2001:db8::/32",
    "engine": "aurora-postgresql",
    "enable_key_rotation": True,
    "customized_metric_specification": {"metric_name": "CPU", "namespace": "AWS/RDS", "statistic": "Average"},
    "dimensions": {"DBClusterIdentifier": "orders"},
    "excluded_members": ["orders-1"],
    "extended_statistic": "p95",
    "force_destroy": True,
    "import_table": {"input_format": "CSV", "s3_bucket_source": {"bucket": "backups"}},
    "limit_amount": "100",
    "limit_unit": "USD",
    "manage_master_user_password": False,
    "master_password": "not-a-password",
    "master_password_wo_version": 1,
    "metric_query": QUERY,
    "name": "alias/orders",
    "name_prefix": "alias/orders-",
    "on_demand_throughput": {"max_read_request_units": 1},
    "period": 60,
    "planned_limit": {"amount": "100", "unit": "USD", "start_time": "2026-01-01_00:00"},
    "predefined_metric_specification": {"predefined_metric_type": "RDSReaderAverageCPUUtilization"},
    "read_capacity": 1,
    "restore_to_point_in_time": POINT,
    "restore_to_time": "2026-01-01T00:00:00Z",
    "restore_source_table_arn": "arn:aws:dynamodb:eu-west-1:111122223333:table/locks",
    "rotation_period_in_days": 90,
    "s3_import": BUCKET,
    "schedule_expression": "rate(30 days)",
    "source_db_cluster_identifier": "arn:aws:rds:eu-west-1:111122223333:cluster:orders",
    "sqs_managed_sse_enabled": True,
    "static_members": ["orders-1"],
    "statistic": "Average",
    "threshold": 80,
    "unit": "Percent",
    "use_latest_restorable_time": True,
    "write_capacity": 1,
}


def value(type_: str, name: str) -> object:
    if name in {"name", "name_prefix"} and type_ != "aws_kms_alias":
        return "orders" if name == "name" else "orders-"
    return VALUES.get(name, "orders")


def breaking(rule: Rule) -> Iterator[Body]:
    """Bodies that break a rule: two of one, none of one, or one without the others."""
    if rule.kind is Together.AT_MOST_ONE:
        sets: list[tuple[str, ...]] = [*combinations(rule.names, 2)]
    elif rule.kind is Together.AT_LEAST_ONE:
        sets = [()]
    elif rule.kind is Together.EXACTLY_ONE:
        sets = [(), rule.names[:2]]
    elif rule.kind is Together.ALL_OR_NONE:
        sets = [(name,) for name in rule.names]
    else:
        sets = [rule.names[:1]]
    for names in sets:
        arguments = {name: value(rule.type, name) for name in names}
        if rule.within:
            kept = {name: one for name, one in WITHIN.get(rule.within, {}).items() if name not in rule.names}
            arguments = {rule.within: kept | arguments}
        yield BODIES[rule.type] | arguments


BREAKING: Final = [(rule, body) for rule in RULES for body in breaking(rule)]

CLUSTER: Final = BODIES["aws_rds_cluster"]
INSTANCE: Final = BODIES["aws_rds_cluster_instance"]
MISTAKES: Final[list[tuple[Kind, str, Body]]] = [
    (Kind.UNKNOWN, "aws_rds_clutser", {}),
    (Kind.UNKNOWN, "aws_rds_cluster", CLUSTER | {"storage_encyrpted": True}),
    (Kind.UNKNOWN, "aws_rds_cluster", CLUSTER | {"serverlessv2_scaling": {"min_capacity": 1}}),
    (
        Kind.UNKNOWN,
        "aws_rds_cluster",
        CLUSTER | {"serverlessv2_scaling_configuration": {"min_capacity": 1, "max_capacity": 2, "step": 1}},
    ),
    (Kind.COMPUTED, "aws_rds_cluster", CLUSTER | {"endpoint": "orders.example.com"}),
    (Kind.COMPUTED, "aws_rds_cluster_instance", INSTANCE | {"writer": True}),
    (Kind.MISSING, "aws_rds_cluster", {"cluster_identifier": "orders"}),
    (Kind.MISSING, "aws_rds_cluster_instance", INSTANCE | {"instance_class": None}),
    (Kind.MISSING, "aws_rds_cluster", CLUSTER | {"serverlessv2_scaling_configuration": {"max_capacity": 2}}),
    (Kind.WRONG_TYPE, "aws_rds_cluster", CLUSTER | {"port": "many"}),
    (Kind.WRONG_TYPE, "aws_rds_cluster", CLUSTER | {"port": True}),
    (Kind.WRONG_TYPE, "aws_rds_cluster", CLUSTER | {"storage_encrypted": "yes"}),
    (Kind.WRONG_TYPE, "aws_rds_cluster", CLUSTER | {"vpc_security_group_ids": "sg-app"}),
    (Kind.WRONG_TYPE, "aws_rds_cluster", CLUSTER | {"vpc_security_group_ids": [["sg-app"]]}),
    (Kind.WRONG_TYPE, "aws_rds_cluster", CLUSTER | {"tags": ["team"]}),
    (Kind.WRONG_TYPE, "aws_rds_cluster", CLUSTER | {"tags": {"team": ["a"]}}),
    (Kind.WRONG_TYPE, "aws_security_group", {"ingress": [{"from_port": 1, "to_port": 2, "protocol": "tcp"}]}),
    (
        Kind.COUNT,
        "aws_rds_cluster",
        CLUSTER | {"serverlessv2_scaling_configuration": [{"min_capacity": 1, "max_capacity": 2}] * 2},
    ),
    (
        Kind.COUNT,
        "aws_autoscaling_policy",
        {"name": "x", "autoscaling_group_name": "x"}
        | {
            "target_tracking_configuration": {
                "target_value": 1,
                "customized_metric_specification": {"metrics": {"id": "m1", "metric_stat": {"stat": "Sum"}}},
            }
        },
    ),
    (Kind.REFERENCE, "aws_rds_cluster", CLUSTER | {"kms_key_id": "${aws_kms_key.gone.arn}"}),
    (Kind.REFERENCE, "aws_rds_cluster", CLUSTER | {"kms_key_id": "${aws_rds_cluster.good.key}"}),
    (Kind.REFERENCE, "aws_rds_cluster", CLUSTER | {"kms_key_id": "x-${data.aws_kms_alias.gone.arn}"}),
    (
        Kind.REFERENCE,
        "aws_rds_cluster",
        CLUSTER | {"kms_key_id": "${aws_rds_cluster.good.master_user_secret[0].arn}"},
    ),
    (Kind.REFERENCE, "aws_rds_cluster", CLUSTER | {"depends_on": ["aws_kms_key.gone"]}),
    (Kind.REFERENCE, "aws_rds_cluster", CLUSTER | {"lifecycle": {"ignore_changes": ["engine_verison"]}}),
    (Kind.WRONG_TYPE, "aws_rds_cluster", CLUSTER | {"count": "many"}),
    (Kind.CONFLICT, "aws_rds_cluster", CLUSTER | {"restore_to_point_in_time": {}}),
    (
        Kind.CONFLICT,
        "aws_rds_cluster_endpoint",
        BODIES["aws_rds_cluster_endpoint"] | {"static_members": [], "excluded_members": ["orders-1"]},
    ),
]

# Terraform's own words: it reads no further where one of them is wrong.
CONDITION: Final[Body] = {"condition": "${true}", "error_message": "No."}
GOOD: Final = "aws_rds_cluster.good"


def of_resource(**arguments: object) -> Body:
    return {"resource": {"aws_rds_cluster": {"bad": CLUSTER | arguments}}}


MISTAKES_OF_LANGUAGE: Final[list[tuple[Kind, Body]]] = [
    (Kind.UNKNOWN, {"resources": {}}),
    (Kind.UNKNOWN, {"output": {"o": {"value": "x", "valeu": 1}}}),
    (Kind.MISSING, {"output": {"o": {"description": "x"}}}),
    (Kind.WRONG_TYPE, {"output": {"o": {"value": "x", "sensitive": "perhaps"}}}),
    (Kind.UNKNOWN, of_resource(lifecycle={"prevent_destory": True})),
    (Kind.WRONG_TYPE, of_resource(lifecycle={"prevent_destroy": "maybe"})),
    (Kind.WRONG_TYPE, of_resource(lifecycle={"ignore_changes": "engine"})),
    (Kind.MISSING, of_resource(lifecycle={"postcondition": [{"condition": "${true}"}]})),
    (Kind.UNKNOWN, of_resource(lifecycle={"precondition": [CONDITION | {"message": "No."}]})),
    (Kind.WRONG_TYPE, of_resource(depends_on=GOOD)),
    (Kind.CONFLICT, of_resource(count=1, for_each={"a": "b"})),
    (Kind.MISSING, {"import": [{"to": GOOD}]}),
    (Kind.UNKNOWN, {"import": [{"to": GOOD, "id": "x", "idd": "x"}]}),
    (Kind.MISSING, {"moved": [{"from": GOOD}]}),
    (Kind.MISSING, {"removed": [{"lifecycle": {"destroy": False}}]}),
]

# Terraform itself says so only when it plans; what is deprecated it takes, with a warning.
FOUND_EARLIER: Final[list[tuple[Kind, str, Body]]] = [
    (Kind.WRONG_TYPE, "aws_rds_cluster", CLUSTER | {"vpc_security_group_ids": "${aws_rds_cluster.good.arn}"}),
    (Kind.WRONG_TYPE, "aws_rds_cluster", CLUSTER | {"engine_version": "${aws_rds_cluster.good.iam_roles}"}),
    (Kind.DEPRECATED, "aws_iam_role", BODIES["aws_iam_role"] | {"managed_policy_arns": []}),
]


def stack_of(rows: list[tuple[str, str, Body]]) -> dict[str, Any]:
    resources: dict[str, dict[str, Body]] = {"aws_rds_cluster": {"good": CLUSTER}}
    for type_, label, body in rows:
        resources.setdefault(type_, {})[label] = body
    return HEADER | {"resource": resources}


@pytest.mark.parametrize("path", sorted(GOLDEN.rglob("*.tf.json")), ids=lambda p: str(p.relative_to(GOLDEN)))
def test_every_golden_stack_fits_the_schema(path: Path, provider_schema: KeptSchema) -> None:
    stack = json.loads(path.read_text(encoding="utf-8"))
    assert [str(finding) for finding in check(stack, provider_schema)] == []


@pytest.mark.parametrize(("kind", "type_", "body"), [*MISTAKES, *FOUND_EARLIER])
def test_a_planted_mistake_is_found(kind: Kind, type_: str, body: Body, provider_schema: KeptSchema) -> None:
    findings = check(stack_of([(type_, "bad", body)]), provider_schema)
    assert {(finding.kind, finding.where.startswith(f"{type_}.bad")) for finding in findings} == {(kind, True)}


@pytest.mark.parametrize(("kind", "sections"), MISTAKES_OF_LANGUAGE)
def test_a_mistake_of_language_is_found(kind: Kind, sections: Body, provider_schema: KeptSchema) -> None:
    assert {finding.kind for finding in check(stack_of([]) | sections, provider_schema)} == {kind}


@pytest.mark.slow
@pytest.mark.parametrize("sections", [sections for _, sections in MISTAKES_OF_LANGUAGE])
def test_terraform_refuses_the_same(sections: Body, tmp_path: Path, terraform: Tool) -> None:
    (tmp_path / "main.tf.json").write_text(json.dumps(stack_of([]) | sections), encoding="utf-8")
    with pytest.raises(TerraformError, match=r"main\.tf\.json"):
        Stack(tmp_path, terraform).init(backend=False)


def test_a_rule_knows_its_arguments(provider_schema: KeptSchema) -> None:
    unknown = []
    for rule in RULES:
        block = provider_schema.find("resource", rule.type)
        assert block is not None, rule
        held = block.blocks[rule.within].block if rule.within else block
        unknown += [(rule, name) for name in rule.names if name not in held.arguments and name not in held.blocks]
    assert unknown == []


def test_what_breaks_a_rule_is_well_formed_and_found(provider_schema: KeptSchema) -> None:
    for rule, body in BREAKING:
        findings = check(stack_of([(rule.type, "bad", body)]), provider_schema)
        assert {finding.kind for finding in findings} == {Kind.CONFLICT}, (rule, body)
        assert rule in broken(rule.type, body), (rule, body)


@pytest.mark.slow
def test_the_provider_refuses_the_same(tmp_path: Path, terraform: Tool) -> None:
    rows = [
        *((type_, f"mistake_{number}", body) for number, (_, type_, body) in enumerate(MISTAKES)),
        *((rule.type, f"conflict_{number}", body) for number, (rule, body) in enumerate(BREAKING)),
    ]
    # The bodies that the mistakes are planted in are fine, but where one of several is always wanted.
    wanting = {rule.type for rule, body in BREAKING if body == BODIES[rule.type]}
    good = [(type_, "good", body) for type_, body in BODIES.items() if type_ not in wanting]
    (tmp_path / "good.tf.json").write_text(json.dumps(stack_of(good)), encoding="utf-8")
    for type_, label, body in rows:
        content = {"resource": {type_: {label: body}}}
        (tmp_path / f"{label}.tf.json").write_text(json.dumps(content), encoding="utf-8")
    stack = Stack(tmp_path, terraform)
    stack.init(backend=False)
    diagnostics = stack.validate().diagnostics
    refused = {d.range.filename for d in diagnostics if d.severity == "error" and d.range}
    assert refused == {f"{label}.tf.json" for _, label, _ in rows}
