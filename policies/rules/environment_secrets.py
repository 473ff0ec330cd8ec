"""No secret stands in an environment."""

from collections.abc import Iterator

from auroraform.policies.rule import ERROR, EnvironmentRule, Finding, Severities
from auroraform.policies.secret_texts import secret_in
from auroraform.policies.subjects import EnvironmentSubject


def _check(subject: EnvironmentSubject) -> Iterator[Finding]:
    for name, text in subject.spec.tags.items():
        if kind := secret_in(name, text):
            yield Finding(("tags", name), f"looks like a secret ({kind})")


RULE = EnvironmentRule(
    code="AP804",
    title="A secret in a tag of an environment",
    severity=Severities(production=ERROR, staging=ERROR, development=ERROR),
    rationale="It is in Git for ever, in every plan, in the state, and readable by everybody who may list resources.",
    looks_at="tags of the environment",
    fix="take it out, make a new one, and keep it in AWS Secrets Manager",
    links=("https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html",),
    check=_check,
)
