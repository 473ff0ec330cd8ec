"""The alarms, as a table: what each watches, from when on, how bad that is, and why.

Sources: CloudWatch User Guide, "Recommended alarms" (Amazon RDS), which statistics, periods and many thresholds are of;
Amazon Aurora User Guide, "Amazon CloudWatch metrics for Amazon Aurora" (metrics, units, dimensions), "Creating
CloudWatch alarms to monitor Amazon Aurora" (roles instead of instances), "Important Amazon CloudWatch metrics for
Aurora Serverless v2", "What happens when Aurora Serverless v2 instances pause", "Monitoring RDS Proxy metrics with
Amazon CloudWatch".

A key is public: it is part of the alarm's name and of its Terraform address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from auroraform.schemas.alarms.facts import Facts
from auroraform.schemas.members import Member
from auroraform.schemas.topics import Severity

NAMESPACE: Final = "AWS/RDS"
GIB: Final = 1024**3
TIB: Final = 1024**4


class Role(StrEnum):
    """Which instances a metric is of: a failover moves roles, and leaves names."""

    CLUSTER = ""
    WRITER = "WRITER"
    READER = "READER"
    PROXY = "PROXY"
    """None of them, but RDS Proxy in front of them all."""


@dataclass(frozen=True, slots=True)
class Condition:
    """For which clusters an alarm is made.

    Attributes:
        words: the end of the sentence "made for …".
    """

    words: str
    holds: Callable[[Facts], bool]


@dataclass(frozen=True, slots=True)
class Share:
    """What a threshold is a percentage of.

    Attributes:
        what: in words.
        sum: an amount of it in words.
        size: how many of the metric's units one of that is.
        amount: how much an instance has; None where it is not known.
        source: what that follows from.
        counts: which instances have any.
    """

    what: str
    sum: str
    size: int
    amount: Callable[[Facts, Member], float | None]
    source: Callable[[Facts, Member], str] = Facts.size
    counts: Callable[[Member], bool] = lambda _: True


@dataclass(frozen=True, slots=True)
class Series:
    """One series of metric math: a statistic of the row's metric."""

    id: str
    statistic: str


