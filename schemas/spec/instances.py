"""Instances and capacity."""

from typing import Annotated, Final

from auroraform.schemas.expressed import Expressed
from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Flag, Integer, Number, Text
from auroraform.schemas.spec.parameters import ParameterGroupName
from auroraform.schemas.values import (
    AvailabilityZone,
    InstanceClass,
    MaintenanceWindow,
    MemberKey,
    bad_value,
    between,
    matching,
)


def _half_steps(value: float) -> float:
    if value * 2 != int(value * 2):
        raise bad_value("is not a number of ACUs", "use steps of 0.5")
    return value


Acu = Annotated[Number, between(0.0, 256.0, " ACUs"), Expressed(_half_steps, {"multipleOf": 0.5})]


class ServerlessV2Scaling(Model):
    """The capacity range of Serverless v2 instances, in Aurora capacity units (1 ACU is about 2 GiB of memory)."""

    min_capacity: Acu
    """Lowest capacity, 0 to 256 in steps of 0.5; 0 lets the cluster pause on versions that can."""
    max_capacity: Annotated[Acu, between(1.0, 256.0, " ACUs")]
    """Highest capacity, 1 to 256 in steps of 0.5; more than 128 on versions that can."""
    seconds_until_auto_pause: Annotated[Integer, between(300, 86400, " seconds")] | None = None
    """Seconds without a connection after which a cluster with a minimum of 0 pauses, 300 to 86400.
    If absent: 300 where the minimum is 0, else the cluster never pauses."""


LARGEST_TIER: Final = 15
MOST_INSTANCES: Final = 16
"""A writer and fifteen readers (Amazon Aurora User Guide, quotas)."""

CaCertificate = Annotated[
    Text, matching(r"rds-ca-[a-z0-9-]+", "is not a certificate authority of RDS", "write it as rds-ca-rsa2048-g1")
]


class Member(Model):
    """One instance. What it leaves out is said for all instances, or follows from its key."""

    instance_class: InstanceClass | None = None
    """Instance class. If absent: that of `instances`."""
    promotion_tier: Annotated[Integer, between(0, LARGEST_TIER)] | None = None
    """Order in a failover, 0 (first) to 15; of two in one tier the larger one takes over. Serverless v2 readers in
    tiers 0 and 1 keep up with the writer's capacity. If absent: 0 for the first key where no member says 0, else 1."""
    availability_zone: AvailabilityZone | None = None
    """Availability Zone, such as `eu-west-1a`; looked at once, when the instance is created. If absent: taken in turn
    from the zones of the subnets where the environment says them (`network.availabilityZones`), else RDS picks one."""
    preferred_maintenance_window: MaintenanceWindow | None = None
    """Weekly window in UTC for maintenance of this instance, and for changes that wait for it; best not that of another
    one. If absent: RDS picks one."""
    ca_certificate_identifier: CaCertificate | None = None
    """Certificate authority of this instance's certificate. If absent: that of `instances`."""
    publicly_accessible: Flag | None = None
    """The instance has a public address. If absent: that of `instances`."""
    db_parameter_group_name: ParameterGroupName | None = None
    """An existing DB parameter group for this instance; deleting this line later leaves the instance in it.
    If absent: the one that all instances have."""


class Instances(Model):
    """The instances of the cluster: a number of equal ones, or members. No role is named, as a failover moves it."""

    count: Annotated[Integer, between(1, MOST_INSTANCES)] | None = None
    """How many instances, the writer among them, 1 to 16; their keys are 1, 2, 3. If absent: the environment class
    decides (one in development, two in staging and production), unless there are `members`."""
    members: dict[MemberKey, Member | None] | None = None
    """The instances by key, each with what is particular to it (`{}` for nothing); null removes one. Keys are up to 15
    lower-case letters and digits. If absent: `count` holds."""
    instance_class: InstanceClass | None = None
    """Instance class of every instance, such as `db.r6g.large`. If absent: `db.serverless` where
    `serverlessV2Scaling` is given, else the environment class decides."""
    ca_certificate_identifier: CaCertificate | None = None
    """Certificate authority of every instance's certificate, such as `rds-ca-rsa2048-g1`. Changing it may restart
    instances. If absent: the account's default for new instances, and what they have for others."""
    publicly_accessible: Flag | None = None
    """Every instance has a public address; refused in production. If absent: false."""
    rolling: Flag | None = None
    """Terraform makes and changes one instance after the other, in the order of their tiers, instead of all but the
    first at once. If absent: true in production, false elsewhere."""
    db_parameter_group_name: ParameterGroupName | None = None
    """An existing DB parameter group for every instance. If absent: one with `instanceParameters`, where there are any,
    else the engine's default."""
