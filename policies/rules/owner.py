"""Somebody owns every cluster."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    wanted = subject.frame.bounds.owner_labels
    if wanted and not any(subject.tags.get(name, "").strip() for name in wanted):
        yield Finding((), f"has none of the labels {', '.join(wanted)}")


RULE = ClusterRule(
    code="AP802",
    title="Nobody is named as the owner",
    severity=Severities(production=WARNING, staging=WARNING, development=None),
    rationale="At night, and when a version ends, somebody has to be asked. A cluster without an owner is "
    "upgraded, or deleted, by whoever dares.",
    looks_at="metadata.labels, and tags of the environment",
    fix="add a label such as team to metadata.labels",
    links=("https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",),
    check=_check,
)
