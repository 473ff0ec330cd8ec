"""It is known which zone each subnet is in."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, EnvironmentRule, Finding, Severities
from auroraform.policies.subjects import EnvironmentSubject


def _check(subject: EnvironmentSubject) -> Iterator[Finding]:
    network = subject.spec.network
    if network.subnet_ids is not None and network.availability_zones is None:
        yield Finding(("network", "availabilityZones"), "is not set")


RULE = EnvironmentRule(
    code="AP103",
    title="Nobody says which zones the subnets are in",
    severity=Severities(production=WARNING, staging=None, development=None),
    rationale="RDS then places the instances, and a plan shows only later that all of them are in one zone."
    " Three subnets may as well be in one.",
    looks_at="network.availabilityZones of the environment, where it lists subnets",
    fix="list the zone of each subnet in network.availabilityZones",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.RegionsAndAvailabilityZones.html",),
    check=_check,
)
