"""The dashboard: the table's graphs for one cluster, on a grid."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from auroraform.schemas.alarms.facts import Facts
from auroraform.schemas.regions import console_of, partition_of
from auroraform.schemas.resolved.alarms import Alarms
from auroraform.schemas.resolved.dashboard import AlarmStates, Dashboard, Graph, Mark, Series, Widget, Words
from auroraform.schemas.resolved.instances import Instance
from auroraform.schemas.topics import Severity
from auroraform.stacks.parts.context import Context, given
from auroraform.stacks.parts.graphs import SECTIONS, Line, Row, Subject, Whose
from auroraform.stacks.parts.proxy import proxy_name

COLUMNS: Final = 24
_GRAPHS_IN_A_ROW: Final = 4
_GRAPH_HEIGHT: Final = 6
_HEADING_HEIGHT: Final = 1
_HEADER_HEIGHT: Final = 3
_ALARMS_IN_A_ROW: Final = 6

_OF_SEVERITY: Final[dict[Severity, str]] = {"critical": "#d13212", "warning": "#ff9900"}
_LIMIT: Final = "#687078"
_COLORS: Final = (*_OF_SEVERITY.values(), _LIMIT)
"""The colors of marks, the most important first."""
_OF_READERS: Final = {"Average": "reader average", "Maximum": "highest reader", "Minimum": "lowest reader"}


def dashboard(context: Context, instances: tuple[Instance, ...], alarms: Alarms) -> Dashboard | None:
    """The dashboard; None where none is made."""
    written = given(context.spec.dashboard)
    if not given(written.enabled):
        return None
    return Dashboard(
        # Dashboards belong to no Region, and a second one of a name would overwrite the first; identifiers are unique
        # in one Region only.
        name=f"{context.identifier}-{context.where.region}",
        region=context.where.region,
        start=given(written.start),
        widgets=tuple(_widgets(context, instances, alarms)),
    )


def _widgets(context: Context, instances: tuple[Instance, ...], alarms: Alarms) -> Iterator[Widget]:
    insights = given(context.spec.performance_insights)
    subject = Subject(Facts.of(context.spec), instances, has_load=given(insights.enabled))
    bands = [_Band(_HEADER_HEIGHT, (Words(markdown=_header(context, subject.facts), is_framed=True),))]
    if states := _alarm_states(context, alarms):
        bands.append(_Band(1 + -(-len(states.arns) // _ALARMS_IN_A_ROW), (states,)))
    for section in SECTIONS:
        graphs = [_graph(context, subject, row, alarms) for row in section.rows if row.applies(subject)]
        if graphs:
            bands.append(_Band(_HEADING_HEIGHT, (Words(markdown=f"## {section.heading}", is_framed=False),)))
            bands += [_Band(_GRAPH_HEIGHT, tuple(some)) for some in _evenly(graphs, _GRAPHS_IN_A_ROW)]
    return _placed(bands)


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands side by side, over all columns."""

    height: int
    contents: tuple[Graph | AlarmStates | Words, ...]


def _placed(bands: Iterable[_Band]) -> Iterator[Widget]:
    top = 0
    for band in bands:
        width = COLUMNS // len(band.contents)
        for index, content in enumerate(band.contents):
            yield Widget(x=index * width, y=top, width=width, height=band.height, content=content)
        top += band.height


