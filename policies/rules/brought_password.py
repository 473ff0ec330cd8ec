"""RDS makes the master password."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if subject.cluster.master_password is not None:
        yield Finding(("passwordFrom",), "brings a password that is not changed by itself")


RULE = ClusterRule(
    code="AP204",
    title="A master password that people make",
    severity=Severities(production=WARNING, staging=None, development=None),
    rationale="Somebody knows it, and nobody changes it. The password that RDS makes is known to nobody, "
    "and is changed every week.",
    looks_at="passwordFrom",
    fix="delete passwordFrom: RDS then makes the password and keeps it in AWS Secrets Manager; waive this for a "
    "cluster that is replicated across Regions, where AWS has no managed passwords",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html",),
    check=_check,
)
