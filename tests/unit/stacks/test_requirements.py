"""The oldest Terraform that understands a stack: that of its state, or of the newest thing in any of its clusters."""

import pytest

from auroraform.schemas.environment import EnvironmentSpec, LocalState, S3State
from auroraform.stacks.requirements import REMOVED_SINCE, required_version
from support.workspaces import Files, environment, lines, manifest

LOCAL = LocalState(backend="local")
TABLE = S3State(backend="s3", bucket="acme-state", dynamodb_table="locks")
LOCKFILE = S3State(backend="s3", bucket="acme-state", dynamodb_table="locks", use_lockfile=True)


def where(state: S3State | LocalState) -> EnvironmentSpec:
    return EnvironmentSpec(class_="staging", region="eu-west-1", account_id="111122223333", state=state)


@pytest.mark.parametrize(("state", "version"), [(TABLE, ">= 1.6.0"), (LOCKFILE, ">= 1.10.0"), (LOCAL, ">= 1.6.0")])
def test_a_state_asks_for_what_knows_its_arguments(state: S3State | LocalState, version: str) -> None:
    assert required_version(where(state)) == version


def test_versions_are_compared_as_numbers() -> None:
    assert required_version(where(TABLE), others=[REMOVED_SINCE]) == ">= 1.10.0"


def test_one_cluster_whose_password_is_brought_asks_for_write_only_arguments_for_its_stack(files: Files) -> None:
    outcome = files.outcome(
        manifests__billing=manifest("passwordFrom: {ssmParameter: /billing}", name="billing", metadata="env: prod"),
        environments__dev=environment("dev", "development"),
        environments__prod=environment(),
    )
    assert lines(outcome.problems) == []
    assert {stack.name: stack.required_version for stack in outcome.stacks} == {"dev": ">= 1.6.0", "prod": ">= 1.11.0"}
