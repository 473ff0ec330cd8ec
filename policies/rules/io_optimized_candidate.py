"""Large clusters have the storage that is cheaper for them."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject
from auroraform.schemas.classes import vcpus


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if subject.spec.storage_type is not None:
        return
    total = sum(vcpus(one.instance_class) or 0 for one in subject.cluster.instances)
    most = subject.frame.bounds.standard_storage_vcpus
    if total > most:
        yield Finding(("storageType",), f"is not decided, and the instances have {total} vCPUs, more than {most}")


RULE = ClusterRule(
    code="AP611",
    title="A large cluster on Standard storage",
    severity=Severities(production=WARNING, staging=None, development=None),
    rationale="On Standard storage each read and write is paid for. Where that is a quarter of the bill, "
    "I/O-Optimized is cheaper, and its price does not jump with the load. The way back is open at"
    " any time, the way there once in thirty days.",
    looks_at="storageType, and the vCPUs of all instances together",
    fix="compare VolumeReadIOPs and VolumeWriteIOPs of a month with the bill; write storageType: "
    "aurora-iopt1, or aurora to say that you did",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.StorageReliability.html",),
    check=_check,
)
