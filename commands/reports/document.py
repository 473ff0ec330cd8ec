"""Problems as JSON of our own; docs/problems-json.md names the keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from auroraform.commands.reports.report import Report, end_column
from auroraform.commands.reports.sources import Sources
from auroraform.schemas.problems import Problem, Severity

if TYPE_CHECKING:
    from auroraform.schemas.waivers import Waiver

VERSION: Final = 1
"""Raised when a key changes its meaning or goes; new keys come without."""

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


def render(report: Report) -> str:
    """One document with every problem, complete where there are none."""
    return dump(
        {
            "version": VERSION,
            "problems": [_problem(problem, report.sources) for problem in report.problems],
            "waived": [
                _problem(problem, report.sources) | {"waiver": _waiver(waiver)} for problem, waiver in report.waived
            ],
            "summary": {
                "errors": report.count(Severity.ERROR),
                "warnings": report.count(Severity.WARNING),
                "waived": len(report.waived),
            },
        }
    )


def dump(document: Json) -> str:
    """JSON in ASCII, so that no console can spoil it."""
    return json.dumps(document, indent=2)


def _waiver(waiver: Waiver) -> Json:
    return {"reason": waiver.reason, "owner": waiver.owner, "until": waiver.until}


def _problem(problem: Problem, sources: Sources) -> dict[str, Json]:
    place = problem.place
    return {
        "code": str(problem.code),
        "severity": problem.severity.value,
        "file": sources.shown(place.file),
        "line": place.line or None,
        "column": place.column or None,
        "endColumn": end_column(problem) or None,
        "path": problem.path or None,
        "message": problem.message,
        "help": problem.help or None,
    }
