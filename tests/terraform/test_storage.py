"""Keys and passwords by the real Terraform in a local AWS: what is encrypted with what, and what nobody can read."""

import json
import zipfile
from collections.abc import Iterator
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
from support.workspaces import Files, environment, manifest

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("storage")]

ACCOUNT: Final = "777788889999"
NETWORK: Final = Vpc(
    id="vpc-0a",
    subnets=tuple(Subnet(id=f"subnet-0{letter}", cidr=f"10.0.{n}.0/24") for n, letter in enumerate("abc")),
)
PASSWORDS: Final = {"secret": "Kx7-from-the-secret", "parameter": "Qz4-from-the-parameter"}
RAISED: Final = "Kx8-raised"


@dataclass(frozen=True)
class World:
    """A stack that is applied: a cluster with a key of its own, and two with passwords that somebody brought.

    Attributes:
        sent: what RDS was given at the apply.
    """

    files: Files
    out: Path
    secret_arn: str
    stack: Stack
    emulator: Emulator
    sent: list[dict[str, str]]

    def synthesize(self, version: int) -> Path:
        return synthesized(self.files, self.out, self.secret_arn, version)


def synthesized(files: Files, out: Path, secret_arn: str, version: int = 1) -> Path:
    """The folder of the stack; the version is that of one of the passwords."""
    where = environment("dev", "development", spec="defaults: {performanceInsights: {enabled: true}}")
    files.write(
        manifests__orders=manifest("kmsKey: {create: true, deletionWindowInDays: 10}"),
        manifests__catalog=manifest(
            f"passwordFrom: {{secretArn: {secret_arn}, jsonKey: password, version: {version}}}", name="catalog"
        ),
        manifests__legacy=manifest("passwordFrom: {ssmParameter: /legacy/password}", name="legacy"),
        environments__dev=where.replace("111122223333", ACCOUNT).replace("[sg-0app]", "[]"),
    )
    outcome = synthesize(files.root, out)
    assert outcome.written is not None, outcome.problems
    return out / "stacks" / "dev"


@pytest.fixture(scope="module")
def world(emulator_of: EmulatorOf, tmp_path_factory: pytest.TempPathFactory, terraform: Tool) -> Iterator[World]:
    emulator = emulator_of(ACCOUNT)
    emulator.reset()
    emulator.seed(NETWORK)
    options = emulator.client_options()
    with (
        closing(boto3.client("secretsmanager", **options)) as secrets,
        closing(boto3.client("ssm", **options)) as parameters,
    ):
        secret = secrets.create_secret(Name="catalog", SecretString=json.dumps({"password": PASSWORDS["secret"]}))
        parameters.put_parameter(Name="/legacy/password", Value=PASSWORDS["parameter"], Type="SecureString")
        root = tmp_path_factory.mktemp("storage")
        files, out = Files(root / "workspace"), root / "out"
        source = synthesized(files, out, secret["ARN"])
        stack = Stack.copy(source, root / "stack", terraform, emulator.environment())
        stack.init()
        with emulator.recording() as forms:
            stack.apply(stack.plan())
        yield World(files, out, secret["ARN"], stack, emulator, forms)


def passwords_sent(forms: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """By action and cluster, the passwords that RDS was given."""
    sent: dict[str, dict[str, str]] = {}
    for form in forms:
        if "MasterUserPassword" in form:
            sent.setdefault(form["Action"], {})[form["DBClusterIdentifier"]] = form["MasterUserPassword"]
    return sent


def test_a_second_plan_finds_nothing_to_do(world: World) -> None:
    plan = world.stack.plan()
    assert not plan.changed, world.stack.show(plan).actions()


def test_the_key_is_renewed_and_encrypts_the_volume_the_secret_and_the_recorded_load(world: World) -> None:
    options = world.emulator.client_options()
    with closing(boto3.client("kms", **options)) as kms, closing(boto3.client("rds", **options)) as rds:
        (cluster,) = rds.describe_db_clusters(DBClusterIdentifier="dev-orders")["DBClusters"]
        key = kms.describe_key(KeyId="alias/dev-orders")["KeyMetadata"]
        assert cluster["KmsKeyId"] == cluster["MasterUserSecret"]["KmsKeyId"] == key["Arn"]
        assert cluster["PerformanceInsightsKMSKeyId"] == key["Arn"]
        assert kms.get_key_rotation_status(KeyId=key["KeyId"])["KeyRotationEnabled"] is True
        policy = json.loads(kms.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"])
    assert [statement["Sid"] for statement in policy["Statement"]] == [
        "AccountAdministers",
        "ServicesUse",
        "ServicesGrant",
    ]


def test_rds_is_given_the_passwords_that_are_kept(world: World) -> None:
    assert passwords_sent(world.sent) == {
        "CreateDBCluster": {"dev-catalog": PASSWORDS["secret"], "dev-legacy": PASSWORDS["parameter"]}
    }


def texts(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Everything that Terraform wrote down, plans unpacked."""
    for path in sorted(folder.iterdir()):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{path.name}/{name}", archive.read(name)) for name in archive.namelist())
        elif path.is_file():
            yield path.name, path.read_bytes()


def test_no_password_is_written_down(world: World) -> None:
    plan = world.stack.plan()
    written = dict(texts(world.stack.folder))
    assert {"cdk.tf.json", "terraform.tfstate", "test.tfplan/tfplan", "test.tfplan/tfstate"} <= set(written)
    written["plan"] = world.stack.run("show", "-json", plan.file.name).encode()
    written["state"] = world.stack.run("show", "-json").encode()
    assert b"dev-catalog" in written["terraform.tfstate"]
    for password in PASSWORDS.values():
        assert [name for name, text in written.items() if password.encode() in text] == []


def test_a_raised_version_sets_the_password_anew_and_changes_nothing_else(world: World) -> None:
    with closing(boto3.client("secretsmanager", **world.emulator.client_options())) as secrets:
        secrets.put_secret_value(SecretId="catalog", SecretString=json.dumps({"password": RAISED}))
    assert not world.stack.plan().changed
    document = (world.synthesize(version=2) / "cdk.tf.json").read_bytes()
    (world.stack.folder / "cdk.tf.json").write_bytes(document)
    plan = world.stack.plan()
    assert world.stack.show(plan).actions() == {"aws_rds_cluster.catalog": ("update",)}
    with world.emulator.recording() as forms:
        world.stack.apply(plan)
    assert passwords_sent(forms) == {"ModifyDBCluster": {"dev-catalog": RAISED}}
    assert not world.stack.plan().changed
    assert [name for name, text in texts(world.stack.folder) if RAISED.encode() in text] == []
