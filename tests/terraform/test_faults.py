"""What can go wrong around an apply: each ends in a message that docs/state.md explains, and with no lost state."""

import json
import re
import shutil
import textwrap
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import boto3
import pytest

from auroraform.sandbox.emulator.network import SecurityGroup, Subnet, Vpc
from auroraform.sandbox.emulator.process import Emulator, running_emulator
from auroraform.stacks.synth import synthesize
from support.checkouts import Checkouts
from support.fixtures import EmulatorOf
from support.gate import Gate
from support.locks import StateBucket
from support.terraform import Stack, TerraformError, refusal
from support.terraform_discovery import Tool
from support.workspaces import Files, environment, manifest

pytestmark = [pytest.mark.terraform, pytest.mark.slow]
# Half of the time goes into two clusters, which wait; the others run beside them.
waiting: Final = pytest.mark.xdist_group("faults-clusters")
quick: Final = pytest.mark.xdist_group("faults")

ACCOUNT: Final = "777788889999"
OTHER_ACCOUNT: Final = "999900001111"
NETWORK: Final = Vpc(
    id="vpc-0a",
    subnets=tuple(Subnet(id=f"subnet-0{az}", cidr=f"10.0.{n}.0/24") for n, az in enumerate("abc")),
    security_groups=(SecurityGroup(id="sg-0app", name="app"),),
)
BUCKET: Final = "acme-state"
KEY: Final = "auroraform/staging/terraform.tfstate"
SPEC: Final = """\
instances: {count: 1}
deletionProtection: false
monitoring: {interval: 0}
alarms: {enabled: false}
dashboard: {enabled: false}
"""

CLUSTER, INSTANCE = "aws_rds_cluster.orders", "aws_rds_cluster_instance.orders_1"
SUBNETS: Final = "aws_db_subnet_group.orders"
# Quick to make, and without anything around them.
PARAMETERS, LOGS = "aws_rds_cluster_parameter_group.orders", "aws_cloudwatch_log_group.orders_postgresql"
# One after the other.
GROUP, RULE = "aws_security_group.orders", "aws_vpc_security_group_ingress_rule.orders_sg-0app"

APPLY: Final = ("apply", "-input=false", "-no-color", "-auto-approve")
PLAN: Final = ("plan", "-input=false", "-no-color")
DONE: Final = re.compile(r"^(\S+): Creation complete after \S+ \[id=(.+)\]$", re.MULTILINE)
PAGE: Final = Path(__file__).parents[2] / "docs" / "state.md"

# Type stubs are installed for EC2 only.
Client = Any


@dataclass(frozen=True)
class Aws:
    """What is in an account."""

    rds: Client
    logs: Client
    ec2: Client

    def clusters(self) -> list[str]:
        return [cluster["DbClusterResourceId"] for cluster in self.rds.describe_db_clusters()["DBClusters"]]

    def instances(self) -> list[str]:
        return [i["DBInstanceIdentifier"] for i in self.rds.describe_db_instances()["DBInstances"]]

    def parameter_groups(self) -> list[str]:
        found = self.rds.describe_db_cluster_parameter_groups()["DBClusterParameterGroups"]
        return [group["DBClusterParameterGroupName"] for group in found]

    def log_groups(self) -> list[str]:
        return [group["logGroupName"] for group in self.logs.describe_log_groups()["logGroups"]]

    def groups(self) -> list[str]:
        """The ids of the cluster's security group."""
        found = self.ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": ["aurora-*"]}])
        return [group["GroupId"] for group in found["SecurityGroups"]]

    def rules(self) -> list[str]:
        """Who may connect, by the rules of these groups."""
        found = self.ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": self.groups()}])
        return [rule["ReferencedGroupInfo"]["GroupId"] for rule in found["SecurityGroupRules"] if not rule["IsEgress"]]

    def is_empty(self) -> bool:
        return not any((self.clusters(), self.parameter_groups(), self.log_groups(), self.groups()))


