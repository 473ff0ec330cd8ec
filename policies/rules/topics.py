"""Somebody is told."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, EnvironmentRule, Finding, Severities
from auroraform.policies.subjects import EnvironmentSubject


def _check(subject: EnvironmentSubject) -> Iterator[Finding]:
    alarms = subject.spec.alarms
    if alarms.topic_arns or alarms.topics is not None:
        return
    if not alarms.critical_topic_arns and not alarms.warning_topic_arns:
        yield Finding(("alarms", "topicArns"), "names nobody to tell")
    elif not alarms.critical_topic_arns:
        yield Finding(("alarms", "criticalTopicArns"), "names nobody to tell of what is critical")
    elif not alarms.warning_topic_arns:
        yield Finding(("alarms", "warningTopicArns"), "names nobody to tell of warnings")


RULE = EnvironmentRule(
    code="AP406",
    title="Alarms have no topic",
    severity=Severities(production=WARNING, staging=None, development=None),
    rationale="An alarm that tells nobody is found in the review of the incident.",
    looks_at="alarms of the environment: the topics of each severity",
    fix="name the topics of whoever is on call in alarms.topicArns, or let them be made with alarms.topics",
    links=("https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/US_SetupSNS.html",),
    check=_check,
)
