"""The sandbox of a workspace: what it keeps about the emulator, and what it does when that has ended."""

import json
import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.session import get_session

from auroraform.sandbox.emulator.network import Subnet, Vpc
from auroraform.sandbox.emulator.process import ClientOptions, Emulator
from auroraform.sandbox.emulator.stock import Source, Stock
from auroraform.sandbox.errors import SandboxError
from auroraform.sandbox.sandbox import Sandbox
from auroraform.sandbox.terraform import find_tool
from support.broken_emulator import COMPLAINT, break_emulator


@pytest.fixture
def sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    monkeypatch.setenv("AURORAFORM_CACHE_DIR", str(tmp_path / "cache"))
    return Sandbox(tmp_path / "workspace")


def record(sandbox: Sandbox, pid: int, port: int) -> Path:
    path = sandbox.folder / "emulator.json"
    path.write_text(json.dumps({"pid": pid, "port": port, "identity": "somebody"}), encoding="utf-8")
    return path


def client_options(emulator: Emulator, account: str) -> ClientOptions:
    return {**emulator.client_options(), "aws_access_key_id": account, "region_name": "eu-west-1"}


def test_it_outlives_nobody_who_ends_it(sandbox: Sandbox) -> None:
    emulator = sandbox.start()
    try:
        found = sandbox.running()
        assert found is not None
        assert found.url == emulator.url
        pid = json.loads((sandbox.folder / "emulator.json").read_text(encoding="utf-8"))["pid"]
    finally:
        assert sandbox.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert sandbox.running() is None
    assert not sandbox.stop()