@dataclass(frozen=True)
class World:
    """A workspace, people's checkouts of its stack, and the AWS that these reach through a gate."""

    files: Files
    checkouts: Checkouts
    states: StateBucket
    gate: Gate
    aws: Aws

    def checkout(self, name: str = "mine", variables: dict[str, str] | None = None) -> Stack:
        return self.checkouts.checkout("staging", name, variables)

    def write(self, spec: str, stack: Stack) -> None:
        """Change the manifest, and with it a checkout."""
        self.files.write(manifests__orders=manifest(SPEC + spec))
        assert synthesize(self.files.root, self.checkouts.stacks.parent).written is not None
        shutil.copy(self.checkouts.stacks / "staging" / "cdk.tf.json", stack.folder)

    def addresses(self) -> set[str]:
        return self.checkouts.addresses(KEY)

    def serial(self) -> int:
        serial: int = self.states.state(KEY)["serial"]
        return serial


Inside = Callable[[Emulator], Aws]


@pytest.fixture
def inside() -> Iterator[Inside]:
    """Look into an emulator."""
    with ExitStack() as clients:

        def inside(emulator: Emulator) -> Aws:
            rds, logs, ec2 = (
                clients.enter_context(closing(boto3.client(name, **emulator.client_options())))
                for name in ("rds", "logs", "ec2")
            )
            return Aws(rds, logs, ec2)

        yield inside


@pytest.fixture
def emulator(emulator_of: EmulatorOf) -> Emulator:
    emulator = emulator_of(ACCOUNT)
    emulator.reset()
    emulator.seed(NETWORK)
    return emulator


@pytest.fixture
def world(emulator: Emulator, inside: Inside, files: Files, tmp_path: Path, terraform: Tool) -> Iterator[World]:
    files.write(
        manifests__orders=manifest(SPEC),
        environments__staging=environment("staging", "staging").replace("111122223333", ACCOUNT),
    )
    assert synthesize(files.root, tmp_path / "out").written is not None
    with StateBucket.on(emulator, BUCKET, "locks") as states, Gate.before(emulator) as gate:
        variables = {**emulator.environment(), "AWS_ENDPOINT_URL": gate.url}
        checkouts = Checkouts(states, tmp_path / "out" / "stacks", tmp_path / "work", terraform, variables)
        yield World(files, checkouts, states, gate, inside(emulator))


@pytest.fixture
def ready(world: World) -> World:
    """The world with the bucket and the table."""
    world.states.create()
    return world


def only(*addresses: str) -> tuple[str, ...]:
    return tuple(f"-target={address}" for address in addresses)


def assert_settled(stack: Stack, *targets: str) -> None:
    again = stack.plan(*targets)
    assert not again.changed, stack.run("show", "-no-color", again.file.name)


def flat(text: str) -> str:
    """Without the line breaks and the frames of Terraform's messages."""
    return " ".join(re.sub("[│╷╵]", " ", text).split())


def assert_says(output: str, *messages: str) -> None:
    """That a user is told something, and finds the same words in the page."""
    said, page = flat(output), flat(PAGE.read_text(encoding="utf-8"))
    for message in messages:
        assert message in said, output
        assert message.replace(BUCKET, "…") in page, f"docs/state.md does not explain: {message}"


@waiting
def test_a_cluster_whose_creation_was_interrupted_is_kept(ready: World) -> None:
    stack = ready.checkout()
    protected = "lifecycle: {preventDestroy: true}\n"
    ready.write(protected, stack)
    with stack.running(*APPLY) as apply:
        apply.wait_for(f"{CLUSTER}: Still creating...")
        apply.interrupt()
        assert apply.finish() == 1
    assert_says(apply.output, "Interrupt received.", "execution halted", "context canceled")
    assert ready.addresses() == {CLUSTER, GROUP, RULE, SUBNETS, PARAMETERS, LOGS}
    assert ready.checkouts.locks() == set()
    (cluster,) = ready.aws.clusters()

    # Terraform would make it anew, unless it must not.
    assert_says(refusal(stack, *PLAN), "Instance cannot be destroyed")
    ready.write("", stack)
    assert_says(stack.run(*PLAN), "is tainted, so must be replaced")
    ready.write(protected, stack)

    stack.run("untaint", "-no-color", CLUSTER)
    plan = stack.plan()
    assert stack.show(plan).actions() == {INSTANCE: ("create",)}
    stack.apply(plan)
    assert (ready.aws.clusters(), ready.aws.instances()) == ([cluster], ["staging-orders-1"])
    assert_settled(stack)


