"""A schedule, applied to a local AWS: the calls, what they may do, and the queue of those that fail."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any, Final, TypeAlias

import boto3
import pytest

from auroraform.sandbox.emulator.network import Subnet, Vpc
from auroraform.sandbox.emulator.process import Emulator
from auroraform.stacks.synth import synthesize
from support.terraform import Stack
from support.terraform_discovery import Tool
from support.workspaces import Files, environment, manifest

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("schedule")]

# Type stubs are installed for EC2 only.
Client: TypeAlias = Any

NETWORK: Final = Vpc(
    id="vpc-0a", subnets=(Subnet(id="subnet-0a", cidr="10.0.0.0/24"), Subnet(id="subnet-0b", cidr="10.0.1.0/24"))
)
DEV: Final = (
    environment("dev", "development")
    .replace(", subnet-0c]", "]")
    .replace("    applicationSecurityGroupIds: [sg-0app]\n", "")
)
SCHEDULE: Final = 'schedule: {{timeZone: Europe/Berlin, start: "08:00", stop: "{}"{}}}'


def synthesized(files: Files, output: Path, schedule: str) -> Path:
    root = files.write(environments__dev=DEV, manifests__orders=manifest(schedule))
    assert synthesize(root, output).written is not None
    return output / "stacks" / "dev"


def replace(stack: Stack, source: Path) -> None:
    (stack.folder / "cdk.tf.json").write_bytes((source / "cdk.tf.json").read_bytes())


def schedules(scheduler: Client) -> dict[str, Any]:
    found = scheduler.list_schedules(GroupName="dev-orders-schedule")["Schedules"]
    return {one["Name"]: scheduler.get_schedule(Name=one["Name"], GroupName="dev-orders-schedule") for one in found}


def test_a_schedule_lives_settles_changes_and_goes(
    tmp_path: Path, files: Files, emulator: Emulator, terraform: Tool
) -> None:
    emulator.seed(NETWORK)
    options = emulator.client_options()
    with (
        closing(boto3.client("scheduler", **options)) as scheduler,
        closing(boto3.client("sqs", **options)) as sqs,
        closing(boto3.client("iam", **options)) as iam,
    ):
        source = synthesized(files, tmp_path / "out", SCHEDULE.format("19:00", ""))
        stack = Stack.copy(source, tmp_path / "work", terraform, emulator.environment())
        stack.init()
        stack.apply()
        again = stack.plan()
        assert not again.changed, stack.show(again).actions()

        found = schedules(scheduler)
        assert {
            name: (one["ScheduleExpression"], one["ScheduleExpressionTimezone"]) for name, one in found.items()
        } == {
            "dev-orders-start": ("cron(0 8 ? * MON,TUE,WED,THU,FRI *)", "Europe/Berlin"),
            "dev-orders-stop": ("cron(0 19 ? * MON,TUE,WED,THU,FRI *)", "Europe/Berlin"),
            "dev-orders-stop-again": ("cron(0 19 ? * SAT,SUN *)", "Europe/Berlin"),
        }
        target = found["dev-orders-stop"]["Target"]
        assert target["Arn"] == "arn:aws:scheduler:::aws-sdk:rds:stopDBCluster"
        assert json.loads(target["Input"]) == {"DbClusterIdentifier": "dev-orders"}
        assert target["RoleArn"].endswith(":role/dev-orders-eu-west-1-schedule")
        assert "DeadLetterConfig" not in found["dev-orders-stop-again"]["Target"]

        url = sqs.get_queue_url(QueueName="dev-orders-schedule")["QueueUrl"]
        queue = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        assert target["DeadLetterConfig"] == {"Arn": queue["QueueArn"]}
        assert queue["SqsManagedSseEnabled"] == "true"
        policy = iam.get_role_policy(RoleName="dev-orders-eu-west-1-schedule", PolicyName="schedule")["PolicyDocument"]
        cluster = stack.outputs()["orders_rds_cluster_arn"].value
        assert [(one["Action"], one["Resource"]) for one in policy["Statement"]] == [
            (["rds:StartDBCluster", "rds:StopDBCluster"], [cluster]),
            (["sqs:SendMessage"], [queue["QueueArn"]]),
        ]

        synthesized(files, tmp_path / "out", SCHEDULE.format("20:00", ", days: [sat]"))
        replace(stack, source)
        stack.apply()
        assert not stack.plan().changed
        assert schedules(scheduler)["dev-orders-stop"]["ScheduleExpression"] == "cron(0 20 ? * SAT *)"

        synthesized(files, tmp_path / "out", "")
        replace(stack, source)
        stack.apply()
        assert not stack.plan().changed
        assert [group["Name"] for group in scheduler.list_schedule_groups()["ScheduleGroups"]] == ["default"]
        assert "QueueUrls" not in sqs.list_queues()


STAGING: Final = DEV.replace("name: dev", "name: staging").replace("class: development", "class: staging")


def test_what_the_calls_mute_stays_muted(tmp_path: Path, files: Files, emulator: Emulator, terraform: Tool) -> None:
    emulator.seed(NETWORK)
    with closing(boto3.client("cloudwatch", **emulator.client_options())) as cloudwatch:
        root = files.write(
            environments__staging=f"{STAGING}  alarms: {{topics: {{}}}}\n",
            manifests__orders=manifest(f"{SCHEDULE.format('19:00', '')}\ninstances: {{count: 1}}"),
        )
        assert synthesize(root, tmp_path / "out").written is not None
        source = tmp_path / "out" / "stacks" / "staging"
        stack = Stack.copy(source, tmp_path / "work", terraform, emulator.environment())
        stack.init()
        stack.apply()
        assert not stack.plan().changed

        document = json.loads((source / "cdk.tf.json").read_text(encoding="utf-8"))
        calls = document["resource"]["aws_scheduler_schedule"]
        assert {call["target"]["arn"].rpartition(":")[2] for call in calls.values()} == {
            *("startDBCluster", "stopDBCluster"),
            *("disableAlarmActions", "enableAlarmActions", "setAlarmState"),
        }
        with closing(boto3.client("scheduler", **emulator.client_options())) as scheduler:
            group = "staging-orders-schedule"
            mute = scheduler.get_schedule(Name="staging-orders-mute", GroupName=group)["Target"]
        names = json.loads(mute["Input"])["AlarmNames"]
        assert names == ["staging-orders-warning"]
        cloudwatch.disable_alarm_actions(AlarmNames=names)
        (alarm,) = cloudwatch.describe_alarms(AlarmNames=names, AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]
        assert alarm["ActionsEnabled"] is False
        again = stack.plan()
        assert not again.changed, stack.show(again).actions()


def test_budgets_live_settle_change_and_go(tmp_path: Path, files: Files, emulator: Emulator, terraform: Tool) -> None:
    emulator.seed(NETWORK)

    def source(environment_: str, budget: str) -> Path:
        root = files.write(environments__dev=f"{DEV}{environment_}", manifests__orders=manifest(budget))
        assert synthesize(root, tmp_path / "out").written is not None
        return tmp_path / "out" / "stacks" / "dev"

    of_cluster = "budget: {{limitAmount: {}, actual: [50], subscriberEmailAddresses: [a@example.com]}}"
    of_environment = "  alarms: {topics: {}}\n  budget: {limitAmount: 500, limitUnit: EUR}\n"
    folder = source(of_environment, of_cluster.format(99.5))
    stack = Stack.copy(folder, tmp_path / "work", terraform, emulator.environment())
    stack.init()
    stack.apply()
    again = stack.plan()
    assert not again.changed, stack.show(again).actions()
    with closing(boto3.client("budgets", **emulator.client_options())) as budgets:

        def limits() -> dict[str, tuple[str, str, list[str]]]:
            found = budgets.describe_budgets(AccountId="111122223333").get("Budgets", [])
            return {
                one["BudgetName"]: (
                    one["BudgetLimit"]["Amount"],
                    one["BudgetLimit"]["Unit"],
                    one["CostFilters"]["TagKeyValue"],
                )
                for one in found
            }

        assert limits() == {
            "dev-monthly": ("500", "EUR", ["user:environment$dev"]),
            "dev-orders-monthly": ("99.5", "USD", ["user:cluster$dev-orders"]),
        }
        replace(stack, source("", of_cluster.format(120)))
        stack.apply()
        assert not stack.plan().changed
        assert limits() == {"dev-orders-monthly": ("120", "USD", ["user:cluster$dev-orders"])}
