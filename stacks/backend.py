"""Where a stack keeps its state, as Terraform's `backend` block."""

from auroraform.schemas.environment import AssumeRole, CloudState, EnvironmentSpec, LocalState, S3State

Block = dict[str, object]


def state_key(stack: str, state: S3State) -> str:
    """The object that holds a stack's state. Names of stacks are unique in a workspace, and so are keys."""
    return f"{state.key_prefix}/{stack}/terraform.tfstate"


def backend(stack: str, environment: EnvironmentSpec) -> tuple[str, Block]:
    """The backend's type (`s3`, `cloud` or `local`) and arguments.

    Arguments of a backend are plain text to Terraform: nothing in them is evaluated or escaped.
    """
    state = environment.state
    if isinstance(state, LocalState):
        return "local", {"path": "terraform.tfstate"}
    if isinstance(state, CloudState):
        workspaces: Block = {"tags": list(state.tags)} if state.tags else {"name": workspace(stack, state)}
        if state.project is not None:
            workspaces["project"] = state.project
        return "cloud", {"hostname": state.hostname, "organization": state.organization, "workspaces": workspaces}
    block = _s3(stack, state, environment)
    if state.kms_key_id is not None:
        block["kms_key_id"] = state.kms_key_id
    if state.dynamodb_table is not None:
        block["dynamodb_table"] = state.dynamodb_table
    if state.use_lockfile:
        block["use_lockfile"] = True
    return "s3", {**block, "encrypt": True}


def remote_state(stack: str, environment: EnvironmentSpec) -> Block | None:
    """The arguments of a `terraform_remote_state` that reads a stack's outputs.

    None where the state cannot be told from here: workspaces of HCP Terraform that tags choose.
    """
    state = environment.state
    if isinstance(state, LocalState):
        return {"backend": "local", "config": {"path": f"../{stack}/terraform.tfstate"}}
    if isinstance(state, CloudState):
        if state.tags:
            return None
        config: Block = {
            "hostname": state.hostname,
            "organization": state.organization,
            "workspaces": {"name": workspace(stack, state)},
        }
        return {"backend": "remote", "config": config}
    return {"backend": "s3", "config": _s3(stack, state, environment)}


def location(stack: str, environment: EnvironmentSpec) -> str | None:
    """Where the state of a stack is, in words; None where `terraform init` asks."""
    state = environment.state
    if isinstance(state, LocalState):
        return f"{stack}/terraform.tfstate beside the stack"
    if isinstance(state, CloudState):
        if state.tags:
            return None
        return f"{state.hostname}/{state.organization}/{workspace(stack, state)}"
    return f"s3://{state.bucket}/{state_key(stack, state)}"


def workspace(stack: str, state: CloudState) -> str:
    """The workspace of HCP Terraform for a stack."""
    return (state.workspace or "{stack}").replace("{stack}", stack)


def _s3(stack: str, state: S3State, environment: EnvironmentSpec) -> Block:
    """What it takes to read a state in S3."""
    block: Block = {
        "bucket": state.bucket,
        "key": state_key(stack, state),
        "region": state.region or environment.region,
    }
    if state.assume_role is not None:
        block["assume_role"] = role(state.assume_role)
    return block


def role(assume_role: AssumeRole) -> Block:
    """The arguments of an `assume_role` block, the same in a backend and in a provider."""
    block: Block = {"role_arn": assume_role.role_arn, "session_name": assume_role.session_name}
    if assume_role.external_id is not None:
        block["external_id"] = assume_role.external_id
    return block
