"""CloudWatch alarms."""

from dataclasses import dataclass

from auroraform.schemas.topics import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricQuery:
    """One series of metric math.

    Attributes:
        id: what the expression calls it.
    """

    id: str
    statistic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricMath:
    """An expression over series of the metric."""

    id: str
    expression: str
    label: str
    queries: tuple[MetricQuery, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricAlarm:
    """An alarm, told from the others by its key. It tells nobody: the composite alarm of its severity does.

    Attributes:
        math: the expression that is compared; None where it is the metric itself.
        datapoints_to_alarm: None for all of the periods.
    """

    key: str
    name: str
    description: str
    severity: Severity
    namespace: str
    metric_name: str
    dimensions: dict[str, str]
    statistic: str
    math: MetricMath | None
    period: int
    evaluation_periods: int
    datapoints_to_alarm: int | None
    comparison_operator: str
    threshold: float
    treat_missing_data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeAlarm:
    """The alarm of all alarms of a severity: one incident tells once, however many of them see it.

    Attributes:
        key: the severity.
        alarms: the keys of the alarms.
        topics: ARNs of those who are told, when it begins and when it ends.
    """

    key: Severity
    name: str
    description: str
    alarms: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """The alarms of a cluster; none where they are off."""

    metric_alarms: tuple[MetricAlarm, ...] = ()
    composite_alarms: tuple[CompositeAlarm, ...] = ()
