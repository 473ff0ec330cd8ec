"""How the cluster changes and ends."""

from collections.abc import Iterator

from auroraform.schemas.running_hours import RunningHours
from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole


def final_snapshot(_: Subject, whole: Whole) -> Iterator[Row]:
    if whole.spec.final_snapshot_identifier is None:
        reason = "from clusterIdentifier and the time at which Terraform creates the cluster"
        yield derived("finalSnapshotIdentifier", whole.cluster.final_snapshot.shown, reason)


def windows(subject: Subject, whole: Whole) -> Iterator[Row]:
    written = subject.in_environment("quietHours")
    hours = "quietHours" if written else "the night of the region"
    reason, place = (
        f"from clusterIdentifier, in {hours} of the environment",
        written or subject.in_environment("region"),
    )
    if whole.spec.schedule is not None and RunningHours.of(whole.spec.schedule).quiet() is not None:
        reason, place = "from clusterIdentifier, before the stop of schedule", subject.place("schedule", "stop")
    if whole.spec.preferred_maintenance_window is None:
        yield derived("preferredMaintenanceWindow", whole.cluster.preferred_maintenance_window, reason, place)
    if whole.spec.preferred_backup_window is None:
        yield derived("preferredBackupWindow", whole.cluster.preferred_backup_window, reason, place)


def changes(subject: Subject, whole: Whole) -> Iterator[Row]:
    upgrade = whole.spec.upgrade
    if whole.cluster.major_upgrade is not None and upgrade is not None and upgrade.changes is not None:
        place = subject.place("upgrade", "changes")
        yield derived("applyImmediately", whole.cluster.apply_immediately, "upgrade.changes", place)
        return
    if whole.spec.schedule is not None and subject.in_environment("changes") is None:
        reason = "schedule: what waits is dropped when the cluster stops"
        yield derived("applyImmediately", whole.cluster.apply_immediately, reason, subject.place("schedule"))
        return
    field = "changes" if subject.in_environment("changes") else "class"
    value = getattr(subject.environment.model.spec, "changes" if field == "changes" else "class_")
    reason = f"{field} of the environment is {value}"
    yield derived("applyImmediately", whole.cluster.apply_immediately, reason, subject.in_environment(field))
