"""Automated backups are kept long enough to notice a mistake."""

from collections.abc import Iterator

from auroraform.policies.remedy import Put
from auroraform.policies.rule import ERROR, WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    bounds = subject.frame.bounds
    least = bounds.critical_backup_retention_days if subject.is_critical else bounds.backup_retention_days
    days = subject.cluster.backup_retention_period
    if days < least:
        why = ", as the cluster is mission-critical" if subject.is_critical else ""
        yield Finding(
            ("backupRetentionPeriod",),
            f"keeps backups for {days} day{'s' if days != 1 else ''}; {least} are asked for{why}",
            f"write {least} or more, or leave it to the class's default",
            Put(("backupRetentionPeriod",), least),
        )


RULE = ClusterRule(
    code="AP301",
    title="Backups are kept for too short a time",
    severity=Severities(production=ERROR, staging=WARNING, development=None),
    rationale="A bad deployment or a deleted row is often noticed days later; what is older than the retention cannot "
    "be restored to any point in time.",
    looks_at="backupRetentionPeriod, and the annotation auroraform/criticality",
    fix="keep backups for 7 days or more, 14 for what is mission-critical",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html",),
    check=_check,
)
