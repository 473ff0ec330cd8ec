"""What is mission-critical survives a zone and a failover at once."""

from collections.abc import Iterator
from typing import Final

from auroraform.policies.rule import ERROR, WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject

_ENOUGH: Final = 3


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if not subject.is_critical:
        return
    found = subject.cluster.instances
    if len(found) < _ENOUGH:
        yield Finding(("instances",), f"has {len(found)} of {_ENOUGH} instances, and is mission-critical")
        return
    zones = {one.availability_zone for one in found}
    if None not in zones and len(zones) < _ENOUGH:
        yield Finding(("instances",), f"is in {len(zones)} of {_ENOUGH} zones, and is mission-critical")


RULE = ClusterRule(
    code="AP102",
    title="A mission-critical cluster in fewer than three zones",
    severity=Severities(production=ERROR, staging=WARNING, development=None),
    rationale="After the loss of a zone the cluster runs on one instance while RDS makes another, in the "
    "hour in which everybody else does the same. With three, there is still a reader to take "
    "over.",
    looks_at="instances and their zones, and the annotation auroraform/criticality",
    fix="have three instances in three zones",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html",),
    check=_check,
)
