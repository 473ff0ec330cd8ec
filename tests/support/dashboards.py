"""What CloudWatch takes as the body of a dashboard, since nothing but AWS itself judges one.

Source: Amazon CloudWatch API Reference, "Dashboard Body Structure and Syntax" and PutDashboard.
"""

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

COLUMNS: Final = 24
MOST_METRICS: Final = 2500
"""Of a whole dashboard."""

Color = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
Line = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\n]+$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Axis(_Strict):
    label: Line
    min: float
    max: float | None = None
    showUnits: bool  # noqa: N815 - AWS's own name


class YAxis(_Strict):
    left: Axis


class Horizontal(_Strict):
    value: Annotated[float, Field(allow_inf_nan=False)]
    label: Line
    color: Color


class Annotations(_Strict):
    horizontal: Annotated[list[Horizontal], Field(min_length=1)]


class Shown(_Strict):
    """How a metric is shown."""

    label: Line
    stat: Literal["Average", "Maximum", "Minimum", "Sum", "SampleCount"]


class Metrics(_Strict):
    title: Line
    region: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,4}(-[a-z]+)+-\d$")]
    period: Annotated[int, Field(multiple_of=60)]
    metrics: Annotated[list[list[Any]], Field(min_length=1, max_length=500)]
    yAxis: YAxis  # noqa: N815 - AWS's own name
    annotations: Annotations | None = None


class Text(_Strict):
    markdown: Annotated[str, StringConstraints(min_length=1)]
    background: Literal["solid", "transparent"]


class Alarms(_Strict):
    title: Line
    alarms: Annotated[
        list[
            Annotated[
                str,
                StringConstraints(pattern=r"^arn:aws[a-z-]*:cloudwatch:[a-z0-9-]+:\d{12}:alarm:[A-Za-z0-9-]{1,255}$"),
            ]
        ],
        Field(min_length=1, max_length=100),
    ]


class _Widget(_Strict):
    x: Annotated[int, Field(ge=0, lt=COLUMNS)]
    y: Annotated[int, Field(ge=0)]
    width: Annotated[int, Field(ge=1, le=COLUMNS)]
    height: Annotated[int, Field(ge=1, le=1000)]

    @property
    def cells(self) -> set[tuple[int, int]]:
        return {(x, y) for x in range(self.x, self.x + self.width) for y in range(self.y, self.y + self.height)}


class MetricWidget(_Widget):
    type: Literal["metric"]
    properties: Metrics


class TextWidget(_Widget):
    type: Literal["text"]
    properties: Text


class AlarmWidget(_Widget):
    type: Literal["alarm"]
    properties: Alarms


class Body(_Strict):
    start: Annotated[str, StringConstraints(pattern=r"^-P(T\d+[MH]|\d+[DWM])$")]
    periodOverride: Literal["auto", "inherit"]  # noqa: N815 - AWS's own name
    widgets: Annotated[
        list[Annotated[MetricWidget | TextWidget | AlarmWidget, Field(discriminator="type")]],
        Field(min_length=1, max_length=500),
    ]


def faults(name: str, body: object) -> list[str]:
    """What is wrong with a dashboard; pydantic's own error for fields that do not exist, or hold something else."""
    return [*_faults(name, Body.model_validate(body))]


def _faults(name: str, body: Body) -> Iterator[str]:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,255}", name):
        yield f"{name} is no name"
    taken: set[tuple[int, int]] = set()
    for widget in body.widgets:
        if widget.x + widget.width > COLUMNS:
            yield f"{widget.properties} ends at column {widget.x + widget.width}"
        if taken & widget.cells:
            yield f"{widget.properties} stands on another one"
        taken |= widget.cells
    bottom = max(widget.y + widget.height for widget in body.widgets)
    if len(taken) != COLUMNS * bottom:
        yield f"{COLUMNS * bottom - len(taken)} cells are empty"
    graphs = [widget.properties for widget in body.widgets if isinstance(widget, MetricWidget)]
    if sum(len(graph.metrics) for graph in graphs) > MOST_METRICS:
        yield "there are too many metrics"
    for graph in graphs:
        yield from _faults_of_graph(graph)


def _faults_of_graph(graph: Metrics) -> Iterator[str]:
    labels = []
    for row in graph.metrics:
        *names, shown = row
        labels.append(Shown.model_validate(shown).label)
        # A namespace, a metric, and dimensions in pairs, thirty at most.
        if not all(isinstance(name, str) and name for name in names) or len(names) % 2 or not 4 <= len(names) <= 62:
            yield f"{row} is no metric"
    if len(set(labels)) < len(labels):
        yield f"{graph.title} has lines of one name: {labels}"
    values = [mark.value for mark in graph.annotations.horizontal] if graph.annotations else []
    if any(later <= earlier for earlier, later in pairwise(values)):
        yield f"{graph.title} marks {values}"
    top = graph.yAxis.left.max
    if any(value > (math.inf if top is None else top) for value in values):
        yield f"{graph.title} ends below {max(values)}"
