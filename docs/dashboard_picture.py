"""Draws a dashboard as the console shows it, with made-up values: the picture of docs/dashboard.md.

What is drawn, and where, is the body of a golden file. The values tell of one evening, in which a release leaves
connections open: they are made from the names of the metrics, so that the same body gives the same bytes anywhere.
"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

BODY: Final = Path(__file__).parent.parent / "tests" / "golden" / "expected" / "cases" / "dashboard" / "prod.tf.json"
LOCAL: Final = "orders_dashboard"
FILE: Final = "dashboard.svg"

Json = dict[str, Any]

_COLUMN, _ROW, _GAP = 60, 42, 8
_POINTS: Final = 90
_HOURS: Final = ("20:00", "21:00", "22:00")
_FIRST_HOUR: Final = 20
"""Minutes from the left edge to the first hour; the picture shows three hours."""
_MINUTES: Final = 180
_INCIDENT: Final = 0.72
"""Where the incident begins, as a part of the time that is shown."""
_PALETTE: Final = ("#1f77b4", "#ff7f0e", "#2ca02c", "#9467bd", "#8c564b", "#17becf")
_INK, _QUIET, _FRAME, _GRID = "#16191f", "#687078", "#d5dbdb", "#eaeded"
_FONTS: Final = "Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif"
_LINE: Final = 14
"""The height of a label."""
_ALARM, _FINE = "#d13212", "#1d8102"
_IN_ALARM: Final = ("critical", "warning", "writer-connections", "writer-cpu", "commit-latency")
"""The ends of the names of alarms that ring."""
_GIB: Final = 1024**3


@dataclass(frozen=True)
class _Shape:
    """What the values of a metric look like.

    Attributes:
        usual: about what they are for the writer.
        noise: how far they wander, as a part of that.
        incident: how many times as much they are at the end of the incident.
        of_readers: what readers have, as a part of what the writer has.
    """

    usual: float
    noise: float = 0.08
    incident: float = 1.0
    of_readers: float = 0.6


_SHAPES: Final = {
    "CPUUtilization": _Shape(38, 0.1, 2.5),
    "DatabaseConnections": _Shape(420, 0.03, 3.95, 0.7),
    "DBLoad": _Shape(0.8, 0.15, 6, 0.5),
    "CommitLatency": _Shape(4, 0.15, 18),
    "AuroraReplicaLag": _Shape(18, 0.2, 3.5, 1),
    "CommitThroughput": _Shape(310, 0.07, 0.75),
    "Deadlocks": _Shape(0.004, 0.9, 4),
    "FreeableMemory": _Shape(5.1 * _GIB, 0.02, 0.55, 1.05),
    "BufferCacheHitRatio": _Shape(99.4, 0.004, 0.98, 0.97),
    "FreeLocalStorage": _Shape(27 * _GIB, 0.01, 0.96, 0.88),
    "MaximumUsedTransactionIDs": _Shape(182e6, 0.0005),
    "ReadLatency": _Shape(0.0009, 0.15, 1.7, 1.1),
    "WriteLatency": _Shape(0.0016, 0.12, 2.2),
    "StorageNetworkThroughput": _Shape(14e6, 0.12, 1.3, 0.35),
    "VolumeReadIOPs": _Shape(21_000, 0.15, 1.5),
    "VolumeWriteIOPs": _Shape(52_000, 0.08, 1.1),
    "VolumeBytesUsed": _Shape(184 * _GIB, 0.0002, 1.002),
    "EngineUptime": _Shape(1.9e6, 0),
}


def picture() -> str:
    """The picture of the dashboard in the golden file, as SVG."""
    body = json.loads(BODY.read_text(encoding="utf-8"))["locals"][LOCAL]
    return draw(body)


def draw(body: Json) -> str:
    """A dashboard's body as SVG."""
    widgets = body["widgets"]
    width = 24 * _COLUMN + _GAP
    height = max(widget["y"] + widget["height"] for widget in widgets) * _ROW + _GAP
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f'<g font-family="{_FONTS}" font-size="11">',
        f'<rect width="{width}" height="{height}" fill="#f2f3f3"/>',
    ]
    for widget in widgets:
        box = _Box(
            widget["x"] * _COLUMN + _GAP,
            widget["y"] * _ROW + _GAP,
            widget["width"] * _COLUMN - _GAP,
            widget["height"] * _ROW - _GAP,
        )
        lines += _DRAWN[widget["type"]](box, widget["properties"])
    return "\n".join((*lines, "</g></svg>", ""))


