"""Problems, printed: in which format, and where to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

from auroraform.commands.main import interrupted
from auroraform.commands.reports.redaction import redacted
from auroraform.commands.reports.report import Report
from auroraform.commands.reports.sources import Sources
from auroraform.commands.settings import Settings
from auroraform.schemas.problems import Problem

if TYPE_CHECKING:
    from auroraform.policies.rule import Rule
    from auroraform.schemas.waivers import Waiver


class Format(StrEnum):
    """How problems are shown."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"

    @property
    def is_document(self) -> bool:
        """Whether stdout holds one document, which is there also when nothing is wrong, and nothing else."""
        return self in {Format.JSON, Format.SARIF, Format.JUNIT}


_MODULES: Final[dict[Format, str]] = {
    Format.TEXT: "text",
    Format.CONCISE: "concise",
    Format.JSON: "document",
    Format.SARIF: "sarif",
    Format.GITHUB: "github",
    Format.JUNIT: "junit",
}
_TALK: Final = frozenset({Format.TEXT, Format.CONCISE})


def report(
    problems: Iterable[Problem],
    settings: Settings,
    conclusion: str = "",
    format_: Format = Format.TEXT,
    *,
    waived: Iterable[tuple[Problem, Waiver]] = (),
    rules: Iterable[Rule] = (),
) -> None:
    """Print problems: for people to stderr, for programs to stdout; documents also where there are none.

    Args:
        problems: what is wrong, sorted.
        settings: where the workspace is.
        conclusion: what follows, for the end of the last line that people read.
        format_: how to show them.
        waived: what is wrong and excused.
        rules: the rules that were held against the workspace.

    Raises:
        KeyboardInterrupt: the process has been interrupted.
    """
    # Its own end is what interrupted Node reports; nobody has to read that.
    if interrupted():
        raise KeyboardInterrupt
    problems, waived = tuple(problems), tuple(waived)
    if problems or waived or format_.is_document:
        sources = Sources(settings)
        shown = Report(
            tuple(_safe(problem, sources) for problem in problems),
            sources,
            conclusion,
            tuple((_safe(problem, sources), waiver) for problem, waiver in waived),
            {rule.code: rule for rule in rules},
        )
        click.echo(_renderer(format_)(shown), err=format_ in _TALK)


def _renderer(format_: Format) -> Callable[[Report], str]:
    """What makes a format; loaded only now, as some of them load much."""
    render: Callable[[Report], str] = import_module(f"auroraform.commands.reports.{_MODULES[format_]}").render
    return render


def _safe(problem: Problem, sources: Sources) -> Problem:
    return redacted(problem, sources.line(problem.place) or "")
