"""What a report is made from, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auroraform.commands.reports.sources import Sources
from auroraform.schemas.problems import SECRETS, Problem, Severity

if TYPE_CHECKING:
    from auroraform.policies.rule import Rule
    from auroraform.schemas.waivers import Waiver


@dataclass(frozen=True, slots=True)
class Report:
    """Problems, and what it takes to show them.

    Attributes:
        conclusion: what follows from them, for people.
        waived: what is excused, each with the waiver.
        rules: the rules that were held against the workspace, by their codes.
    """

    problems: tuple[Problem, ...]
    sources: Sources
    conclusion: str = ""
    waived: tuple[tuple[Problem, Waiver], ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)

    def count(self, severity: Severity) -> int:
        return sum(problem.severity is severity for problem in self.problems)

    @property
    def last_line(self) -> str:
        """How many problems there are, and the conclusion; empty where there are none."""
        counted = [f"{n} {severity}{'s' if n > 1 else ''}" for severity in Severity if (n := self.count(severity))]
        counted += [f"{len(self.waived)} waived"] if self.waived else []
        return "; ".join(filter(None, (", ".join(counted), self.conclusion)))


def one_line(text: str) -> str:
    """Text of a manifest cannot end a line, nor speak to the terminal or to a CI service."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def sentence(problem: Problem) -> str:
    """The field and what is wrong with it."""
    return ": ".join(filter(None, (problem.path, problem.message)))


def sentences(problem: Problem) -> str:
    """The field, what is wrong with it, and below that a way out."""
    return "\n".join(filter(None, (sentence(problem), problem.help and f"help: {problem.help}")))


def end_column(problem: Problem) -> int:
    """Where on its line a problem ends; of a password not even the length is told."""
    place = problem.place
    return place.column + 1 if problem.code in SECRETS else place.end_column


def excuse(waiver: Waiver) -> str:
    """Why, by whom and until when something is excused."""
    return f"{waiver.reason} ({waiver.owner}, until {waiver.until})"
