"""Backups by the real Terraform in a local AWS: a plan with its vault, snapshots before an upgrade, and exports."""

from contextlib import closing
from pathlib import Path
from typing import Final

import boto3
import pytest

from auroraform.sandbox.emulator.network import Subnet, Vpc
from auroraform.sandbox.emulator.process import Emulator
from auroraform.stacks.synth import synthesize
from support.fixtures import EmulatorOf
from support.terraform import Stack
from support.terraform_discovery import Tool
from support.workspaces import Files, environment, manifest

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("backups")]

ACCOUNT: Final = "888899990000"
NETWORK: Final = Vpc(
    id="vpc-0a",
    subnets=tuple(Subnet(id=f"subnet-0{letter}", cidr=f"10.0.{n}.0/24") for n, letter in enumerate("abc")),
)
PLAN: Final = """
backup:
  vault: {lock: {minRetentionDays: 7, maxRetentionDays: 400}}
  rules:
    daily:
      schedule: cron(0 3 * * ? *)
      timezone: Europe/Berlin
      retentionDays: 35
      copies:
        - {vaultArn: "arn:aws:backup:eu-central-1:888899990000:backup-vault:aurora", retentionDays: 14}
    monthly: {schedule: cron(0 5 1 * ? *), retentionDays: 366}
  restoreTesting: {schedule: cron(0 6 ? * SUN *)}
"""
CHANGED: Final = PLAN.replace("retentionDays: 366", "retentionDays: 400").replace("6 ? * SUN", "7 ? * SAT")
OLD: Final = "15.10"
NEW: Final = "16.8"
EXPORT: Final = "exports: {y2026: {snapshot: before16, bucket: acme-archive, prefix: aurora}}"


class World:
    """A development stack with a plan, and what is asked of the cluster in it."""

    def __init__(self, root: Path, emulator: Emulator, tool: Tool) -> None:
        self.files, self.out, self.emulator = Files(root / "workspace"), root / "out", emulator
        self.synthesize(PLAN, OLD, "kmsKey: {create: true}")
        self.stack = Stack.copy(self.out / "stacks" / "dev", root / "stack", tool, emulator.environment())
        self.stack.init()

    def synthesize(self, plan: str, version: str, spec: str) -> bytes:
        where = environment("dev", "development", spec=plan).replace("111122223333", ACCOUNT)
        written = manifest(spec).replace("16.8", version)
        self.files.write(manifests__orders=written, environments__dev=where.replace("[sg-0app]", "[]"))
        outcome = synthesize(self.files.root, self.out)
        assert outcome.written is not None, outcome.problems
        return (self.out / "stacks" / "dev" / "cdk.tf.json").read_bytes()

    def open(self) -> dict[str, object]:
        """What another plan would change, argument by argument.

        Outputs are left out: that of the engine's version is known to the provider one plan after an upgrade.
        """
        shown = self.stack.show(self.stack.plan())
        return {address: shown.after(address) for address in shown.actions()}

    def changed(self, plan: str, version: str, spec: str) -> dict[str, tuple[str, ...]]:
        """What an edit of the manifest or of the environment makes Terraform do; it is done."""
        (self.stack.folder / "cdk.tf.json").write_bytes(self.synthesize(plan, version, spec))
        found = self.stack.plan()
        actions = self.stack.show(found).actions()
        self.stack.apply(found)
        return dict(actions)


@pytest.fixture(scope="module")
def world(emulator_of: EmulatorOf, tmp_path_factory: pytest.TempPathFactory, terraform: Tool) -> World:
    emulator = emulator_of(ACCOUNT)
    emulator.reset()
    emulator.seed(NETWORK)
    found = World(tmp_path_factory.mktemp("backups"), emulator, terraform)
    found.stack.apply(found.stack.plan())
    return found


def test_a_second_plan_finds_nothing_to_do(world: World) -> None:
    assert world.open() == {}


