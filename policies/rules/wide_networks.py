"""Who may connect is known."""

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Final

from auroraform.policies.rule import ERROR, WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject
from auroraform.schemas.coherence.network import ingress_networks

_IPV4: Final = 4


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    bounds = subject.frame.bounds
    for path, cidr in ingress_networks(subject.spec):
        network = ip_network(cidr)
        narrowest = bounds.widest_ipv4_prefix if network.version == _IPV4 else bounds.widest_ipv6_prefix
        if network.prefixlen < narrowest:
            yield Finding(path, f"{cidr} is wider than /{narrowest}")


RULE = ClusterRule(
    code="AP208",
    title="A wide network may connect",
    severity=Severities(production=ERROR, staging=WARNING, development=WARNING),
    rationale="A network of a whole company, or of a cloud, holds machines of which nobody knows what they do.",
    looks_at="allowedCidrBlocks and securityGroup.rules, and the bounds widestIpv4Prefix and widestIpv6Prefix",
    fix="name the networks or, better, the security groups that connect",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.RDSSecurityGroups.html",),
    check=_check,
)
