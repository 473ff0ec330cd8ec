"""What a standard asks for is encrypted with a key of one's own."""

from collections.abc import Iterator

from auroraform.policies.rule import ERROR, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject
from auroraform.schemas.manifest import COMPLIANCE


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    standard = subject.annotations.get(COMPLIANCE, "").strip()
    if standard and subject.cluster.kms_key_id is None:
        yield Finding(("kmsKeyId",), f"is not set, and {standard} asks for a key of your own")


RULE = ClusterRule(
    code="AP202",
    title="The service's key where a compliance standard asks for a customer key",
    severity=Severities(production=ERROR, staging=ERROR, development=ERROR),
    rationale="The key aws/rds cannot be shared, revoked or audited apart from the account. Standards that "
    "ask for control over keys ask for one of your own, and a volume cannot change its key later.",
    looks_at="kmsKeyId, kmsKey.create, and the annotation auroraform/compliance",
    fix="before the cluster exists, name a key of your own in kmsKeyId or have one made (kmsKey.create); later "
    "either replaces the cluster",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html",),
    check=_check,
)
