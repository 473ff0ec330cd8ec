"""Production's state is apart."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, EnvironmentRule, Finding, Severities
from auroraform.policies.subjects import EnvironmentSubject
from auroraform.schemas.environment import S3State


def _check(subject: EnvironmentSubject) -> Iterator[Finding]:
    state = subject.spec.state
    if not isinstance(state, S3State):
        return
    others = sorted(
        other.name
        for other in subject.siblings
        if other.model.spec.class_ != subject.environment_class
        and isinstance(other.model.spec.state, S3State)
        and other.model.spec.state.bucket == state.bucket
    )
    if others:
        yield Finding(("state", "bucket"), f"{state.bucket} holds the state of {' and '.join(others)} too")


RULE = EnvironmentRule(
    code="AP703",
    title="Production shares its state bucket with another class",
    severity=Severities(production=WARNING, staging=None, development=None),
    rationale="Whoever may write the state of a development environment may then write that of production, "
    "and one wrong policy or deletion ends both.",
    looks_at="state.bucket of all environments",
    fix="give production a bucket of its own, in its own account",
    links=("https://developer.hashicorp.com/terraform/language/backend/s3",),
    check=_check,
)