@dataclass(frozen=True)
class _Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def frame(self) -> str:
        return (
            f'<rect x="{self.x}" y="{self.y}" width="{self.width}" height="{self.height}" rx="3" fill="#fff" '
            f'stroke="{_FRAME}"/>'
        )


def _text(x: float, y: float, text: str, fill: str = _INK, **more: object) -> str:
    attributes = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())
    return f'<text x="{x:g}" y="{y:g}" fill="{fill}"{attributes}>{escape(text)}</text>'


def _words(box: _Box, properties: Json) -> Iterator[str]:
    if properties["background"] == "solid":
        yield box.frame()
    y = box.y + 8
    for paragraph in properties["markdown"].split("\n\n"):
        if paragraph.startswith("# "):
            y += 20
            yield _text(box.x + 14, y, paragraph[2:], font_size=22, font_weight="bold")
        elif paragraph.startswith("## "):
            yield _text(box.x + 2, box.bottom - 6, paragraph[3:], font_size=17, font_weight="bold")
        elif paragraph.startswith("["):
            y += 25
            names = [part.partition("]")[0] for part in paragraph.split("[")[1:]]
            yield _text(box.x + 14, y, "   ·   ".join(names), "#0073bb", font_size=13)
        else:
            y += 26
            yield _text(box.x + 14, y, paragraph.replace("`", ""), font_size=13)


def _alarms(box: _Box, properties: Json) -> Iterator[str]:
    names = [arn.rpartition(":")[2] for arn in properties["alarms"]]
    ringing = [name for name in names if name.endswith(_IN_ALARM)]
    yield box.frame()
    yield _text(box.x + 12, box.y + 20, f"{properties['title']} ({len(names)})", font_size=13, font_weight="bold")
    counts = f"In alarm {len(ringing)}   ·   OK {len(names) - len(ringing)}"
    yield _text(box.right - 12, box.y + 20, counts, _QUIET, text_anchor="end")
    across = 6
    width = (box.width - 12 - across * 6) / across
    for index, name in enumerate(sorted(names, key=lambda one: one not in ringing)):
        color = _ALARM if name in ringing else _FINE
        x, y = box.x + 9 + index % across * (width + 6), box.y + 32 + index // across * 40
        yield f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="34" fill="#fff" stroke="{color}"/>'
        yield f'<rect x="{x:g}" y="{y:g}" width="5" height="34" fill="{color}"/>'
        yield _text(x + 12, y + 14, name, font_size=10.5)
        yield _text(x + 12, y + 27, "In alarm" if name in ringing else "OK", color, font_size=10)


def _graph(box: _Box, properties: Json) -> Iterator[str]:
    yield box.frame()
    yield _text(box.x + 12, box.y + 20, properties["title"], font_size=13, font_weight="bold")
    axis = properties["yAxis"]["left"]
    yield _text(box.x + 12, box.y + 36, axis["label"], _QUIET, font_size=10)
    marks = properties.get("annotations", {}).get("horizontal", [])
    series = [(row[-1]["label"], _values(row)) for row in properties["metrics"]]
    legend = _legend([label for label, _ in series], box.width - 24)
    plot = _Box(box.x + 46, box.y + 48, box.width - 60, box.height - 48 - 22 - 15 * len(legend))
    top = axis.get("max") or _ceiling(max(*(mark["value"] for mark in marks), 0, *(max(v) for _, v in series)))
    yield from _axes(plot, top)
    for (_, values), color in zip(series, _PALETTE, strict=False):
        points = " ".join(
            f"{plot.x + index * plot.width / (_POINTS - 1):.1f},{plot.bottom - value / top * plot.height:.1f}"
            for index, value in enumerate(values)
        )
        yield f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="1.4"/>'
    yield from _marks(plot, top, marks)
    y = plot.bottom + 32
    for line in legend:
        for index, x in line:
            label, color = series[index][0], _PALETTE[index]
            yield f'<rect x="{box.x + 12 + x:g}" y="{y - 8:g}" width="9" height="9" fill="{color}"/>'
            yield _text(box.x + 25 + x, y, label, font_size=10.5)
        y += 15


