"""No secret stands in a manifest."""

from collections.abc import Iterator

from auroraform.policies.rule import ERROR, ClusterRule, Finding, Severities
from auroraform.policies.secret_texts import secret_in
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    for index, row in enumerate(subject.spec.parameters or ()):
        if kind := secret_in(row.name, row.value, names_tell=False):
            yield Finding(("parameters", index, "value"), f"looks like a secret ({kind})")
    metadata = subject.written.metadata
    for field, texts in (("labels", metadata.labels), ("annotations", metadata.annotations)):
        for name, text in texts.items():
            if kind := secret_in(name, text):
                yield Finding(("metadata", field, name), f"looks like a secret ({kind})")


RULE = ClusterRule(
    code="AP801",
    title="A secret in a parameter, a label or an annotation",
    severity=Severities(production=ERROR, staging=ERROR, development=ERROR),
    rationale="It is in Git for ever, in every plan, in the state, and, as a tag, readable by everybody who"
    " may list resources.",
    looks_at="values of parameters, labels and annotations",
    fix="take it out, make a new one, and keep it in AWS Secrets Manager",
    links=("https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html",),
    check=_check,
)
