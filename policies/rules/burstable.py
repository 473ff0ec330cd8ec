"""Production has steady capacity."""

from collections.abc import Iterator

from auroraform.policies.rule import ERROR, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    for path, name in subject.classes.items():
        if name.startswith("db.t"):
            yield Finding(path, f"is burstable ({name})")


RULE = ClusterRule(
    code="AP605",
    title="A burstable instance class in production",
    severity=Severities(production=ERROR, staging=None, development=None),
    rationale="Once the credits are used up the instance falls to a fraction of a core, mostly in the "
    "busiest hour. AWS advises these classes for development and test only.",
    looks_at="the class of every instance",
    fix="take a class of the r family, such as db.r6g.large",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Types.html",),
    check=_check,
)
