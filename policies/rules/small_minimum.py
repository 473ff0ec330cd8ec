"""A serverless cluster can record its load."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject
from auroraform.schemas.coherence.insights import FEWEST_ACUS


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    scaling = subject.cluster.serverless_v2_scaling
    if scaling is None or subject.cluster.performance_insights is None:
        return
    if scaling.min_capacity < FEWEST_ACUS:
        message = f"is {scaling.min_capacity:g} ACUs; AWS advises {FEWEST_ACUS} or more with Performance Insights"
        yield Finding(("serverlessV2Scaling", "minCapacity"), message)


RULE = ClusterRule(
    code="AP604",
    title="A Serverless v2 minimum that is too low for Performance Insights",
    severity=Severities(production=WARNING, staging=WARNING, development=None),
    rationale="AWS advises at least 2 ACUs with Performance Insights: below that the recording takes memory"
    " that queries need, and samples are lost when they matter.",
    looks_at="serverlessV2Scaling.minCapacity beside performanceInsights",
    fix="raise minCapacity to 2",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html",),
    check=_check,
)
