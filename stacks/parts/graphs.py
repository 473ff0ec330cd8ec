"""The graphs of a dashboard, as a table: what each shows, for which clusters, and what it can reach at most.

Sources: Amazon Aurora User Guide, "Amazon CloudWatch metrics for Amazon Aurora" (names, units, engines), "Amazon
CloudWatch dimensions for Aurora", "Viewing Performance Insights metrics in Amazon CloudWatch", "Important Amazon
CloudWatch metrics for Aurora Serverless v2", "Monitoring RDS Proxy metrics with Amazon CloudWatch".

Sections go from what people feel to what it comes from, as somebody reads who was woken up.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from auroraform.schemas import classes
from auroraform.schemas.alarms.facts import Facts
from auroraform.schemas.members import SERVERLESS, Member
from auroraform.schemas.resolved.instances import Instance


class Whose(StrEnum):
    """Which instances a line is of. A failover moves roles, and leaves names."""

    CLUSTER = "cluster"
    WRITER = "writer"
    READERS = "readers"
    EACH = "each instance"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one for each instance.

    Attributes:
        what: which of a graph's metrics it is; empty where there is only one.
        classes: how the classes begin of those instances that have the metric.
    """

    metric: str
    whose: Whose
    statistic: str = "Average"
    what: str = ""
    classes: str = "db."


@dataclass(frozen=True, slots=True)
class Subject:
    """A cluster that a dashboard is made for.

    Attributes:
        instances: those that are declared; autoscaling names its own.
        has_load: Performance Insights record the load.
    """

    facts: Facts
    instances: tuple[Instance, ...]
    has_load: bool

    @property
    def members(self) -> tuple[Member, ...]:
        """Those instances, as they are written."""
        return tuple(dict.fromkeys((*self.facts.writers, *self.facts.readers)))


Limits = Iterator[tuple[float, str]]
"""Values that cannot be exceeded, each with what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One graph.

    Attributes:
        unit: what the axis counts.
        lines: those of clusters without readers leave out the readers'.
        applies: for which clusters it is.
        maximum: where the axis ends; None where the values decide.
        limits: what the values can reach at most.
        has_alarms: thresholds of alarms are marked; not where they are so far away that nothing else could be seen.
    """

    title: str
    unit: str
    lines: tuple[Line, ...]
    applies: Callable[[Subject], bool] = lambda _: True
    maximum: float | None = None
    limits: Callable[[Subject], Limits] = lambda _: iter(())
    has_alarms: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """Graphs that stand together.

    Attributes:
        heading: what they are about, and the question that they answer.
    """

    heading: str
    rows: tuple[Row, ...]


def _by_role(metric: str, statistic: str, *, worst: str) -> tuple[Line, ...]:
    """A line for the writer and two for the readers: their average, and the one that is worst off."""
    return (
        Line(metric, Whose.WRITER, statistic),
        Line(metric, Whose.READERS, "Average"),
        Line(metric, Whose.READERS, worst),
    )


def _each(metric: str, classes: str = "db.") -> tuple[Line, ...]:
    return (Line(metric, Whose.EACH, classes=classes),)


def _is_mysql(subject: Subject) -> bool:
    return subject.facts.engine == "aurora-mysql"


def _is_postgresql(subject: Subject) -> bool:
    return subject.facts.engine == "aurora-postgresql"


def _has_proxy(subject: Subject) -> bool:
    return subject.facts.has_proxy


def _is_read(subject: Subject) -> bool:
    return bool(subject.facts.readers)


def _has(prefix: str) -> Callable[[Subject], bool]:
    """Clusters with an instance whose class begins so."""
    return lambda subject: any(instance.instance_class.startswith(prefix) for instance in subject.instances)


_has_serverless: Final = _has(SERVERLESS)


def _has_provisioned(subject: Subject) -> bool:
    return any(instance.instance_class != SERVERLESS for instance in subject.instances)


