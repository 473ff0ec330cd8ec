"""Somebody is told."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, EnvironmentRule, Finding, Severities
from auroraform.policies.subjects import EnvironmentSubject


def _check(subject: EnvironmentSubject) -> Iterator[Finding]:
    if not subject.spec.alarms.topic_arns:
        yield Finding(("alarms", "topicArns"), "names nobody to tell")


RULE = EnvironmentRule(
    code="AP406",
    title="Alarms have no topic",
    severity=Severities(production=WARNING, staging=None, development=None),
    rationale="An alarm that tells nobody is found in the review of the incident.",
    looks_at="alarms.topicArns of the environment",
    fix="name the topics of whoever is on call in alarms.topicArns",
    links=("https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/US_SetupSNS.html",),
    check=_check,
)
