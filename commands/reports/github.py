"""Problems as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.

The escapes are those of GitHub's own `@actions/core`. GitHub shows ten annotations of a kind per step; the log has all.
"""

from dataclasses import replace
from typing import Final

from auroraform.commands.reports.report import Report, end_column, excuse, sentences
from auroraform.schemas.problems import Problem, Severity
from auroraform.stacks import shipped

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning"}
# In this order: an escape holds a percent sign itself.
_IN_MESSAGES: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES: Final = _IN_MESSAGES | {":": "%3A", ",": "%2C"}


def render(report: Report) -> str:
    """One workflow command per problem, and for the log their number."""
    return "\n".join(
        filter(
            None,
            (
                *(_command(problem, report, _COMMANDS[problem.severity]) for problem in report.problems),
                *(
                    _command(replace(problem, help=f"waived: {excuse(waiver)}"), report, "notice")
                    for problem, waiver in report.waived
                ),
                report.last_line,
            ),
        ),
    )


def _command(problem: Problem, report: Report, command: str) -> str:
    place = problem.place
    file = report.sources.in_repository(place.file)
    message = sentences(problem)
    properties: dict[str, object] = {}
    if file is None:
        # GitHub can show nothing that is not in the repository; the place goes into the words.
        message = f"{place if shipped.is_builtin(place.file) else report.sources.shown(place.file)}: {message}"
    else:
        properties["file"] = file.as_posix()
        if place.line:
            properties |= {"line": place.line, "col": place.column, "endColumn": end_column(problem)}
    properties["title"] = f"auroraform {problem.code}"
    listed = ",".join(f"{name}={_escape(str(value), _IN_PROPERTIES)}" for name, value in properties.items())
    return f"::{command} {listed}::{_escape(message, _IN_MESSAGES)}"


def _escape(text: str, escapes: dict[str, str]) -> str:
    for character, escape in escapes.items():
        text = text.replace(character, escape)
    return text
