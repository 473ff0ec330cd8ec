"""People and services can log in without a password of their own."""

from collections.abc import Iterator

from auroraform.policies.remedy import Remove
from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if not subject.cluster.iam_database_authentication_enabled:
        path = ("iamDatabaseAuthenticationEnabled",)
        yield Finding(path, "leaves users with passwords alone", remedy=Remove(path))


RULE = ClusterRule(
    code="AP206",
    title="IAM authentication is off",
    severity=Severities(production=WARNING, staging=WARNING, development=None),
    rationale="Without it every user needs a password, which somebody has to make, hand over and change.",
    looks_at="iamDatabaseAuthenticationEnabled",
    fix="leave iamDatabaseAuthenticationEnabled to the default, which is true",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html",),
    check=_check,
)
