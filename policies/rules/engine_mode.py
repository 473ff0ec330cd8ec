"""Leftovers of Serverless v1 are gone."""

from collections.abc import Iterator

from auroraform.policies.remedy import Remove
from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if subject.spec.engine_mode is not None:
        path = ("engineMode",)
        yield Finding(path, "says what is always so", remedy=Remove(path))


RULE = ClusterRule(
    code="AP609",
    title="A leftover of engine modes",
    severity=Severities(production=WARNING, staging=WARNING, development=WARNING),
    rationale="There is one mode left. A field that says nothing invites somebody to write `serverless` "
    "there, which would replace the cluster.",
    looks_at="engineMode",
    fix="delete engineMode",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless.html",),
    check=_check,
)
