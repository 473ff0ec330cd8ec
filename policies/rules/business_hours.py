"""Maintenance is not in business hours."""

from collections.abc import Iterator

from auroraform.policies.rule import ERROR, WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject
from auroraform.schemas.manifest import BUSINESS_HOURS
from auroraform.schemas.windows import parse_backup, parse_business_hours, parse_maintenance


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    written = subject.annotations.get(BUSINESS_HOURS)
    if written is None:
        return
    hours = parse_business_hours(written)
    if hours is None:
        path = ("metadata", "annotations", BUSINESS_HOURS)
        yield Finding(path, "is not a time of business", "write it in UTC as mon-fri 07:00-17:00")
        return
    maintenance = parse_maintenance(subject.cluster.preferred_maintenance_window or "")
    if maintenance is not None and any(maintenance.overlaps(window) for window in hours):
        yield Finding(
            ("preferredMaintenanceWindow",), f"{subject.cluster.preferred_maintenance_window} is in {written}"
        )
    for one in subject.cluster.instances:
        window = parse_maintenance(one.preferred_maintenance_window or "")
        if window is not None and any(window.overlaps(time) for time in hours):
            member = ("instances", "members", one.key, "preferredMaintenanceWindow")
            yield Finding(member, f"{one.preferred_maintenance_window} is in {written}")
    backups = parse_backup(subject.cluster.preferred_backup_window or "")
    if any(backup.overlaps(window) for backup in backups for window in hours):
        yield Finding(("preferredBackupWindow",), f"{subject.cluster.preferred_backup_window} is in {written}")


RULE = ClusterRule(
    code="AP501",
    title="A window in business hours",
    severity=Severities(production=ERROR, staging=WARNING, development=None),
    rationale="Maintenance restarts instances; backups take I/O. Both should happen while few people work.",
    looks_at="preferredMaintenanceWindow of the cluster and of members, preferredBackupWindow, and the annotation "
    "auroraform/business-hours, in UTC as mon-fri 07:00-17:00",
    fix="move the window out of business hours, or leave it to the default",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_UpgradeDBInstance.Maintenance.html",),
    check=_check,
)
