"""Make networks in moto under given ids; AWS, and so moto, invents them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from itertools import islice
from threading import Lock
from types import ModuleType

from moto.ec2.models import EC2Backend, security_groups, subnets, vpcs
from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend

from auroraform.sandbox.emulator.network import SecurityGroup, Seed, Subnet, Vpc

SEEDING = Lock()
_SUBNET_PREFIX = 24


class SeedError(Exception):
    """A seed that contradicts what is there already."""


def plant(seed: Seed, backend: EC2Backend) -> None:
    with SEEDING:
        _refuse_known_ids(seed, backend)
        for vpc in seed.vpcs:
            _plant_vpc(vpc, seed.region, backend)


def _refuse_known_ids(seed: Seed, backend: EC2Backend) -> None:
    wanted = [
        identifier
        for vpc in seed.vpcs
        for identifier in (vpc.id, *(s.id for s in vpc.subnets), *(g.id for g in vpc.security_groups))
    ]
    known = set(backend.vpcs)
    known.update(subnet.id for subnet in backend.describe_subnets())
    known.update(group.id for group in backend.describe_security_groups())
    taken = sorted(i for i in set(wanted) if i in known or wanted.count(i) > 1)
    if taken:
        raise SeedError(f"ids that are there already: {', '.join(taken)}")


def _plant_vpc(vpc: Vpc, region: str, backend: EC2Backend) -> None:
    with next_id(vpcs, "random_vpc_id", vpc.id):
        backend.create_vpc(vpc.cidr)
    backend.create_tags([vpc.id], vpc.tags)
    for subnet in vpc.subnets:
        plant_subnet(subnet, vpc.id, region, backend)
    for group in vpc.security_groups:
        plant_security_group(group, vpc.id, backend)


def plant_subnet(subnet: Subnet, vpc_id: str, region: str, backend: EC2Backend) -> None:
    """Add a subnet to a VPC that is there."""
    number = len(backend.describe_subnets(filters={"vpc-id": [vpc_id]}))
    zones = RegionsAndZonesBackend.zones[region]
    free = islice(ip_network(backend.vpcs[vpc_id].cidr_block).subnets(new_prefix=_SUBNET_PREFIX), number, None)
    with next_id(subnets, "random_subnet_id", subnet.id):
        backend.create_subnet(
            vpc_id,
            subnet.cidr or str(next(free)),
            availability_zone=subnet.availability_zone or zones[number % len(zones)].name,
            tags={"subnet": subnet.tags},
        )


def plant_security_group(group: SecurityGroup, vpc_id: str, backend: EC2Backend) -> None:
    """Add a security group to a VPC that is there."""
    with next_id(security_groups, "random_security_group_id", group.id):
        backend.create_security_group(group.name, group.name, vpc_id=vpc_id, tags=group.tags)


@contextmanager
def next_id(module: ModuleType, generator: str, identifier: str) -> Iterator[None]:
    """Let moto take the next id from us. Changing an id afterwards would miss what already refers to it."""
    original = getattr(module, generator)
    setattr(module, generator, lambda *_: identifier)
    try:
        yield
    finally:
        setattr(module, generator, original)
