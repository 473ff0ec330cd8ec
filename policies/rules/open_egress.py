"""A database connects to what it needs."""

from collections.abc import Iterator

from auroraform.policies.rule import ERROR, WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject
from auroraform.schemas.cidr import is_everywhere


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    group = subject.cluster.security_group
    for rule in group.egress if group is not None else ():
        cidr = rule.cidr_ipv4 or rule.cidr_ipv6
        if cidr is not None and is_everywhere(cidr):
            yield Finding(("securityGroup", "egress", rule.key), f"lets the database connect to {cidr}")


RULE = ClusterRule(
    code="AP209",
    title="The database may connect to everybody",
    severity=Severities(production=ERROR, staging=WARNING, development=WARNING),
    rationale="Whoever gets into the database gets its data out, and into whatever else the network reaches.",
    looks_at="securityGroup.egress",
    fix="name the prefix lists, networks or security groups that the database connects to",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.RDSSecurityGroups.html",),
    check=_check,
)
