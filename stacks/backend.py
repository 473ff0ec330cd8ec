"""Where a stack keeps its state, as Terraform's `backend` block."""

from typing import Final

from auroraform.schemas.environment import AssumeRole, EnvironmentSpec, LocalState, S3State

Block = dict[str, object]

_S3_ROLE_SINCE: Final = "1.6.0"
_LOCKFILE_SINCE: Final = "1.10.0"


def state_key(stack: str, state: S3State) -> str:
    """The object that holds a stack's state. Names of stacks are unique in a workspace, and so are keys."""
    return f"{state.key_prefix}/{stack}/terraform.tfstate"


def backend(stack: str, environment: EnvironmentSpec) -> tuple[str, Block]:
    """The backend's type and arguments.

    Arguments of a backend are plain text to Terraform: nothing in them is evaluated or escaped.
    """
    state = environment.state
    if isinstance(state, LocalState):
        return "local", {"path": "terraform.tfstate"}
    block: Block = {
        "bucket": state.bucket,
        "key": state_key(stack, state),
        "region": state.region or environment.region,
        "encrypt": True,
    }
    if state.kms_key_id is not None:
        block["kms_key_id"] = state.kms_key_id
    if state.dynamodb_table is not None:
        block["dynamodb_table"] = state.dynamodb_table
    if state.use_lockfile:
        block["use_lockfile"] = True
    if state.assume_role is not None:
        block["assume_role"] = role(state.assume_role)
    return "s3", block


def role(assume_role: AssumeRole) -> Block:
    """The arguments of an `assume_role` block, the same in a backend and in a provider."""
    block: Block = {"role_arn": assume_role.role_arn, "session_name": assume_role.session_name}
    if assume_role.external_id is not None:
        block["external_id"] = assume_role.external_id
    return block


def required_version(environment: EnvironmentSpec) -> str:
    """The oldest Terraform or OpenTofu that understands what is written."""
    state = environment.state
    uses_lockfile = isinstance(state, S3State) and state.use_lockfile
    return f">= {_LOCKFILE_SINCE if uses_lockfile else _S3_ROLE_SINCE}"
