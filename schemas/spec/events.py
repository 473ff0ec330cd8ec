"""Which events of RDS somebody is told of."""

from typing import Annotated, Final, Literal

from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Flag, Text
from auroraform.schemas.values import plain

NOBODY: Final = "none"

Told = Literal["critical", "warning", "none"]

Category = Annotated[
    Text,
    plain(
        r"[a-z]+([ -][a-z]+){0,4}", "is not a category of events", "write it as AWS does, as low storage or failover"
    ),
]


class Events(Model):
    """Events of RDS: what happened to the cluster and its instances, told to the environment's topics."""

    enabled: Flag | None = None
    """Subscribe the topics of the environment's `alarms`. If absent: true in staging and production, false in
    development."""
    cluster_categories: dict[Category, Told] | None = None
    """Categories of the cluster's events by AWS's names, each `critical`, `warning` or `none`; layers are merged. If
    absent: what `stacks/layers/base.yaml` lists: failover, failure and deletion are critical, maintenance and
    notification are warnings."""
    instance_categories: dict[Category, Told] | None = None
    """The same for events of the declared instances; those that autoscaling adds cannot be named. If absent: failure,
    low storage and recovery are critical; restarts, maintenance, patches, replication and deletion are warnings."""
