"""What a report is made from, whatever its format."""

from dataclasses import dataclass

from auroraform.commands.reports.sources import Sources
from auroraform.schemas.problems import Code, Problem, Severity


@dataclass(frozen=True, slots=True)
class Report:
    """Problems, and what it takes to show them.

    Attributes:
        conclusion: what follows from them, for people.
    """

    problems: tuple[Problem, ...]
    sources: Sources
    conclusion: str = ""

    def count(self, severity: Severity) -> int:
        return sum(problem.severity is severity for problem in self.problems)

    @property
    def last_line(self) -> str:
        """How many problems there are, and the conclusion; empty where there are none."""
        counted = [(self.count(severity), severity) for severity in Severity]
        counts = ", ".join(f"{n} {severity}{'s' if n > 1 else ''}" for n, severity in counted if n)
        return "; ".join(filter(None, (counts, self.conclusion))) if self.problems else ""


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
    return place.column + 1 if problem.code is Code.PLAINTEXT_PASSWORD else place.end_column
