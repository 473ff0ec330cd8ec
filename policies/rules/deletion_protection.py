"""RDS refuses to delete the cluster."""

from collections.abc import Iterator

from auroraform.policies.remedy import Remove
from auroraform.policies.rule import ERROR, WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if not subject.cluster.deletion_protection:
        path = ("deletionProtection",)
        yield Finding(path, "lets anybody delete the cluster", remedy=Remove(path))


RULE = ClusterRule(
    code="AP305",
    title="Deletion protection is off",
    severity=Severities(production=ERROR, staging=WARNING, development=None),
    rationale="Terraform's own protection ends where somebody uses the console, a script, or a state "
    "without the cluster.",
    looks_at="deletionProtection",
    fix="leave deletionProtection to the class's default, which is true; to retire the cluster, waive"
    " this until it is gone",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html",),
    check=_check,
)
