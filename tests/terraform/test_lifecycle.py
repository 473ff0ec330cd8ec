"""The life of clusters, by the real provider against a local AWS: they settle, end with a snapshot, and come again."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import boto3
import pytest

from auroraform.sandbox.emulator.network import Subnet, Vpc
from auroraform.sandbox.emulator.process import Emulator
from auroraform.stacks.synth import synthesize
from support.fixtures import EmulatorOf
from support.terraform import Stack, TerraformError
from support.terraform_discovery import Tool
from support.terraform_json import PlanDocument
from support.workspaces import Files, environment, manifest

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("lifecycle")]

ACCOUNT: Final = "444455556666"
NETWORK: Final = Vpc(
    id="vpc-0a",
    subnets=tuple(Subnet(id=f"subnet-0{az}", cidr=f"10.0.{n}.0/24") for n, az in enumerate("abc")),
)
CLUSTER: Final = "aws_rds_cluster.orders"
LOG: Final = "aws_cloudwatch_log_group.orders_postgresql"
LOG_NAME: Final = "/aws/rds/cluster/staging-orders/postgresql"
NAME: Final = re.compile(r"staging-orders-\d{14}-final")
SPEC: Final = "instances: {count: 1}\ndeletionProtection: false\n"

# Type stubs are installed for EC2 only.
Client = Any


@dataclass
class World:
    """A manifest, what it is synthesized into, and the account that this is applied to."""

    files: Files
    stack: Stack
    output: Path
    rds: Client
    logs: Client

    def write(self, spec: str) -> None:
        """Give the manifest another spec, and the stack what becomes of it."""
        self.files.write(manifests__orders=manifest(SPEC + spec))
        assert synthesize(self.files.root, self.output).written is not None
        shutil.copy(self.output / "stacks/staging/cdk.tf.json", self.stack.folder)

    def plan(self) -> PlanDocument:
        return self.stack.show(self.stack.plan())

    def apply(self) -> None:
        """Apply, and see that nothing is left to do."""
        self.stack.apply()
        again = self.stack.plan()
        assert not again.changed, self.stack.show(again).actions()

    def snapshots(self) -> list[str]:
        found = self.rds.describe_db_cluster_snapshots(SnapshotType="manual")["DBClusterSnapshots"]
        return sorted(snapshot["DBClusterSnapshotIdentifier"] for snapshot in found)

    def log_groups(self) -> dict[str, int]:
        """The retention of each log group of the cluster."""
        found = self.logs.describe_log_groups(logGroupNamePrefix="/aws/rds/cluster/")["logGroups"]
        return {group["logGroupName"]: group["retentionInDays"] for group in found}


@pytest.fixture
def world(emulator_of: EmulatorOf, files: Files, tmp_path: Path, terraform: Tool) -> Iterator[World]:
    emulator: Emulator = emulator_of(ACCOUNT)
    emulator.reset()
    emulator.seed(NETWORK)
    where = environment("staging", "staging").replace("111122223333", ACCOUNT)
    where = where.replace("    applicationSecurityGroupIds: [sg-0app]\n", "")
    files.write(manifests__orders=manifest(), environments__staging=where)
    output = tmp_path / "out"
    assert synthesize(files.root, output).written is not None
    stack = Stack.copy(output / "stacks/staging", tmp_path / "work", terraform, emulator.environment())
    stack.init()
    with ExitStack() as clients:
        rds, logs = (
            clients.enter_context(closing(boto3.client(name, **emulator.client_options()))) for name in ("rds", "logs")
        )
        yield World(files, stack, output, rds, logs)


def test_a_cluster_that_is_destroyed_and_made_again_and_again_leaves_a_snapshot_each_time(world: World) -> None:
    world.write("logs: {skipDestroy: true, logGroupClass: STANDARD}")
    first = world.plan()
    name = first.after(CLUSTER)["final_snapshot_identifier"]
    assert isinstance(name, str)
    assert NAME.fullmatch(name), "whoever reads the plan sees the name"
    world.apply()

    # What is looked at once, at creation, is no change later.
    world.write(
        "logs: {skipDestroy: true, logGroupClass: INFREQUENT_ACCESS}\n"
        "engineLifecycleSupport: open-source-rds-extended-support-disabled"
    )
    assert world.plan().actions() == {}

    world.stack.destroy()
    (snapshot,) = world.snapshots()
    assert NAME.fullmatch(snapshot)
    assert world.log_groups() == {LOG_NAME: 30}, "the log outlives the cluster"

    # The log group would be in the way of the next cluster, and is adopted instead.
    world.write("logs: {adoptExisting: [postgresql]}")
    again = world.plan().actions()
    assert again[CLUSTER] == ("create",)
    assert LOG not in again
    world.apply()
    world.stack.destroy()
    assert [NAME.fullmatch(name) is not None for name in world.snapshots()] == [True, True]
    assert world.log_groups() == {}


def test_a_cluster_that_terraform_did_not_create_must_be_told_a_name(world: World) -> None:
    world.rds.create_db_subnet_group(
        DBSubnetGroupName="staging-orders",
        DBSubnetGroupDescription="subnets",
        SubnetIds=[subnet.id for subnet in NETWORK.subnets],
    )
    world.rds.create_db_cluster(
        DBClusterIdentifier="staging-orders",
        Engine="aurora-postgresql",
        EngineVersion="16.8",
        MasterUsername="master",
        ManageMasterUserPassword=True,
        StorageEncrypted=True,
        DBSubnetGroupName="staging-orders",
    )
    adopted = {"import": [{"to": CLUSTER, "id": "staging-orders"}]}
    (world.stack.folder / "adopted.tf.json").write_text(json.dumps(adopted), encoding="utf-8")
    world.write("")
    with pytest.raises(TerraformError) as refused:
        world.stack.plan()
    said = " ".join(refused.value.output.replace("│", "").split())
    assert "so its final snapshot has no name: write finalSnapshotIdentifier into manifests/orders.yaml" in said

    world.write("finalSnapshotIdentifier: orders-last")
    assert world.plan().after(CLUSTER)["final_snapshot_identifier"] == "orders-last"


def test_the_modes_of_database_insights_are_changes_of_the_cluster_alone(world: World) -> None:
    world.write("timeouts: {update: 90m}")
    world.apply()
    for spec, mode, days in (
        ("databaseInsights: {mode: advanced}", "advanced", 465),
        ("", "standard", 7),
    ):
        world.write(f"timeouts: {{update: 90m}}\n{spec}")
        plan = world.plan()
        assert plan.actions() == {CLUSTER: ("update",)}
        after = plan.after(CLUSTER)
        assert (after["database_insights_mode"], after["performance_insights_retention_period"]) == (mode, days)
        world.apply()
    (cluster,) = world.rds.describe_db_clusters()["DBClusters"]
    assert cluster["PerformanceInsightsEnabled"] is True


def test_everything_that_can_have_tags_says_whose_it_is(tmp_path: Path, terraform: Tool) -> None:
    """The golden files, held against the provider's own schema."""
    golden = Path(__file__).parents[1] / "golden" / "expected"
    stacks = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(golden.glob("*/*/*.json"))]
    folder = tmp_path / "provider"
    folder.mkdir()
    required = {"terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}}}
    (folder / "main.tf.json").write_text(json.dumps(required), encoding="utf-8")
    stack = Stack(folder, terraform)
    stack.init()
    (provider,) = json.loads(stack.run("providers", "schema", "-json"))["provider_schemas"].values()
    taggable = {
        name for name, schema in provider["resource_schemas"].items() if "tags_all" in schema["block"]["attributes"]
    }
    untagged = {
        f"{type_}.{label}"
        for document in stacks
        for type_, resources in document.get("resource", {}).items()
        for label, resource in resources.items()
        # What all clusters of a stack share is of no manifest; the provider tags it with the environment.
        if type_ in taggable and not re.match(r"shared(_|$)", label) and "manifest" not in resource.get("tags", {})
    }
    assert untagged == set()
    (defaults,) = {len(document["provider"]["aws"][0]["default_tags"]) for document in stacks}
    assert defaults == 1
    assert {type_ for document in stacks for type_ in document.get("resource", {})} & taggable
