"""Instances of a real apply against a local AWS: in the zones that were said, and where they are they stay."""

from contextlib import closing
from dataclasses import dataclass
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
from support.terraform_json import PlanDocument
from support.workspaces import Files, environment, manifest

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("instances")]

ACCOUNT: Final = "777788889999"
ZONES: Final = {"subnet-0a": "eu-west-1a", "subnet-0b": "eu-west-1b", "subnet-0c": "eu-west-1c"}
NETWORK: Final = Vpc(
    id="vpc-0a",
    subnets=tuple(
        Subnet(id=subnet, cidr=f"10.0.{n}.0/24", availability_zone=zone)
        for n, (subnet, zone) in enumerate(ZONES.items())
    ),
)
# Both readers at once: an instance takes half a minute here, too.
MEMBERS: Final = """\
instances:
  rolling: false
  members:
    "1": {preferredMaintenanceWindow: SUN:03:00-sun:03:30}
    "2": {preferredMaintenanceWindow: mon:03:00-mon:03:30}
    reporting: {instanceClass: db.r6g.large, promotionTier: 15}
serverlessV2Scaling: {minCapacity: 1, maxCapacity: 16}
"""
INSTANCE: Final = "aws_rds_cluster_instance.orders"


@dataclass(frozen=True)
class Made:
    """A cluster that was applied, and what its workspace may become."""

    files: Files
    folder: Path
    stack: Stack
    emulator: Emulator

    def plan(self, spec: str, *, zones: str = str(ZONES)) -> PlanDocument:
        """What Terraform would do for another manifest, or for another word on zones."""
        write(self.files, spec, zones)
        assert synthesize(self.files.root, self.folder / "out").written is not None
        (self.stack.folder / "cdk.tf.json").write_bytes((self.folder / "out/stacks/prod/cdk.tf.json").read_bytes())
        return self.stack.show(self.stack.plan())

    def zones(self) -> dict[str, str]:
        """The zone of each instance, as AWS has it, in the order in which they were made."""
        with closing(boto3.client("rds", **self.emulator.client_options())) as rds:
            found = sorted(rds.describe_db_instances()["DBInstances"], key=lambda one: one["InstanceCreateTime"])
            return {one["DBInstanceIdentifier"]: one["AvailabilityZone"] for one in found}


def write(files: Files, spec: str, zones: str) -> None:
    text = environment().replace("111122223333", ACCOUNT).replace(", dynamodbTable: locks", ", useLockfile: true")
    text = text.replace("    applicationSecurityGroupIds: [sg-0app]\n", f"    availabilityZones: {zones}\n")
    files.write(manifests__orders=manifest(spec), environments__prod=text)


@pytest.fixture(scope="module")
def made(emulator_of: EmulatorOf, tmp_path_factory: pytest.TempPathFactory, terraform: Tool) -> Made:
    folder = tmp_path_factory.mktemp("instances")
    emulator = emulator_of(ACCOUNT)
    emulator.reset()
    emulator.seed(NETWORK)
    files = Files(folder / "workspace")
    write(files, MEMBERS, str(ZONES))
    assert synthesize(files.root, folder / "out").written is not None
    stack = Stack.copy(folder / "out/stacks/prod", folder / "stack", terraform, emulator.environment())
    stack.init()
    stack.apply()
    return Made(files, folder, stack, emulator)


WATCHING: Final = ("aws_cloudwatch_composite_alarm.", "aws_cloudwatch_dashboard.", "aws_cloudwatch_metric_alarm.")


def changes(plan: PlanDocument) -> dict[str, tuple[str, ...]]:
    """What is done to the cluster; what watches it follows."""
    found = plan.actions().items()
    return {
        address: actions for address, actions in found if actions != ("no-op",) and not address.startswith(WATCHING)
    }


def test_each_instance_is_in_the_zone_whose_turn_its_key_is(made: Made) -> None:
    zones = made.zones()
    assert set(zones) == {"prod-orders-1", "prod-orders-2", "prod-orders-reporting"}
    assert zones["prod-orders-1"] != zones["prod-orders-2"]
    assert set(zones.values()) <= set(ZONES.values())


def test_the_preferred_writer_is_made_first(made: Made) -> None:
    assert next(iter(made.zones())) == "prod-orders-1"


def test_a_second_plan_changes_nothing(made: Made) -> None:
    assert changes(made.plan(MEMBERS)) == {}


def test_a_member_comes_and_goes_alone(made: Made) -> None:
    assert changes(made.plan(MEMBERS.replace('    "2"', '    "3": {}\n    "2"'))) == {f"{INSTANCE}_3": ("create",)}
    assert changes(made.plan(MEMBERS.replace("    reporting", "    other"))) == {
        f"{INSTANCE}_other": ("create",),
        f"{INSTANCE}_reporting": ("delete",),
    }


def test_the_members_1_and_2_are_the_instances_of_a_count(made: Made) -> None:
    scaling = MEMBERS.splitlines()[-1]
    assert changes(made.plan(f"instances: {{count: 2}}\n{scaling}")) == {f"{INSTANCE}_reporting": ("delete",)}


@pytest.mark.parametrize(
    "zones",
    [
        # The subnets turn out to be elsewhere.
        "{subnet-0a: eu-west-1c, subnet-0b: eu-west-1a, subnet-0c: eu-west-1b}",
        # Nobody says it any more.
        "null",
    ],
)
def test_what_is_said_of_zones_later_moves_no_instance(made: Made, zones: str) -> None:
    assert changes(made.plan(MEMBERS, zones=zones)) == {}


def test_a_zone_that_is_written_later_moves_no_instance(made: Made) -> None:
    now = made.zones()["prod-orders-1"]
    other = next(zone for zone in ZONES.values() if zone != now)
    assert changes(made.plan(MEMBERS.replace('"1": {', f'"1": {{availabilityZone: {other}, '))) == {}
