"""The backup plan of an environment.

Sources: AWS Backup Developer Guide, "Feature availability by resource" (cold storage), "AWS Backup Vault Lock", "Backup
and tag copy", "Continuous backups and point-in-time recovery", "Creating backup copies across AWS accounts"; AWS Backup
API reference, CopyAction, Lifecycle and PutBackupVaultLockConfiguration. Whether Aurora takes a copy to another Region
and another account in one step, these pages answered with no until 2025, and those for China still do.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from auroraform.schemas.backup import Backup
from auroraform.schemas.coherence.finding import Finding
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.references import Reference, Value
from auroraform.schemas.regions import partition_of

LONGEST_CONTINUOUS: Final = 35
_HOUR: Final = 60
START_WINDOW: Final = 60
"""Minutes until a backup that has not begun is given up, where nobody says: AWS's shortest."""
COMPLETION_WINDOW: Final = 24 * 60
"""Minutes until a backup that is not done is given up: until the next one of a plan that runs once a day."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where an environment is."""

    region: str
    account: str


@dataclass(frozen=True, slots=True)
class VaultPlace:
    """Where a vault is that backups are copied to.

    Attributes:
        path: where that is said, below the plan.
    """

    path: tuple[str | int, ...]
    arn: str
    partition: str
    region: str
    account: str


def elsewhere(backup: Backup) -> Iterator[VaultPlace]:
    """The vaults that backups are copied to, but for those that are known to Terraform only."""
    for name, rule in backup.rules.items():
        for index, copy in enumerate(rule.copies):
            value = copy.vault_arn
            if isinstance(value, Reference):
                continue
            text = value.value if isinstance(value, Value) else value
            parts = text.split(":")
            # Whatever is no ARN is a fault of its own.
            if len(parts) > len(("arn", "partition", "backup", "region", "account")):
                path = ("rules", name, "copies", index, "vaultArn")
                yield VaultPlace(path, text, parts[1], parts[3], parts[4])


def vault(backup: Backup, _: Home) -> Iterator[Finding]:
    if backup.vault_name is not None and backup.vault is not None:
        yield Finding(
            Code.CONFLICT,
            ("vault",),
            "an existing vault is used as it is; this says how one is made",
            "keep vaultName or vault",
        )


def lock(backup: Backup, _: Home) -> Iterator[Finding]:
    lock = backup.vault.lock if backup.vault is not None else None
    if lock is None:
        return
    shortest, longest = lock.min_retention_days, lock.max_retention_days
    if longest is not None and longest < shortest:
        yield Finding(
            Code.CONFLICT,
            ("vault", "lock", "maxRetentionDays"),
            f"is less than minRetentionDays, which is {shortest}",
            f"write {shortest} or more",
        )
        return
    for name, rule in backup.rules.items():
        if rule.retention_days < shortest or (longest is not None and rule.retention_days > longest):
            bounds = f"from {shortest} to {longest}" if longest is not None else f"of {shortest} or more"
            yield Finding(
                Code.CONFLICT,
                ("rules", name, "retentionDays"),
                f"{rule.retention_days} days are not what the lock of the vault lets in, so that every backup would "
                "fail",
                f"write a number {bounds}, or change vault.lock",
            )


def for_ever(backup: Backup, _: Home) -> Iterator[Finding]:
    lock = backup.vault.lock if backup.vault is not None else None
    if lock is not None and lock.compliance is not None:
        days = lock.compliance.changeable_for_days
        yield Finding(
            Code.MAY_HURT,
            ("vault", "lock", "compliance"),
            f"{days} days after the apply nobody, not AWS either, can remove the lock, delete a backup before its "
            "time or delete the vault, and every backup is paid for until then",
            "delete it for governance mode, if that will do",
            Severity.WARNING,
        )


def windows(backup: Backup, _: Home) -> Iterator[Finding]:
    for name, rule in backup.rules.items():
        start = rule.start_window_minutes or START_WINDOW
        if (rule.completion_window_minutes or COMPLETION_WINDOW) < start + _HOUR:
            yield Finding(
                Code.MAY_BE_REFUSED,
                ("rules", name, "completionWindowMinutes" if rule.completion_window_minutes else "startWindowMinutes"),
                "leaves a backup less than an hour after the last moment at which it may begin",
                f"write completionWindowMinutes: {start + _HOUR} or more",
                Severity.WARNING,
            )


def cold_storage(backup: Backup, _: Home) -> Iterator[Finding]:
    for name, rule in backup.rules.items():
        if rule.cold_storage_after_days is not None:
            yield Finding(
                Code.NOT_SUPPORTED,
                ("rules", name, "coldStorageAfterDays"),
                "AWS Backup keeps no backup of Aurora in cold storage, and ignores it",
                "delete it; for cheap storage of old data, export a snapshot to S3 (backups.exports of a cluster)",
            )


def continuous(backup: Backup, _: Home) -> Iterator[Finding]:
    rules = {name: rule for name, rule in backup.rules.items() if rule.continuous}
    for name, rule in rules.items():
        if rule.retention_days > LONGEST_CONTINUOUS:
            yield Finding(
                Code.BAD_VALUE,
                ("rules", name, "retentionDays"),
                f"a continuous backup is kept for {LONGEST_CONTINUOUS} days at most",
                "write 35 or less, and add a rule without continuous for what is kept longer",
            )
    for name in [*rules][1:]:
        yield Finding(
            Code.CONFLICT,
            ("rules", name, "continuous"),
            f"a cluster has one continuous backup, and the rule {next(iter(rules))} takes it",
            "delete it",
        )


def copies(backup: Backup, home: Home) -> Iterator[Finding]:
    seen: set[tuple[str | int, str]] = set()
    for place in elsewhere(backup):
        if (place.path[1], place.arn) in seen:
            yield Finding(
                Code.CONFLICT, place.path, "is a vault that the rule copies to already", "name each vault once"
            )
        seen.add((place.path[1], place.arn))
        partition = partition_of(home.region)
        if place.partition != partition or partition_of(place.region) != partition:
            yield Finding(
                Code.NOT_SUPPORTED,
                place.path,
                f"is not in the partition {partition}, and AWS copies nothing between partitions",
                f"name a vault in {partition}",
            )
        elif (place.region, place.account) == (home.region, home.account):
            yield Finding(
                Code.MAY_HURT,
                place.path,
                "is in the account and the Region of the backup itself, and is lost with them",
                "name a vault in another Region or account",
                Severity.WARNING,
            )
        elif place.region != home.region and place.account != home.account:
            yield Finding(
                Code.MAY_BE_REFUSED,
                place.path,
                "is in another Region and another account: not everywhere does AWS Backup take a backup of Aurora "
                "both ways at once",
                "copy to another Region or to another account; let a plan there copy on to the third place",
                Severity.WARNING,
            )


BackupCheck = Callable[[Backup, Home], Iterator[Finding]]

BACKUP_RULES: Final[tuple[BackupCheck, ...]] = (
    vault,
    lock,
    for_ever,
    windows,
    cold_storage,
    continuous,
    copies,
)


def backup_findings(backup: Backup, home: Home) -> Iterator[Finding]:
    """Everything that is wrong between the fields of a plan; paths are below it."""
    for rule in BACKUP_RULES:
        yield from rule(backup, home)
