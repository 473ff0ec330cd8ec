"""The backup plan of a stack, from what its environment says."""

from collections.abc import Iterator
from typing import Final

from auroraform.constructs.key_policy import BACKUP, RDS, key_policy
from auroraform.schemas.backup import Backup, BackupRule
from auroraform.schemas.coherence.backup import COMPLETION_WINDOW, START_WINDOW, Home, backup_findings
from auroraform.schemas.environment import EnvironmentSpec
from auroraform.schemas.problems import Problem
from auroraform.schemas.referable import BACKUP as REFERABLE
from auroraform.schemas.referable import Path, texts
from auroraform.schemas.regions import partition_of
from auroraform.schemas.resolved import backup as resolved
from auroraform.schemas.resolved.encryption import KmsKey
from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.shared import SHARED
from auroraform.schemas.shape import place_of, show
from auroraform.stacks.parts.context import at_most
from auroraform.stacks.references import References
from auroraform.stacks.values import reference_fault
from auroraform.stacks.workspace import WrittenEnvironment

BACKUP_KEY: Final = "backup"
RESTORE_KEY: Final = "restore"
"""Keys in Terraform addresses: of what takes backups, and of what restores them."""
PLAN: Final = Expression(f"aws_backup_plan.{SHARED}.id")
RESTORE_TESTING_PLAN: Final = Expression(f"aws_backup_restore_testing_plan.{SHARED}.name")

LONGEST_NAME: Final = 50
LONGEST_ROLE_NAME: Final = 64
_UTC: Final = "Etc/UTC"
_START_HOURS: Final = 24
_SELECTION_DAYS: Final = 30
_DELETION_WINDOW: Final = 30
"""Days until a key that is deleted is gone, AWS's longest: copies in the vault end with it."""
_ALGORITHMS: Final = {"latest": "LATEST_WITHIN_WINDOW", "random": "RANDOM_WITHIN_WINDOW"}


def role() -> Expression:
    """The ARN of the role that takes backups."""
    return Expression(f"aws_iam_role.{SHARED}_{BACKUP_KEY}.arn")


def restore_role() -> Expression:
    """The ARN of the role that restores them."""
    return Expression(f"aws_iam_role.{SHARED}_{RESTORE_KEY}.arn")


def vault_name(stack: str) -> str:
    """The name of the vault that is made: that of a stack is unique in its account and Region."""
    return at_most(LONGEST_NAME, f"{stack}-aurora")


def backup_problems(environment: WrittenEnvironment, references: References) -> Iterator[Problem]:
    """What is wrong with the plan of an environment, and with what it refers to."""
    where = environment.model.spec
    if where.backup is None:
        return
    found = [*backup_findings(where.backup, Home(where.region, where.account_id))]
    for path, value, referable in texts(where.backup, REFERABLE):
        fault = reference_fault(referable, path, references.resolve(value, referable), references.region)
        found += [fault] if fault is not None else []
    for finding in found:
        at = ("spec", "backup", *finding.path)
        place = place_of(environment.document, at)
        yield Problem(finding.code, place, finding.message, show(at), finding.help, finding.severity)


def backup_plan(stack: str, where: EnvironmentSpec, references: References) -> resolved.BackupPlan | None:
    """The plan of a stack; None where the environment has none."""
    backup = where.backup
    if backup is None:
        return None
    arns = _resolved(backup, references)
    vault = _vault(stack, where, backup, arns) if backup.vault_name is None else None
    return resolved.BackupPlan(
        name=at_most(LONGEST_NAME, f"{stack}-aurora"),
        vault=vault,
        target_vault_name=backup.vault_name or Expression(f"aws_backup_vault.{SHARED}.name"),
        rules=tuple(_rule(name, rule, arns) for name, rule in sorted(backup.rules.items())),
        role=_role(stack, where, BACKUP_KEY, "AWSBackupServiceRolePolicyForBackup"),
        restore_testing=_testing(stack, where, backup),
    )


def _resolved(backup: Backup, references: References) -> dict[Path, str]:
    """What the referable values of a plan stand for, by their paths; without those that resolve to nothing."""
    found = {path: references.resolve(value, referable) for path, value, referable in texts(backup, REFERABLE)}
    return {path: one[0].value for path, one in found.items() if isinstance(one, tuple) and one}