def _has_siblings(subject: Subject) -> bool:
    return len(subject.instances) > 1


def _of_classes(subject: Subject, amount: Callable[[Member], float | None], what: str) -> Limits:
    """The amounts of all instances, each once, with the class that has it where not all have the same."""
    found: dict[float, str] = {}
    for member in subject.members:
        if (value := amount(member)) is not None:
            found.setdefault(value, member.instance_class or "")
    for value, name in sorted(found.items()):
        yield value, what if len(found) == 1 else f"{what} of {name}"


def _connections(subject: Subject) -> Limits:
    return _of_classes(subject, subject.facts.max_connections, "max_connections")


def _vcpus(subject: Subject) -> Limits:
    return _of_classes(subject, lambda member: classes.vcpus(member.instance_class or ""), "vCPUs")


def _range(subject: Subject) -> Limits:
    scaling = subject.facts.scaling
    if scaling is not None:
        if scaling.min_capacity:
            yield scaling.min_capacity, "minimum of the range"
        yield scaling.max_capacity, "maximum of the range"


_BURSTABLE: Final = "db.t"
_LAST_TRANSACTION: Final = 2**31 - 1_000_000
"""Where PostgreSQL takes no more writes."""

SECTIONS: Final = (
    Section(
        "Load: who is busy, and is there room",
        (
            Row(
                title="CPU",
                unit="percent",
                lines=_by_role("CPUUtilization", "Average", worst="Maximum"),
                maximum=100,
            ),
            Row(
                title="Connections",
                unit="connections to an instance",
                lines=_by_role("DatabaseConnections", "Maximum", worst="Maximum"),
                limits=_connections,
            ),
            Row(
                title="Database load",
                unit="average active sessions",
                lines=_each("DBLoad"),
                applies=lambda subject: subject.has_load,
                limits=_vcpus,
            ),
        ),
    ),
    Section(
        "Latency: what applications feel",
        (
            Row(
                title="Commit latency",
                unit="milliseconds",
                lines=(Line("CommitLatency", Whose.WRITER),),
            ),
            Row(
                title="Statement latency",
                unit="milliseconds",
                lines=(
                    Line("SelectLatency", Whose.WRITER, what="SELECT"),
                    Line("SelectLatency", Whose.READERS, what="SELECT"),
                    Line("DMLLatency", Whose.WRITER, what="changes"),
                ),
                applies=_is_mysql,
            ),
            Row(
                title="Replica lag",
                unit="milliseconds",
                lines=(
                    Line("AuroraReplicaLag", Whose.READERS, "Average"),
                    Line("AuroraReplicaLag", Whose.READERS, "Maximum"),
                ),
                applies=_is_read,
            ),
            Row(
                title="Statements",
                unit="a second",
                lines=(
                    Line("Queries", Whose.WRITER, what="all"),
                    Line("Queries", Whose.READERS, what="all"),
                    Line("CommitThroughput", Whose.WRITER, what="commits"),
                ),
                applies=_is_mysql,
            ),
            Row(
                title="Commits",
                unit="a second",
                lines=(Line("CommitThroughput", Whose.WRITER),),
                applies=_is_postgresql,
            ),
            Row(title="Deadlocks", unit="a second", lines=(Line("Deadlocks", Whose.WRITER),)),
        ),
    ),
    Section(
        "Capacity: what runs out",
        (
            Row(
                title="Capacity",
                unit="ACUs",
                lines=_by_role("ServerlessDatabaseCapacity", "Maximum", worst="Maximum"),
                applies=_has_serverless,
                limits=_range,
            ),
            Row(
                title="ACU utilization",
                unit="percent of the maximum",
                lines=_by_role("ACUUtilization", "Maximum", worst="Maximum"),
                applies=_has_serverless,
                maximum=100,
            ),
            Row(
                title="Freeable memory",
                unit="bytes",
                lines=_by_role("FreeableMemory", "Minimum", worst="Minimum"),
            ),
            Row(
                title="Reads served by the cache",
                unit="percent",
                lines=_by_role("BufferCacheHitRatio", "Average", worst="Minimum"),
                maximum=100,
            ),
            Row(
                title="Free local storage",
                unit="bytes",
                lines=_by_role("FreeLocalStorage", "Minimum", worst="Minimum"),
                applies=_has_provisioned,
            ),
            Row(
                title="CPU credits",
                unit="credits left",
                lines=_each("CPUCreditBalance", _BURSTABLE),
                applies=_has(_BURSTABLE),
            ),
            Row(
                title="Age of the oldest transaction id",
                unit="transactions",
                lines=(Line("MaximumUsedTransactionIDs", Whose.WRITER, "Maximum"),),
                applies=_is_postgresql,
                limits=lambda _: iter([(_LAST_TRANSACTION, "no more writes")]),
            ),
        ),
    ),
    Section(
        "Storage: what it reads, writes and keeps",
        (
            Row(
                title="Storage latency",
                unit="seconds",
                lines=(
                    Line("ReadLatency", Whose.WRITER, what="reads"),
                    Line("ReadLatency", Whose.READERS, what="reads"),
                    Line("WriteLatency", Whose.WRITER, what="writes"),
                ),
            ),
            Row(
                title="Storage throughput",
                unit="bytes a second",
                lines=(
                    Line("StorageNetworkThroughput", Whose.WRITER),
                    Line("StorageNetworkThroughput", Whose.READERS),
                ),
            ),
            Row(
                title="Billed I/O",
                unit="operations in five minutes",
                lines=(
                    Line("VolumeReadIOPs", Whose.CLUSTER, what="reads"),
                    Line("VolumeWriteIOPs", Whose.CLUSTER, what="writes"),
                ),
            ),
            Row(
                title="Volume",
                unit="bytes",
                lines=(Line("VolumeBytesUsed", Whose.CLUSTER, "Maximum", "used"),),
                has_alarms=False,
            ),
        ),
    ),
    Section(
        "Proxy: do clients wait for a connection",
        (
            Row(
                title="Connections of the proxy",
                unit="connections",
                # RDS Proxy reports them from several hosts.
                lines=(
                    Line("ClientConnections", Whose.PROXY, "Sum", "clients"),
                    Line("DatabaseConnections", Whose.PROXY, "Sum", "database"),
                    Line("DatabaseConnectionsCurrentlySessionPinned", Whose.PROXY, "Sum", "pinned"),
                ),
                applies=_has_proxy,
                has_alarms=False,
            ),
            Row(
                title="Wait for a connection",
                unit="microseconds",
                lines=(Line("DatabaseConnectionsBorrowLatency", Whose.PROXY),),
                applies=_has_proxy,
            ),
        ),
    ),
    Section(
        "Instances: which one it is",
        (
            Row(
                title="CPU by instance",
                unit="percent",
                lines=_each("CPUUtilization"),
                applies=_has_siblings,
                maximum=100,
                has_alarms=False,
            ),
            Row(
                title="Connections by instance",
                unit="connections",
                lines=_each("DatabaseConnections"),
                applies=_has_siblings,
                has_alarms=False,
            ),
            Row(
                title="Capacity by instance",
                unit="ACUs",
                lines=_each("ServerlessDatabaseCapacity", SERVERLESS),
                applies=lambda subject: _has_siblings(subject) and _has_serverless(subject),
                has_alarms=False,
            ),
            Row(
                title="Freeable memory by instance",
                unit="bytes",
                lines=_each("FreeableMemory"),
                applies=lambda subject: _has_siblings(subject) and not _has_serverless(subject),
                has_alarms=False,
            ),
            Row(
                title="Uptime by instance",
                unit="seconds since the last restart",
                lines=_each("EngineUptime"),
                has_alarms=False,
            ),
        ),
    ),
)
