"""Logs leave the cluster."""

from collections.abc import Iterator

from auroraform.policies.remedy import Remove
from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if not subject.cluster.log_groups:
        path = ("enabledCloudwatchLogsExports",)
        yield Finding(path, "exports no log", remedy=Remove(path))


RULE = ClusterRule(
    code="AP401",
    title="No log is exported",
    severity=Severities(production=WARNING, staging=WARNING, development=None),
    rationale="The logs on an instance are gone after a few days, and with the instance: after a failover "
    "nobody can say why it happened.",
    looks_at="enabledCloudwatchLogsExports",
    fix="leave enabledCloudwatchLogsExports to the class's default",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_LogAccess.html",),
    check=_check,
)
