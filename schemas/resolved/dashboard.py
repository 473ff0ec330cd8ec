"""The dashboard of a cluster: widgets on a grid of 24 columns."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line of a graph.

    Attributes:
        metric: the name of the metric in `AWS/RDS`.
        dimensions: what tells it from others of the name, in name and value.
    """

    metric: str
    dimensions: tuple[tuple[str, str], ...]
    statistic: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A value that a graph marks across its whole width."""

    value: float
    label: str
    color: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Metrics over time.

    Attributes:
        unit: what the axis counts.
        maximum: where the axis ends; None where the values decide.
    """

    title: str
    unit: str
    maximum: float | None
    series: tuple[Series, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmStates:
    """The states of alarms."""

    title: str
    arns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Text in Markdown; a heading of what is below where it is not framed."""

    markdown: str
    is_framed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Widget:
    """Something on the grid."""

    x: int
    y: int
    width: int
    height: int
    content: Graph | AlarmStates | Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """A dashboard.

    Attributes:
        region: the Region of all metrics; dashboards themselves have none.
        start: what it shows when it is opened, relative to the time of that.
    """

    name: str
    region: str
    start: str
    widgets: tuple[Widget, ...]
