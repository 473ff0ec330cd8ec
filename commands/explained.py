"""Explanations as people read them, and as programs do."""

import json
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import click

from auroraform.commands.settings import Settings
from auroraform.schemas.problems import Place
from auroraform.stacks.explanation.explain import Explanation
from auroraform.stacks.explanation.rows import Json, Row, State

WIDTH: Final = 100
_WIDEST_PATH: Final = 36
_NARROWEST_VALUE: Final = 12
_GAP: Final = "  "
_SHORT: Final = 30
"""Characters of a reason that fit where a place usually stands."""

_NO_VALUE: Final = {State.REMOVED: "(removed)", State.LOST: "(not used)", State.ABSENT: "(not set)"}
_COLOURS: Final = {"manifest": "green", "defaults": "cyan", "overrides": "cyan", "environment": "cyan"}
"""What the workspace says stands out from what auroraform brings."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a table: a value, and who says it where; or, with an empty `who`, more of the line before."""

    value: str
    path: str = ""
    who: str = ""
    place: str = ""
    is_beside: bool = False
    """It is no value that holds: a reason, or what was overridden."""


def text(explanations: Iterable[Explanation], settings: Settings) -> str:
    """Explanations as tables: a value a line, below it the reason and what it overrode."""
    return "\n\n".join("\n".join((*_head(one, settings), "", *_table(one.rows))) for one in explanations)


def reasons(address: str, explanations: Iterable[Explanation]) -> str:
    """Why there is an address, in one line."""
    return f"{click.style(address, bold=True)}: {' and '.join(dict.fromkeys(one.reason for one in explanations))}"


def document(explanations: Iterable[Explanation]) -> list[dict[str, Json]]:
    """Explanations as JSON; docs/explain.md names the keys."""
    return [_document(one) for one in explanations]


def _head(one: Explanation, settings: Settings) -> Iterator[str]:
    environment = one.where.environment
    name = f"{one.written.name} in {environment.name}" if one.written else environment.name
    yield f"{click.style(name, bold=True)}: class {environment.model.spec.class_}, stack {one.where.stack.name}"
    for file in (*([one.written.file] if one.written else []), environment.document.place.file):
        yield f"{_GAP}{settings.shown(file)}"


def _table(rows: tuple[Row, ...]) -> Iterator[str]:
    lines = [line for row in rows for line in _lines(row)]
    path, who, place = (max(len(getattr(line, column)) for line in lines) for column in ("path", "who", "place"))
    path = min(path, _WIDEST_PATH)
    room = max(WIDTH - path - who - place - 3 * len(_GAP), _NARROWEST_VALUE)
    value = max((len(line.value) for line in lines if line.who and len(line.value) <= room), default=room)
    for line in lines:
        is_long = len(line.path) > path
        if is_long:
            yield line.path
        start = f"{'' if is_long else line.path:<{path}}{_GAP}"
        if not line.who:
            # Nothing stands to the right of it.
            wrapped = textwrap.wrap(line.value, WIDTH - len(start), subsequent_indent="  ", break_on_hyphens=False)
            yield from (start + click.style(part, dim=line.is_beside) for part in wrapped)
            continue
        said = start + click.style(f"{line.value:<{value}}", dim=line.is_beside) + _GAP
        source = f"{line.who:<{who}}{_GAP}" if line.place else line.who
        if len(line.value) > value and len(start + line.value + _GAP + source + line.place) > WIDTH:
            yield said.rstrip()
            said = " " * (len(start) + value) + _GAP
        yield said + click.style(source, fg=_COLOURS.get(line.who)) + line.place


def _lines(row: Row) -> Iterator[_Line]:
    first, *rest = [_NO_VALUE[row.state]] if row.state in _NO_VALUE else _values(row.value)
    place, reason = _place(row.place), row.reason
    if not place and len(reason) <= _SHORT:
        place, reason = reason, ""
    yield _Line(first, row.path, row.layer or row.state, place)
    yield from (_Line(value) for value in rest)
    if reason:
        yield _Line(f"# {reason}", is_beside=True)
    for word in reversed(row.overrode):
        yield _Line(f"over {_flow(word.value)}", who=word.layer, place=_place(word.place), is_beside=True)


def _values(value: Json) -> list[str]:
    """A value as its lines: the elements of a list one by one."""
    if isinstance(value, list):
        return [f"- {_flow(item)}" for item in value] or ["[]"]
    return [_flow(value)]


def _flow(value: Json) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return json.dumps(value)


def _place(place: Place | None) -> str:
    return f"{place.file}:{place.line}" if place is not None else ""


def _document(one: Explanation) -> dict[str, Json]:
    environment = one.where.environment
    return {
        "manifest": {"name": one.written.name, "file": one.written.file} if one.written else None,
        "environment": {
            "name": environment.name,
            "class": environment.model.spec.class_,
            "file": environment.document.place.file,
        },
        "stack": one.where.stack.name,
        "reason": one.reason or None,
        "values": [_row(row) for row in one.rows],
    }


def _row(row: Row) -> Json:
    return {
        "path": row.path,
        "value": row.value,
        "state": row.state.value,
        "layer": row.layer or None,
        **_located(row.place),
        "reason": row.reason or None,
        "overrode": [{"value": word.value, "layer": word.layer, **_located(word.place)} for word in row.overrode],
    }


def _located(place: Place | None) -> dict[str, Json]:
    return {"file": place.file if place else None, "line": place.line if place else None}
