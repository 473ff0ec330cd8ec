"""Snapshots can be told apart."""

from collections.abc import Iterator

from auroraform.policies.remedy import Remove
from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if not subject.cluster.copy_tags_to_snapshot:
        path = ("copyTagsToSnapshot",)
        yield Finding(path, "leaves snapshots without tags", remedy=Remove(path))


RULE = ClusterRule(
    code="AP302",
    title="Snapshots without the cluster's tags",
    severity=Severities(production=WARNING, staging=WARNING, development=None),
    rationale="A snapshot without tags belongs to nobody: neither cost reports nor those who clean up know "
    "whose it is.",
    looks_at="copyTagsToSnapshot",
    fix="leave copyTagsToSnapshot to the default, which is true",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Tagging.html",),
    check=_check,
)
