"""The major version is supported."""

from collections.abc import Iterator
from datetime import timedelta

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.versions import END_OF_STANDARD_SUPPORT, line_of


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    line = line_of(subject.cluster.engine, subject.cluster.engine_version)
    end = END_OF_STANDARD_SUPPORT[subject.cluster.engine].get(line)
    if end is None:
        return
    title, today = f"{ENGINES[subject.cluster.engine].title} {line}", subject.frame.today
    if end < today:
        yield Finding(
            ("engineVersion",), f"standard support of {title} ended on {end.isoformat()}: Extended Support is charged"
        )
    elif end - today <= timedelta(days=subject.frame.bounds.support_ends_within_days):
        yield Finding(("engineVersion",), f"standard support of {title} ends on {end.isoformat()}")


RULE = ClusterRule(
    code="AP506",
    title="Standard support of the major version ends soon, or has ended",
    severity=Severities(production=WARNING, staging=WARNING, development=None),
    rationale="From that day on AWS charges Extended Support for each vCPU and hour, which can cost more "
    "than the instances themselves, or upgrades the cluster, depending on what was chosen at its "
    "creation.",
    looks_at="engineVersion, and a dated table of ends of standard support",
    fix="plan the upgrade to a newer major version, and rehearse it in staging",
    links=(
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/extended-support.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/extended-support-viewing-support-dates.html",
    ),
    check=_check,
)
