"""A major upgrade has a snapshot to go back to."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if subject.cluster.major_upgrade is not None and not subject.cluster.backups.snapshots:
        yield Finding(("upgrade",), "has no snapshot to go back to")


RULE = ClusterRule(
    code="AP308",
    title="A major upgrade without a snapshot",
    severity=Severities(production=WARNING, staging=None, development=None),
    rationale="RDS goes back to no older major version: the way back is a restore. Automated backups of the old one "
    "end with their retention, and nothing says which of them was the last one before the upgrade.",
    looks_at="upgrade and backups.snapshots",
    fix="declare one beside it, as backups: {snapshots: {before17: {}}}: the same apply takes it first",
    links=(
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_UpgradeDBInstance.PostgreSQL.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Updates.MajorVersionUpgrade.html",
    ),
    check=_check,
)