@waiting
def test_a_killed_apply_is_unlocked_and_what_it_made_is_brought_into_the_state(ready: World) -> None:
    stack = ready.checkout()
    held = ready.gate.hold("Action=CreateDBCluster&")
    with stack.running(*APPLY) as apply:
        apply.wait_for(f"{RULE}: Creation complete")
        held.wait()
        apply.kill()
        apply.finish()
    # Nothing was written yet, and AWS goes on with what it was asked for.
    assert ready.states.objects() == set()
    clusters, groups = ready.aws.clusters(), ready.aws.groups()
    assert (len(clusters), len(groups)) == (1, 1)

    output = refusal(stack, *PLAN)
    assert_says(output, "Error acquiring the state lock", "Lock Info:", "Who:")
    (lock,) = re.findall(r"ID: +(\S+)", output)
    assert ready.checkouts.locks() == {KEY}
    stack.run("force-unlock", "-force", "-no-color", lock)
    assert ready.checkouts.locks() == set()

    # Nothing is made twice.
    assert_says(refusal(stack, *APPLY), "already exists")
    assert (ready.aws.clusters(), ready.aws.groups()) == (clusters, groups)

    made = dict(DONE.findall(apply.output))
    assert made.keys() == {GROUP, RULE, SUBNETS, PARAMETERS, LOGS}
    made[CLUSTER] = "staging-orders"
    recover = stack.folder / "recover.tf"
    recover.write_text("".join(import_block(address, id_) for address, id_ in made.items()), encoding="utf-8")
    assert_says(refusal(stack, *PLAN), "Terraform did not create this cluster, so its final snapshot has no name")
    ready.write("finalSnapshotIdentifier: staging-orders-last", stack)
    plan = stack.plan()
    assert stack.show(plan).actions() == {CLUSTER: ("update",), INSTANCE: ("create",)}
    stack.apply(plan)
    recover.unlink()

    assert ready.addresses() == {*made, INSTANCE}
    assert (ready.aws.clusters(), ready.aws.groups()) == (clusters, groups)
    assert ready.aws.instances() == ["staging-orders-1"]
    assert_settled(stack)


def import_block(address: str, id_: str) -> str:
    """As docs/state.md shows it."""
    shown = re.search(r"```hcl\n( *import \{.*?) *```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    return (
        textwrap.dedent(shown[1]).replace("aws_rds_cluster.orders", address).replace('"prod-orders"', json.dumps(id_))
    )


@quick
def test_a_plan_is_refused_when_somebody_else_has_applied_since(ready: World) -> None:
    mine, yours = ready.checkout("mine"), ready.checkout("yours")
    plan = mine.plan(*only(PARAMETERS))
    yours.run(*APPLY, *only(LOGS))
    assert_says(refusal(mine, "apply", "-input=false", "-no-color", plan.file.name), "Saved plan is stale")
    assert ready.aws.parameter_groups() == []
    assert (ready.addresses(), ready.checkouts.locks()) == ({LOGS}, set())

    mine.apply(mine.plan(*only(PARAMETERS)))
    assert ready.addresses() == {LOGS, PARAMETERS}


@quick
def test_an_older_state_does_not_take_the_place_of_a_newer_one(ready: World) -> None:
    stack = ready.checkout()
    stack.run(*APPLY, *only(LOGS))
    (stack.folder / "older.tfstate").write_text(stack.run("state", "pull"), encoding="utf-8")
    stack.run(*APPLY, *only(PARAMETERS))
    newer = ready.serial()
    output = refusal(stack, "state", "push", "older.tfstate")
    assert_says(output, "cannot import state with serial", "over newer state with serial")
    assert (ready.serial(), ready.addresses()) == (newer, {LOGS, PARAMETERS})
    assert ready.checkouts.locks() == set()
    assert_settled(stack, *only(LOGS, PARAMETERS))


@quick
def test_a_state_that_cannot_be_written_is_kept_in_a_file_and_pushed(ready: World) -> None:
    stack = ready.checkout()
    with ready.gate.denying(f"PUT /{BUCKET}/{KEY}"):
        output = refusal(stack, *APPLY, *only(LOGS, PARAMETERS))
    assert_says(output, "Failed to save state", "errored.tfstate")
    assert ready.states.objects() == set()
    assert ready.checkouts.locks() == set()
    assert (len(ready.aws.log_groups()), len(ready.aws.parameter_groups())) == (1, 1)

    way_out = "state push errored.tfstate"
    assert_says(way_out, way_out)
    stack.run(*way_out.split())
    assert ready.addresses() == {LOGS, PARAMETERS}
    assert_settled(stack, *only(LOGS, PARAMETERS))


