"""The backup plan of a stack."""

from dataclasses import dataclass

from auroraform.schemas.resolved.encryption import KmsKey


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultLock:
    """Protection of what is in a vault; for ever where `changeable_for_days` is given."""

    min_retention_days: int
    max_retention_days: int | None
    changeable_for_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """A vault to make.

    Attributes:
        kms_key: a key to make, to which `kms_key_id` refers; None for one that exists.
        force_destroy: the backups in it are deleted with it.
        prevent_destroy: Terraform refuses to delete it.
    """

    name: str
    kms_key_id: str
    kms_key: KmsKey | None
    lock: VaultLock | None
    force_destroy: bool
    prevent_destroy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy of each backup in another vault."""

    destination_vault_arn: str
    delete_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When backups are taken, and how long they are kept."""

    rule_name: str
    schedule: str
    schedule_expression_timezone: str
    start_window: int
    completion_window: int
    delete_after: int
    enable_continuous_backup: bool
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRole:
    """A role that AWS Backup takes, with one of AWS's own policies for it."""

    name: str
    path: str | None
    permissions_boundary: str | None
    policy_arn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreTesting:
    """Restores that prove backups."""

    name: str
    schedule_expression: str
    schedule_expression_timezone: str
    start_window_hours: int
    algorithm: str
    selection_window_days: int
    recovery_point_types: tuple[str, ...]
    vault_arn: str
    role: BackupRole


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupPlan:
    """The plan, and what it needs.

    Attributes:
        vault: the vault to make; None for one that exists.
        target_vault_name: the vault that backups are put into.
        role: the role that takes them.
    """

    name: str
    vault: Vault | None
    target_vault_name: str
    rules: tuple[Rule, ...]
    role: BackupRole
    restore_testing: RestoreTesting | None
