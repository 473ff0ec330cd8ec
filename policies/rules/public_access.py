"""A database has no address on the internet."""

from collections.abc import Iterator

from auroraform.policies.rule import ERROR, WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    for path, keys in subject.public.items():
        yield Finding(path, f"gives {' and '.join(keys)} a public address")


RULE = ClusterRule(
    code="AP207",
    title="An instance with a public address",
    severity=Severities(production=ERROR, staging=WARNING, development=WARNING),
    rationale="Everybody can try it, every day; a rule that is too wide, or a leaked password, is then enough.",
    looks_at="publiclyAccessible of every instance",
    fix="delete publiclyAccessible: true, and connect through the VPC",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_AuroraNetworking.html",),
    check=_check,
)
