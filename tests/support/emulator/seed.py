"""Make networks in moto under given ids; AWS, and so moto, invents them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from types import ModuleType

from moto.ec2.models import EC2Backend, security_groups, subnets, vpcs

from support.emulator.network import Seed, Vpc

_SEEDING = Lock()
_ZONES = "abc"


class SeedError(Exception):
    """A seed that contradicts what is there already."""


def plant(seed: Seed, backend: EC2Backend) -> None:
    with _SEEDING:
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
    with _next_id(vpcs, "random_vpc_id", vpc.id):
        backend.create_vpc(vpc.cidr)
    backend.create_tags([vpc.id], vpc.tags)
    for index, subnet in enumerate(vpc.subnets):
        zone = subnet.availability_zone or f"{region}{_ZONES[index % len(_ZONES)]}"
        with _next_id(subnets, "random_subnet_id", subnet.id):
            backend.create_subnet(vpc.id, subnet.cidr, availability_zone=zone, tags={"subnet": subnet.tags})
    for group in vpc.security_groups:
        with _next_id(security_groups, "random_security_group_id", group.id):
            backend.create_security_group(group.name, group.name, vpc_id=vpc.id, tags=group.tags)


@contextmanager
def _next_id(module: ModuleType, generator: str, identifier: str) -> Iterator[None]:
    """Let moto take the next id from us. Changing an id afterwards would miss what already refers to it."""
    original = getattr(module, generator)
    setattr(module, generator, lambda: identifier)
    try:
        yield
    finally:
        setattr(module, generator, original)
