"""A serverless cluster can scale."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    scaling = subject.cluster.serverless_v2_scaling
    if scaling is not None and scaling.min_capacity == scaling.max_capacity:
        yield Finding(("serverlessV2Scaling", "minCapacity"), f"is {scaling.min_capacity:g} ACUs, as maxCapacity is")


RULE = ClusterRule(
    code="AP602",
    title="The minimum of a Serverless v2 range is its maximum",
    severity=Severities(production=WARNING, staging=WARNING, development=WARNING),
    rationale="Such a cluster cannot scale, and costs more than a provisioned instance of that size.",
    looks_at="serverlessV2Scaling",
    fix="raise maxCapacity, lower minCapacity, or take an instance class",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html",),
    check=_check,
)
