"""Changes of production wait for the maintenance window."""

from collections.abc import Iterator

from auroraform.policies.rule import ERROR, EnvironmentRule, Finding, Severities
from auroraform.policies.subjects import EnvironmentSubject


def _check(subject: EnvironmentSubject) -> Iterator[Finding]:
    if subject.spec.changes == "immediate":
        yield Finding(("changes",), "restarts instances while people work")


RULE = EnvironmentRule(
    code="AP502",
    title="Changes reach production at once",
    severity=Severities(production=ERROR, staging=None, development=None),
    rationale="A new class or version restarts instances. Applied at once, that happens when somebody "
    "merges, and brings along whatever was waiting for the window.",
    looks_at="changes of the environment",
    fix="write changes: maintenance-window, or leave it to the class's default",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Modifying.html",),
    check=_check,
)
