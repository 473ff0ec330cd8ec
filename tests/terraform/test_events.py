"""Topics and events, applied to a local AWS: who is to be told is told, it settles, and changes with the instances."""

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

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("events")]

# Type stubs are installed for EC2 only.
Client: TypeAlias = Any

NETWORK: Final = Vpc(
    id="vpc-0a", subnets=(Subnet(id="subnet-0a", cidr="10.0.0.0/24"), Subnet(id="subnet-0b", cidr="10.0.1.0/24"))
)
DEV: Final = (
    environment(
        "dev",
        "development",
        spec="""
        alarms:
          topics:
            subscriptions:
              team: {protocol: email, endpoint: databases@acme.example, severities: [warning]}
              pager:
                protocol: https
                endpoint: {valueFrom: {kind: Secret, name: pager, fieldPath: url}}
                severities: [critical]
        references:
          Secret/pager: {url: {ssmParameter: /on-call/pager-url}}
        """,
    )
    .replace(", subnet-0c]", "]")
    .replace("    applicationSecurityGroupIds: [sg-0app]\n", "")
)
URL: Final = "https://events.acme.example/integration/0a1b2c3d/enqueue"
TOPIC: Final = "arn:aws:sns:eu-west-1:111122223333:dev-alarms-"


def synthesized(files: Files, output: Path, instances: int) -> Path:
    spec = f"instances: {{count: {instances}, instanceClass: db.r6g.large}}\nevents: {{enabled: true}}"
    root = files.write(environments__dev=DEV, manifests__orders=manifest(spec))
    assert synthesize(root, output).written is not None
    return output / "stacks" / "dev"


def told(rds: Client) -> dict[str, tuple[str, list[str]]]:
    """The subscriptions by name, each with the topic and the sources."""
    found = rds.describe_event_subscriptions()["EventSubscriptionsList"]
    return {one["CustSubscriptionId"]: (one["SnsTopicArn"], sorted(one["SourceIdsList"])) for one in found}


def test_topics_are_told_of_the_cluster_and_its_instances_and_change_with_them(
    tmp_path: Path, files: Files, emulator: Emulator, terraform: Tool
) -> None:
    emulator.seed(NETWORK)
    options = emulator.client_options()
    clients = [boto3.client(name, **options) for name in ("rds", "sns", "ssm", "kms")]
    rds, sns, ssm, kms = clients
    with closing(rds), closing(sns), closing(ssm), closing(kms):
        # Encrypted, as what is secret should be.
        ssm.put_parameter(Name="/on-call/pager-url", Value=URL, Type="SecureString")
        source = synthesized(files, tmp_path / "out", 2)
        stack = Stack.copy(source, tmp_path / "work", terraform, emulator.environment())
        stack.init()
        plan = stack.plan()
        assert URL not in json.dumps(stack.show(plan).actions())
        stack.apply(plan)
        again = stack.plan()
        assert not again.changed, stack.show(again).actions()

        assert {
            severity: stack.outputs()[f"shared_{severity}_topic_arn"].value for severity in ("critical", "warning")
        } == {
            "critical": f"{TOPIC}critical",
            "warning": f"{TOPIC}warning",
        }
        attributes = sns.get_topic_attributes(TopicArn=f"{TOPIC}critical")["Attributes"]
        key = kms.describe_key(KeyId=attributes["KmsMasterKeyId"])["KeyMetadata"]["Arn"]
        users = [
            s["Principal"]
            for s in json.loads(kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"])["Statement"]
        ]
        assert {"Service": "events.rds.amazonaws.com"} in users
        subscribed = {one["Protocol"]: one["Endpoint"] for one in sns.list_subscriptions()["Subscriptions"]}
        assert subscribed == {"email": "databases@acme.example", "https": URL}
        assert told(rds) == {
            "dev-orders-critical-cluster": (f"{TOPIC}critical", ["dev-orders"]),
            "dev-orders-critical-instances-1-2": (f"{TOPIC}critical", ["dev-orders-1", "dev-orders-2"]),
            "dev-orders-warning-cluster": (f"{TOPIC}warning", ["dev-orders"]),
            "dev-orders-warning-instances-1-2": (f"{TOPIC}warning", ["dev-orders-1", "dev-orders-2"]),
        }

        fewer = synthesized(files, tmp_path / "fewer", 1) / "cdk.tf.json"
        (stack.folder / "cdk.tf.json").write_bytes(fewer.read_bytes())
        plan = stack.plan()
        actions = {address: action for address, action in stack.show(plan).actions().items() if action != ("no-op",)}
        # Replaced, not changed: RDS keeps no instance that is gone, and lets go of none.
        assert actions == {
            "aws_rds_cluster_instance.orders_2": ("delete",),
            "aws_db_event_subscription.orders_critical-instances": ("delete", "create"),
            "aws_db_event_subscription.orders_warning-instances": ("delete", "create"),
        }
        stack.apply(plan)
        assert told(rds)["dev-orders-critical-instances-1"] == (f"{TOPIC}critical", ["dev-orders-1"])
        again = stack.plan()
        assert not again.changed, stack.show(again).actions()
        stack.destroy()
        assert (told(rds), sns.list_topics()["Topics"]) == ({}, [])
