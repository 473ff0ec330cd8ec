"""Instances: how many, who may reach them, and where they are."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas import certificates as authorities
from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.members import members, written
from auroraform.schemas.placement import zone_of
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.spec.instances import MOST_INSTANCES, Instances
from auroraform.schemas.windows import Window, parse_backup, parse_maintenance

_ROLES: Final = ("writer", "reader", "primary", "replica", "master", "secondary", "standby")


def number(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    instances = spec.instances or Instances()
    if instances.members is None:
        return
    if instances.count is not None:
        yield Finding(
            Code.CONFLICT,
            ("instances", "count"),
            "a number of instances and members by key exclude each other",
            "delete one of the two: with members 1, 2, … the instances of a count stay the same ones",
        )
        return
    found = len(members(spec))
    if not found:
        yield Finding(
            Code.BAD_VALUE,
            ("instances", "members"),
            "leaves no instance, and without one nobody can connect to the cluster",
            "write {} for a member of which nothing is particular: null removes it",
        )
    elif found > MOST_INSTANCES:
        yield Finding(
            Code.BAD_VALUE,
            ("instances", "members"),
            f"are {found} instances; a cluster has {MOST_INSTANCES} at most, a writer and fifteen readers",
            "remove some of them",
        )


def roles(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    for key in (spec.instances and spec.instances.members) or ():
        role = next((word for word in _ROLES if word in key), None)
        if role is not None:
            yield Finding(
                Code.MAY_HURT,
                ("instances", "members", key),
                f'is called "{role}", but a failover moves the roles and leaves the names',
                "name it otherwise while it is new (another key is another instance), and prefer the writer by "
                "promotionTier: 0",
                Severity.WARNING,
            )


def public_access(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    for path, public in written(spec, "publiclyAccessible", lambda one: one.publicly_accessible):
        if public and situation.environment_class == "production":
            yield Finding(
                Code.NOT_IN_PRODUCTION,
                path,
                f"a database with a public address is not possible in {situation.environment}, "
                "an environment of class production",
                "delete it, and let clients in through the VPC: by a security group, a peering or a VPN",
            )


def certificates(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    known = ", ".join(authorities.KNOWN)
    for path, name in written(spec, "caCertificateIdentifier", lambda one: one.ca_certificate_identifier):
        if name in authorities.EXPIRED:
            yield Finding(
                Code.NOT_SUPPORTED,
                path,
                f'"{name}" expired in {authorities.EXPIRED[name]}, so that clients refuse its certificates',
                f"choose from {known}",
            )
        elif name not in authorities.KNOWN:
            yield Finding(
                Code.NOT_IN_CATALOGUE,
                path,
                f'"{name}" is not among the certificate authorities known here: {known}',
                "all is well if AWS has it: aws rds describe-certificates",
                Severity.WARNING,
            )


def member_zones(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    for member in members(spec):
        zone = member.written.availability_zone
        if zone is None:
            continue
        path = ("instances", "members", member.key, "availabilityZone")
        if situation.zones and zone not in situation.zones:
            yield Finding(
                Code.BAD_VALUE,
                path,
                f'"{zone}" has no subnet of the cluster',
                f"choose from {', '.join(sorted(situation.zones))}, or add a subnet that is there",
            )
        elif zone[:-1] != (situation.region or zone[:-1]):
            yield Finding(
                Code.BAD_VALUE,
                path,
                f'"{zone}" is not in {situation.region}, the Region of {situation.environment}',
                f"write it as {situation.region}a",
            )


def spread(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    found, is_production = members(spec), situation.environment_class == "production"
    if is_production and len(found) == 1:
        yield Finding(
            Code.MAY_HURT,
            ("instances", "members" if spec.instances and spec.instances.members else "count"),
            "a single instance is in one Availability Zone, and nobody takes over from it until RDS has made another",
            "have two, as class production does by default",
            Severity.WARNING,
        )
    # Subnets of one zone are told by themselves.
    if not is_production or len(found) == 1 or len(situation.zones) == 1:
        return
    placed = {member.written.availability_zone or zone_of(member.key, situation.zones) for member in found}
    if len(placed) == 1 and None not in placed:
        (zone,) = placed
        elsewhere = next((other for other in sorted(situation.zones) if other != zone), "another zone")
        yield Finding(
            Code.NOT_IN_PRODUCTION,
            ("instances", "members"),
            f"all {len(found)} instances are in {zone}; class production does not allow that: when the zone fails, "
            "nobody takes over",
            f"give one of them, such as {found[-1].key}, availabilityZone: {elsewhere}",
        )


def instance_windows(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    backups, others = parse_backup(spec.preferred_backup_window or ""), dict[str, Window]()
    for member in members(spec):
        text = member.written.preferred_maintenance_window or ""
        window = parse_maintenance(text)
        if window is None:
            continue
        path = ("instances", "members", member.key, "preferredMaintenanceWindow")
        if any(window.overlaps(daily) for daily in backups):
            yield Finding(
                Code.MAY_BE_REFUSED,
                path,
                f"the maintenance window {text} overlaps the cluster's backup window {spec.preferred_backup_window}; "
                "RDS refuses that of a cluster, and maybe of an instance too",
                "move one of them: the backup window recurs every day",
                Severity.WARNING,
            )
        meets = next((key for key, other in others.items() if window.overlaps(other)), None)
        if meets is not None and situation.environment_class != "development":
            yield Finding(
                Code.MAY_HURT,
                path,
                f"the maintenance window {text} overlaps that of instance {meets}: both may restart at once, and then "
                "nobody takes over",
                "move one of them",
                Severity.WARNING,
            )
        others[member.key] = window
