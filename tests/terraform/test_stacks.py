"""Every synthesized stack, judged by the real AWS provider; the production example planned against a local AWS."""

import re
from contextlib import closing
from pathlib import Path
from typing import Final

import boto3
import pytest

from auroraform.sandbox.emulator.network import SecurityGroup, Subnet, Vpc
from auroraform.sandbox.emulator.process import Emulator
from auroraform.stacks.synth import synthesize
from support.fixtures import EmulatorOf
from support.terraform import Stack, validate_many
from support.terraform_discovery import Tool
from support.terraform_json import PlanDocument

pytestmark = [pytest.mark.terraform, pytest.mark.slow]

TESTS: Final = Path(__file__).parent.parent
SHOP: Final = TESTS.parent / "examples" / "shop"
CASES: Final = sorted((TESTS / "golden" / "cases").iterdir())


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of stacks that the example becomes."""
    output = tmp_path_factory.mktemp("shop")
    assert synthesize(SHOP, output).written is not None
    return output / "stacks"


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_a_stack_of_the_example_is_initialized_and_valid(
    environment: str, shop: Path, tmp_path: Path, terraform: Tool
) -> None:
    stack = Stack.copy(shop / environment, tmp_path / environment, terraform, local_state=False)
    stack.init(backend=False)
    validation = stack.validate()
    assert validation.valid, [str(d) for d in validation.diagnostics]
    assert [str(d) for d in validation.diagnostics] == []


def test_every_golden_stack_is_valid(tmp_path: Path, terraform: Tool) -> None:
    folders: list[Path] = []
    for case in CASES:
        output = tmp_path / "synthesized" / case.name
        assert synthesize(case, output).written is not None
        folders += sorted((output / "stacks").iterdir())
    results = validate_many(folders, tmp_path / "work", terraform)
    assert {str(f): [str(d) for d in v.diagnostics] for f, v in results.items() if not v.valid} == {}
    assert len(results) == len(folders) >= len(CASES)


PROD_ACCOUNT: Final = "333344445555"
NETWORKS: Final = (
    Vpc(
        id="vpc-c3shop",
        subnets=tuple(Subnet(id=f"subnet-c3az{n}", cidr=f"10.0.{n}.0/24") for n in (1, 2, 3)),
        security_groups=(SecurityGroup(id="sg-c3app", name="shop"),),
    ),
    Vpc(
        id="vpc-0c3data",
        cidr="10.9.0.0/16",
        subnets=tuple(
            Subnet(id=f"subnet-{name}", cidr=f"10.9.{n}.0/24") for n, name in enumerate(("abc123", "def456", "ghi789"))
        ),
    ),
)


@pytest.fixture(scope="module")
def prod_account(emulator_of: EmulatorOf) -> Emulator:
    """The production account: the networks that the example names, and its state bucket and lock table."""
    emulator = emulator_of(PROD_ACCOUNT)
    emulator.reset()
    emulator.seed(*NETWORKS)
    with (
        closing(boto3.client("s3", **emulator.client_options())) as s3,
        closing(boto3.client("dynamodb", **emulator.client_options())) as dynamodb,
    ):
        s3.create_bucket(
            Bucket="acme-terraform-state-prod",
            CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
        )
        dynamodb.create_table(
            TableName="terraform-locks",
            AttributeDefinitions=[{"AttributeName": "LockID", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "LockID", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )
    return emulator


@pytest.fixture(scope="module")
def plan(prod_account: Emulator, shop: Path, tmp_path_factory: pytest.TempPathFactory, terraform: Tool) -> PlanDocument:
    """The plan of prod, exactly as synthesized: S3 state, locked through DynamoDB, nothing overridden."""
    folder = tmp_path_factory.mktemp("plan") / "prod"
    stack = Stack.copy(shop / "prod", folder, terraform, prod_account.environment(), local_state=False)
    stack.init()
    return stack.show(stack.plan())


ALARMS: Final = (
    *("writer", "writer-cpu", "writer-memory", "writer-connections", "commit-latency", "deadlocks"),
    *("readers", "reader-cpu", "reader-memory", "reader-connections", "replica-lag"),
    *("volume-growth", "volume-size"),
)
PROVISIONED: Final = ("writer-local-storage", "reader-local-storage")
SERVERLESS: Final = ("acu-utilization", "maximum-capacity")
POSTGRESQL: Final = ("transaction-ids", "transaction-id-wraparound")


@pytest.mark.xdist_group("plan-prod")
class TestPlanOfProd:
    def test_it_creates_just_these_resources(self, plan: PlanDocument) -> None:
        assert set(plan.actions().values()) == {("create",)}
        found = sorted(plan.actions())
        assert [address for address in found if "_alarm." not in address] == [
            "aws_cloudwatch_dashboard.app-production-db",
            "aws_cloudwatch_dashboard.catalog",
            "aws_cloudwatch_dashboard.orders",
            "aws_cloudwatch_log_group.app-production-db_postgresql",
            "aws_cloudwatch_log_group.catalog_audit",
            "aws_cloudwatch_log_group.catalog_error",
            "aws_cloudwatch_log_group.catalog_slowquery",
            "aws_cloudwatch_log_group.orders_postgresql",
            "aws_db_event_subscription.app-production-db_on_call-cluster",
            "aws_db_event_subscription.app-production-db_on_call-instances",
            "aws_db_event_subscription.catalog_on_call-cluster",
            "aws_db_event_subscription.catalog_on_call-instances",
            "aws_db_event_subscription.orders_on_call-cluster",
            "aws_db_event_subscription.orders_on_call-instances",
            "aws_db_subnet_group.app-production-db",
            "aws_db_subnet_group.catalog",
            "aws_db_subnet_group.orders",
            "aws_iam_role.app-production-db_monitoring",
            "aws_iam_role.catalog_monitoring",
            "aws_iam_role.orders_monitoring",
            "aws_iam_role_policy_attachment.app-production-db_monitoring",
            "aws_iam_role_policy_attachment.catalog_monitoring",
            "aws_iam_role_policy_attachment.orders_monitoring",
            "aws_rds_cluster.app-production-db",
            "aws_rds_cluster.catalog",
            "aws_rds_cluster.orders",
            "aws_rds_cluster_instance.app-production-db_1",
            "aws_rds_cluster_instance.app-production-db_2",
            "aws_rds_cluster_instance.catalog_1",
            "aws_rds_cluster_instance.catalog_2",
            "aws_rds_cluster_instance.orders_1",
            "aws_rds_cluster_instance.orders_2",
            "aws_rds_cluster_instance.orders_3",
            "aws_rds_cluster_parameter_group.app-production-db",
            "aws_rds_cluster_parameter_group.catalog",
            "aws_rds_cluster_parameter_group.orders",
            "aws_security_group.app-production-db",
            "aws_security_group.catalog",
            "aws_security_group.orders",
            "aws_vpc_security_group_ingress_rule.app-production-db_sg-c3app",
            "aws_vpc_security_group_ingress_rule.catalog_sg-c3app",
            "aws_vpc_security_group_ingress_rule.orders_sg-c3app",
        ]
        assert [address for address in found if "_alarm." in address] == sorted(
            [
                *(
                    f"aws_cloudwatch_composite_alarm.{name}_{severity}"
                    for name in ("app-production-db", "catalog", "orders")
                    for severity in ("critical", "warning")
                ),
                *(
                    f"aws_cloudwatch_metric_alarm.{name}_{key}"
                    for name in ("app-production-db", "orders")
                    for key in (*ALARMS, *PROVISIONED, *POSTGRESQL)
                ),
                *(f"aws_cloudwatch_metric_alarm.catalog_{key}" for key in (*ALARMS, *SERVERLESS)),
            ]
        )

    def test_the_cluster_is_protected_as_a_database_engineer_would_have_it(self, plan: PlanDocument) -> None:
        after = plan.after("aws_rds_cluster.orders")
        expected = {
            "cluster_identifier": "prod-orders",
            "engine": "aurora-postgresql",
            "engine_version": "16.8",
            "database_name": "orders",
            "master_username": "master",
            "master_password": None,
            "manage_master_user_password": True,
            "port": 5432,
            "storage_encrypted": True,
            "backup_retention_period": 14,
            "copy_tags_to_snapshot": True,
            "skip_final_snapshot": False,
            "delete_automated_backups": False,
            "deletion_protection": True,
            "iam_database_authentication_enabled": True,
            "enabled_cloudwatch_logs_exports": ["postgresql"],
            "apply_immediately": False,
            "tags_all": {
                "cluster": "prod-orders",
                "cost-center": "4711",
                "environment": "prod",
                "managed-by": "auroraform",
                "manifest": "orders",
                "organization": "acme",
                "team": "checkout",
            },
        }
        assert {name: after.get(name) for name in expected} == expected
        assert re.fullmatch(r"prod-orders-\d{14}-final", str(after["final_snapshot_identifier"]))

    def test_a_serverless_cluster_has_its_range_and_serverless_instances(self, plan: PlanDocument) -> None:
        scaling = plan.after("aws_rds_cluster.catalog")["serverlessv2_scaling_configuration"]
        assert scaling == [{"max_capacity": 32, "min_capacity": 2}]
        for key in ("1", "2"):
            assert plan.after(f"aws_rds_cluster_instance.catalog_{key}")["instance_class"] == "db.serverless"

    def test_it_can_be_connected_to_on_the_engines_port_and_nothing_leaves(self, plan: PlanDocument) -> None:
        rule = plan.after("aws_vpc_security_group_ingress_rule.catalog_sg-c3app")
        names = ("from_port", "to_port", "ip_protocol", "referenced_security_group_id", "cidr_ipv4")
        assert [rule.get(name) for name in names] == [3306, 3306, "tcp", "sg-c3app", None]
        assert not any("egress_rule" in address for address in plan.actions())

    def test_the_vpc_of_a_manifests_own_subnets_is_looked_up(self, plan: PlanDocument) -> None:
        assert plan.after("aws_security_group.app-production-db")["vpc_id"] == "vpc-0c3data"
        assert plan.after("aws_security_group.orders")["vpc_id"] == "vpc-c3shop"

    def test_parameter_groups_are_of_families_that_aws_knows(self, plan: PlanDocument) -> None:
        families = {
            name: plan.after(f"aws_rds_cluster_parameter_group.{name}")["family"]
            for name in ("app-production-db", "catalog", "orders")
        }
        assert families == {
            "app-production-db": "aurora-postgresql14",
            "catalog": "aurora-mysql8.0",
            "orders": "aurora-postgresql16",
        }

    def test_each_cluster_has_its_outputs(self, plan: PlanDocument) -> None:
        names = {name.removeprefix("orders_") for name in plan.output_changes if name.startswith("orders_")}
        assert names >= {
            "rds_cluster_endpoint",
            "rds_cluster_reader_endpoint",
            "rds_cluster_id",
            "rds_cluster_arn",
            "rds_cluster_engine",
            "rds_cluster_engine_version",
            "rds_cluster_port",
            "rds_subnet_group",
            "rds_security_group",
            "rds_cluster_parameter_group",
        }
        assert len(plan.output_changes) == 3 * len(names)
