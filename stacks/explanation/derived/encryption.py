"""The KMS key that is made, and what it encrypts."""

from collections.abc import Iterator

from auroraform.schemas.resolved.expressions import Expression
from auroraform.stacks.explanation.derived.rule import derived, text
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole


def kms_key(subject: Subject, whole: Whole) -> Iterator[Row]:
    key, written = whole.cluster.kms_key, whole.spec.kms_key
    if key is None or written is None:
        return
    if written.alias is None:
        yield derived("kmsKey.alias", key.alias, "from clusterIdentifier")
    if written.description is None:
        yield derived("kmsKey.description", key.description, "from clusterIdentifier")
    cluster, insights = whole.cluster, whole.cluster.performance_insights
    made = Expression(f"aws_kms_key.{cluster.name}.arn")
    for path, value in (
        ("kmsKeyId", cluster.kms_key_id),
        ("masterUserSecretKmsKeyId", cluster.master_user_secret_kms_key_id),
        ("performanceInsights.kmsKeyId", insights.kms_key_id if insights else None),
    ):
        if value == made:
            field = "create" if written.uses is None else "uses"
            reason = "kmsKey.create is true" if written.uses is None else "kmsKey.uses lists it"
            yield derived(path, text(made), reason, subject.place("kmsKey", field))
