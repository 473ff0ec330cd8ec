"""Logs are kept, and not for ever."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, Finding, Severities, StackRule
from auroraform.policies.subjects import StackSubject


def _check(subject: StackSubject) -> Iterator[Finding]:
    least = subject.frame.bounds.log_retention_days
    for label, arguments in subject.resources("aws_cloudwatch_log_group"):
        days = arguments.get("retention_in_days")
        path = (f"aws_cloudwatch_log_group.{label}", "retention_in_days")
        if not days:
            yield Finding(path, "is not set: logs are kept, and paid for, for ever")
        elif isinstance(days, int) and days < least:
            yield Finding(path, f"is {days} days; {least} are asked for")


RULE = StackRule(
    code="AP403",
    title="Logs are kept for too short a time, or for ever",
    severity=Severities(production=WARNING, staging=WARNING, development=None),
    rationale="What is noticed late needs logs of that time. A group without a retention keeps everything, "
    "and is paid for every month.",
    looks_at="retention_in_days of every log group, as synthesized",
    fix="set logs.retentionInDays, or leave it to the class's default",
    links=("https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",),
    check=_check,
)
