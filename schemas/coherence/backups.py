"""Backups of a cluster beside the automated ones.

Sources: RDS API reference, StartExportTask and ExportTask (ExportOnly); AWS Backup Developer Guide, "Encryption for a
backup copy to a different account or AWS Region" (a snapshot of Aurora keeps the cluster's key, and AWS's own keys
cannot be shared with another account); Amazon Aurora User Guide, "Sharing encrypted snapshots"; for the length of names
of snapshots, the AWS provider.
"""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.backup import Backup
from auroraform.schemas.coherence.backup import elsewhere
from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.spec.backups import Export, Snapshot
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec

_FIELD: Final = "backups"
LONGEST_SNAPSHOT: Final = 63


def takes_part(spec: AwsRdsClusterSpec, plan: Backup | None) -> bool:
    """Whether the plan of the environment saves the cluster."""
    return plan is not None and (spec.backups is None or spec.backups.plan is not False)


def snapshots_of(spec: AwsRdsClusterSpec) -> dict[str, Snapshot]:
    """The declared snapshots by their keys."""
    written = spec.backups.snapshots if spec.backups is not None else None
    return {key: snapshot for key, snapshot in (written or {}).items() if snapshot is not None}


def exports_of(spec: AwsRdsClusterSpec) -> dict[str, Export]:
    """The declared exports by their keys."""
    written = spec.backups.exports if spec.backups is not None else None
    return {key: export for key, export in (written or {}).items() if export is not None}


def plan(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    if spec.backups is not None and spec.backups.plan and situation.backup is None:
        yield Finding(
            Code.NO_EFFECT,
            (_FIELD, "plan"),
            f"the environment {situation.environment} has no plan, so that AWS Backup does not save the cluster",
            "add backup to the environment, or delete it here",
            Severity.WARNING,
        )


def copied_key(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    """Snapshots that another account could not read are not copied to it: the job fails, night after night."""
    if situation.backup is None or not takes_part(spec, situation.backup) or spec.storage_encrypted is False:
        return
    accounts = sorted(place.account for place in elsewhere(situation.backup) if place.account != situation.account_id)
    if accounts and not _has_key(spec):
        yield Finding(
            Code.MAY_HURT,
            ("kmsKeyId",),
            f"the plan of {situation.environment} copies to the account {accounts[0]}, and a snapshot that is "
            "encrypted with the account's key aws/rds can be copied to no other account: each copy would fail",
            "before the cluster exists, add kmsKey: {create: true}; for one that exists, write backups.plan: false "
            "or restore a snapshot with a key of its own",
            Severity.WARNING,
        )


def shared_snapshots(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    if spec.storage_encrypted is False or _has_key(spec):
        return
    for key, snapshot in snapshots_of(spec).items():
        if snapshot.shared_accounts:
            yield Finding(
                Code.CONFLICT,
                (_FIELD, "snapshots", key, "sharedAccounts"),
                "RDS shares no snapshot that is encrypted with the account's key aws/rds",
                "delete it, or before the cluster exists add kmsKey: {create: true}",
            )


def exported_snapshots(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    known = snapshots_of(spec)
    for key, export in exports_of(spec).items():
        path = (_FIELD, "exports", key)
        if export.snapshot is None and export.snapshot_arn is None:
            yield Finding(
                Code.MISSING_FIELD, path, "exports nothing", "name one of backups.snapshots as snapshot, or snapshotArn"
            )
        elif export.snapshot is not None and export.snapshot_arn is not None:
            yield Finding(
                Code.CONFLICT,
                (*path, "snapshotArn"),
                "an export is of one snapshot, and snapshot names another one",
                "keep snapshot or snapshotArn",
            )
        elif export.snapshot is not None and export.snapshot not in known:
            yield Finding(
                Code.BAD_VALUE,
                (*path, "snapshot"),
                f'"{export.snapshot}" is none of backups.snapshots',
                f"choose from {', '.join(known)}" if known else "declare it there, or write snapshotArn",
            )


def export_keys(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    """RDS encrypts what it exports with a key that must be named."""
    is_made = spec.kms_key is not None and spec.kms_key.create is True
    for key, export in exports_of(spec).items():
        if export.kms_key_id is None and not is_made:
            yield Finding(
                Code.MISSING_FIELD,
                (_FIELD, "exports", key),
                "has no key, and RDS exports nothing without one",
                "add kmsKeyId",
            )


def exported_parts(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    if spec.engine != "aurora-mysql":
        return
    for key, export in exports_of(spec).items():
        for index, part in enumerate(export.export_only or ()):
            if part.count(".") > 1:
                yield Finding(
                    Code.BAD_VALUE,
                    (_FIELD, "exports", key, "exportOnly", index),
                    f'"{part}" names a schema, and a database of Aurora MySQL has none',
                    "write it as shop or shop.orders",
                )


def _has_key(spec: AwsRdsClusterSpec) -> bool:
    """Whether the volume, and so each snapshot, is encrypted with a key of one's own."""
    key = spec.kms_key
    is_made = key is not None and key.create is True and (key.uses is None or "volume" in key.uses)
    return is_made or spec.kms_key_id is not None


def snapshot_names(_: AwsRdsClusterSpec, cluster: ResolvedCluster, situation: Situation) -> Iterator[Finding]:
    for snapshot in cluster.backups.snapshots:
        if len(snapshot.identifier) > LONGEST_SNAPSHOT:
            yield Finding(
                Code.BAD_VALUE,
                (_FIELD, "snapshots", snapshot.key),
                f"in {situation.environment} the snapshot would be called {snapshot.identifier}, with "
                f"{len(snapshot.identifier)} characters; Terraform takes {LONGEST_SNAPSHOT}",
                "shorten the key, or the cluster's identifier",
            )
