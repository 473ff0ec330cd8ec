"""The whole life of examples/shop on a local AWS, as its owners live it: with the command line and their Terraform.

Each environment has an account of its own and somebody who takes care of it, with a checkout of the workspace; the two
work at the same time, as most of the time is spent waiting. What is synthesized is applied as it is. A step that fails
ends the life of its environment.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest
from botocore.exceptions import ClientError

from auroraform.sandbox.documents import Document, blocks
from auroraform.sandbox.emulator.process import Emulator
from auroraform.sandbox.needs import needs
from auroraform.schemas.environment import S3State
from auroraform.stacks.resolve import ResolvedStack
from auroraform.stacks.synth import validate
from support.bootstrapping import follow
from support.fixtures import EmulatorOf
from support.locks import StateBucket
from support.processes import ROOT, run
from support.readback.account import Account
from support.readback.table import ROWS, differences
from support.readback.tampering import TAMPERINGS
from support.terraform import Stack, TerraformError
from support.terraform_discovery import Tool
from support.terraform_json import PlanDocument, Planned

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("shop-life")]

SHOP: Final = ROOT / "examples" / "shop"
# Nobody asks for them in the example.
WATCHING: Final = {"alarms", "composite alarms", "event subscriptions", "dashboards"}
UNUSED: Final = {"prod": {"scaling"}, "dev": {"scaling", "roles"} | WATCHING}
FINAL_SNAPSHOT: Final = re.compile(r"dev-app-production-db-\d{14}-final")


@dataclass(frozen=True)
class Life:
    """One environment, and the checkout of whoever takes care of it."""

    environment: str
    account: Account
    states: StateBucket
    emulator: Emulator
    tool: Tool
    checkout: Path

    @property
    def workspace(self) -> Path:
        return self.checkout / "shop"

    @property
    def output(self) -> Path:
        return self.checkout / "cdktf.out"

    @property
    def file(self) -> Path:
        return self.output / "stacks" / self.environment / "cdk.tf.json"

    @property
    def stack(self) -> Stack:
        return self.stack_in(self.file.parent)

    @property
    def key(self) -> str:
        return f"auroraform/{self.environment}/terraform.tfstate"

    def stack_in(self, folder: Path) -> Stack:
        return Stack(folder, self.tool, self.emulator.environment())

    def auroraform(self, *arguments: str) -> str:
        return run("auroraform", *arguments, AURORAFORM_CACHE_DIR=str(self.checkout / "cache")).stdout

    def synthesize(self, *options: str) -> None:
        where = ("-C", str(self.workspace)), ("--env", self.environment, "--output", str(self.output))
        self.auroraform(*where[0], "synth", *where[1], *options)

    def document(self) -> Document:
        document: Document = json.loads(self.file.read_text(encoding="utf-8"))
        return document

    def declared(self) -> ResolvedStack:
        (stack,) = validate(self.workspace, (self.environment,)).stacks
        return stack

    def edit(self, file: str, old: str, new: str) -> None:
        """Change a file of the workspace, and synthesize."""
        path = self.workspace / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        self.synthesize()

    def stock_account(self) -> None:
        """Put there what the stack names, such as its network, but nothing that bootstrap makes."""
        zones = self.declared().environment.network.availability_zones
        for stock in needs({self.environment: self.document()}, zones):
            made = {"buckets": (), "tables": (), "aliases": ()}
            self.emulator.stock(stock.model_copy(update=made))

    def plan(self) -> PlanDocument:
        """Plan; the exit code says the same as the plan."""
        plan = self.stack.plan()
        shown = self.stack.show(plan)
        changed = {name for name, change in shown.output_changes.items() if change.actions != ("no-op",)}
        assert plan.changed == bool(shown.actions() or changed)
        return shown

    def apply(self) -> None:
        """Apply the last plan, and nothing that was not in it."""
        self.stack.run("apply", "-input=false", "-no-color", "test.tfplan")

    def state_is_kept(self) -> None:
        """The state is in the bucket, all of it, encrypted, with those before it, and nobody holds its lock."""
        kept = self.states.s3.get_object(Bucket=self.states.bucket, Key=self.key)
        body = kept["Body"].read()
        digest = self.states.digests()[f"{self.states.bucket}/{self.key}"]
        assert digest == hashlib.md5(body, usedforsecurity=False).hexdigest()
        state = self.declared().environment.state
        assert isinstance(state, S3State)
        encryption = ("aws:kms", state.kms_key_id) if state.kms_key_id else ("AES256", None)
        assert (kept["ServerSideEncryption"], kept.get("SSEKMSKeyId")) == encryption
        versions = self.states.s3.list_object_versions(Bucket=self.states.bucket, Prefix=self.key)["Versions"]
        assert len({version["VersionId"] for version in versions}) == len(versions) > 1
        assert self.states.lock_ids() == set()


Step = Callable[[Life], None]


def the_state_bucket_is_made_by_the_steps_that_bootstrap_prints(life: Life) -> None:
    where = ("-C", str(life.workspace)), ("--env", life.environment, "--output", str(life.output))
    printed = life.auroraform(*where[0], "bootstrap", *where[1])
    follow(printed, life.stack_in(life.output / "bootstrap" / life.states.bucket), life.tool, life.auroraform)
    assert len(life.states.objects()) == 1
    assert life.states.lock_ids() == set()


def it_is_applied_as_it_was_synthesized(life: Life) -> None:
    life.synthesize()
    life.stock_account()
    life.stack.init()
    resources = [f"{type_}.{label}" for type_, label, _ in blocks(life.document(), "resource")]
    assert life.plan().planned() == dict.fromkeys(resources, Planned(("create",)))
    life.apply()
    # No override, nothing edited.
    assert [path.name for path in life.file.parent.glob("*.tf*")] == ["cdk.tf.json", "test.tfplan"]
    life.synthesize("--check")


def aws_holds_what_the_manifests_declare(life: Life) -> None:
    declared = life.declared()
    assert {row.name for row in ROWS if not row.declared(declared, life.account)} == UNUSED[life.environment]
    assert differences(declared, life.account) == []


def a_second_plan_has_nothing_to_do(life: Life) -> None:
    again = life.plan()
    assert again.planned() == {}
    assert {name for name, change in again.output_changes.items() if change.actions != ("no-op",)} == set()
    life.state_is_kept()


def a_field_that_is_written_changes_its_attribute_and_nothing_else(life: Life) -> None:
    life.edit(
        "manifests/orders.yaml", "  databaseName: orders\n", "  databaseName: orders\n  backupRetentionPeriod: 3\n"
    )
    (difference,) = differences(life.declared(), life.account)
    assert difference == ("clusters", "dev-orders", "BackupRetentionPeriod", 3, 1)
    assert life.plan().planned() == {
        "aws_rds_cluster.orders": Planned(("update",), {"backup_retention_period": 1}, {"backup_retention_period": 3})
    }
    life.apply()
    assert differences(life.declared(), life.account) == []


def a_last_snapshot_that_is_asked_for_later_is_no_change_in_aws(life: Life) -> None:
    life.edit(
        "environments/dev.yaml",
        "deletionProtection: false\n",
        "deletionProtection: false\n      skipFinalSnapshot: false\n",
    )
    assert life.plan().planned() == {
        "aws_rds_cluster.app-production-db": Planned(
            ("update",), {"skip_final_snapshot": True}, {"skip_final_snapshot": False}
        )
    }
    life.apply()
    assert differences(life.declared(), life.account) == []


def all_of_it_is_destroyed_but_the_snapshot_that_was_asked_for(life: Life) -> None:
    rds, nothing = life.account.rds, replace(life.declared(), clusters=())
    with life.emulator.recording() as forms:
        life.stack.destroy()
    assert differences(nothing, life.account) == []
    assert {
        form["DBClusterIdentifier"]: (form["SkipFinalSnapshot"], form["DeleteAutomatedBackups"])
        for form in forms
        # The other environment's requests are among them.
        if form.get("Action") == "DeleteDBCluster" and form["DBClusterIdentifier"].startswith("dev-")
    } == {
        "dev-app-production-db": ("false", "true"),
        "dev-catalog": ("true", "true"),
        "dev-orders": ("true", "true"),
    }
    (snapshot,) = rds.describe_db_cluster_snapshots()["DBClusterSnapshots"]
    assert FINAL_SNAPSHOT.fullmatch(snapshot["DBClusterSnapshotIdentifier"])
    assert (snapshot["SnapshotType"], snapshot["DBClusterIdentifier"]) == ("manual", "dev-app-production-db")


def nothing_is_left_in_its_state(life: Life) -> None:
    life.state_is_kept()
    state = life.states.state(life.key)
    assert (state["resources"], state["outputs"]) == ([], {})


def what_somebody_changes_by_hand_is_seen_and_repaired(life: Life) -> None:
    declared = life.declared()
    for tampering in TAMPERINGS.values():
        tampering.do(life.account)
    found = {difference.place for difference in differences(declared, life.account)}
    assert found == {place for tampering in TAMPERINGS.values() for place in tampering.seen}
    drift = life.plan()
    assert drift.planned() == {
        address: planned for tampering in TAMPERINGS.values() for address, planned in tampering.repairs.items()
    }
    life.apply()
    for tampering in TAMPERINGS.values():
        if tampering.undo:
            tampering.undo(life.account)
    assert differences(declared, life.account) == []


def it_is_not_destroyed(life: Life) -> None:
    before = life.states.state(life.key)
    with pytest.raises(TerraformError) as refused:
        life.stack.destroy()
    said = " ".join(refused.value.output.replace("│", " ").split())
    # Terraform ends at what would go first in each cluster.
    assert set(re.findall(r"Resource (\S+) has lifecycle.prevent_destroy set, but the plan calls", said)) == {
        "aws_rds_cluster_instance.app-production-db_2",
        "aws_rds_cluster_instance.catalog_2",
        "aws_rds_cluster_instance.orders_3",
    }
    # Whoever goes around Terraform meets RDS.
    for cluster in life.account.clusters():
        with pytest.raises(ClientError, match="Cannot delete protected Cluster"):
            life.account.rds.delete_db_cluster(
                DBClusterIdentifier=cluster["DBClusterIdentifier"], SkipFinalSnapshot=True
            )
    assert differences(life.declared(), life.account) == []
    assert life.states.state(life.key) == before
    life.state_is_kept()


_BEGINNING: Final[tuple[Step, ...]] = (
    the_state_bucket_is_made_by_the_steps_that_bootstrap_prints,
    it_is_applied_as_it_was_synthesized,
    aws_holds_what_the_manifests_declare,
    a_second_plan_has_nothing_to_do,
)
LIVES: Final[dict[str, tuple[Step, ...]]] = {
    "dev": (
        *_BEGINNING,
        a_field_that_is_written_changes_its_attribute_and_nothing_else,
        a_last_snapshot_that_is_asked_for_later_is_no_change_in_aws,
        all_of_it_is_destroyed_but_the_snapshot_that_was_asked_for,
        nothing_is_left_in_its_state,
    ),
    "prod": (*_BEGINNING, what_somebody_changes_by_hand_is_seen_and_repaired, it_is_not_destroyed),
}


class NotReachedError(Exception):
    """A step before this one has failed."""


class Steps:
    """The steps of one life, which are taken one after the other as soon as this is made."""

    def __init__(self, life: Life, steps: tuple[Step, ...], executor: ThreadPoolExecutor) -> None:
        self._failed = ""
        self._taken: dict[Step, Future[None]] = {step: executor.submit(self._take, step, life) for step in steps}

    def wait_for(self, step: Step) -> None:
        """Until the step is done; raises what it raised."""
        self._taken[step].result()

    def _take(self, step: Step, life: Life) -> None:
        if self._failed:
            raise NotReachedError(self._failed)
        try:
            step(life)
        except BaseException:
            self._failed = step.__name__
            raise


@pytest.fixture(scope="module")
def aws(emulator_of: EmulatorOf) -> Emulator:
    """One local AWS with the accounts of all environments."""
    emulator = emulator_of("")
    emulator.reset()
    return emulator


@pytest.fixture(scope="module")
def lives(aws: Emulator, tmp_path_factory: pytest.TempPathFactory, terraform: Tool) -> Iterator[dict[str, Steps]]:
    begun: dict[str, Steps] = {}
    with ExitStack() as stack:
        for environment, steps in LIVES.items():
            life = stack.enter_context(_life(environment, aws, tmp_path_factory.mktemp(environment), terraform))
            executor = ThreadPoolExecutor(max_workers=1)
            stack.callback(executor.shutdown, cancel_futures=True)
            begun[environment] = Steps(life, steps, executor)
        yield begun


@contextmanager
def _life(environment: str, aws: Emulator, checkout: Path, tool: Tool) -> Iterator[Life]:
    shutil.copytree(SHOP, checkout / "shop")
    (stack,) = validate(checkout / "shop", (environment,)).stacks
    emulator, state = aws.as_account(stack.environment.account_id), stack.environment.state
    assert isinstance(state, S3State)

    def outputs() -> dict[str, object]:
        return {name: output.value for name, output in life.stack.outputs().items()}

    with (
        Account.on(emulator, outputs) as account,
        StateBucket.on(emulator, state.bucket, str(state.dynamodb_table)) as states,
    ):
        life = Life(environment, account, states, emulator, tool, checkout)
        yield life


@pytest.mark.parametrize(
    ("environment", "step"),
    [
        pytest.param(environment, step, id=f"{environment}-{step.__name__}")
        for environment, steps in LIVES.items()
        for step in steps
    ],
)
def test_life(environment: str, step: Step, lives: dict[str, Steps]) -> None:
    try:
        lives[environment].wait_for(step)
    except NotReachedError as error:
        pytest.skip(f"not reached: {error} has failed")


def test_every_kind_of_resource_of_the_example_is_read_back(tmp_path: Path) -> None:
    run("auroraform", "-C", str(SHOP), "synth", "--output", str(tmp_path))
    stacks = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(tmp_path.glob("stacks/*/cdk.tf.json"))]
    made = {type_ for stack in stacks for type_, _, _ in blocks(stack, "resource")}
    assert made - {type_ for row in ROWS for type_ in row.types} == set()


def test_every_kind_that_is_read_back_is_tampered_with() -> None:
    assert {row for tampering in TAMPERINGS.values() for row, _, _ in tampering.seen} == {row.name for row in ROWS}