def _axes(plot: _Box, top: float) -> Iterator[str]:
    for part in (0, 0.5, 1):
        y = plot.bottom - part * plot.height
        yield f'<path d="M{plot.x:g} {y:g}H{plot.right:g}" stroke="{_GRID if part else _FRAME}"/>'
        yield _text(plot.x - 5, y + 3.5, _short(top * part), _QUIET, font_size=10, text_anchor="end")
    for index, hour in enumerate(_HOURS):
        x = plot.x + (_FIRST_HOUR + 60 * index) / _MINUTES * plot.width
        yield f'<path d="M{x:g} {plot.bottom:g}v4" stroke="{_QUIET}"/>'
        yield _text(x, plot.bottom + 15, hour, _QUIET, font_size=10, text_anchor="middle")


def _marks(plot: _Box, top: float, marks: Sequence[Json]) -> Iterator[str]:
    heights = [plot.bottom - mark["value"] / top * plot.height for mark in marks]
    for mark, y, above in zip(marks, heights, (*heights[1:], plot.y), strict=False):
        yield (
            f'<path d="M{plot.x:g} {y:.1f}H{plot.right:g}" stroke="{mark["color"]}" stroke-width="1.2" '
            'stroke-dasharray="5 3"/>'
        )
        # Below the line where there is no room above it.
        place = y - 4 if y - above > _LINE else y + 10
        yield _text(plot.x + 4, place, mark["label"], mark["color"], font_size=9.5)


def _legend(labels: Sequence[str], room: float) -> list[list[tuple[int, float]]]:
    """The labels in lines, each with its position, by an estimate of how wide they are."""
    lines: list[list[tuple[int, float]]] = [[]]
    x = 0.0
    for index, label in enumerate(labels):
        width = 13 + len(label) * 5.6 + 14
        if lines[-1] and x + width > room:
            lines.append([])
            x = 0.0
        lines[-1].append((index, x))
        x += width
    return lines


def _values(row: Sequence[Any]) -> list[float]:
    """The made-up values of one line."""
    metric, shown = str(row[1]), row[-1]
    names = [str(part) for part in row[2:-1]]
    is_reader = "READER" in names or (names[0] == "DBInstanceIdentifier" and not names[1].endswith("-1"))
    shape = _SHAPES[metric]
    level = shape.usual * (shape.of_readers if is_reader else 1)
    spread = 1 + shape.noise * {"Maximum": 1.2, "Minimum": -1.2}.get(shown["stat"], 0) if is_reader else 1.0
    chance = random.Random("/".join((metric, *names)))  # noqa: S311 - a picture
    wander, values = 0.0, []
    for index in range(_POINTS):
        wander = 0.8 * wander + (chance.random() - 0.5) * shape.noise
        late = max(0.0, (index / (_POINTS - 1) - _INCIDENT) / (1 - _INCIDENT))
        # The writer has all of it, readers a little.
        grown = 1 + (shape.incident - 1) * late * (2 - late) * (0.12 if is_reader else 1)
        values.append(max(0.0, level * spread * grown * (1 + wander)))
    if metric in {"CPUUtilization", "BufferCacheHitRatio"}:
        return [min(value, 99.5) for value in values]
    return values


def _ceiling(value: float) -> float:
    """Where an axis ends that shows a value."""
    if value <= 0:
        return 1
    magnitude = 10 ** (len(str(int(value))) - 1) if value >= 1 else 1.0
    while magnitude > value:
        magnitude /= 10
    return next(
        step * magnitude for step in (1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12) if step * magnitude >= value * 1.08
    )


def _short(value: float) -> str:
    for unit, size in (("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if value >= size:
            return f"{value / size:.3g}{unit}"
    return f"{value:.3g}"


_DRAWN: Final[dict[str, Callable[[_Box, Json], Iterator[str]]]] = {
    "text": _words,
    "alarm": _alarms,
    "metric": _graph,
}
