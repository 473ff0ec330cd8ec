"""A failover does not shrink the writer."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject
from auroraform.schemas.classes import memory


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if len(subject.cluster.instances) == 1:
        return
    writer, heir, *_ = subject.cluster.instances
    sizes = memory(writer.instance_class), memory(heir.instance_class)
    if sizes[0] is not None and sizes[1] is not None and sizes[1] < sizes[0]:
        message = f"lets {heir.key} ({heir.instance_class}) take over from {writer.key} ({writer.instance_class})"
        yield Finding(("instances",), message)


RULE = ClusterRule(
    code="AP105",
    title="The first to take over is smaller than the writer",
    severity=Severities(production=WARNING, staging=WARNING, development=None),
    rationale="The cluster survives the failover and falls over under the load right after it, when the "
    "cache is cold as well.",
    looks_at="classes of the instances by their tiers",
    fix="give the first to take over the class of the writer, or another one the lower tier",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html",),
    check=_check,
)
