"""The master user and its password."""

from auroraform.schemas.regions import partition_of
from auroraform.schemas.resolved.credentials import MasterPassword, SecretRotation
from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.stacks.parts.context import Context


def is_managed(spec: AwsRdsClusterSpec) -> bool:
    """Whether RDS makes the password: not where somebody brings one, nor where it comes from the source of a replica.

    Amazon Aurora User Guide, "Limitations for Secrets Manager integration": not for replicas in other Regions.
    """
    return spec.password_from is None and spec.replication_source_identifier is None


def master_password(context: Context) -> MasterPassword | None:
    """The password that somebody else keeps; None where RDS manages it, or where there is none to set."""
    written = context.spec.password_from
    if written is None:
        return None
    return MasterPassword(
        secret_arn=context.values.one("passwordFrom", "secretArn"),
        ssm_parameter_arn=_parameter_arn(context),
        json_key=written.json_key,
        version=written.version or 1,
    )


def rotation(context: Context) -> SecretRotation | None:
    """When the password is renewed; None where it is left to RDS."""
    secret = context.spec.master_user_secret
    written = secret.rotation if secret else None
    if written is None:
        return None
    return SecretRotation(
        automatically_after_days=written.automatically_after_days,
        schedule_expression=written.schedule_expression,
        duration=written.duration,
        # Terraform's own default would end the work of clients at an apply that is about something else.
        rotate_immediately=written.rotate_immediately is True,
    )


def _parameter_arn(context: Context) -> str | None:
    """Terraform reads a parameter by its ARN only; people know it by its name."""
    named = context.values.one("passwordFrom", "ssmParameter")
    if named is None or isinstance(named, Expression) or named.startswith("arn:"):
        return named
    region, account = context.where.region, context.where.account_id
    return f"arn:{partition_of(region)}:ssm:{region}:{account}:parameter/{named.removeprefix('/')}"
