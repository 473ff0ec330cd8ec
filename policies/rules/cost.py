"""Somebody pays for every cluster."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    wanted = subject.frame.bounds.cost_labels
    if wanted and not any(subject.tags.get(name, "").strip() for name in wanted):
        yield Finding((), f"has none of the labels {', '.join(wanted)}")


RULE = ClusterRule(
    code="AP803",
    title="Nobody is named who pays",
    severity=Severities(production=WARNING, staging=None, development=None),
    rationale="What cannot be attributed is nobody's cost, and nobody switches it off.",
    looks_at="metadata.labels, and tags of the environment",
    fix="add a label such as cost-center to metadata.labels, or to tags of the environment",
    links=("https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/cost-alloc-tags.html",),
    check=_check,
)
