"""Problems a line each, as editors and grep take them."""

from collections.abc import Iterator

from auroraform.commands.reports.report import Report, one_line
from auroraform.commands.reports.sources import Sources
from auroraform.schemas.problems import Problem


def render(report: Report) -> str:
    """`file:line:col: severity[code] path: message (help)`, and the number of problems."""
    return "\n".join((*(_line(problem, report.sources) for problem in report.problems), report.last_line))


def _line(problem: Problem, sources: Sources) -> str:
    return one_line("".join(_parts(problem, sources)))


def _parts(problem: Problem, sources: Sources) -> Iterator[str]:
    place = problem.place
    yield sources.shown(place.file)
    if place.line:
        yield f":{place.line}:{place.column}"
    yield f": {problem.severity}[{problem.code}]"
    if problem.path:
        yield f" {problem.path}:"
    yield f" {problem.message}"
    if problem.help:
        yield f" ({problem.help})"
