"""State survives a laptop."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, EnvironmentRule, Finding, Severities
from auroraform.policies.subjects import EnvironmentSubject


def _check(subject: EnvironmentSubject) -> Iterator[Finding]:
    if subject.spec.state.backend == "local":
        yield Finding(("state", "backend"), "keeps the state in a file on one machine")


RULE = EnvironmentRule(
    code="AP701",
    title="State in a local file",
    severity=Severities(production=None, staging=WARNING, development=None),
    rationale="Nobody else sees it, nothing locks it, and without it Terraform plans every database anew.",
    looks_at="state of the environment",
    fix="write backend: s3 with a bucket, its region and a dynamodbTable",
    links=("https://developer.hashicorp.com/terraform/language/backend/s3",),
    check=_check,
)
