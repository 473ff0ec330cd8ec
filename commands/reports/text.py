"""Problems as people read them: a line with place and code, the line of the file, a way out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from auroraform.commands.reports.redaction import MASK, masked
from auroraform.commands.reports.report import Report, excuse, one_line, sentence
from auroraform.commands.reports.sources import Sources
from auroraform.schemas.problems import Problem, Severity

if TYPE_CHECKING:
    from auroraform.schemas.waivers import Waiver

_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_LONGEST_LINE: Final = 160


def render(report: Report) -> str:
    """Every problem with its frame, and their number."""
    parts = [_text(problem, report) for problem in report.problems]
    parts += [_waived(problem, waiver, report.sources) for problem, waiver in report.waived]
    return "\n".join((*parts, report.last_line))


def _text(problem: Problem, report: Report) -> str:
    place = problem.place
    head = click.style(f"{problem.severity}[{problem.code}]", fg=_COLOURS[problem.severity], bold=True)
    where = f"{report.sources.shown(place.file)}{f':{place.line}:{place.column}' if place.line else ''}"
    lines = [f"{one_line(where)}: {head}: {one_line(sentence(problem))}"]
    lines += _frame(problem, report.sources)
    if problem.help:
        lines.append(f"  {click.style('help', bold=True)}: {one_line(problem.help)}")
    return "\n".join(lines) + "\n"


def _waived(problem: Problem, waiver: Waiver, sources: Sources) -> str:
    place = problem.place
    where = f"{sources.shown(place.file)}{f':{place.line}:{place.column}' if place.line else ''}"
    head = click.style(f"waived[{problem.code}]", fg="blue", bold=True)
    return f"{one_line(where)}: {head}: {one_line(sentence(problem))}\n  {one_line(excuse(waiver))}\n"


def _frame(problem: Problem, sources: Sources) -> list[str]:
    """The line that a problem stands on, with carets under it."""
    place = problem.place
    line = sources.line(place)
    if line is None:
        return []
    line = _plain(masked(problem, line, sources.line(replace(place, line=place.line - 1)) or ""))
    if place.column > min(_LONGEST_LINE, len(line) + 1):
        return []
    start, end = place.column - 1, max(min(place.end_column - 1, len(line)), place.column)
    if line.endswith(MASK) and end > len(line) - len(MASK):
        # Not even the length of a password is told.
        end = len(line)
    number = str(place.line)
    caret = click.style("^" * (min(end, _LONGEST_LINE) - start), fg="cyan")
    return [f"  {number} | {line[:_LONGEST_LINE]}", f"  {' ' * len(number)} | {' ' * start}{caret}"]


def _plain(line: str) -> str:
    """A line of a file that cannot speak to the terminal; every character keeps its column."""
    return "".join(character if character.isprintable() else "\ufffd" for character in line.replace("\t", " "))
