"""The Terraform addresses of what a stack has once, beside its clusters, each with what made it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from auroraform.schemas.resolved.shared import SHARED
from auroraform.stacks.backup import BACKUP_KEY, RESTORE_KEY
from auroraform.stacks.explanation.origins import Origin, alarm_origins, backup_origins, environment_row
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Setting

Made = Iterator[tuple[str, list[Row]]]
"""Keys, which tell addresses of one type apart, each with the rows that made the resource."""


@dataclass(frozen=True, slots=True)
class SharedPart:
    """One type of resource.

    Attributes:
        type: the beginning of the address.
        reason: what there is one for.
        made: the keys of a stack's resources of this type.
    """

    type: str
    reason: str
    made: Callable[[Setting], Made]


def shared_addresses(where: Setting) -> Iterator[tuple[str, str, list[Row]]]:
    """Address, reason and rows of everything that a stack has once, and of what is looked up for it."""
    for part in SHARED_PARTS:
        for key, rows in part.made(where):
            label = "_".join(filter(None, (SHARED, key)))
            yield f"{part.type}.{label}", part.reason, rows
    for lookup in where.stack.lookups:
        data = f"data.{lookup.type}.{lookup.label}"
        for origins, reason in _LOOKED_UP:
            rows = [row for o in origins(where) if o.reads(data) for row in (o.row, o.entry) if row is not None]
            if rows:
                yield data, reason, rows


def _topics(where: Setting) -> Made:
    topics = where.stack.shared.topics
    for topic in topics.topics if topics else ():
        yield topic.severity, [_asked(where)]


def _subscriptions(where: Setting) -> Made:
    topics = where.stack.shared.topics
    for one in topics.subscriptions if topics else ():
        row = environment_row(where, "alarms", "topics", "subscriptions", one.name, "protocol")
        yield f"{one.severity}-{one.name}", [row]


def _topics_key(where: Setting) -> Made:
    topics = where.stack.shared.topics
    if topics is not None and topics.kms_key is not None:
        yield "topics", [_asked(where)]


def _asked(where: Setting) -> Row:
    """The words that ask for topics, without those that say who listens: an endpoint may be a secret."""
    row = environment_row(where, "alarms", "topics")
    assert isinstance(row.value, dict)  # noqa: S101 - what the model takes
    return replace(row, value={name: value for name, value in row.value.items() if name != "subscriptions"})


def _plan(where: Setting) -> Made:
    if where.stack.shared.backup is not None:
        yield "", [environment_row(where, "backup", "rules")]


def _backup_role(where: Setting) -> Made:
    for _, rows in _plan(where):
        yield BACKUP_KEY, rows


def _vault(where: Setting) -> Made:
    plan = where.stack.shared.backup
    if plan is not None and plan.vault is not None:
        yield "", [_of_vault(where)]


def _vault_key(where: Setting) -> Made:
    plan = where.stack.shared.backup
    if plan is not None and plan.vault is not None and plan.vault.kms_key is not None:
        yield BACKUP_KEY, [_of_vault(where)]


def _of_vault(where: Setting) -> Row:
    """What asks for the vault: what describes it, else the plan."""
    return environment_row(where, "backup", *(("vault",) if where.in_environment("backup", "vault") else ()))


def _lock(where: Setting) -> Made:
    plan = where.stack.shared.backup
    if plan is not None and plan.vault is not None and plan.vault.lock is not None:
        yield "", [environment_row(where, "backup", "vault", "lock")]


def _restore_testing(where: Setting) -> Made:
    plan = where.stack.shared.backup
    if plan is not None and plan.restore_testing is not None:
        yield "", [environment_row(where, "backup", "restoreTesting")]


def _restore_role(where: Setting) -> Made:
    for _, rows in _restore_testing(where):
        yield RESTORE_KEY, rows


def _budget(where: Setting) -> Made:
    if where.stack.shared.budget is not None:
        yield "", [environment_row(where, "budget", "limitAmount")]


_LOOKED_UP: Final[tuple[tuple[Callable[[Setting], Iterator[Origin]], str], ...]] = (
    (alarm_origins, "looked up for the alarms of the environment"),
    (backup_origins, "looked up for the backup plan of the environment"),
)
_BACKUP: Final = "lets AWS Backup save clusters, for backup of the environment"
_RESTORE: Final = "lets AWS Backup restore what it tests, for backup.restoreTesting of the environment"
_VAULT_KEY: Final = "encrypts what is copied into the vault, as backup.vault.kmsKeyId is not set"
_KEY: Final = "encrypts the topics, as alarms.topics.kmsKeyId is not set"

SHARED_PARTS: Final = (
    SharedPart("aws_sns_topic", "one for each severity, for alarms.topics of the environment", _topics),
    SharedPart("aws_sns_topic_subscription", "one for each of alarms.topics.subscriptions", _subscriptions),
    SharedPart("aws_kms_key", _KEY, _topics_key),
    SharedPart("aws_kms_alias", _KEY, _topics_key),
    SharedPart("aws_backup_plan", "for backup of the environment", _plan),
    SharedPart("aws_backup_vault", "for backup of the environment, as its vaultName is not set", _vault),
    SharedPart("aws_backup_vault_lock_configuration", "for backup.vault.lock of the environment", _lock),
    SharedPart("aws_kms_key", _VAULT_KEY, _vault_key),
    SharedPart("aws_kms_alias", _VAULT_KEY, _vault_key),
    SharedPart("aws_iam_role", _BACKUP, _backup_role),
    SharedPart("aws_iam_role_policy_attachment", _BACKUP, _backup_role),
    SharedPart("aws_backup_restore_testing_plan", "for backup.restoreTesting of the environment", _restore_testing),
    SharedPart("aws_iam_role", _RESTORE, _restore_role),
    SharedPart("aws_iam_role_policy_attachment", _RESTORE, _restore_role),
    SharedPart("aws_budgets_budget", "for budget of the environment", _budget),
)
