"""KMS keys: those that are named, and one that is made."""

from auroraform.constructs.key_policy import RDS, SECRETS_MANAGER, key_policy
from auroraform.schemas.regions import partition_of
from auroraform.schemas.resolved.encryption import KmsKey
from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.spec.encryption import KeyUse
from auroraform.stacks.parts.backups import copying_accounts, restoring_accounts
from auroraform.stacks.parts.context import Context, given
from auroraform.stacks.parts.credentials import is_managed


def kms_key(context: Context) -> KmsKey | None:
    """The key to make; None where none is asked for."""
    written = given(context.spec.kms_key)
    if not written.create:
        return None
    return KmsKey(
        alias=written.alias or f"alias/{context.identifier}",
        description=written.description or f"Data of the Aurora cluster {context.identifier}",
        policy=_policy(context),
        enable_key_rotation=written.enable_key_rotation is not False,
        rotation_period_in_days=written.rotation_period_in_days,
        multi_region=written.multi_region is True,
        deletion_window_in_days=given(written.deletion_window_in_days),
        prevent_destroy=given(given(context.spec.lifecycle).prevent_destroy),
    )


def key_of(context: Context, use: KeyUse, *field: str) -> str | None:
    """The key that encrypts something: the one that its field names, else the one that is made for it, else none.

    Args:
        context: the cluster.
        use: what is encrypted.
        field: where a key for it can be named.
    """
    named = context.values.one(*field)
    if named is not None:
        return named
    return Expression(f"aws_kms_key.{context.written.name}.arn") if _is_made_for(context, use) else None


def _is_made_for(context: Context, use: KeyUse) -> bool:
    written = given(context.spec.kms_key)
    return written.create is True and (written.uses is None or use in written.uses)


def _policy(context: Context) -> str:
    where, written = context.where, given(context.spec.kms_key)
    keeps_secret = is_managed(context.spec) and _is_made_for(context, "masterUserSecret")
    logs = f"arn:{partition_of(where.region)}:logs:{where.region}:{where.account_id}:log-group:"
    return key_policy(
        region=where.region,
        account_id=where.account_id,
        services=(RDS, SECRETS_MANAGER) if keeps_secret else (RDS,),
        # Whether they are encrypted with it or not: a group can be given the key later, and then needs the permission.
        log_groups=f"{logs}/aws/rds/cluster/{context.identifier}/*"
        if context.spec.enabled_cloudwatch_logs_exports
        else None,
        administrators=written.administrators or (),
        is_protected=given(written.deletion_protection),
        copying_accounts=copying_accounts(context) if _is_made_for(context, "volume") else (),
        restoring_accounts=restoring_accounts(context) if _is_made_for(context, "volume") else (),
    )
