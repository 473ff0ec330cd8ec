"""Parameters of the database, and switches that stand for some of them."""

from typing import Annotated, Final, Literal

from pydantic import Field

from auroraform.schemas.expressed import Expressed
from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Flag, Number, PlainText, Text, VersionText
from auroraform.schemas.values import bad_value, between, matching

ParameterGroupName = Annotated[
    Text,
    matching(
        r"(?=.{1,255}$)(default\.)?[a-z](-?[a-z0-9.])*",
        "is not the name of a DB parameter group",
        "use lower-case letters, digits, full stops and single hyphens, a letter first",
    ),
]

Parameters = dict[str, PlainText | None]
"""Parameters by name. Values are text, and numbers and booleans may do without quotes; null undoes an earlier layer."""


class Parameter(Model):
    """One parameter of the cluster parameter group."""

    name: Text
    """Name of the parameter, such as `rds.force_ssl`."""
    value: Text
    """Value, always text: `"1"`."""
    apply_method: Literal["immediate", "pending-reboot"] | None = None
    """When a change takes effect. If absent: immediate where AWS can do that, else pending-reboot."""


class Tls(Model):
    """Encryption of connections."""

    required: Flag | None = None
    """Refuse clients that do not encrypt: sets `rds.force_ssl` (Aurora PostgreSQL) or `require_secure_transport`
    (Aurora MySQL) in the cluster parameter group that is made, unless a parameter is written that says otherwise.
    If absent: true."""


_MILLISECOND: Final = 0.001


def _milliseconds(value: float) -> float:
    if round(value, 3) != value:
        raise bad_value("is finer than a millisecond", "use steps of 0.001 seconds")
    return value


class SlowQueries(Model):
    """Statements that take long, with their values, in the log `slowquery` (Aurora MySQL) or `postgresql`."""

    enabled: Flag | None = None
    """Log slow statements: sets `slow_query_log`, `long_query_time` and `log_output` (Aurora MySQL) or
    `log_min_duration_statement` (Aurora PostgreSQL) in the cluster parameter group that is made, unless written.
    If absent: true in staging and production; in development where the log `slowquery` is exported."""
    threshold_seconds: Annotated[Number, between(_MILLISECOND, 3600.0, " seconds"), Expressed(_milliseconds)] | None = (
        None
    )
    """How long a statement takes that is slow, 0.001 to 3600 seconds. If absent: 1."""


class Auditing(Model):
    """Logins and changes of structure and rights (not of data), in the log `audit` (Aurora MySQL) or `postgresql`."""

    enabled: Flag | None = None
    """Audit: sets `server_audit_logging` and `server_audit_events` (Aurora MySQL), or `log_connections`,
    `log_disconnections`, `pgaudit.log` and, beside what else is in it, `shared_preload_libraries` (Aurora PostgreSQL,
    where a reboot and `CREATE EXTENSION pgaudit` come after). An audit is kept by exporting the log. If absent: on
    where the log `audit` is exported, else off."""


class Upgrade(Model):
    """A declared upgrade to another major version, for as long as it takes: RDS refuses one that nobody declares."""

    from_: Annotated[VersionText, Field(alias="from")]
    """Version that the cluster comes from, such as `"14.7"`; the new one is `engineVersion`."""
    changes: Literal["maintenance-window", "immediate"] | None = None
    """When the cluster and its instances change during the upgrade. If absent: as the environment's `changes` say."""
