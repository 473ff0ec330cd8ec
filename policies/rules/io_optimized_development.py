"""I/O-Optimized storage is for what does much I/O."""

from collections.abc import Iterator

from auroraform.policies.remedy import Put
from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if subject.cluster.storage_type == "aurora-iopt1":
        path = ("storageType",)
        yield Finding(path, "is I/O-Optimized", remedy=Put(path, "aurora"))


RULE = ClusterRule(
    code="AP607",
    title="I/O-Optimized storage in development",
    severity=Severities(production=None, staging=None, development=WARNING),
    rationale="It costs a third more for compute and twice as much for storage, which pays where I/O is a "
    "quarter of the bill: rarely in development. The way back to Standard is open at any time.",
    looks_at="storageType",
    fix="write storageType: aurora; to leave it out changes nothing for a cluster that exists",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.StorageReliability.html",),
    check=_check,
)
