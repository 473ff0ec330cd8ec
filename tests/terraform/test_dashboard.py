"""A dashboard applied to a local AWS: what is there is the body that reviewers read, and it settles and follows."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

import boto3
import pytest

from auroraform.sandbox.emulator.network import Subnet, Vpc
from auroraform.sandbox.emulator.process import Emulator
from auroraform.stacks.synth import synthesize
from support.dashboards import faults
from support.fixtures import EmulatorOf
from support.terraform import Stack
from support.terraform_discovery import Tool
from support.workspaces import Files, environment, manifest

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("dashboard")]

ACCOUNT: Final = "222233334455"
NETWORK: Final = Vpc(
    id="vpc-0a",
    subnets=tuple(Subnet(id=f"subnet-0{az}", cidr=f"10.0.{n}.0/24") for n, az in enumerate("abc")),
)
NAME: Final = "dev-orders-eu-west-1"
SPEC: Final = "dashboard: {enabled: true}\nalarms: {enabled: true}\ninstances: {count: 1}"


@dataclass(frozen=True)
class Applied:
    """An account after the apply, and the stack that was applied."""

    files: Files
    stack: Stack
    cloudwatch: Any

    def local(self) -> object:
        stack = json.loads((self.stack.folder / "cdk.tf.json").read_text(encoding="utf-8"))
        return stack["locals"]["orders_dashboard"]

    def there(self) -> Any:  # noqa: ANN401 - any JSON
        return json.loads(self.cloudwatch.get_dashboard(DashboardName=NAME)["DashboardBody"])

    def write(self, spec: str) -> None:
        """Synthesize another manifest into the stack's folder."""
        self.files.write(manifests__orders=manifest(spec))
        output = self.files.root.parent / "out"
        assert synthesize(self.files.root, output).written is not None
        (self.stack.folder / "cdk.tf.json").write_bytes((output / "stacks/dev/cdk.tf.json").read_bytes())


@pytest.fixture(scope="module")
def applied(emulator_of: EmulatorOf, tmp_path_factory: pytest.TempPathFactory, terraform: Tool) -> Iterator[Applied]:
    folder = tmp_path_factory.mktemp("dashboard")
    emulator: Emulator = emulator_of(ACCOUNT)
    emulator.reset()
    emulator.seed(NETWORK)
    files = Files(folder / "workspace")
    files.write(
        manifests__orders=manifest(SPEC),
        # moto forgets descriptions of ingress rules.
        environments__dev=environment("dev", "development")
        .replace("111122223333", ACCOUNT)
        .replace("    applicationSecurityGroupIds: [sg-0app]\n", ""),
    )
    assert synthesize(files.root, folder / "out").written is not None
    stack = Stack.copy(folder / "out/stacks/dev", folder / "dev", terraform, emulator.environment())
    stack.init()
    stack.apply()
    with closing(boto3.client("cloudwatch", **emulator.client_options())) as cloudwatch:
        yield Applied(files, stack, cloudwatch)


def test_what_is_there_is_what_reviewers_read(applied: Applied) -> None:
    assert applied.there() == applied.local()
    assert faults(NAME, applied.there()) == []


def test_it_settles(applied: Applied) -> None:
    assert not applied.stack.plan().changed


def test_the_alarms_that_it_names_exist(applied: Applied) -> None:
    (named,) = (widget["properties"]["alarms"] for widget in applied.there()["widgets"] if widget["type"] == "alarm")
    found = applied.cloudwatch.describe_alarms(AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    arns = {alarm["AlarmArn"] for kind in ("MetricAlarms", "CompositeAlarms") for alarm in found[kind]}
    assert set(named) == arns


def test_one_reader_more_changes_it_in_place(applied: Applied) -> None:
    applied.write(SPEC.replace("count: 1", "count: 2"))
    plan = applied.stack.plan()
    assert applied.stack.show(plan).actions()["aws_cloudwatch_dashboard.orders"] == ("update",)
    applied.stack.apply(plan)
    assert applied.there() == applied.local()
    titles = {widget["properties"].get("title") for widget in applied.there()["widgets"]}
    assert {"Replica lag", "CPU by instance"} <= titles
