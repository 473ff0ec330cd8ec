"""Problems as people read them: a line with place and code, the line of the file, a way out."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click

from auroraform.commands.settings import Settings
from auroraform.schemas.problems import Code, Place, Problem, Severity
from auroraform.stacks import defaults

_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_LONGEST_LINE: Final = 160


def report(problems: Iterable[Problem], settings: Settings, conclusion: str = "") -> None:
    """Print problems to stderr, with their number and a conclusion at the end; nothing where there are none."""
    problems = tuple(problems)
    if not problems:
        return
    sources = _Sources(settings)
    for problem in problems:
        click.echo(_text(problem, sources), err=True)
    counts = [
        f"{n} {severity}{'s' if n > 1 else ''}"
        for severity in Severity
        if (n := sum(p.severity is severity for p in problems))
    ]
    click.echo("; ".join(filter(None, (", ".join(counts), conclusion))), err=True)


def _text(problem: Problem, sources: "_Sources") -> str:
    place = problem.place
    head = click.style(f"{problem.severity}[{problem.code}]", fg=_COLOURS[problem.severity], bold=True)
    where = f"{sources.shown(place.file)}{f':{place.line}:{place.column}' if place.line else ''}"
    lines = [f"{where}: {head}: " + ": ".join(filter(None, (problem.path, problem.message)))]
    lines += _frame(place, sources.line(place), hidden=problem.code is Code.PLAINTEXT_PASSWORD)
    if problem.help:
        lines.append(f"  {click.style('help', bold=True)}: {problem.help}")
    return "\n".join(lines) + "\n"


def _frame(place: Place, line: str | None, *, hidden: bool) -> list[str]:
    """The line that a problem stands on, with carets under it; a password is not shown."""
    if line is None or place.column > _LONGEST_LINE:
        return []
    start, end = place.column - 1, max(min(place.end_column - 1, len(line)), place.column)
    if hidden:
        line = line[:start] + "*" * 8
        end = len(line)
    number = str(place.line)
    caret = click.style("^" * (min(end, _LONGEST_LINE) - start), fg="cyan")
    return [f"  {number} | {line[:_LONGEST_LINE]}", f"  {' ' * len(number)} | {' ' * start}{caret}"]


class _Sources:
    """Lines of the files that problems stand in, each file read once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lines: dict[str, list[str]] = {}

    def shown(self, file: str) -> str:
        if Path(file).is_absolute():
            return os.path.relpath(file) if Path(file).is_relative_to(Path.cwd()) else file
        return file if defaults.is_builtin(file) else self._settings.shown(file)

    def line(self, place: Place) -> str | None:
        if not place.line:
            return None
        if place.file not in self._lines:
            self._lines[place.file] = self._read(place.file)
        lines = self._lines[place.file]
        return lines[place.line - 1].replace("\t", " ") if place.line <= len(lines) else None

    def _read(self, file: str) -> list[str]:
        try:
            data = (
                defaults.source(file) if defaults.is_builtin(file) else (self._settings.workspace / file).read_bytes()
            )
        except OSError:
            return []
        return data.decode("utf-8-sig", errors="replace").splitlines()