@dataclass(frozen=True, slots=True)
class Math:
    """Metric math, where a metric by itself does not tell."""

    expression: str
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One alarm.

    Attributes:
        title: what is watched, as the beginning of a sentence such as "CPU of the writer is above 90 percent".
        unit: the unit of the threshold in words.
        threshold: from when on, in the unit, or in percent of the share; a callable where it follows from the cluster.
        of_serverless: the same where the instance is serverless.
        missing: what a period without data means (`treat_missing_data`).
        why: what happens next, and what to do first.
        page: the page of AWS's documentation that says more.
    """

    key: str
    metric: str
    role: Role
    title: str
    unit: str
    comparison: Literal["above", "below", "at or above", "at or below"]
    threshold: float | Callable[[Facts], float]
    severity: Severity
    applies: Condition
    statistic: str
    period: int = 60
    evaluation_periods: int
    missing: Literal["breaching", "notBreaching", "ignore", "missing"] = "missing"
    share: Share | None = None
    of_serverless: float | None = None
    math: Math | None = None
    why: str
    page: str

    @property
    def field(self) -> str:
        """The name of its field in Python."""
        return self.key.replace("-", "_")


_ALWAYS: Final = Condition("every cluster", lambda _: True)
_READ: Final = Condition(
    "clusters with readers, or with autoscaling that may add some", lambda facts: bool(facts.readers)
)
_AWAKE: Final = Condition(
    "clusters whose writer cannot pause, as one that does reports nothing",
    lambda facts: not any(map(facts.can_pause, facts.writers)),
)
_READ_AWAKE: Final = Condition(
    "clusters with a reader at all times that cannot pause",
    lambda facts: facts.is_always_read and not all(map(facts.can_pause, facts.readers)),
)
_PROVISIONED_WRITER: Final = Condition(
    "clusters with a provisioned writer", lambda facts: any(not member.is_serverless for member in facts.writers)
)
_PROVISIONED_READER: Final = Condition(
    "clusters with provisioned readers", lambda facts: any(not member.is_serverless for member in facts.readers)
)
_SERVERLESS: Final = Condition(
    "clusters with Serverless v2 instances, whose range leaves room to scale", lambda facts: facts.is_serverless
)
_POSTGRESQL: Final = Condition("Aurora PostgreSQL", lambda facts: facts.engine == "aurora-postgresql")
_PROXY: Final = Condition("clusters with RDS Proxy", lambda facts: facts.has_proxy)
_SECONDARY: Final = Condition("secondary clusters of a Global Database", lambda facts: facts.is_global_secondary)

_MEMORY: Final = Share("memory", "{:g} GiB", GIB, Facts.memory_gib)
_CONNECTIONS: Final = Share("max_connections", "{:g}", 1, Facts.max_connections, Facts.source_of_connections)
_LOCAL_STORAGE: Final = Share(
    "local storage", "{:g} GiB", GIB, Facts.local_storage_gib, counts=lambda member: not member.is_serverless
)
_VOLUME: Final = Share(
    "largest volume", "{:g} TiB", TIB, lambda facts, _: facts.volume_tib, lambda _, __: "the engine version"
)

_GUIDE: Final = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/"


def _with_readers(which: str) -> tuple[tuple[str, str, Role, Condition], ...]:
    """The writer, and of the readers the one of which the worst value is, as beginnings of keys, in words, and when."""
    return (("writer", "writer", Role.WRITER, _ALWAYS), ("reader", f"{which} reader", Role.READER, _READ))


_WITH_LOCAL_STORAGE: Final[tuple[tuple[str, str, Role, Severity, Condition], ...]] = (
    ("writer", "writer", Role.WRITER, "critical", _PROVISIONED_WRITER),
    ("reader", "fullest reader", Role.READER, "warning", _PROVISIONED_READER),
)

ROWS: Final = (
    Row(
        key="writer",
        metric="EngineUptime",
        role=Role.WRITER,
        title="uptime of the writer",
        unit="seconds",
        statistic="Average",
        comparison="at or below",
        threshold=0,
        # A failover to a reader takes less than a minute, and the events tell of it.
        evaluation_periods=3,
        missing="breaching",
        severity="critical",
        applies=_AWAKE,
        why="Nothing can be written: there is no writer, or it does not report. Without a reader to take over, Aurora "
        "makes a new instance, which takes ten minutes and more.",
        page=f"{_GUIDE}Concepts.AuroraHighAvailability.html",
    ),
    Row(
        key="readers",
        metric="EngineUptime",
        role=Role.READER,
        title="uptime of the readers",
        unit="seconds",
        statistic="Average",
        comparison="at or below",
        threshold=0,
        # A reader restarts within minutes, and so does the old writer as a reader after a failover.
        evaluation_periods=10,
        missing="breaching",
        severity="critical",
        applies=_READ_AWAKE,
        why="No reader is left, so that nobody takes over when the writer fails: that outage would take ten minutes "
        "and more instead of one. The reader endpoint leads to the writer meanwhile.",
        page=f"{_GUIDE}Concepts.AuroraHighAvailability.html",
    ),
    *(
        Row(
            key=f"{name}-cpu",
            metric="CPUUtilization",
            role=role,
            title=f"CPU of the {whose}",
            unit="percent",
            # Of several readers the busiest: an average hides one that is overloaded.
            statistic="Maximum",
            comparison="above",
            threshold=90,
            evaluation_periods=15,
            severity="warning",
            applies=applies,
            why="Statements wait for the processor. It slows down, and does not stop: who is hurt shows in the load by "
            "statement (Performance Insights).",
            page=f"{_GUIDE}USER_PerfInsights.UsingDashboard.html",
        )
        for name, whose, role, applies in _with_readers("busiest")
    ),
    *(
        Row(
            key=f"{name}-memory",
            metric="FreeableMemory",
            role=role,
            title=f"free memory of the {whose}",
            unit="bytes",
            statistic="Minimum",
            comparison="below",
            # Aurora gives about three quarters to its cache, so that the quarter that AWS recommends would always ring.
            threshold=10,
            # Of the maximum of the range: what is not allocated yet counts as free.
            of_serverless=5,
            share=_MEMORY,
            evaluation_periods=15,
            severity="warning",
            applies=applies,
            why="The engine is close to running out of memory, and then restarts. Look for many connections, large "
            "sorts, and per-session settings that were raised.",
            page=f"{_GUIDE}CHAP_Troubleshooting.html",
        )
        for name, whose, role, applies in _with_readers("fullest")
    ),
    *(
        Row(
            key=f"{name}-connections",
            metric="DatabaseConnections",
            role=role,
            title=f"number of connections to the {whose}",
            unit="connections",
            statistic="Maximum",
            comparison="above",
            threshold=90,
            share=_CONNECTIONS,
            evaluation_periods=5,
            severity="critical",
            applies=applies,
            why="Once they are used up, applications cannot connect. Look for a client that leaks them or has just "
            "been scaled out; pool them, or end idle sessions.",
            page=f"{_GUIDE}Aurora.Managing.Performance.html#Aurora.Managing.MaxConnections",
        )
        for name, whose, role, applies in _with_readers("busiest")
    ),
    *(
        Row(
            key=f"{name}-local-storage",
            metric="FreeLocalStorage",
            role=role,
            title=f"free local storage of the {whose}",
            unit="bytes",
            statistic="Minimum",
            comparison="below",
            threshold=10,
            share=_LOCAL_STORAGE,
            evaluation_periods=5,
            severity=severity,
            applies=applies,
            why="Temporary tables, sorts and logs lie there. When it is full, statements fail and the instance may "
            "restart. Look for large sorts and index builds; a larger class has more of it.",
            page=f"{_GUIDE}Aurora.Overview.StorageReliability.html",
        )
        for name, whose, role, severity, applies in _WITH_LOCAL_STORAGE
    ),
    Row(
        key="replica-lag",
        metric="AuroraReplicaLag",
        role=Role.READER,
        title="lag of the slowest reader",
        unit="milliseconds",
        statistic="Maximum",
        comparison="above",
        # Usually less than 100.
        threshold=2000,
        evaluation_periods=5,
        severity="warning",
        applies=_READ,
        why="Readers answer with old data, and one that falls far behind restarts. Look for a reader that is smaller "
        "or busier than the writer, and for long transactions.",
        page=f"{_GUIDE}Aurora.Replication.html",
    ),
    Row(
        key="acu-utilization",
        metric="ACUUtilization",
        role=Role.CLUSTER,
        title="ACU utilization of the busiest instance",
        unit="percent",
        statistic="Maximum",
        comparison="above",
        threshold=90,
        evaluation_periods=15,
        severity="warning",
        applies=_SERVERLESS,
        why="The capacity comes near to the maximum of the range. Raise maxCapacity before it gets there: a change "
        "takes effect without a restart, but for max_connections.",
        page=f"{_GUIDE}aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.viewing.monitoring",
    ),
    Row(
        key="maximum-capacity",
        metric="ServerlessDatabaseCapacity",
        role=Role.CLUSTER,
        title="capacity of the busiest instance",
        unit="ACUs",
        statistic="Maximum",
        comparison="at or above",
        threshold=lambda facts: facts.scaling.max_capacity if facts.scaling is not None else 0,
        evaluation_periods=30,
        # A full cache alone can hold it there: what people feel shows in memory and connections, which are worse.
        severity="warning",
        applies=_SERVERLESS,
        why="The instance has been as large as it may be for half an hour, and does not get faster with more load. "
        "Raise maxCapacity, or find what is new in the load.",
        page=f"{_GUIDE}aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.viewing.monitoring",
    ),
    Row(
        key="deadlocks",
        metric="Deadlocks",
        role=Role.WRITER,
        title="rate of deadlocks on the writer",
        unit="a second",
        statistic="Average",
        comparison="above",
        threshold=0,
        # One now and then is a matter of course, and the application tries again.
        evaluation_periods=15,
        missing="notBreaching",
        severity="warning",
        applies=_ALWAYS,
        why="Transactions kill each other in every minute of a quarter of an hour: most often a release that locks "
        "rows in another order. The log of the engine names the statements.",
        page=f"{_GUIDE}Aurora.AuroraMonitoring.Metrics.html",
    ),
    Row(
        key="commit-latency",
        metric="CommitLatency",
        role=Role.WRITER,
        title="commit latency of the writer",
        unit="milliseconds",
        statistic="Average",
        comparison="above",
        # Usually some milliseconds.
        threshold=50,
        evaluation_periods=10,
        missing="notBreaching",
        severity="warning",
        applies=_ALWAYS,
        why="Every transaction waits for its commit. Look at the CPU and the waits of the writer, and for many small "
        "commits where one would do.",
        page=f"{_GUIDE}Aurora.AuroraMonitoring.Metrics.html",
    ),
    Row(
        key="transaction-ids",
        metric="MaximumUsedTransactionIDs",
        role=Role.CLUSTER,
        title="age of the oldest transaction id",
        unit="transactions",
        statistic="Maximum",
        comparison="above",
        threshold=1_000_000_000,
        period=300,
        evaluation_periods=1,
        severity="warning",
        applies=_POSTGRESQL,
        why="Autovacuum does not keep up: half of the ids are used before it freezes old rows. Look for long "
        "transactions, forgotten replication slots and prepared transactions, which hold it back.",
        page="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Autovacuum.html",
    ),
    Row(
        key="transaction-id-wraparound",
        metric="MaximumUsedTransactionIDs",
        role=Role.CLUSTER,
        title="age of the oldest transaction id",
        unit="transactions",
        statistic="Maximum",
        comparison="above",
        threshold=1_800_000_000,
        period=300,
        evaluation_periods=1,
        severity="critical",
        applies=_POSTGRESQL,
        why="At 2.1 thousand million PostgreSQL takes no more writes, until old rows are frozen. Run VACUUM FREEZE on "
        "the oldest tables now, and end what holds it back.",
        page="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Autovacuum.html",
    ),
    Row(
        key="volume-growth",
        metric="VolumeBytesUsed",
        role=Role.CLUSTER,
        title="change of the volume within a day",
        unit="percent",
        statistic="Maximum",
        comparison="above",
        threshold=20,
        period=86_400,
        evaluation_periods=1,
        missing="ignore",
        severity="warning",
        applies=_ALWAYS,
        # The range within one period: a difference between periods needs data that an alarm of one period does not
        # have. Small volumes double in an import, and nobody minds.
        math=Math(
            f"IF(low > {100 * GIB}, 100 * (high - low) / low, 0)", (Series("high", "Maximum"), Series("low", "Minimum"))
        ),
        why="A volume of more than 100 GiB has changed by that within a day, and its growth is paid for until rows are "
        "deleted: a runaway job, an index that was built, a table that nobody empties, or a large deletion.",
        page=f"{_GUIDE}Aurora.Managing.Performance.html#Aurora.Managing.Performance.StorageScaling",
    ),
    Row(
        key="volume-size",
        metric="VolumeBytesUsed",
        role=Role.CLUSTER,
        title="size of the volume",
        unit="bytes",
        statistic="Maximum",
        comparison="above",
        threshold=80,
        share=_VOLUME,
        period=3600,
        evaluation_periods=1,
        missing="ignore",
        severity="warning",
        applies=_ALWAYS,
        why="A full volume takes no more writes, and cannot be made larger. Archive or split data; newer engine "
        "versions have a larger maximum.",
        page=f"{_GUIDE}CHAP_Limits.html#RDS_Limits.FileSize.Aurora",
    ),
    Row(
        key="global-lag",
        metric="AuroraGlobalDBReplicationLag",
        role=Role.CLUSTER,
        title="lag behind the primary cluster",
        unit="milliseconds",
        statistic="Maximum",
        comparison="above",
        # Usually less than a second.
        threshold=5000,
        evaluation_periods=5,
        severity="warning",
        applies=_SECONDARY,
        why="What is not replicated yet is lost if the primary Region fails now. Look at the writer of the primary "
        "cluster first: the metric is there in secondary Regions only.",
        page=f"{_GUIDE}aurora-global-database-monitoring.html",
    ),
    Row(
        key="proxy-borrow-latency",
        metric="DatabaseConnectionsBorrowLatency",
        role=Role.PROXY,
        title="time that clients of the proxy wait for a connection",
        unit="microseconds",
        statistic="Average",
        comparison="above",
        # One that is open is there within a millisecond, and one that must be opened within some tens of them.
        threshold=100_000,
        evaluation_periods=5,
        # Nobody has asked for one.
        missing="notBreaching",
        severity="warning",
        applies=_PROXY,
        why="The pool is used up, or connections are opened all the time. Look for clients that are pinned to theirs "
        "and for long transactions; raise maxConnectionsPercent only where the instances have connections left.",
        page=f"{_GUIDE}rds-proxy-connections.html",
    ),
)

BY_KEY: Final = {row.key: row for row in ROWS}
