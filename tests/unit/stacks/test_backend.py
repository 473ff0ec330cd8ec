"""Each shape of remote state as Terraform's backend block, argument by argument."""

from typing import Any

import pytest

from auroraform.schemas.environment import AssumeRole, CloudState, EnvironmentSpec, LocalState, S3State
from auroraform.stacks.backend import backend, location, remote_state, role, state_key

ROLE = AssumeRole(role_arn="arn:aws:iam::111122223333:role/state")


def s3(**arguments: Any) -> S3State:  # noqa: ANN401 - the fields of the model
    return S3State(backend="s3", bucket="acme-state", **arguments)


def cloud(**arguments: Any) -> CloudState:  # noqa: ANN401 - the fields of the model
    return CloudState(backend="cloud", organization="acme", **arguments)


LOCAL = LocalState(backend="local")


def environment(state: S3State | CloudState | LocalState) -> EnvironmentSpec:
    return EnvironmentSpec(class_="staging", region="eu-west-1", account_id="111122223333", state=state)


@pytest.mark.parametrize(
    ("state", "added"),
    [
        (s3(dynamodb_table="locks"), {"dynamodb_table": "locks"}),
        (s3(use_lockfile=True), {"use_lockfile": True}),
        (s3(dynamodb_table="locks", use_lockfile=True), {"dynamodb_table": "locks", "use_lockfile": True}),
        (s3(region="us-east-1"), {"region": "us-east-1"}),
        (s3(key_prefix="databases/aurora"), {"key": "databases/aurora/prod/terraform.tfstate"}),
        (s3(kms_key_id="alias/state"), {"kms_key_id": "alias/state"}),
        (
            s3(assume_role=ROLE),
            {"assume_role": {"role_arn": "arn:aws:iam::111122223333:role/state", "session_name": "auroraform"}},
        ),
    ],
)
def test_state_in_s3_is_always_encrypted_and_has_one_key_per_stack(state: S3State, added: dict[str, object]) -> None:
    least = {
        "bucket": "acme-state",
        "key": "auroraform/prod/terraform.tfstate",
        "region": "eu-west-1",
        "encrypt": True,
    }
    assert backend("prod", environment(state)) == ("s3", least | added)


def test_local_state_stands_beside_its_stack() -> None:
    assert backend("prod", environment(LOCAL)) == ("local", {"path": "terraform.tfstate"})


@pytest.mark.parametrize(
    ("state", "host", "workspaces"),
    [
        (cloud(), "app.terraform.io", {"name": "prod"}),
        (cloud(workspace="db-{stack}"), "app.terraform.io", {"name": "db-prod"}),
        (cloud(tags=("db", "aurora")), "app.terraform.io", {"tags": ["db", "aurora"]}),
        (cloud(hostname="tfe.acme.com", project="data"), "tfe.acme.com", {"name": "prod", "project": "data"}),
    ],
)
def test_state_in_hcp_terraform_has_one_workspace_per_stack(
    state: CloudState, host: str, workspaces: dict[str, object]
) -> None:
    block = {"hostname": host, "organization": "acme", "workspaces": workspaces}
    assert backend("prod", environment(state)) == ("cloud", block)


@pytest.mark.parametrize(
    ("state", "read", "place"),
    [
        (
            LOCAL,
            {"backend": "local", "config": {"path": "../prod/terraform.tfstate"}},
            "prod/terraform.tfstate beside the stack",
        ),
        (
            s3(dynamodb_table="locks", kms_key_id="alias/state"),
            {
                "backend": "s3",
                "config": {"bucket": "acme-state", "key": "auroraform/prod/terraform.tfstate", "region": "eu-west-1"},
            },
            "s3://acme-state/auroraform/prod/terraform.tfstate",
        ),
        (
            cloud(workspace="db-{stack}"),
            {
                "backend": "remote",
                "config": {
                    "hostname": "app.terraform.io",
                    "organization": "acme",
                    "workspaces": {"name": "db-prod"},
                },
            },
            "app.terraform.io/acme/db-prod",
        ),
        (cloud(tags=("db",)), None, None),
    ],
)
def test_other_stacks_read_the_state_where_this_one_keeps_it(
    state: S3State | CloudState | LocalState, read: object, place: str | None
) -> None:
    assert remote_state("prod", environment(state)) == read
    assert location("prod", environment(state)) == place


def test_a_role_has_an_external_id_only_where_one_is_given() -> None:
    full = AssumeRole(role_arn=ROLE.role_arn, session_name="ci", external_id="x:1")
    assert role(full) == {"role_arn": ROLE.role_arn, "session_name": "ci", "external_id": "x:1"}
    assert role(ROLE) == {"role_arn": ROLE.role_arn, "session_name": "auroraform"}


def test_two_stacks_never_share_a_key() -> None:
    assert state_key("prod", s3()) != state_key("staging", s3())
