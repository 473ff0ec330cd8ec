"""A serverless cluster takes the connections that are asked for."""

from collections.abc import Iterator
from typing import Final

from auroraform.policies.rule import ERROR, WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject

_LEAST: Final = 0.5
_MOST: Final = 2000


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    cluster, scaling = subject.cluster, subject.cluster.serverless_v2_scaling
    if scaling is None or scaling.min_capacity > _LEAST or cluster.engine != "aurora-postgresql":
        return
    groups = (cluster.parameter_group, cluster.instance_parameter_group)
    rows = (row for group in groups if group is not None for row in group.parameters)
    asked = next((row.value for row in rows if row.name == "max_connections"), "")
    if asked.isdecimal() and int(asked) > _MOST:
        message = f"is {scaling.min_capacity:g} ACUs, and with that {_MOST} connections are all there are, not {asked}"
        yield Finding(("serverlessV2Scaling", "minCapacity"), message)


RULE = ClusterRule(
    code="AP601",
    title="A Serverless v2 minimum that is too low for the connections asked for",
    severity=Severities(production=ERROR, staging=WARNING, development=None),
    rationale="With a minimum of 0 or 0.5 ACUs Aurora PostgreSQL takes 2,000 connections at most, whatever "
    "max_connections says and however far the cluster scales.",
    looks_at="serverlessV2Scaling.minCapacity beside the parameter max_connections",
    fix="write a minimum of 1 ACU or more, or ask for fewer connections and pool them",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html",),
    check=_check,
)