def _evenly(graphs: Sequence[Graph], most: int) -> Iterator[Sequence[Graph]]:
    """Rows of at most so many, as equal as can be: five are three and two, and four are two and two."""
    rows = -(-len(graphs) // most)
    begin = 0
    for index in range(rows):
        end = begin + -(-(len(graphs) - begin) // (rows - index))
        yield graphs[begin:end]
        begin = end


def _header(context: Context, facts: Facts) -> str:
    region, identifier = context.where.region, context.identifier
    readers = len(facts.readers)
    autoscaling = context.spec.reader_autoscaling
    if autoscaling is not None:
        shape = f"a writer and up to {autoscaling.max_capacity} readers"
    else:
        shape = {0: "a writer, no reader", 1: "a writer and a reader"}.get(readers, f"a writer and {readers} readers")
    lines = [
        f"# {identifier}",
        f"{context.engine.title}, {shape}. Made from `{context.written.file}` for {context.environment.name}.",
    ]
    if (console := console_of(region)) is not None:
        links = [f"[cluster]({console}/rds/home?region={region}#database:id={identifier};is-cluster=true)"]
        if context.spec.enabled_cloudwatch_logs_exports:
            # The console wants slashes that are encoded twice, with dollar signs.
            groups = f"/aws/rds/cluster/{identifier}/".replace("/", "$252F")
            logs = f"{console}/cloudwatch/home?region={region}#logsV2:log-groups$3FlogGroupNameFilter$3D{groups}"
            links.append(f"[logs]({logs})")
        lines.append(" · ".join(links))
    return "\n\n".join(lines)


def _alarm_states(context: Context, alarms: Alarms) -> AlarmStates | None:
    names = [*(alarm.name for alarm in alarms.composite_alarms), *(alarm.name for alarm in alarms.metric_alarms)]
    region = context.where.region
    prefix = f"arn:{partition_of(region)}:cloudwatch:{region}:{context.where.account_id}:alarm:"
    return AlarmStates(title="Alarms", arns=tuple(prefix + name for name in names)) if names else None


def _graph(context: Context, subject: Subject, row: Row, alarms: Alarms) -> Graph:
    return Graph(
        title=row.title,
        unit=row.unit,
        maximum=row.maximum,
        series=tuple(series for line in _lines(subject, row) for series in _series(context, subject, line)),
        marks=tuple(_marks(subject, row, alarms)),
    )


def _lines(subject: Subject, row: Row) -> Iterable[Line]:
    """The lines of a row: none of readers where there are none, and one of each metric where there is one reader."""
    if len(subject.facts.readers) > 1:
        return row.lines
    read = {(line.metric, line.what, line.whose): line for line in row.lines}
    return (line for line in read.values() if line.whose is not Whose.READERS or subject.facts.readers)


def _series(context: Context, subject: Subject, line: Line) -> Iterator[Series]:
    cluster = ("DBClusterIdentifier", context.identifier)
    if line.whose is Whose.EACH:
        for instance in subject.instances:
            if instance.instance_class.startswith(line.classes):
                yield _one(line, instance.identifier, ("DBInstanceIdentifier", instance.identifier))
    elif line.whose is Whose.CLUSTER:
        yield _one(line, "", cluster)
    elif line.whose is Whose.PROXY:
        yield _one(line, "", ("ProxyName", proxy_name(context)))
    elif line.whose is Whose.WRITER:
        yield _one(line, "writer", cluster, ("Role", "WRITER"))
    else:
        whom = _OF_READERS[line.statistic] if len(subject.facts.readers) > 1 else "reader"
        yield _one(line, whom, cluster, ("Role", "READER"))


def _one(line: Line, whom: str, *dimensions: tuple[str, str]) -> Series:
    label = ", ".join(filter(None, (line.what, whom)))
    return Series(metric=line.metric, dimensions=dimensions, statistic=line.statistic, label=label)


def _marks(subject: Subject, row: Row, alarms: Alarms) -> Iterator[Mark]:
    """What the values can reach at most, and from when on alarms tell; what has the same value is marked once."""
    labels: dict[float, list[str]] = {}
    colors: dict[float, str] = {}
    for value, label, color in (*_limits(subject, row), *_thresholds(row, alarms)):
        labels.setdefault(value, []).append(label)
        colors[value] = min(colors.get(value, color), color, key=_COLORS.index)
    for value in sorted(labels):
        yield Mark(value=value, label=", ".join(labels[value]), color=colors[value])


def _limits(subject: Subject, row: Row) -> Iterator[tuple[float, str, str]]:
    for value, what in row.limits(subject):
        yield value, what, _LIMIT


def _thresholds(row: Row, alarms: Alarms) -> Iterator[tuple[float, str, str]]:
    metrics = {line.metric for line in row.lines} if row.has_alarms else set()
    for alarm in alarms.metric_alarms:
        # At zero there is the axis already.
        if alarm.metric_name in metrics and alarm.math is None and alarm.threshold:
            yield alarm.threshold, alarm.key, _OF_SEVERITY[alarm.severity]
