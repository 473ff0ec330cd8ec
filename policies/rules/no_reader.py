"""A writer has somebody to take over."""

from collections.abc import Iterator

from auroraform.policies.rule import ERROR, WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if len(subject.cluster.instances) == 1:
        field = "members" if subject.spec.instances and subject.spec.instances.members else "count"
        yield Finding(("instances", field), "is one instance, and no reader takes over from it")


RULE = ClusterRule(
    code="AP101",
    title="A cluster without a reader",
    severity=Severities(production=ERROR, staging=WARNING, development=None),
    rationale="When the writer or its zone fails, Aurora has to start a new instance instead of promoting a"
    " reader: ten minutes and more instead of one.",
    looks_at="the number of instances",
    fix="have two instances or more, in different zones",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html",),
    check=_check,
)
