"""A dashboard of a cluster in CloudWatch."""

from typing import Final

from auroraform.constructs.bindings import CloudwatchDashboard, Construct, TerraformElement
from auroraform.constructs.naming import address
from auroraform.schemas.resolved.dashboard import AlarmStates, Dashboard, Graph, Series, Widget, Words

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_NAMESPACE: Final = "AWS/RDS"
_FINEST: Final = 60
"""Seconds between two points; CloudWatch takes more of them where a longer range is shown."""


class ClusterDashboard(Construct):
    """`aws_cloudwatch_dashboard.<label>`, with its body in `local.<label>_dashboard`.

    The provider takes the body as text. As a local value it stands in the stack as it is, line by line, so that a
    change of it can be reviewed.
    """

    def __init__(self, scope: Construct, id_: str, *, label: str, dashboard: Dashboard) -> None:
        super().__init__(scope, id_)
        local = f"{label}_dashboard"
        _Local(self, "Body", name=local, value=_body(dashboard))
        made = CloudwatchDashboard(
            self, "Default", dashboard_name=dashboard.name, dashboard_body=f"${{jsonencode(local.{local})}}"
        )
        address(made, label)


class _Local(TerraformElement):
    """A local value of the stack."""

    def __init__(self, scope: Construct, id_: str, *, name: str, value: Json) -> None:
        super().__init__(scope, id_)
        self._locals = {name: value}

    def to_terraform(self) -> dict[str, object]:
        """The value, as CDKTF merges it into the stack."""
        return {"locals": self._locals}


def _body(dashboard: Dashboard) -> Json:
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
