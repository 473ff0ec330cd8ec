"""A dashboard applied to a local AWS: what is there is the body that reviewers read, and it settles and follows."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

import boto3
import pytest

from support.applied import Orders, applied_orders
from support.dashboards import faults
from support.fixtures import EmulatorOf
from support.terraform_discovery import Tool

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("dashboard")]

ACCOUNT: Final = "222233334455"
NAME: Final = "dev-orders-eu-west-1"
SPEC: Final = "dashboard: {enabled: true}\nalarms: {enabled: true}\ninstances: {count: 1}"


@dataclass(frozen=True)
class Applied(Orders):
    """An account after the apply, and the stack that was applied."""

    cloudwatch: Any

    def local(self) -> object:
        stack = json.loads((self.stack.folder / "cdk.tf.json").read_text(encoding="utf-8"))
        return stack["locals"]["orders_dashboard"]

    def there(self) -> Any:  # noqa: ANN401 - any JSON
        return json.loads(self.cloudwatch.get_dashboard(DashboardName=NAME)["DashboardBody"])


@pytest.fixture(scope="module")
def applied(emulator_of: EmulatorOf, tmp_path_factory: pytest.TempPathFactory, terraform: Tool) -> Iterator[Applied]:
    folder = tmp_path_factory.mktemp("dashboard")
    emulator = emulator_of(ACCOUNT)
    orders = applied_orders(emulator, folder, terraform, SPEC)
    with closing(boto3.client("cloudwatch", **emulator.client_options())) as cloudwatch:
        yield Applied(orders.files, orders.stack, cloudwatch)


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