@quick
def test_what_aws_lost_between_plan_and_apply_is_planned_anew(ready: World, inside: Inside, tmp_path: Path) -> None:
    """The emulator of everything but states restarts, and its memory is gone."""
    with running_emulator(tmp_path / "first.log", ACCOUNT) as first:
        ready.gate.emulator = first
        stack = ready.checkout()
        stack.run(*APPLY, *only(LOGS, PARAMETERS))
        ready.write("logs: {retentionInDays: 60}", stack)
        plan = stack.plan(*only(LOGS, PARAMETERS))
        before = ready.states.state(KEY)
    with running_emulator(tmp_path / "second.log", ACCOUNT) as second:
        ready.gate.emulator = second
        output = refusal(stack, "apply", "-input=false", "-no-color", plan.file.name)
        assert LOGS in output
        assert_says(output, "ResourceNotFoundException")
        assert ready.states.state(KEY)["lineage"] == before["lineage"]
        assert ready.addresses() == {LOGS, PARAMETERS}
        assert ready.checkouts.locks() == set()

        assert_says(stack.run(*PLAN, "-refresh-only", *only(LOGS, PARAMETERS)), "has been deleted")
        again = stack.plan(*only(LOGS, PARAMETERS))
        assert stack.show(again).actions() == {LOGS: ("create",), PARAMETERS: ("create",)}
        stack.apply(again)
        aws = inside(second)
        assert (len(aws.log_groups()), len(aws.parameter_groups())) == (1, 1)
        assert_settled(stack, *only(LOGS, PARAMETERS))


@quick
def test_a_bucket_that_was_never_made_is_named(world: World) -> None:
    stack = world.checkouts.clone("staging")
    with pytest.raises(TerraformError) as refused:
        stack.init()
    assert_says(refused.value.output, f'S3 bucket "{BUCKET}" does not exist')
    assert world.states.s3.list_buckets()["Buckets"] == []
    world.states.create()
    stack.init()


@quick
def test_a_bucket_that_is_gone_since_the_plan_stops_the_apply(ready: World, emulator: Emulator) -> None:
    """The emulator forgets everything, states included."""
    stack = ready.checkout()
    plan = stack.plan(*only(LOGS))
    emulator.reset()
    emulator.seed(NETWORK)
    for command in (("apply", "-input=false", "-no-color", plan.file.name), (*PLAN, *only(LOGS))):
        assert_says(refusal(stack, *command), f'S3 bucket "{BUCKET}" does not exist', "NoSuchBucket")
    assert ready.aws.is_empty()


@quick
def test_a_lock_table_that_does_not_exist_stops_plan_and_apply(world: World) -> None:
    world.states.create_bucket()
    stack = world.checkout()
    for command in (PLAN, APPLY):
        output = refusal(stack, *command, *only(LOGS))
        assert_says(output, "Error acquiring the state lock", "ResourceNotFoundException")
    assert world.states.objects() == set()
    assert world.aws.is_empty()

    world.states.create_table()
    stack.run(*APPLY, *only(LOGS))
    assert world.addresses() == {LOGS}


@quick
def test_credentials_of_another_account_make_nothing(ready: World, emulator_of: EmulatorOf, inside: Inside) -> None:
    """The state is in reach, as with a role for it, and everything else would go to the wrong account."""
    stack = ready.checkout()
    stack.run(*APPLY, *only(PARAMETERS))
    plan = stack.plan(*only(LOGS))
    serial = ready.serial()

    other = emulator_of(OTHER_ACCOUNT)
    other.reset()
    ready.gate.emulator = other
    for command in (
        (*APPLY, *only(LOGS)),
        ("apply", "-input=false", "-no-color", plan.file.name),
    ):
        output = refusal(stack, *command)
        assert OTHER_ACCOUNT in output
        assert_says(output, "AWS account ID not allowed")
        assert (ready.serial(), ready.addresses(), ready.checkouts.locks()) == (serial, {PARAMETERS}, set())
    assert inside(other).is_empty()
    assert ready.aws.log_groups() == []
