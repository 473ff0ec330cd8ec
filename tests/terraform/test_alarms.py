"""Alarms applied to a local AWS: CloudWatch holds what was asked for, and a second plan asks for nothing."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

import boto3
import pytest

from auroraform.schemas.alarms.table import ROWS
from support.applied import Orders, applied_orders
from support.fixtures import EmulatorOf
from support.terraform_discovery import Tool

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("alarms")]

ACCOUNT: Final = "111122223333"
PAGER: Final = f"arn:aws:sns:eu-west-1:{ACCOUNT}:pager"
ARCHIVE: Final = f"arn:aws:sns:eu-west-1:{ACCOUNT}:archive"
WHERE: Final = f"alarms: {{topicArns: ['{ARCHIVE}'], criticalTopicArns: ['{PAGER}']}}"
SPEC: Final = "instances: {count: 2, instanceClass: db.r6g.large}\nalarms: {enabled: true}"
CHANGED: Final = """\
instances: {count: 2, instanceClass: db.r6g.large}
alarms:
  enabled: true
  writerCpu: {threshold: 70, severity: critical}
  volumeGrowth: {threshold: 30}
  deadlocks: {enabled: false}
"""
LEFT_OUT: Final = {"acu-utilization", "maximum-capacity", "global-lag", "proxy-borrow-latency"}
"""Alarms that are not for such a cluster."""

# Type stubs are installed for EC2 only.
Client = Any


@dataclass(frozen=True)
class Applied(Orders):
    """An account after the apply, and the stack that was applied."""

    cloudwatch: Client

    def metric_alarms(self) -> dict[str, dict[str, Any]]:
        return {alarm["AlarmName"]: alarm for alarm in self.cloudwatch.describe_alarms(MaxRecords=100)["MetricAlarms"]}

    def composite_alarms(self) -> dict[str, dict[str, Any]]:
        found = self.cloudwatch.describe_alarms(AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]
        return {alarm["AlarmName"]: alarm for alarm in found}


@pytest.fixture(scope="module")
def applied(emulator_of: EmulatorOf, tmp_path_factory: pytest.TempPathFactory, terraform: Tool) -> Iterator[Applied]:
    folder = tmp_path_factory.mktemp("alarms")
    emulator = emulator_of(ACCOUNT)
    orders = applied_orders(emulator, folder, terraform, SPEC, where=WHERE)
    with closing(boto3.client("cloudwatch", **emulator.client_options())) as cloudwatch:
        yield Applied(orders.files, orders.stack, cloudwatch)


def test_the_alarms_of_a_cluster_are_there_and_stay(applied: Applied) -> None:
    found = applied.metric_alarms()
    assert set(found) == {f"dev-orders-{row.key}" for row in ROWS if row.key not in LEFT_OUT}
    memory = found["dev-orders-writer-memory"]
    assert (memory["Threshold"], memory["Period"], memory["EvaluationPeriods"]) == (1_717_986_918, 60, 15)
    assert {one["Name"]: one["Value"] for one in memory["Dimensions"]} == {
        "DBClusterIdentifier": "dev-orders",
        "Role": "WRITER",
    }
    assert (memory["ComparisonOperator"], memory["TreatMissingData"]) == ("LessThanThreshold", "missing")
    # One incident tells once: what is told is told by the alarms over these.
    assert {name for name, alarm in found.items() if alarm["AlarmActions"] or alarm["OKActions"]} == set()
    growth = {query["Id"]: query for query in found["dev-orders-volume-growth"]["Metrics"]}
    assert growth["low"]["MetricStat"]["Stat"] == "Minimum"
    assert growth["result"]["Expression"] == "IF(low > 107374182400, 100 * (high - low) / low, 0)"
    assert applied.changes() == {}


def test_each_severity_tells_its_topics_for_its_alarms(applied: Applied) -> None:
    found = applied.composite_alarms()
    assert {name: sorted(alarm["AlarmActions"]) for name, alarm in found.items()} == {
        "dev-orders-critical": [ARCHIVE, PAGER],
        "dev-orders-warning": [ARCHIVE],
    }
    assert all(alarm["OKActions"] == alarm["AlarmActions"] for alarm in found.values())
    named = [name for alarm in found.values() for name in re.findall(r'ALARM\("([^"]+)"\)', alarm["AlarmRule"])]
    assert sorted(named) == sorted(applied.metric_alarms())


def test_what_is_changed_is_changed_in_place(applied: Applied) -> None:
    applied.write(CHANGED)
    assert applied.changes() == {
        "aws_cloudwatch_composite_alarm.orders_critical": ("update",),
        "aws_cloudwatch_composite_alarm.orders_warning": ("update",),
        "aws_cloudwatch_metric_alarm.orders_deadlocks": ("delete",),
        "aws_cloudwatch_metric_alarm.orders_volume-growth": ("update",),
        "aws_cloudwatch_metric_alarm.orders_writer-cpu": ("update",),
    }
    applied.stack.apply()
    assert applied.changes() == {}
    assert "dev-orders-writer-cpu" in applied.composite_alarms()["dev-orders-critical"]["AlarmRule"]
    assert "dev-orders-deadlocks" not in applied.metric_alarms()


def test_without_alarms_nothing_is_left(applied: Applied) -> None:
    applied.write(SPEC.replace("enabled: true", "enabled: false"))
    applied.stack.apply()
    assert (applied.metric_alarms(), applied.composite_alarms()) == ({}, {})
    assert applied.changes() == {}
