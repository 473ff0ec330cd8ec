"""The version can still be created."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject
from auroraform.schemas.versions import AS_OF, LINES, release


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    version = subject.cluster.engine_version
    for line in LINES[subject.cluster.engine].values():
        if version in line.old:
            newest = max(line.current, key=release, default=None)
            help_ = f"move to {newest}" if newest else "move to a newer major version: this one has no version left"
            yield Finding(("engineVersion",), f"{version} was deprecated by {AS_OF}", help_)


RULE = ClusterRule(
    code="AP505",
    title="A version that AWS has flagged as deprecated",
    severity=Severities(production=WARNING, staging=WARNING, development=WARNING),
    rationale="RDS may refuse to create a cluster of it, also when a snapshot has to be restored in a "
    "hurry, and it gets no fixes.",
    looks_at="engineVersion, and a dated table of versions",
    fix="move to a version that AWS offers",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.VersionPolicy.html",),
    check=_check,
)
