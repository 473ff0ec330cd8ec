"""What a report of checkov comes to, beside the exceptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from support.checkov.exceptions import Exempt
from support.checkov.running import Report, Stack


def problems(report: Report, stacks: Mapping[str, Stack], exceptions: Sequence[Exempt]) -> list[str]:
    """Everything that must not be: stacks that were not judged, findings that are not listed, idle exceptions."""
    return [
        *(f"{path}: checkov cannot read it" for path in report.unread),
        *(f"{name}: no check passes, so checkov has seen no resource of it" for name in _unseen(report, stacks)),
        *_compare(report, stacks, exceptions),
    ]


def _unseen(report: Report, stacks: Iterable[str]) -> list[str]:
    return [name for name in stacks if not report.passed.get(name)]


def _compare(report: Report, stacks: Mapping[str, Stack], exceptions: Sequence[Exempt]) -> Iterator[str]:
    used: set[int] = set()
    for finding in report.findings:
        covering = {n for n, row in enumerate(exceptions) if row.covers(finding, stacks[finding.stack])}
        used |= covering
        if not covering:
            yield f"not listed: {finding}"
    yield from (f"excuses nothing: {row}" for number, row in enumerate(exceptions) if number not in used)
