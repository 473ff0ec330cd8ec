"""A deleted cluster leaves a snapshot."""

from collections.abc import Iterator

from auroraform.policies.remedy import Remove
from auroraform.policies.rule import ERROR, WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if subject.cluster.skip_final_snapshot:
        path = ("skipFinalSnapshot",)
        yield Finding(path, "deletes the cluster without a last snapshot", remedy=Remove(path))


RULE = ClusterRule(
    code="AP303",
    title="No final snapshot",
    severity=Severities(production=ERROR, staging=WARNING, development=None),
    rationale="Whoever deletes the cluster, by mistake or on purpose, deletes the data. A final snapshot "
    "costs little and can be deleted a month later.",
    looks_at="skipFinalSnapshot",
    fix="leave skipFinalSnapshot to the class's default, which is false",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html",),
    check=_check,
)
