"""A reader is close enough to take over."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject
from auroraform.schemas.members import KEEPING_UP


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    _, *readers = sorted(one.promotion_tier for one in subject.cluster.instances)
    if readers and readers[0] > KEEPING_UP:
        yield Finding(("instances",), f"has no reader in a tier below {readers[0]}")


RULE = ClusterRule(
    code="AP104",
    title="Every reader is far behind in the order of failover",
    severity=Severities(production=WARNING, staging=None, development=None),
    rationale="Readers in tiers above 1 are meant for other work: they may be small, and a Serverless v2 "
    "one has no more capacity than its own load asks for. After a failover that is what everybody"
    " gets.",
    looks_at="promotionTier of every instance",
    fix="give one reader a promotionTier of 0 or 1",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html",),
    check=_check,
)
