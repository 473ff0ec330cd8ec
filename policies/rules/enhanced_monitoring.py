"""The operating system is watched."""

from collections.abc import Iterator

from auroraform.policies.remedy import Remove
from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if subject.cluster.monitoring is None:
        path = ("monitoring", "interval")
        yield Finding(path, "is off", remedy=Remove(path))


RULE = ClusterRule(
    code="AP405",
    title="No Enhanced Monitoring",
    severity=Severities(production=WARNING, staging=WARNING, development=None),
    rationale="CloudWatch sees an instance from outside. Memory by process, swap and file systems are seen "
    "by Enhanced Monitoring only.",
    looks_at="monitoring.interval",
    fix="leave monitoring.interval to the class's default, which is 60",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.html",),
    check=_check,
)
