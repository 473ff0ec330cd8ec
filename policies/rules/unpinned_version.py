"""The manifest is the one place that moves a version."""

from collections.abc import Iterator

from auroraform.policies.remedy import Remove
from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    if subject.spec.version_policy == "minor":
        path = ("versionPolicy",)
        yield Finding(path, "lets RDS upgrade production", remedy=Remove(path))


RULE = ClusterRule(
    code="AP503",
    title="The version moves by itself",
    severity=Severities(production=WARNING, staging=None, development=None),
    rationale="With versionPolicy minor RDS upgrades in some maintenance window, and Terraform ignores the "
    "version: no staging environment has rehearsed that upgrade, and the manifest no longer says "
    "what runs.",
    looks_at="versionPolicy",
    fix="leave versionPolicy to the default, which is pinned",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.VersionPolicy.html",),
    check=_check,
)
