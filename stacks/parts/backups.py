"""Backups of a cluster beside the automated ones."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence.backup import elsewhere
from auroraform.schemas.coherence.backups import exports_of, snapshots_of, takes_part
from auroraform.schemas.coherence.upgrades import is_upgrade
from auroraform.schemas.regions import partition_of
from auroraform.schemas.resolved.backups import Backups, BackupSelection, Export, ExportRole, RestoreTest, Snapshot
from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.roles import Statement
from auroraform.schemas.spec import backups as written
from auroraform.stacks.backup import PLAN, RESTORE_TESTING_PLAN, restore_role, role
from auroraform.stacks.parts.context import Context, at_most, given

LONGEST_ROLE_NAME: Final = 64
LONGEST_SELECTION: Final = 50
LONGEST_EXPORT: Final = 60
_PATIENCE: Final = "2h"
"""How long Terraform waits for a snapshot: what it gives up on, it would delete and take again."""

# RDS API reference, StartExportTask, without the variants of these actions that its wildcards let in.
_ON_BUCKET: Final = ("s3:GetBucketLocation", "s3:ListBucket")
_ON_FILES: Final = ("s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject")
# RDS API reference, ExportTask (KmsKeyId): the role encrypts and decrypts.
_ON_KEY: Final = ("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey")


def backups(context: Context) -> Backups:
    """Backups of the cluster."""
    plan = context.where.backup
    is_part = takes_part(context.spec, plan)
    return Backups(
        selection=_selection(context) if is_part else None,
        restore_test=_restore_test(context) if is_part else None,
        snapshots=tuple(_snapshots(context)),
        are_first=context.spec.upgrade is not None and is_upgrade(context.spec),
        exports=tuple(_export(context, key, export) for key, export in exports_of(context.spec).items()),
        is_continuous=is_part and plan is not None and any(rule.continuous for rule in plan.rules.values()),
    )


def copying_accounts(context: Context) -> tuple[str, ...]:
    """Other accounts that copy snapshots of the cluster, and need its key for that."""
    plan = context.where.backup
    if plan is None or not takes_part(context.spec, plan):
        return ()
    return tuple(sorted({place.account for place in elsewhere(plan)} - {context.where.account_id}))


def restoring_accounts(context: Context) -> tuple[str, ...]:
    """Other accounts that snapshots of the cluster are shared with, which need its key for that."""
    snapshots = snapshots_of(context.spec).values()
    return tuple(sorted({account for snapshot in snapshots for account in snapshot.shared_accounts or ()}))


def _selection(context: Context) -> BackupSelection:
    return BackupSelection(
        name=at_most(LONGEST_SELECTION, context.identifier),
        plan_id=PLAN,
        role_arn=role(),
    )


def _restore_test(context: Context) -> RestoreTest | None:
    testing = given(context.where.backup).restore_testing
    if testing is None:
        return None
    return RestoreTest(
        # AWS takes no hyphens here, and identifiers have no underscores.
        name=at_most(LONGEST_SELECTION, context.identifier).replace("-", "_"),
        plan_name=RESTORE_TESTING_PLAN,
        role_arn=restore_role(),
        validation_window_hours=testing.validation_window_hours,
        db_subnet_group_name=context.values.one("dbSubnetGroupName"),
    )


def _snapshots(context: Context) -> Iterator[Snapshot]:
    timeouts = context.spec.timeouts
    for key, snapshot in snapshots_of(context.spec).items():
        yield Snapshot(
            key=key,
            identifier=snapshot_identifier(context.identifier, key),
            shared_accounts=snapshot.shared_accounts or (),
            create_timeout=(timeouts.create if timeouts is not None else None) or _PATIENCE,
        )


def snapshot_identifier(cluster: str, key: str) -> str:
    """The name of a declared snapshot of a cluster."""
    return f"{cluster}-{key}"


def _export(context: Context, key: str, export: written.Export) -> Export:
    path = ("backups", "exports", key)
    kms_key_id = context.values.one(*path, "kmsKeyId") or Expression(f"aws_kms_key.{context.written.name}.arn")
    return Export(
        key=key,
        identifier=at_most(LONGEST_EXPORT, f"{context.identifier}-{key}"),
        source_arn=context.values.one(*path, "snapshotArn")
        or Expression(f"aws_db_cluster_snapshot.{context.written.name}_{export.snapshot}.db_cluster_snapshot_arn"),
        s3_bucket_name=export.bucket,
        s3_prefix=export.prefix,
        kms_key_id=kms_key_id,
        role=context.values.one(*path, "roleArn") or _export_role(context, key, export, kms_key_id),
        export_only=export.export_only or (),
    )


def _export_role(context: Context, key: str, export: written.Export, kms_key_id: str) -> ExportRole:
    region, iam = context.where.region, context.where.iam
    bucket = f"arn:{partition_of(region)}:s3:::{export.bucket}"
    files = f"{bucket}/{export.prefix}/*" if export.prefix is not None else f"{bucket}/*"
    return ExportRole(
        # Roles belong to no Region, but identifiers are unique in one only.
        name=at_most(LONGEST_ROLE_NAME, f"{context.identifier}-{region}-export-{key}"),
        path=iam.path,
        permissions_boundary=iam.permissions_boundary,
        statements=(
            Statement(actions=_ON_BUCKET, resources=(bucket,)),
            Statement(actions=_ON_FILES, resources=(files,)),
            Statement(actions=_ON_KEY, resources=(kms_key_id,)),
        ),
    )
