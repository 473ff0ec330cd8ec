import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.session import get_session
from mypy_boto3_ec2 import EC2Client

from auroraform.sandbox.emulator.network import SecurityGroup, Subnet, Vpc
from auroraform.sandbox.emulator.process import Emulator, EmulatorError, running_emulator
from support.broken_emulator import COMPLAINT, break_emulator

NETWORK = Vpc(
    id="vpc-0abc",
    cidr="10.1.0.0/16",
    subnets=(
        Subnet(id="subnet-abc123", cidr="10.1.0.0/24"),
        Subnet(id="subnet-def456", cidr="10.1.1.0/24", availability_zone="eu-west-1c", tags={"tier": "data"}),
    ),
    security_groups=(SecurityGroup(id="sg-app", name="app"),),
    tags={"Name": "main"},
)


def test_seeded_ids_are_found(emulator: Emulator, ec2: EC2Client) -> None:
    emulator.seed(NETWORK)
    subnets = ec2.describe_subnets(SubnetIds=["subnet-abc123", "subnet-def456"])["Subnets"]
    assert [(s["VpcId"], s["AvailabilityZone"]) for s in subnets] == [
        ("vpc-0abc", "eu-west-1a"),
        ("vpc-0abc", "eu-west-1c"),
    ]
    (vpc,) = ec2.describe_vpcs(Filters=[{"Name": "tag:Name", "Values": ["main"]}])["Vpcs"]
    assert (vpc["VpcId"], vpc["OwnerId"]) == ("vpc-0abc", emulator.account_id)
    (group,) = ec2.describe_security_groups(GroupIds=["sg-app"])["SecurityGroups"]
    assert (group["GroupName"], group["VpcId"]) == ("app", "vpc-0abc")


def test_seed_refuses_an_id_twice(emulator: Emulator) -> None:
    emulator.seed(NETWORK)
    with pytest.raises(EmulatorError, match="already: sg-app, subnet-abc123, subnet-def456, vpc-0abc"):
        emulator.seed(NETWORK)


def test_seed_passes_on_why_it_is_refused(emulator: Emulator) -> None:
    outside = Vpc(id="vpc-0abc", cidr="10.1.0.0/16", subnets=(Subnet(id="subnet-1", cidr="10.9.0.0/24"),))
    with pytest.raises(EmulatorError, match=r"InvalidSubnet\.Range"):
        emulator.seed(outside)


def test_reset_empties_the_account(emulator: Emulator, ec2: EC2Client) -> None:
    emulator.seed(NETWORK)
    emulator.reset()
    with pytest.raises(ClientError, match=r"InvalidSubnetID\.NotFound"):
        ec2.describe_subnets(SubnetIds=["subnet-abc123"])


def test_belongs_to_the_given_account(emulator: Emulator) -> None:
    with closing(boto3.client("sts", **emulator.client_options())) as sts:
        assert sts.get_caller_identity()["Account"] == emulator.account_id


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        pytest.param("rds", "describe_certificates", id="query"),
        pytest.param("ec2", "describe_address_transfers", id="ec2"),
        pytest.param("ssm", "describe_activations", id="json"),
        pytest.param("backup", "list_backup_jobs", id="no route"),
    ],
)
def test_what_moto_lacks_is_refused(emulator: Emulator, service: str, operation: str) -> None:
    with (
        closing(get_session().create_client(service, **emulator.client_options())) as client,
        pytest.raises(ClientError, match="EmulatorGap") as refused,
    ):
        getattr(client, operation)()
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_failure_shows_the_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("ImportError: no moto", encoding="utf-8")
    # Nothing listens on port 1.
    gone = Emulator("http://127.0.0.1:1", account_id="111122223333", region="eu-west-1", log=log)
    with pytest.raises(EmulatorError, match=r"refused(.|\n)*no moto"):
        gone.wait_until_ready()


@pytest.mark.parametrize(
    ("moto", "said"),
    [
        (f"raise ImportError('{COMPLAINT}')", f"exit code 1 (.|\n)*Traceback(.|\n)*ImportError: {COMPLAINT}"),
        ("raise SystemExit(3)", "exit code 3 before it answered:\nit said nothing"),
    ],
    ids=["with a traceback", "without a word"],
)
def test_a_server_that_ends_at_its_start_is_shown_with_its_log(
    moto: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_emulator(tmp_path, monkeypatch, moto)
    with pytest.raises(EmulatorError, match=said), running_emulator(tmp_path / "log"):
        pass


def test_a_server_that_cannot_be_run_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with (
        pytest.raises(EmulatorError, match=r"cannot be started: .*/nowhere/python"),
        running_emulator(tmp_path / "log"),
    ):
        pass


def test_serves_on_loopback_only() -> None:
    with socket.create_server(("", 0)) as listener:
        server = subprocess.run(
            [sys.executable, "-m", "auroraform.sandbox.emulator.server", "--fd", str(listener.fileno())],
            cwd=Path(__file__).parents[1],
            pass_fds=(listener.fileno(),),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert server.returncode == 1
    assert "refuses to serve on 0.0.0.0" in server.stderr
