"""State is encrypted with a key of one's own."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, EnvironmentRule, Finding, Severities
from auroraform.policies.subjects import EnvironmentSubject
from auroraform.schemas.environment import S3State


def _check(subject: EnvironmentSubject) -> Iterator[Finding]:
    state = subject.spec.state
    if isinstance(state, S3State) and state.kms_key_id is None:
        yield Finding(("state", "kmsKeyId"), "is not set")


RULE = EnvironmentRule(
    code="AP702",
    title="State without a key of its own",
    severity=Severities(production=WARNING, staging=None, development=None),
    rationale="State holds addresses, names and whatever outputs say. With a key of its own, reading it is "
    "a right that can be given, taken and audited apart from the bucket.",
    looks_at="state.kmsKeyId of the environment",
    fix="name a key in state.kmsKeyId; auroraform bootstrap makes one",
    links=("https://developer.hashicorp.com/terraform/language/backend/s3",),
    check=_check,
)
