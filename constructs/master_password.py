"""A master password that somebody else keeps: read while Terraform runs, and written down nowhere."""

from auroraform.constructs.bindings import Construct, TerraformElement
from auroraform.schemas.resolved.credentials import MasterPassword


class ClusterMasterPassword(TerraformElement):
    """`ephemeral.aws_secretsmanager_secret_version.<label>` or `ephemeral.aws_ssm_parameter.<label>`.

    CDKTF knows no ephemeral resources.

    Attributes:
        value: the password, for a write-only argument; Terraform takes it nowhere else.
    """

    def __init__(self, scope: Construct, id_: str, *, label: str, password: MasterPassword) -> None:
        super().__init__(scope, id_)
        type_, kept, arguments = _source(password)
        self._blocks = {type_: {label: arguments}}
        text = f"ephemeral.{type_}.{label}.{kept}"
        key = password.json_key
        self.value: str = f"${{{text}}}" if key is None else f'${{jsondecode({text})["{key}"]}}'

    def to_terraform(self) -> dict[str, object]:
        """The block, as CDKTF merges it into the stack."""
        return {"ephemeral": self._blocks}


def _source(password: MasterPassword) -> tuple[str, str, dict[str, str | None]]:
    """The type of the ephemeral resource, its attribute that has the text, and its arguments."""
    if password.secret_arn is not None:
        return "aws_secretsmanager_secret_version", "secret_string", {"secret_id": password.secret_arn}
    return "aws_ssm_parameter", "value", {"arn": password.ssm_parameter_arn}
