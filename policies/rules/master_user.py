"""Applications have users of their own."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if not subject.cluster.application_users and not subject.cluster.iam_database_authentication_enabled:
        yield Finding(("applicationUsers",), "leaves applications the master user alone")


RULE = ClusterRule(
    code="AP205",
    title="Nothing but the master user to log in as",
    severity=Severities(production=WARNING, staging=WARNING, development=None),
    rationale="An application that logs in as the master user can drop every database, and stands still when the "
    "password is changed under it. Without IAM authentication and without users of its own it has no other way in.",
    looks_at="applicationUsers and iamDatabaseAuthenticationEnabled",
    fix="list the users of applications in applicationUsers, each with the access that it needs; "
    "waive this where another tool makes them",
    links=(
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.MasterAccounts.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html",
    ),
    check=_check,
)
