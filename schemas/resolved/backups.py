"""Backups of a cluster beside the automated ones."""

from dataclasses import dataclass

from auroraform.schemas.resolved.roles import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupSelection:
    """What makes AWS Backup save a cluster.

    Attributes:
        name: the name of the selection, unique in the plan.
        plan_id: the plan.
        role_arn: the role by which AWS Backup does it.
    """

    name: str
    plan_id: str
    role_arn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreTest:
    """What makes AWS Backup prove the backups of a cluster.

    Attributes:
        name: the name of the selection, unique in the plan.
        plan_name: the plan.
        role_arn: the role by which AWS Backup does it.
        validation_window_hours: how long a restored cluster is kept; None for AWS's own choice.
        db_subnet_group_name: where it is restored to; None for the group that is made for the cluster.
    """

    name: str
    plan_name: str
    role_arn: str
    validation_window_hours: int | None
    db_subnet_group_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A snapshot to take.

    Attributes:
        key: tells it from the other snapshots of the cluster in its Terraform address.
        create_timeout: how long Terraform waits for it.
    """

    key: str
    identifier: str
    shared_accounts: tuple[str, ...]
    create_timeout: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRole:
    """A role to make, by which RDS writes the files of an export."""

    name: str
    path: str | None
    permissions_boundary: str | None
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """An export of a snapshot to S3.

    Attributes:
        key: tells it from the other exports of the cluster in its Terraform address.
        role: a role that exists (its ARN), or one to make.
    """

    key: str
    identifier: str
    source_arn: str
    s3_bucket_name: str
    s3_prefix: str | None
    kms_key_id: str
    role: str | ExportRole
    export_only: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backups:
    """Backups of a cluster beside the automated ones.

    Attributes:
        selection: None where AWS Backup does not save the cluster.
        are_first: snapshots are taken before the cluster changes.
        is_continuous: AWS Backup sets how long automated backups are kept, and when they are taken.
    """

    selection: BackupSelection | None
    restore_test: RestoreTest | None
    snapshots: tuple[Snapshot, ...]
    are_first: bool
    exports: tuple[Export, ...]
    is_continuous: bool
