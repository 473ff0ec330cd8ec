"""Budgets that tell somebody.

Source: AWS Budgets API reference, Notification: each has a subscriber.
"""

from collections.abc import Iterator

from auroraform.schemas.budgets import Budget
from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.problems import Code
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec

ADVICE = "add subscriberEmailAddresses to it, or topics to alarms of the environment"


def tells_nobody(written: Budget, topics: tuple[str, ...]) -> str | None:
    """What is wrong with a budget that tells nobody; None for one that tells somebody."""
    if written.subscriber_email_addresses or topics:
        return None
    return "tells nobody, and AWS refuses such a budget: there is no address in it, and no topic for warnings"


def subscribers(spec: AwsRdsClusterSpec, cluster: ResolvedCluster, _: Situation) -> Iterator[Finding]:
    fault = tells_nobody(spec.budget, cluster.topics.warning) if spec.budget is not None else None
    if fault is not None:
        yield Finding(Code.MISSING_FIELD, ("budget",), fault, ADVICE)
