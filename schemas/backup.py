"""The backup plan of an environment: what AWS Backup saves, where to, and how it is proved."""

from typing import Annotated, Final, Literal

from auroraform.schemas.expressed import Expressed, whole
from auroraform.schemas.models import Model
from auroraform.schemas.references import TextOrReference
from auroraform.schemas.scalars import Flag, Integer, Text
from auroraform.schemas.spec.autoscaling import CRON, cron
from auroraform.schemas.values import SOME, Name, TimeZone, between, plain

LONGEST_RETENTION: Final = 36_500
"""Days; AWS Backup Developer Guide, API reference, Lifecycle."""

Days = Annotated[Integer, between(1, LONGEST_RETENTION, " days")]
# AWS Backup API reference, BackupRule: an hour at least. At most a week, as long as AWS itself waits for the end.
Minutes = Annotated[Integer, between(60, 10_080, " minutes")]
Hours = Annotated[Integer, between(1, 168, " hours")]

VaultName = Annotated[
    Text,
    plain(r"[A-Za-z0-9_-]{2,50}", "is not the name of a backup vault", "use 2 to 50 letters, digits, hyphens or _"),
]
Cron = Annotated[Text, Expressed(cron, whole(CRON))]


class ComplianceLock(Model):
    """Makes the lock one that nobody can ever remove, not AWS either, once the days are over."""

    changeable_for_days: Annotated[Integer, between(3, LONGEST_RETENTION, " days")]
    """Days in which the lock can still be changed or removed, 3 or more, from the apply on that makes it."""


class VaultLock(Model):
    """AWS Backup Vault Lock: nobody deletes a backup before its time, or shortens that.

    Changing the lock later makes it anew: for a moment there is none.
    """

    min_retention_days: Days
    """Fewest days that a backup in the vault may be kept, 1 to 36500: one that would be kept shorter is not taken."""
    max_retention_days: Days | None = None
    """Most days, 1 to 36500, likewise. If absent: there is no such limit."""
    compliance: ComplianceLock | None = None
    """Compliance mode, which is for ever. If absent: governance mode, in which those whom IAM lets may remove the
    lock."""


class Vault(Model):
    """A vault that is made."""

    kms_key_id: TextOrReference | None = None
    """ARN of a KMS key, in the environment's Region, for what is copied into the vault; snapshots of the clusters here
    stay encrypted with the cluster's own key. If absent: a key is made."""
    lock: VaultLock | None = None
    """Protection of the backups, also against those who may delete them. If absent: none."""


class BackupCopy(Model):
    """A copy of each backup in another vault."""

    vault_arn: TextOrReference
    """ARN of the vault: in another Region, or in another account of the same organization, where the vault's policy
    lets this account copy into it."""
    retention_days: Days | None = None
    """Days until the copy is deleted, 1 to 36500. If absent: as long as the backup itself."""


class BackupRule(Model):
    """When backups are taken, and how long they are kept."""

    schedule: Cron
    """When: `cron(0 3 * * ? *)` (minutes, hours, day of month, month, day of week, year)."""
    timezone: TimeZone | None = None
    """IANA name of the time zone of `schedule`, such as `Europe/Berlin`. If absent: UTC."""
    start_window_minutes: Minutes | None = None
    """Minutes until a backup that has not begun is given up, 60 to 10080. If absent: 60."""
    completion_window_minutes: Minutes | None = None
    """Minutes until a backup that is not done is given up, 60 to 10080. If absent: 1440, a day."""
    retention_days: Days
    """Days until a backup is deleted, 1 to 36500."""
    cold_storage_after_days: Days | None = None
    """Refused: AWS Backup keeps no backup of Aurora in cold storage, and would ignore it. If absent: none is moved."""
    continuous: Flag | None = None
    """Point-in-time recovery by AWS Backup, with `retentionDays` of 1 to 35. AWS Backup then sets
    `backupRetentionPeriod` and `preferredBackupWindow` of the clusters, and Terraform ignores both. If absent: false,
    as Aurora has it by itself."""
    copies: tuple[BackupCopy, ...] = ()
    """Vaults that each backup is copied to. If absent: none."""


class RestoreTesting(Model):
    """Restores that prove backups, and are deleted again: of the volume of each cluster, without an instance."""

    schedule: Cron
    """When: `cron(0 6 ? * SUN *)`."""
    timezone: TimeZone | None = None
    """IANA name of the time zone of `schedule`. If absent: UTC."""
    start_window_hours: Hours | None = None
    """Hours after `schedule` in which a test begins, 1 to 168. If absent: 24."""
    selection: Literal["latest", "random"] | None = None
    """Which backup is tested: the latest, or any of the window. If absent: latest."""
    selection_window_days: Annotated[Integer, between(1, 365, " days")] | None = None
    """Days that a tested backup may be old, 1 to 365. If absent: 30."""
    validation_window_hours: Hours | None = None
    """Hours that a restored cluster is kept for checks of your own, 1 to 168; AWS charges for it. If absent: it is
    deleted at once."""


class Backup(Model):
    """AWS Backup for the clusters here: snapshots by a plan, in a vault, with copies elsewhere."""

    vault_name: VaultName | None = None
    """An existing vault in the environment's Region and account. If absent: one is made, as `vault` says."""
    vault: Vault | None = None
    """The vault that is made. If absent: one with a key of its own and without a lock, unless there is `vaultName`."""
    rules: Annotated[dict[Name, BackupRule], SOME]
    """When backups are taken and how long they are kept, by names of your own."""
    restore_testing: RestoreTesting | None = None
    """Restores that prove backups. If absent: nobody knows before it is needed."""