def _vault(stack: str, where: EnvironmentSpec, backup: Backup, arns: dict[Path, str]) -> resolved.Vault:
    lock = backup.vault.lock if backup.vault is not None else None
    named = arns.get(("vault", "kmsKeyId"))
    is_kept = where.class_ != "development"
    return resolved.Vault(
        name=vault_name(stack),
        kms_key_id=named or Expression(f"aws_kms_key.{SHARED}_{BACKUP_KEY}.arn"),
        kms_key=_key(stack, where) if named is None else None,
        lock=resolved.VaultLock(
            min_retention_days=lock.min_retention_days,
            max_retention_days=lock.max_retention_days,
            changeable_for_days=lock.compliance.changeable_for_days if lock.compliance is not None else None,
        )
        if lock is not None
        else None,
        # In development `terraform destroy` must work at the end of the day. AWS deletes no vault with backups in it.
        force_destroy=not is_kept,
        prevent_destroy=where.class_ == "production",
    )


def _key(stack: str, where: EnvironmentSpec) -> KmsKey:
    return KmsKey(
        alias=f"alias/{vault_name(stack)}-backup",
        description=f"Backups that are copied into the vault of the stack {stack}",
        policy=key_policy(
            region=where.region,
            account_id=where.account_id,
            services=(BACKUP, RDS),
            log_groups=None,
            administrators=(),
            is_protected=where.class_ != "development",
        ),
        enable_key_rotation=True,
        rotation_period_in_days=None,
        multi_region=False,
        deletion_window_in_days=_DELETION_WINDOW,
        prevent_destroy=where.class_ == "production",
    )


def _rule(name: str, rule: BackupRule, arns: dict[Path, str]) -> resolved.Rule:
    return resolved.Rule(
        rule_name=name,
        schedule=rule.schedule,
        schedule_expression_timezone=rule.timezone or _UTC,
        start_window=rule.start_window_minutes or START_WINDOW,
        completion_window=rule.completion_window_minutes or COMPLETION_WINDOW,
        delete_after=rule.retention_days,
        enable_continuous_backup=rule.continuous is True,
        copies=tuple(
            resolved.Copy(
                destination_vault_arn=arns.get(("rules", name, "copies", index, "vaultArn"), ""),
                delete_after=copy.retention_days or rule.retention_days,
            )
            for index, copy in enumerate(rule.copies)
        ),
    )


def _role(stack: str, where: EnvironmentSpec, key: str, policy: str) -> resolved.BackupRole:
    return resolved.BackupRole(
        # Roles belong to no Region, but stacks are unique in one only.
        name=at_most(LONGEST_ROLE_NAME, f"{stack}-{where.region}-{key}"),
        path=where.iam.path,
        permissions_boundary=where.iam.permissions_boundary,
        policy_arn=f"arn:{partition_of(where.region)}:iam::aws:policy/service-role/{policy}",
    )


def _testing(stack: str, where: EnvironmentSpec, backup: Backup) -> resolved.RestoreTesting | None:
    testing = backup.restore_testing
    if testing is None:
        return None
    existing = f"arn:{partition_of(where.region)}:backup:{where.region}:{where.account_id}:backup-vault:"
    is_continuous = any(rule.continuous for rule in backup.rules.values())
    return resolved.RestoreTesting(
        # AWS takes no hyphens here, and names of stacks have no underscores.
        name=at_most(LONGEST_NAME, f"{stack}-aurora").replace("-", "_"),
        schedule_expression=testing.schedule,
        schedule_expression_timezone=testing.timezone or _UTC,
        start_window_hours=testing.start_window_hours or _START_HOURS,
        algorithm=_ALGORITHMS[testing.selection or "latest"],
        selection_window_days=testing.selection_window_days or _SELECTION_DAYS,
        recovery_point_types=("CONTINUOUS", "SNAPSHOT") if is_continuous else ("SNAPSHOT",),
        vault_arn=existing + backup.vault_name
        if backup.vault_name is not None
        else Expression(f"aws_backup_vault.{SHARED}.arn"),
        role=_role(stack, where, RESTORE_KEY, "AWSBackupServiceRolePolicyForRestores"),
    )
