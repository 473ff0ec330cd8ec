"""Automated backups outlive the cluster."""

from collections.abc import Iterator

from auroraform.policies.remedy import Remove
from auroraform.policies.rule import ERROR, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if subject.cluster.delete_automated_backups:
        path = ("deleteAutomatedBackups",)
        yield Finding(path, "deletes the backups with the cluster", remedy=Remove(path))


RULE = ClusterRule(
    code="AP304",
    title="Automated backups are deleted with the cluster",
    severity=Severities(production=ERROR, staging=None, development=None),
    rationale="A cluster that was deleted by mistake can be restored to any point in time as long as its "
    "automated backups remain; a final snapshot knows one point only.",
    looks_at="deleteAutomatedBackups",
    fix="leave deleteAutomatedBackups to the class's default, which is false",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.Retaining.html",),
    check=_check,
)
