"""Backups beside the automated ones that every cluster has: by a plan, by hand, and as files in S3."""

from typing import Annotated, Final

from auroraform.schemas.models import Model
from auroraform.schemas.references import TextOrReference
from auroraform.schemas.scalars import Flag, Text
from auroraform.schemas.spec.roles import BucketName
from auroraform.schemas.values import EACH_ONCE, AccountId, BackupKey, matching

# S3 User Guide, "Object key naming guidelines": characters that are safe everywhere.
_PREFIX: Final = matching(
    r"[A-Za-z0-9!_.*'()-]+(/[A-Za-z0-9!_.*'()-]+)*",
    "is not a prefix of objects",
    "write it without slashes at the ends, as exports/orders",
)
# RDS API reference, ExportTask (ExportOnly).
_PART: Final = matching(
    r"[^.\s]+(\.[^.\s]+){0,2}",
    "names no database, schema or table",
    "write it as shop, shop.public or shop.public.orders",
)


class Snapshot(Model):
    """A snapshot, taken once: by the apply that finds it declared.

    While `upgrade` declares an upgrade, the cluster waits for its snapshots; otherwise they wait for the cluster.
    Deleting the entry deletes the snapshot.
    """

    shared_accounts: Annotated[tuple[AccountId, ...], EACH_ONCE] | None = None
    """Accounts that may restore it, if they may use the key that it is encrypted with. If absent: this one alone."""


class Export(Model):
    """An export of a snapshot to S3 as Parquet, done once: by the apply that finds it declared, which waits for it.

    Changing it later changes nothing, and deleting it leaves the files. For another export, take another key.
    """

    snapshot: BackupKey | None = None
    """Key of one of `snapshots`. If absent: `snapshotArn` says which."""
    snapshot_arn: TextOrReference | None = None
    """ARN of another snapshot of a cluster, in the cluster's Region, of whatever origin. If absent: `snapshot` says
    which."""
    bucket: BucketName
    """Name of a bucket in the cluster's Region."""
    prefix: Annotated[Text, _PREFIX] | None = None
    """Folder of the files. If absent: the bucket itself."""
    kms_key_id: TextOrReference | None = None
    """ARN of the KMS key that encrypts the files, in the cluster's Region. If absent: the key of `kmsKey`."""
    role_arn: TextOrReference | None = None
    """ARN of an existing role, which must trust `export.rds.amazonaws.com`. If absent: one is made, for the folder and
    the key alone."""
    export_only: Annotated[tuple[Annotated[Text, _PART], ...], EACH_ONCE] | None = None
    """What is exported: databases, `database.table` (Aurora MySQL), `database.schema` or `database.schema.table`
    (Aurora PostgreSQL). AWS charges for the whole snapshot. If absent: everything."""


class Backups(Model):
    """Backups beside the automated ones, which every cluster has and `backupRetentionPeriod` keeps."""

    plan: Flag | None = None
    """AWS Backup saves the cluster, by the plan in `backup` of the environment. If absent: true where the environment
    has one."""
    snapshots: dict[BackupKey, Snapshot | None] | None = None
    """Snapshots to take now and to keep, by keys of your own, each a part of its name (`prod-orders-before17`).
    If absent: none."""
    exports: dict[BackupKey, Export | None] | None = None
    """Exports of snapshots to S3, by keys of your own. If absent: none."""
