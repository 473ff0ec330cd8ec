"""Problems as SARIF 2.1.0, which code scanning services track and people dismiss there.

What services make of it is noted where it is not plain from the standard: GitHub needs a location per result,
paths that count from the root of the repository, and one certain fingerprint.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from auroraform.commands.reports.about import About, about
from auroraform.commands.reports.document import Json, dump
from auroraform.commands.reports.report import Report, end_column, excuse, sentences
from auroraform.commands.reports.sources import Sources
from auroraform.schemas.problems import Place, Problem, Severity
from auroraform.stacks import shipped

if TYPE_CHECKING:
    from auroraform.schemas.waivers import Waiver

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning"}
_REPOSITORY: Final = "%SRCROOT%"
_TOOL: Final = "%AURORAFORM%"
_BASES: Final[dict[str, Json]] = {
    # Where they are on this machine is nobody's business: services know, or need not.
    _REPOSITORY: {"description": {"text": "The root of the repository"}},
    _TOOL: {"description": {"text": "What auroraform brings along, such as its defaults"}},
}


def render(report: Report) -> str:
    """One run with a result per problem, and the rules that they break."""
    # Costs as much as the rest of the module, and other formats need none of it.
    from importlib.metadata import version  # noqa: PLC0415

    waived = [problem for problem, _ in report.waived]
    codes = sorted({str(problem.code) for problem in (*report.problems, *waived)} | set(report.rules))
    run: Json = {
        "tool": {
            "driver": {
                "name": "auroraform",
                "semanticVersion": version("auroraform"),
                "rules": [_rule(code, about(code, report.rules)) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": _BASES,
        "invocations": [{"executionSuccessful": True}],
        "results": list(_results(report, codes)),
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, about_it: About) -> Json:
    return {
        "id": code,
        "name": about_it.name,
        "shortDescription": {"text": about_it.title},
        "fullDescription": {"text": about_it.meaning},
        "help": {"text": about_it.text, "markdown": about_it.markdown},
        "defaultConfiguration": {"level": _LEVELS[about_it.severity]},
    }


def _results(report: Report, codes: list[str]) -> Iterator[Json]:
    seen: Counter[tuple[str, ...]] = Counter()
    shown: list[tuple[Problem, Waiver | None]] = [(problem, None) for problem in report.problems]
    for problem, waiver in (*shown, *report.waived):
        artifact = _artifact(problem.place, report.sources)
        identity = _identity(problem, artifact)
        seen[identity] += 1
        fingerprint = hashlib.sha256("\0".join((*identity, str(seen[identity]))).encode()).hexdigest()
        result: dict[str, Json] = {
            "ruleId": str(problem.code),
            "ruleIndex": codes.index(str(problem.code)),
            "level": _LEVELS[problem.severity],
            "message": {"text": sentences(problem)},
            "locations": [_location(problem, artifact)],
            "partialFingerprints": {
                "auroraform/v1": fingerprint,
                # The only one that GitHub looks at; it would make its own from the text of the line.
                "primaryLocationLineHash": fingerprint,
            },
        }
        if waiver is not None:
            result["suppressions"] = [{"kind": "inSource", "justification": excuse(waiver)}]
        yield result


def _identity(problem: Problem, artifact: dict[str, Json]) -> tuple[str, ...]:
    """What stays the same while lines above come and go, and while people try other values."""
    # Some messages name the line of something else.
    subject = problem.path or re.sub(r"\d+", "", problem.message)
    return str(problem.code), str(artifact["uri"]), subject


def _location(problem: Problem, artifact: dict[str, Json]) -> Json:
    place = problem.place
    physical: dict[str, Json] = {"artifactLocation": artifact}
    if place.line:
        physical["region"] = {"startLine": place.line, "startColumn": place.column, "endColumn": end_column(problem)}
    location: dict[str, Json] = {"physicalLocation": physical}
    if problem.path:
        location["logicalLocations"] = [{"fullyQualifiedName": problem.path}]
    return location


def _artifact(place: Place, sources: Sources) -> dict[str, Json]:
    if shipped.is_builtin(place.file):
        return {"uri": quote(shipped.bare(place.file)), "uriBaseId": _TOOL}
    path = sources.in_repository(place.file)
    if path is None:
        return {"uri": sources.absolute(place.file).as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": _REPOSITORY}
