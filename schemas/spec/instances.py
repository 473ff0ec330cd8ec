"""Instances and capacity."""

from typing import Annotated

from auroraform.schemas.expressed import Expressed
from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Integer, Number
from auroraform.schemas.spec.parameters import ParameterGroupName
from auroraform.schemas.values import InstanceClass, bad_value, between


def _half_steps(value: float) -> float:
    if value * 2 != int(value * 2):
        raise bad_value("is not a number of ACUs", "use steps of 0.5")
    return value


Acu = Annotated[Number, between(0.0, 256.0, " ACUs"), Expressed(_half_steps, {"multipleOf": 0.5})]


class ServerlessV2Scaling(Model):
    """The capacity range of Aurora Serverless v2, in Aurora capacity units (1 ACU is about 2 GiB of memory)."""

    min_capacity: Acu
    """Lowest capacity, 0 to 256 in steps of 0.5; 0 lets the cluster pause on versions that can."""
    max_capacity: Annotated[Acu, between(1.0, 256.0, " ACUs")]
    """Highest capacity, 1 to 256 in steps of 0.5; more than 128 on versions that can."""
    seconds_until_auto_pause: Annotated[Integer, between(300, 86400, " seconds")] | None = None
    """Seconds without a connection after which a cluster with a minimum of 0 pauses, 300 to 86400.
    If absent: 300 where the minimum is 0, else the cluster never pauses."""


class Instances(Model):
    """The instances of the cluster. Keys are numbers; roles are not named, as a failover moves them."""

    count: Annotated[Integer, between(1, 16)] | None = None
    """How many instances, the writer among them, 1 to 16. If absent: the environment class decides
    (one in development, two in staging and production)."""
    instance_class: InstanceClass | None = None
    """Instance class of every instance, such as `db.r6g.large`. If absent: `db.serverless` where
    `serverlessV2Scaling` is given, else the environment class decides."""
    db_parameter_group_name: ParameterGroupName | None = None
    """An existing DB parameter group for every instance. If absent: one with `instanceParameters`, where there are any,
    else the engine's default."""
