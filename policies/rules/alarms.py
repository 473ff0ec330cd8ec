"""A production database has alarms."""

from collections.abc import Iterator

from auroraform.policies.remedy import Remove
from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if not subject.cluster.alarms.metric_alarms:
        path = ("alarms", "enabled")
        yield Finding(path, "leaves the cluster without alarms", remedy=Remove(path))


RULE = ClusterRule(
    code="AP407",
    title="A cluster without alarms",
    severity=Severities(production=WARNING, staging=None, development=None),
    rationale="Users tell of the outage, and whoever is on call begins to look for it then.",
    looks_at="alarms.enabled",
    fix="leave alarms.enabled to the class's default, which is true, and leave out single alarms instead",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/creating_alarms.html",),
    check=_check,
)
