"""What a report of checkov comes to, beside the exceptions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from support.checkov.exceptions import Exempt
from support.checkov.running import Finding, Report, Stack

Stacks = Mapping[str, Stack]


def problems(report: Report, stacks: Stacks, exceptions: Sequence[Exempt]) -> list[str]:
    """Everything that must not be: stacks that were not judged, findings that are not listed, idle exceptions."""
    return [
        *(f"checkov cannot read {path}" for path in report.unread),
        *(f"{name}: no check passes, so checkov has seen nothing of it" for name in _unseen(report, stacks)),
        *(f"not listed: {finding}" for finding in unlisted(report, stacks, exceptions)),
        *(f"excuses nothing: {row}" for row in exceptions if not _excused(row, report, stacks)),
    ]


def unlisted(report: Report, stacks: Stacks, exceptions: Sequence[Exempt]) -> list[Finding]:
    """The findings that no exception covers."""
    return [one for one in report.findings if not any(row.covers(one, stacks[one.stack]) for row in exceptions)]


def _unseen(report: Report, stacks: Iterable[str]) -> list[str]:
    return [name for name in stacks if not report.passed.get(name)]


def _excused(row: Exempt, report: Report, stacks: Stacks) -> bool:
    return any(row.covers(finding, stacks[finding.stack]) for finding in report.findings)