def test_aws_backup_is_told_of_the_cluster_and_of_the_vault_with_its_lock(world: World) -> None:
    options = world.emulator.client_options()
    with closing(boto3.client("backup", **options)) as backup, closing(boto3.client("rds", **options)) as rds:
        (cluster,) = rds.describe_db_clusters(DBClusterIdentifier="dev-orders")["DBClusters"]
        (plan,) = backup.list_backup_plans()["BackupPlansList"]
        (row,) = backup.list_backup_selections(BackupPlanId=plan["BackupPlanId"])["BackupSelectionsList"]
        selected = backup.get_backup_selection(BackupPlanId=plan["BackupPlanId"], SelectionId=row["SelectionId"])
        assert selected["BackupSelection"]["Resources"] == [cluster["DBClusterArn"]]
        vault = backup.describe_backup_vault(BackupVaultName="dev-aurora")
        assert (vault["Locked"], vault["MinRetentionDays"], vault["MaxRetentionDays"]) == (True, 7, 400)
        tested = backup.get_restore_testing_selection(
            RestoreTestingPlanName="dev_aurora", RestoreTestingSelectionName="dev_orders"
        )["RestoreTestingSelection"]
        assert tested["ProtectedResourceArns"] == [cluster["DBClusterArn"]]
        assert tested["RestoreMetadataOverrides"] == {"dbSubnetGroupName": cluster["DBSubnetGroup"]}


def test_a_changed_plan_is_changed_in_place(world: World) -> None:
    assert world.changed(CHANGED, OLD, "kmsKey: {create: true}") == {
        "aws_backup_plan.shared": ("update",),
        "aws_backup_restore_testing_plan.shared": ("update",),
    }
    assert world.open() == {}


def test_a_snapshot_is_taken_before_the_declared_upgrade_in_one_apply(world: World) -> None:
    spec = "kmsKey: {create: true}\nupgrade: {from: '15.10'}\nbackups: {snapshots: {before16: {}}}"
    actions = world.changed(CHANGED, NEW, spec)
    assert actions["aws_db_cluster_snapshot.orders_before16"] == ("create",)
    assert actions["aws_rds_cluster.orders"] == ("update",)
    with closing(boto3.client("rds", **world.emulator.client_options())) as rds:
        (snapshot,) = rds.describe_db_cluster_snapshots(DBClusterSnapshotIdentifier="dev-orders-before16")[
            "DBClusterSnapshots"
        ]
        (cluster,) = rds.describe_db_clusters(DBClusterIdentifier="dev-orders")["DBClusters"]
    assert (snapshot["EngineVersion"], cluster["EngineVersion"]) == (OLD, NEW)
    assert world.open() == {}


def test_the_snapshot_stays_when_the_upgrade_is_done_and_is_exported_once(world: World) -> None:
    spec = f"kmsKey: {{create: true}}\nbackups: {{snapshots: {{before16: {{}}}}, {EXPORT}}}"
    assert world.changed(CHANGED, NEW, spec) == {
        "aws_iam_role.orders_export_y2026": ("create",),
        "aws_iam_role_policy.orders_export_y2026": ("create",),
        "aws_rds_cluster.orders": ("update",),
        "aws_rds_export_task.orders_y2026": ("create",),
    }
    with closing(boto3.client("rds", **world.emulator.client_options())) as rds:
        (task,) = rds.describe_export_tasks()["ExportTasks"]
    assert (task["ExportTaskIdentifier"], task["S3Bucket"], task["S3Prefix"]) == (
        "dev-orders-y2026",
        "acme-archive",
        "aurora",
    )
    assert world.open() == {}


def test_another_bucket_exports_nothing_again(world: World) -> None:
    spec = f"kmsKey: {{create: true}}\nbackups: {{snapshots: {{before16: {{}}}}, {EXPORT.replace('acme', 'other')}}}"
    actions = world.changed(CHANGED, NEW, spec)
    assert [address for address in actions if "export_task" in address] == []


def test_an_entry_that_is_deleted_takes_its_snapshot_with_it_and_leaves_the_files(world: World) -> None:
    actions = world.changed(CHANGED, NEW, "kmsKey: {create: true}")
    assert actions["aws_db_cluster_snapshot.orders_before16"] == ("delete",)
    with closing(boto3.client("rds", **world.emulator.client_options())) as rds:
        assert rds.describe_db_cluster_snapshots(SnapshotType="manual")["DBClusterSnapshots"] == []
        assert [task["Status"] for task in rds.describe_export_tasks()["ExportTasks"]] == ["COMPLETE"]
    assert world.open() == {}
