"""The ground of the end-to-end tests: the real provider against the emulator, without auroraform."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from auroraform.sandbox.emulator.network import Subnet, Vpc
from auroraform.sandbox.emulator.process import Emulator
from support.terraform import Stack, validate_many
from support.terraform_discovery import Tool

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("emulator")]

NETWORK = Vpc(
    id="vpc-0abc",
    subnets=(Subnet(id="subnet-abc123", cidr="10.0.0.0/24"), Subnet(id="subnet-def456", cidr="10.0.1.0/24")),
)
HEADER = {
    "terraform": {
        "required_providers": {"aws": {"source": "hashicorp/aws", "version": ">= 5.100.0, < 7.0.0"}},
        "backend": {"s3": {"bucket": "states", "key": "dev", "region": "eu-west-1"}},
    },
    "provider": {"aws": [{"region": "eu-west-1", "allowed_account_ids": ["111122223333"]}]},
}
ORDERS = {
    "data": {"aws_subnet": {"first": {"id": "subnet-abc123"}}},
    "resource": {
        "aws_db_subnet_group": {
            "orders": {"name": "orders", "subnet_ids": ["${data.aws_subnet.first.id}", "subnet-def456"]}
        },
    },
    "output": {"vpc": {"value": "${data.aws_subnet.first.vpc_id}"}},
}


def synthesized(folder: Path, *parts: Mapping[str, object]) -> Path:
    folder.mkdir()
    content = {key: value for part in (HEADER, *parts) for key, value in part.items()}
    (folder / "cdk.tf.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_a_stack_is_applied_settles_and_is_destroyed(tmp_path: Path, emulator: Emulator, terraform: Tool) -> None:
    emulator.seed(NETWORK)
    source = synthesized(tmp_path / "dev", ORDERS)
    stack = Stack.copy(source, tmp_path / "work", terraform, emulator.environment())
    stack.init()

    plan = stack.plan()
    document = stack.show(plan)
    assert set(document.actions().values()) == {("create",)}
    assert document.after("aws_db_subnet_group.orders")["subnet_ids"] == ["subnet-abc123", "subnet-def456"]

    stack.apply(plan)
    assert stack.outputs()["vpc"].value == "vpc-0abc"
    again = stack.plan()
    assert not again.changed, stack.show(again).actions()

    stack.destroy()


def test_many_stacks_are_validated_at_once(tmp_path: Path, terraform: Tool) -> None:
    wrong = {"resource": {"aws_db_subnet_group": {"orders": {"nmae": "orders", "subnet_ids": []}}}}
    sources = [synthesized(tmp_path / "dev", ORDERS), synthesized(tmp_path / "prod", ORDERS)]
    broken = synthesized(tmp_path / "broken", wrong)

    answers = validate_many([*sources, broken], tmp_path / "work", terraform)

    assert [answers[source].valid for source in sources] == [True, True]
    assert not answers[broken].valid
    assert "nmae" in answers[broken].diagnostics[0].detail
