"""A large cluster has a reason."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject
from auroraform.schemas.classes import vcpus
from auroraform.schemas.manifest import SIZE_REASON


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if subject.annotations.get(SIZE_REASON, "").strip():
        return
    bounds = subject.frame.bounds
    for path, name in subject.classes.items():
        if (vcpus(name) or 0) > bounds.largest_vcpus:
            yield Finding(path, f"has more than {bounds.largest_vcpus} vCPUs ({name})")
    scaling = subject.cluster.serverless_v2_scaling
    if scaling is not None and scaling.max_capacity > bounds.largest_acus:
        message = f"is {scaling.max_capacity:g} ACUs, more than {bounds.largest_acus:g}"
        yield Finding(("serverlessV2Scaling", "maxCapacity"), message)


RULE = ClusterRule(
    code="AP608",
    title="Large capacity without a word why",
    severity=Severities(production=WARNING, staging=WARNING, development=WARNING),
    rationale="A class that was doubled in an incident stays, and nobody remembers that it was meant for a week.",
    looks_at="vCPUs of instance classes, maxCapacity, and the annotation auroraform/size-reason",
    fix="take a smaller class or range, or say why in the annotation auroraform/size-reason",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.html",),
    check=_check,
)
