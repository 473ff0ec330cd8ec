"""Volumes are encrypted."""

from collections.abc import Iterator

from auroraform.policies.rule import ERROR, WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if not subject.cluster.storage_encrypted:
        yield Finding(("storageEncrypted",), "leaves the volume unencrypted")


RULE = ClusterRule(
    code="AP201",
    title="An unencrypted volume",
    severity=Severities(production=ERROR, staging=ERROR, development=WARNING),
    rationale="Encryption can be had at creation only: whoever needs it later has to copy the data into a "
    "new cluster. Snapshots and their copies are as readable as the volume.",
    looks_at="storageEncrypted",
    fix="delete storageEncrypted: false while the cluster can still be thrown away: that replaces it",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html",),
    check=_check,
)