def test_a_record_of_an_emulator_that_is_gone_is_forgotten_with_its_states(sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    path = record(sandbox, os.getpid(), port)
    state = sandbox.folder / "out" / "stacks" / "dev" / "terraform.tfstate"
    state.parent.mkdir(parents=True)
    state.touch()
    assert sandbox.running() is None
    assert not path.exists()
    assert not state.exists()


def test_a_process_that_has_the_number_by_now_is_left_alone(sandbox: Sandbox, emulator: Emulator) -> None:
    # Something else answers at the port, and the number is that of somebody else's process.
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        record(sandbox, other.pid, int(emulator.url.rpartition(":")[2]))
        assert not sandbox.stop()
        assert other.poll() is None


@pytest.mark.parametrize("text", ["", "{}", '{"pid": "x"}', "[]"])
def test_a_damaged_record_is_no_record(text: str, sandbox: Sandbox) -> None:
    (sandbox.folder / "emulator.json").write_text(text, encoding="utf-8")
    assert sandbox.running() is None


def test_an_emulator_that_does_not_start_is_shown_with_its_log(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        break_emulator(tmp_path, patch)
        with pytest.raises(SandboxError, match=f"exit code 1 (.|\n)*Traceback(.|\n)*ImportError: {COMPLAINT}"):
            sandbox.start()
    assert not (sandbox.folder / "emulator.json").exists()
    assert COMPLAINT in sandbox.log.read_text(encoding="utf-8"), "the log stays for whoever wants more of it"
    # Nothing of it is in the way of the next.
    sandbox.start()
    assert sandbox.stop()


def test_an_emulator_that_cannot_be_run_is_told_of(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(SandboxError, match=r"cannot be started: .*/nowhere/python"):
        sandbox.start()


def test_two_workspaces_have_a_sandbox_each(sandbox: Sandbox, tmp_path: Path) -> None:
    assert Sandbox(tmp_path / "workspace").folder == sandbox.folder
    assert Sandbox(tmp_path / "other").folder != sandbox.folder


@pytest.mark.slow
def test_an_access_key_of_twelve_digits_is_an_account(sandbox: Sandbox) -> None:
    emulator = sandbox.start()
    try:
        accounts = ("111122223333", "333344445555")
        for account in accounts:
            emulator.stock(Stock(account_id=account, region="eu-west-1", buckets=(f"states-{account}",)))
        for account in accounts:
            with closing(boto3.client("sts", **client_options(emulator, account))) as sts:
                assert sts.get_caller_identity()["Account"] == account
            with closing(boto3.client("s3", **client_options(emulator, account))) as s3:
                assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == [f"states-{account}"]
    finally:
        sandbox.stop()


@pytest.mark.slow
def test_stock_is_put_once_under_the_names_that_it_has(emulator: Emulator) -> None:
    secret = f"arn:aws:secretsmanager:eu-west-1:{emulator.account_id}:secret:shop/orders-AbCdEf"
    stock = Stock(
        account_id=emulator.account_id,
        region="eu-west-1",
        vpcs=(Vpc(id="vpc-0a", subnets=(Subnet(id="subnet-0a"), Subnet(id="subnet-0b"))),),
        prefix_lists=("pl-0a",),
        buckets=("states",),
        objects={"states/a/b": "text"},
        tables=("locks",),
        keys=("1234abcd-12ab-34cd-56ef-1234567890ab",),
        aliases=("alias/data",),
        topics=("on-call",),
        roles=("orders",),
        parameters={"/shop/key": "value"},
        secrets={secret: "password"},
        subnet_groups={"shared": "vpc-0a"},
        snapshots=(Source(name="nightly", engine="aurora-postgresql", engine_version="16.8"),),
    )
    emulator.stock(stock)
    emulator.stock(stock)
    emulator.stock(stock.model_copy(update={"vpcs": (Vpc(id="vpc-0a", subnets=(Subnet(id="subnet-0c"),)),)}))
    options = emulator.client_options()
    with closing(boto3.client("ec2", **options)) as ec2:
        subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": ["vpc-0a"]}])["Subnets"]
        assert sorted((s["SubnetId"], s["CidrBlock"], s["AvailabilityZone"]) for s in subnets) == [
            ("subnet-0a", "10.0.0.0/24", "eu-west-1a"),
            ("subnet-0b", "10.0.1.0/24", "eu-west-1b"),
            ("subnet-0c", "10.0.2.0/24", "eu-west-1c"),
        ]
    for service, call, arguments in (
        ("s3", "get_object", {"Bucket": "states", "Key": "a/b"}),
        ("dynamodb", "describe_table", {"TableName": "locks"}),
        ("kms", "describe_key", {"KeyId": "1234abcd-12ab-34cd-56ef-1234567890ab"}),
        ("kms", "describe_key", {"KeyId": "alias/data"}),
        ("sns", "get_topic_attributes", {"TopicArn": f"arn:aws:sns:eu-west-1:{emulator.account_id}:on-call"}),
        ("iam", "get_role", {"RoleName": "orders"}),
        ("ssm", "get_parameter", {"Name": "/shop/key"}),
        ("secretsmanager", "get_secret_value", {"SecretId": secret}),
        ("rds", "describe_db_subnet_groups", {"DBSubnetGroupName": "shared"}),
        ("rds", "describe_db_cluster_snapshots", {"DBClusterSnapshotIdentifier": "nightly"}),
    ):
        with closing(get_session().create_client(service, **options)) as client:
            assert getattr(client, call)(**arguments)


def test_locks_of_killed_commands_are_taken_away(emulator: Emulator) -> None:
    stock = Stock(account_id=emulator.account_id, region="eu-west-1", buckets=("states",), tables=("locks",))
    emulator.stock(stock)
    options = emulator.client_options()
    with (
        closing(boto3.client("s3", **options)) as s3,
        closing(get_session().create_client("dynamodb", **options)) as client,
    ):
        # Type stubs are installed for EC2 only.
        dynamodb: Any = client
        for key in ("dev/terraform.tfstate", "dev/terraform.tfstate.tflock"):
            s3.put_object(Bucket="states", Key=key, Body=b"")
        for item in ({"LockID": {"S": "states/dev"}, "Info": {"S": "{}"}}, {"LockID": {"S": "states/dev-md5"}}):
            dynamodb.put_item(TableName="locks", Item=item)
        emulator.stock(stock)
        assert [kept["Key"] for kept in s3.list_objects_v2(Bucket="states")["Contents"]] == ["dev/terraform.tfstate"]
        # The digest of the state stays.
        assert dynamodb.scan(TableName="locks")["Items"] == [{"LockID": {"S": "states/dev-md5"}}]


def test_one_command_at_a_time(sandbox: Sandbox, tmp_path: Path) -> None:
    with (
        sandbox.alone(),
        pytest.raises(SandboxError, match="another command is at work"),
        Sandbox(tmp_path / "workspace").alone(),
    ):
        pass
    with sandbox.alone():
        pass


def test_the_users_tool_is_found_by_name_or_on_the_path(tmp_path: Path) -> None:
    for name in ("terraform", "mine"):
        (tmp_path / name).touch(mode=0o700)
    path = str(tmp_path)
    assert find_tool({"PATH": path}) == tmp_path / "terraform"
    assert find_tool({"PATH": path, "AURORAFORM_TERRAFORM": "mine"}) == tmp_path / "mine"
    (tmp_path / "tofu").touch(mode=0o700)
    assert find_tool({"PATH": path}) == tmp_path / "tofu"
    with pytest.raises(SandboxError, match="needs `tofu` or `terraform`"):
        find_tool({"PATH": str(tmp_path / "none")})
    with pytest.raises(SandboxError, match="AURORAFORM_TERRAFORM=gone is not a program"):
        find_tool({"PATH": path, "AURORAFORM_TERRAFORM": "gone"})
