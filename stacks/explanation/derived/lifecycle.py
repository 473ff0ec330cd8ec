"""How the cluster changes and ends."""

from collections.abc import Iterator

from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole


def final_snapshot(subject: Subject, whole: Whole) -> Iterator[Row]:
    name = whole.cluster.final_snapshot_identifier
    if whole.spec.final_snapshot_identifier is None and name is not None:
        place = subject.place("skipFinalSnapshot")
        yield derived("finalSnapshotIdentifier", name, "from clusterIdentifier, as skipFinalSnapshot is false", place)


def changes(subject: Subject, whole: Whole) -> Iterator[Row]:
    upgrade = whole.spec.upgrade
    if whole.cluster.major_upgrade is not None and upgrade is not None and upgrade.changes is not None:
        place = subject.place("upgrade", "changes")
        yield derived("applyImmediately", whole.cluster.apply_immediately, "upgrade.changes", place)
        return
    field = "changes" if subject.in_environment("changes") else "class"
    value = getattr(subject.environment.model.spec, "changes" if field == "changes" else "class_")
    reason = f"{field} of the environment is {value}"
    yield derived("applyImmediately", whole.cluster.apply_immediately, reason, subject.in_environment(field))
