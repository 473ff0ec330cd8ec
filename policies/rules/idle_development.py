"""Development does not pay for nights."""

from collections.abc import Iterator
from typing import Final

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject
from auroraform.schemas.members import SERVERLESS

_LEAST: Final = 0.5
"""ACUs that a version which cannot pause keeps at least."""


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if subject.cluster.schedule is not None:
        return
    scaling = subject.cluster.serverless_v2_scaling
    if scaling is not None and subject.is_serverless and scaling.min_capacity > _LEAST:
        message = f"keeps {scaling.min_capacity:g} ACUs around the clock"
        yield Finding(("serverlessV2Scaling", "minCapacity"), message)
    for path, name in subject.classes.items():
        if not name.startswith(("db.t", SERVERLESS)):
            yield Finding(path, f"runs {name} around the clock")


RULE = ClusterRule(
    code="AP610",
    title="A development cluster that never rests",
    severity=Severities(production=None, staging=None, development=WARNING),
    rationale="Nobody works on it for three quarters of the week, and large instances cost the same in every hour.",
    looks_at="classes of the instances, serverlessV2Scaling.minCapacity, and schedule",
    fix="stop it at night with a schedule, take a burstable class, or a Serverless v2 minimum of 0, with which an idle "
    "cluster pauses",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html",),
    check=_check,
)
