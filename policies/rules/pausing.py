"""Production does not sleep."""

from collections.abc import Iterator

from auroraform.policies.rule import ERROR, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    scaling = subject.cluster.serverless_v2_scaling
    if scaling is not None and scaling.min_capacity == 0:
        yield Finding(("serverlessV2Scaling", "minCapacity"), "lets the cluster pause")


RULE = ClusterRule(
    code="AP603",
    title="A production cluster that pauses",
    severity=Severities(production=ERROR, staging=None, development=None),
    rationale="The first connection after a pause waits a quarter of a minute and more, and the cache is "
    "cold: what nobody uses at night is not production.",
    looks_at="serverlessV2Scaling.minCapacity",
    fix="write a minimum above 0; 2 ACUs or more where Performance Insights record load",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html",),
    check=_check,
)
