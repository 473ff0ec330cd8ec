"""Alarms: which are made, and from when on each tells."""

from typing import Annotated, Final

from auroraform.schemas.expressed import Expressed
from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Flag, Integer, Number, Text
from auroraform.schemas.topics import Severity
from auroraform.schemas.values import bad_value, between, plain

_MINUTE: Final = 60
_DAY: Final = 86_400


def _minutes(value: int) -> int:
    if value % _MINUTE:
        raise bad_value("is no whole number of minutes", "write a multiple of 60, such as 300")
    return value


class Alarm(Model):
    """One alarm: what is said here holds instead of its row in [alarms.md](alarms.md)."""

    enabled: Flag | None = None
    """Make it. If absent: true, for clusters that it is for."""
    threshold: Number | None = None
    """From when on it tells, in its own unit. If absent: see the alarm."""
    period: (
        Annotated[Integer, between(_MINUTE, _DAY, " seconds"), Expressed(_minutes, {"multipleOf": _MINUTE})] | None
    ) = None
    """Seconds that are looked at as one, 60 to 86400 in whole minutes. If absent: see alarms.md, most often 60."""
    evaluation_periods: Annotated[Integer, between(1, 1440)] | None = None
    """How many periods are looked at: an hour and more of them within seven days, shorter ones within a day. If absent:
    see alarms.md."""
    datapoints_to_alarm: Annotated[Integer, between(1, 1440)] | None = None
    """How many of those periods must be beyond the threshold. If absent: all of them."""
    severity: Severity | None = None
    """`critical` wakes somebody, `warning` is read in working hours. If absent: that of `alarms.severity`, else see
    alarms.md."""


class PercentAlarm(Alarm):
    """An alarm whose threshold is a percentage."""

    threshold: Annotated[Number, between(0.0, 100.0, " percent")] | None = None
    """From when on it tells, in percent. If absent: see the alarm."""


class ShareAlarm(PercentAlarm):
    """An alarm whose threshold is a percentage of what the instance class has, of the smallest of the role."""

    total: Annotated[Number, between(1.0, 1_000_000.0)] | None = None
    """What 100 percent are: GiB, or connections. If absent: follows from the instance class, the range of Serverless
    v2, and the parameter `max_connections`; without a known class the alarm is left out, with a warning (AF111)."""


_PLACEHOLDER: Final = "{alarm}"
RunbookUrl = Annotated[
    Text,
    plain(
        r"(?=.{1,300}$)https?://[A-Za-z0-9.:-]+(/([A-Za-z0-9._~/?#=&%+@:-]|\{alarm\})*)?",
        "is not an address of runbooks",
        f"write it as https://wiki.acme.example/databases#{_PLACEHOLDER}",
    ),
]


class ClusterAlarms(Model):
    """CloudWatch alarms of the cluster, each for the clusters that it makes sense for: see [alarms.md](alarms.md).

    Thresholds are those of the table there, in the units here. A threshold in percent follows the instances: it needs
    no change when their class does.
    """

    enabled: Flag | None = None
    """Make alarms. If absent: true in staging and production, false in development."""
    severity: Severity | None = None
    """Severity of all alarms that say none of their own. If absent: warning in staging, where nobody is woken;
    elsewhere each has its own."""
    runbook_url: RunbookUrl | None = None
    """Your own runbooks, for the description of each alarm: an address in which `{alarm}` stands for the alarm's key.
    If absent: the page of AWS's documentation that comes nearest."""
    writer: Alarm | None = None
    """Uptime of the writer, in seconds: that it is gone, or does not report. If absent: 0."""
    readers: Alarm | None = None
    """Uptime of the readers, in seconds: that none is left to take over. If absent: 0."""
    writer_cpu: PercentAlarm | None = None
    """CPU of the writer, in percent. If absent: 90."""
    reader_cpu: PercentAlarm | None = None
    """CPU of the busiest reader, in percent. If absent: 90."""
    writer_memory: ShareAlarm | None = None
    """Free memory of the writer, in percent of what it has. If absent: 10, or 5 of the maximum of Serverless v2."""
    reader_memory: ShareAlarm | None = None
    """Free memory of the fullest reader, in percent of what it has. If absent: 10, or 5 of the maximum of Serverless
    v2."""
    writer_connections: ShareAlarm | None = None
    """Connections to the writer, in percent of `max_connections`. If absent: 90."""
    reader_connections: ShareAlarm | None = None
    """Connections to the busiest reader, in percent of `max_connections`. If absent: 90."""
    writer_local_storage: ShareAlarm | None = None
    """Free local storage of a provisioned writer, in percent of what it has. If absent: 10."""
    reader_local_storage: ShareAlarm | None = None
    """Free local storage of the fullest provisioned reader, in percent of what it has. If absent: 10."""
    replica_lag: Alarm | None = None
    """Lag of the slowest reader, in milliseconds. If absent: 2000."""
    acu_utilization: PercentAlarm | None = None
    """Capacity of the busiest Serverless v2 instance, in percent of the maximum. If absent: 90."""
    maximum_capacity: Alarm | None = None
    """Capacity of the busiest Serverless v2 instance, in ACUs. If absent: the maximum of the range."""
    deadlocks: Alarm | None = None
    """Deadlocks on the writer, a second. If absent: 0, in each of 15 minutes."""
    commit_latency: Alarm | None = None
    """Commit latency of the writer, in milliseconds. If absent: 50."""
    transaction_ids: Alarm | None = None
    """Age of the oldest transaction id of Aurora PostgreSQL, in transactions. If absent: 1000000000."""
    transaction_id_wraparound: Alarm | None = None
    """The same, shortly before PostgreSQL takes no more writes. If absent: 1800000000."""
    volume_growth: PercentAlarm | None = None
    """Change of a volume of more than 100 GiB within a day, in percent. If absent: 20."""
    volume_size: PercentAlarm | None = None
    """Size of the volume, in percent of what the engine version allows. If absent: 80."""
    global_lag: Alarm | None = None
    """Lag of a secondary cluster of a Global Database, in milliseconds. If absent: 5000."""
    proxy_borrow_latency: Alarm | None = None
    """How long clients of RDS Proxy wait for a connection, in microseconds. If absent: 100000."""
