"""Backups of a cluster beside the automated ones."""

from collections.abc import Iterator

from auroraform.schemas.resolved.backups import Backups, ExportRole
from auroraform.stacks.explanation.derived.roles import of_environment
from auroraform.stacks.explanation.derived.rule import derived, text
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole


def backups(subject: Subject, whole: Whole) -> Iterator[Row]:
    found = whole.cluster.backups
    if found.selection is not None and subject.node("backups", "plan") is None:
        reason = "the environment has a plan"
        yield derived("backups.plan", True, reason, subject.in_environment("backup"))  # noqa: FBT003 - a value
    yield from _snapshots(subject, found)
    yield from _exports(subject, found)


def _snapshots(subject: Subject, found: Backups) -> Iterator[Row]:
    for snapshot in found.snapshots:
        path = ("backups", "snapshots", snapshot.key)
        yield derived(
            f"{'.'.join(path)}.identifier",
            snapshot.identifier,
            "from clusterIdentifier; taken before the cluster changes"
            if found.are_first
            else "from clusterIdentifier; taken after the cluster",
            subject.place(*path),
        )


def _exports(subject: Subject, found: Backups) -> Iterator[Row]:
    for export in found.exports:
        path = ("backups", "exports", export.key)
        here = ".".join(path)
        yield derived(f"{here}.identifier", export.identifier, "from clusterIdentifier", subject.place(*path))
        if subject.node(*path, "kmsKeyId") is None:
            place = subject.place("kmsKey", "create")
            yield derived(f"{here}.kmsKeyId", text(export.kms_key_id), "kmsKey.create is true", place)
        if isinstance(export.role, ExportRole):
            yield derived(f"{here}.roleName", export.role.name, "made for the folder alone", subject.place(*path))
            yield from of_environment(subject, here, export.role)
