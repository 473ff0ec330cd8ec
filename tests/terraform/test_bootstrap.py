"""The state bucket from nothing: the printed steps run with real Terraform, and what they leave at a local AWS."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import boto3
import pytest
from botocore.exceptions import ClientError
from click.testing import CliRunner

from auroraform.commands.group import cli
from auroraform.sandbox.emulator.process import Emulator
from auroraform.stacks.bootstrap import synthesize as synthesize_bootstrap
from auroraform.stacks.synth import synthesize
from support.bootstrapping import follow
from support.fixtures import EmulatorOf
from support.locks import StateBucket
from support.terraform import Stack, TerraformError, validate_many
from support.terraform_discovery import Tool
from support.workspaces import Files, environment

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("bootstrap")]

ACCOUNT: Final = "666677778888"
STATE: Final = "state: {backend: s3, bucket: acme-state, dynamodbTable: locks}"
ALIAS: Final = "alias/auroraform-state/acme-state"
ALIAS_ARN: Final = f"arn:aws:kms:eu-west-1:{ACCOUNT}:{ALIAS}"
OTHER_KEY: Final = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/0a1b2c3d-0000-4000-8000-000000000000"
OWN_STATE: Final = "auroraform-bootstrap/terraform.tfstate"
GROUP: Final = "aws_rds_cluster_parameter_group.orders"


def prod(state: str) -> str:
    text = environment(spec="tags: {team: data}").replace("111122223333", ACCOUNT)
    return text.replace(STATE, f"state: {{backend: s3, bucket: acme-state, {state}}}")


@dataclass(frozen=True)
class Made:
    """An account after the printed steps."""

    files: Files
    output: Path
    tool: Tool
    emulator: Emulator
    states: StateBucket

    @property
    def folder(self) -> Path:
        return self.output / "bootstrap" / "acme-state"

    def stack(self) -> Stack:
        return Stack(self.folder, self.tool, self.emulator.environment())

    def key_arn(self) -> str:
        with closing(boto3.client("kms", **self.emulator.client_options())) as kms:
            arn: str = kms.describe_key(KeyId=ALIAS)["KeyMetadata"]["Arn"]
            return arn


@pytest.fixture(scope="module")
def made(emulator_of: EmulatorOf, tmp_path_factory: pytest.TempPathFactory, terraform: Tool) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("bootstrap")
    emulator = emulator_of(ACCOUNT)
    emulator.reset()
    files = Files(folder / "workspace")
    # Before there is any manifest: the bucket comes first.
    files.write(environments__prod=prod(f"dynamodbTable: locks, kmsKeyId: {ALIAS_ARN}"))
    with StateBucket.on(emulator, "acme-state", "locks") as states:
        made = Made(files, folder / "out", terraform, emulator, states)
        printed = auroraform("-C", str(files.root), "bootstrap", "--env", "prod", "--output", str(made.output))
        follow(printed, made.stack(), terraform, auroraform)
        yield made


def auroraform(*arguments: str) -> str:
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def test_the_state_of_the_bucket_is_in_the_bucket_and_nowhere_else(made: Made) -> None:
    resources = {f"{r['type']}.{r['name']}" for r in made.states.state(OWN_STATE)["resources"]}
    assert resources == {
        "aws_dynamodb_table.lock",
        "aws_kms_alias.state",
        "aws_kms_key.state",
        "aws_s3_bucket.state",
        "aws_s3_bucket_lifecycle_configuration.state",
        "aws_s3_bucket_ownership_controls.state",
        "aws_s3_bucket_policy.state",
        "aws_s3_bucket_public_access_block.state",
        "aws_s3_bucket_server_side_encryption_configuration.state",
        "aws_s3_bucket_versioning.state",
    }
    assert f"acme-state/{OWN_STATE}" in made.states.digests()
    head = made.states.s3.head_object(Bucket="acme-state", Key=OWN_STATE)
    assert (head["ServerSideEncryption"], head["SSEKMSKeyId"]) == ("aws:kms", made.key_arn())
    assert [path.name for path in made.folder.glob("*.tf*")] == ["cdk.tf.json"]


def test_another_checkout_finds_the_state_and_nothing_to_do(made: Made, tmp_path: Path) -> None:
    synthesize_bootstrap(made.files.root, tmp_path / "out")
    stack = Stack(tmp_path / "out" / "bootstrap" / "acme-state", made.tool, made.emulator.environment())
    stack.init()
    plan = stack.plan()
    assert not plan.changed, stack.show(plan).actions()


def test_the_bucket_is_as_the_security_guide_would_have_it(made: Made) -> None:
    s3 = made.states.s3
    assert s3.get_bucket_versioning(Bucket="acme-state")["Status"] == "Enabled"
    (rule,) = s3.get_bucket_encryption(Bucket="acme-state")["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule == {
        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": made.key_arn()},
        "BucketKeyEnabled": True,
    }
    block = s3.get_public_access_block(Bucket="acme-state")["PublicAccessBlockConfiguration"]
    assert len(block) == 4
    assert set(block.values()) == {True}
    (ownership,) = s3.get_bucket_ownership_controls(Bucket="acme-state")["OwnershipControls"]["Rules"]
    assert ownership == {"ObjectOwnership": "BucketOwnerEnforced"}
    (lifecycle,) = s3.get_bucket_lifecycle_configuration(Bucket="acme-state")["Rules"]
    assert lifecycle == {
        "ID": "old-versions",
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "NoncurrentVersionExpiration": {"NoncurrentDays": 90, "NewerNoncurrentVersions": 10},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
    }
    tags = {tag["Key"]: tag["Value"] for tag in s3.get_bucket_tagging(Bucket="acme-state")["TagSet"]}
    assert tags == {"environment": "prod", "managed-by": "auroraform", "team": "data"}


def test_the_key_is_rotated_and_administered_by_the_account(made: Made) -> None:
    with closing(boto3.client("kms", **made.emulator.client_options())) as kms:
        assert kms.get_key_rotation_status(KeyId=made.key_arn())["KeyRotationEnabled"]
        policy = json.loads(kms.get_key_policy(KeyId=made.key_arn(), PolicyName="default")["Policy"])
    assert [(s["Principal"], s["Action"], s["Effect"]) for s in policy["Statement"]] == [
        ({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "kms:*", "Allow")
    ]


def test_the_lock_table_is_protected(made: Made) -> None:
    table = made.states.dynamodb.describe_table(TableName="locks")["Table"]
    assert table["KeySchema"] == [{"AttributeName": "LockID", "KeyType": "HASH"}]
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table["DeletionProtectionEnabled"]
    assert table["SSEDescription"]["Status"] == "ENABLED"
    backups = made.states.dynamodb.describe_continuous_backups(TableName="locks")["ContinuousBackupsDescription"]
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"


@pytest.mark.parametrize(
    "encryption",
    [
        {"ServerSideEncryption": "AES256"},
        {"ServerSideEncryption": "aws:kms"},
        {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": OTHER_KEY},
        {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32},
    ],
    ids=["S3's key", "AWS's key", "another key", "the caller's key"],
)
def test_no_upload_may_ask_for_another_encryption(encryption: dict[str, Any], made: Made) -> None:
    with pytest.raises(ClientError, match=r"\b403\b"):
        made.states.s3.put_object(Bucket="acme-state", Key="refused", Body=b"state", **encryption)


def test_an_upload_that_asks_for_nothing_gets_the_key_of_the_bucket(made: Made) -> None:
    made.states.s3.put_object(Bucket="acme-state", Key="plain", Body=b"state")
    head = made.states.s3.head_object(Bucket="acme-state", Key="plain")
    assert (head["ServerSideEncryption"], head["SSEKMSKeyId"]) == ("aws:kms", made.key_arn())


def test_a_stack_of_clusters_keeps_its_state_there_and_its_digest_in_the_table(made: Made, tmp_path: Path) -> None:
    made.files.minimal(environments__prod=prod(f"dynamodbTable: locks, kmsKeyId: {ALIAS_ARN}"))
    assert synthesize(made.files.root, tmp_path / "out").written is not None
    stack = Stack(tmp_path / "out" / "stacks" / "prod", made.tool, made.emulator.environment())
    stack.init()
    stack.run("apply", "-input=false", "-no-color", "-auto-approve", f"-target={GROUP}")
    key = "auroraform/prod/terraform.tfstate"
    head = made.states.s3.head_object(Bucket="acme-state", Key=key)
    assert (head["ServerSideEncryption"], head["SSEKMSKeyId"]) == ("aws:kms", ALIAS_ARN)
    assert f"acme-state/{key}" in made.states.digests()


def test_nothing_of_it_is_destroyed(made: Made) -> None:
    with pytest.raises(TerraformError) as error:
        made.stack().destroy()
    output = " ".join(error.value.output.split())
    for address in ("aws_s3_bucket.state", "aws_kms_key.state", "aws_dynamodb_table.lock"):
        assert f"Resource {address} has lifecycle.prevent_destroy set" in output


def test_what_an_environment_no_longer_wants_is_forgotten_and_not_destroyed(made: Made, tmp_path: Path) -> None:
    files = Files(tmp_path / "workspace")
    files.minimal(environments__prod=prod(f"useLockfile: true, kmsKeyId: {OTHER_KEY}"))
    synthesize_bootstrap(files.root, tmp_path / "out")
    stack = Stack(tmp_path / "out" / "bootstrap" / "acme-state", made.tool, made.emulator.environment())
    stack.init()
    actions = stack.show(stack.plan()).actions()
    assert {address: actions[address] for address in actions if "forget" in actions[address]} == {
        "aws_dynamodb_table.lock": ("forget",),
        "aws_kms_alias.state": ("forget",),
        "aws_kms_key.state": ("forget",),
    }
    assert not [address for address, action in actions.items() if "delete" in action]


STATES: Final = {
    "table": "dynamodbTable: locks",
    "lock file": "useLockfile: true",
    "both": "dynamodbTable: locks, useLockfile: true",
    "key by ARN": f"dynamodbTable: locks, kmsKeyId: {OTHER_KEY}",
    "key by alias": "dynamodbTable: locks, kmsKeyId: alias/acme",
    "role": "dynamodbTable: locks, assumeRole: {roleArn: 'arn:aws:iam::999900001111:role/state', externalId: acme}",
}


def test_every_shape_of_state_is_valid(tmp_path: Path, terraform: Tool) -> None:
    folders = []
    for number, state in enumerate(STATES.values()):
        files = Files(tmp_path / f"workspace-{number}")
        files.minimal(environments__prod=prod(state))
        output = tmp_path / f"out-{number}"
        assert synthesize_bootstrap(files.root, output).problems == ()
        folders.append(output / "bootstrap" / "acme-state")
    results = validate_many(folders, tmp_path / "work", terraform)
    assert {str(f): [str(d) for d in v.diagnostics] for f, v in results.items()} == {str(f): [] for f in folders}
