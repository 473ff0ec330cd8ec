"""Every kind of state, initialized by the real tool."""

from contextlib import closing
from pathlib import Path
from typing import Final

import boto3
import pytest

from auroraform.sandbox.emulator.process import Emulator
from auroraform.stacks.synth import synthesize
from support.terraform import Stack, TerraformError
from support.terraform_discovery import Tool
from support.workspaces import Files, environment

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("emulator")]

S3: Final = "state: {backend: s3, bucket: acme-state, dynamodbTable: locks}"
# The tool asks a host for its services before it asks for a token; here it is told them.
HOST: Final = """\
host "app.terraform.io" {
  services = {"tfe.v2" = "http://127.0.0.1:9/", "tfe.v2.1" = "http://127.0.0.1:9/"}
}
"""


def stack(files: Files, state: str, tool: Tool, variables: dict[str, str] | None = None) -> Stack:
    """The stack prod, with this state, as synthesized."""
    root = files.minimal(environments__prod=environment(class_="staging").replace(S3, state))
    output = files.root.parent / "out"
    assert synthesize(root, output).written is not None
    return Stack.copy(output / "stacks" / "prod", files.root.parent / "copy", tool, variables, local_state=False)


def test_local_state_is_initialized(files: Files, terraform: Tool) -> None:
    stack(files, "state: {backend: local}", terraform).init()


@pytest.mark.parametrize(
    "state",
    [
        S3,
        "state: {backend: s3, bucket: acme-state, useLockfile: true}",
        "state: {backend: s3, bucket: acme-state, dynamodbTable: locks, useLockfile: true, keyPrefix: a/b, "
        'kmsKeyId: alias/state, assumeRole: {roleArn: "arn:aws:iam::111122223333:role/state", externalId: from-ci}}',
    ],
    ids=["table", "lock file", "everything"],
)
def test_s3_state_is_initialized(state: str, files: Files, emulator: Emulator, terraform: Tool) -> None:
    with closing(boto3.client("s3", **emulator.client_options())) as s3:
        s3.create_bucket(Bucket="acme-state", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    stack(files, state, terraform, emulator.environment()).init()


@pytest.mark.parametrize("workspaces", ["workspace: 'db-{stack}', project: databases", "tags: [aurora]"])
def test_hcp_terraform_asks_for_nothing_but_a_token(
    workspaces: str, files: Files, tmp_path: Path, terraform: Tool
) -> None:
    settings = tmp_path / "settings.tfrc"
    settings.write_text(HOST, encoding="utf-8")
    state = f"state: {{backend: cloud, organization: acme, {workspaces}}}"
    with pytest.raises(TerraformError, match="Required token could not be found"):
        stack(files, state, terraform, {"TF_CLI_CONFIG_FILE": str(settings)}).init()
