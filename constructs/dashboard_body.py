"""The body of a dashboard, as CloudWatch takes it.

Source: Amazon CloudWatch API Reference, "Dashboard Body Structure and Syntax".
"""

from typing import Final

from auroraform.schemas.resolved.dashboard import AlarmStates, Dashboard, Graph, Series, Widget, Words

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_NAMESPACE: Final = "AWS/RDS"
_FINEST: Final = 60
"""Seconds between two points; CloudWatch takes more of them where a longer range is shown."""


def body(dashboard: Dashboard) -> Json:
    """The body, before it is made text."""
    return {
        "start": dashboard.start,
        "periodOverride": "auto",
        "widgets": [_widget(widget, dashboard.region) for widget in dashboard.widgets],
    }


def _widget(widget: Widget, region: str) -> Json:
    type_, properties = _content(widget.content, region)
    return {
        "type": type_,
        "x": widget.x,
        "y": widget.y,
        "width": widget.width,
        "height": widget.height,
        "properties": properties,
    }


def _content(content: Graph | AlarmStates | Words, region: str) -> tuple[str, Json]:
    if isinstance(content, Words):
        background = "solid" if content.is_framed else "transparent"
        return "text", {"markdown": content.markdown, "background": background}
    if isinstance(content, AlarmStates):
        return "alarm", {"title": content.title, "alarms": [*content.arns]}
    return "metric", _graph(content, region)


def _graph(graph: Graph, region: str) -> dict[str, Json]:
    axis: dict[str, Json] = {"label": graph.unit, "min": 0, "showUnits": False}
    if graph.maximum is not None:
        axis["max"] = graph.maximum
    properties: dict[str, Json] = {
        "title": graph.title,
        "region": region,
        "period": _FINEST,
        "metrics": [_metric(series) for series in graph.series],
        "yAxis": {"left": axis},
    }
    if graph.marks:
        lines: list[Json] = [{"value": mark.value, "label": mark.label, "color": mark.color} for mark in graph.marks]
        properties["annotations"] = {"horizontal": lines}
    return properties


def _metric(series: Series) -> list[Json]:
    names = [text for dimension in series.dimensions for text in dimension]
    return [_NAMESPACE, series.metric, *names, {"label": series.label, "stat": series.statistic}]
