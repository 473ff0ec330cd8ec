"""Instances are of a current generation."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject
from auroraform.schemas.classes import PREVIOUS_GENERATIONS


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    for path, name in subject.classes.items():
        if name.split(".")[1] in PREVIOUS_GENERATIONS:
            yield Finding(path, f"is of a previous generation ({name})")


RULE = ClusterRule(
    code="AP606",
    title="An instance class of a previous generation",
    severity=Severities(production=WARNING, staging=WARNING, development=WARNING),
    rationale="It costs more for less, AWS may run out of it in a zone when a failed instance has to be "
    "replaced, and it ends with notice.",
    looks_at="the class of every instance",
    fix="take the class of the same size from a newer generation, such as db.r6g",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Types.html",),
    check=_check,
)
