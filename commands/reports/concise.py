"""Problems a line each, as editors and grep take them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from auroraform.commands.reports.report import Report, excuse, one_line
from auroraform.commands.reports.sources import Sources
from auroraform.schemas.problems import Problem

if TYPE_CHECKING:
    from auroraform.schemas.waivers import Waiver


def render(report: Report) -> str:
    """`file:line:col: severity[code] path: message (help)`, and the number of problems."""
    lines = [_line(problem, report.sources) for problem in report.problems]
    lines += [_waived(problem, waiver, report.sources) for problem, waiver in report.waived]
    return "\n".join((*lines, report.last_line))


def _line(problem: Problem, sources: Sources) -> str:
    return one_line("".join(_parts(problem, sources)))


def _waived(problem: Problem, waiver: Waiver, sources: Sources) -> str:
    shown = "".join(_parts(replace(problem, help=excuse(waiver)), sources, "waived"))
    return one_line(shown)


def _parts(problem: Problem, sources: Sources, word: str = "") -> Iterator[str]:
    place = problem.place
    yield sources.shown(place.file)
    if place.line:
        yield f":{place.line}:{place.column}"
    yield f": {word or problem.severity}[{problem.code}]"
    if problem.path:
        yield f" {problem.path}:"
    yield f" {problem.message}"
    if problem.help:
        yield f" ({problem.help})"
