"""Load is recorded."""

from collections.abc import Iterator

from auroraform.policies.remedy import Remove
from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if subject.cluster.performance_insights is None:
        path = ("performanceInsights", "enabled")
        yield Finding(path, "records no load", remedy=Remove(path))


RULE = ClusterRule(
    code="AP404",
    title="Neither Performance Insights nor Database Insights",
    severity=Severities(production=WARNING, staging=WARNING, development=None),
    rationale="The first question of most incidents is which statement waits for what, and it cannot be "
    "answered afterwards.",
    looks_at="performanceInsights.enabled",
    fix="leave performanceInsights.enabled to the class's default, which is true; seven days are free of charge",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_PerfInsights.html",),
    check=_check,
)
