"""What a rule is, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auroraform.policies.remedy import Remedy
from auroraform.policies.subjects import ClusterSubject, EnvironmentSubject, StackSubject
from auroraform.schemas.environment import EnvironmentClass
from auroraform.schemas.problems import Severity
from auroraform.schemas.referable import Path

if TYPE_CHECKING:
    from auroraform.policies.world import World

ERROR, WARNING = Severity.ERROR, Severity.WARNING

Holds = Callable[[EnvironmentClass], bool]
"""Whether a rule holds in a class of environments."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule objects to.

    Attributes:
        path: the field that is to blame: below `spec` of the cluster or of the environment, or from `metadata` of the
            manifest on; for what is synthesized, an address and the arguments below it.
        message: what is wrong with it, as the end of a sentence that begins with the field.
        help: a way out; empty where the rule's own holds.
        remedy: an edit that a program can make without asking; None where a person must think.
    """

    path: Path
    message: str
    help: str = ""
    remedy: Remedy | None = None


@dataclass(frozen=True, slots=True)
class Severities:
    """How bad a finding is in each class of environments; None where the rule does not hold."""

    production: Severity | None
    staging: Severity | None
    development: Severity | None

    def of(self, environment_class: EnvironmentClass) -> Severity | None:
        """How bad it is in one class."""
        return {"production": self.production, "staging": self.staging, "development": self.development}[
            environment_class
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What all rules have.

    Attributes:
        code: its stable code, such as `AP101`. A released code never changes its meaning.
        title: what is wrong, in a few words.
        severity: how bad that is, by class.
        rationale: what happens to those who do not heed it.
        looks_at: what it looks at.
        fix: what to do, as an imperative.
        links: pages of AWS's or Terraform's documentation behind it.
    """

    code: str
    title: str
    severity: Severities
    rationale: str
    looks_at: str
    fix: str
    links: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRule(Rule):
    """A rule about one cluster in one environment."""

    check: Callable[[ClusterSubject], Iterator[Finding]]

    def findings(self, world: "World", holds: Holds) -> Iterator[tuple[ClusterSubject, Finding]]:
        """What it finds where it holds."""
        for subject in world.clusters:
            if holds(subject.environment_class):
                yield from ((subject, finding) for finding in self.check(subject))


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentRule(Rule):
    """A rule about one environment."""

    check: Callable[[EnvironmentSubject], Iterator[Finding]]

    def findings(self, world: "World", holds: Holds) -> Iterator[tuple[EnvironmentSubject, Finding]]:
        """What it finds where it holds."""
        for subject in world.environments.values():
            if holds(subject.environment_class):
                yield from ((subject, finding) for finding in self.check(subject))


@dataclass(frozen=True, slots=True, kw_only=True)
class StackRule(Rule):
    """A rule about what is synthesized for one stack."""

    check: Callable[[StackSubject], Iterator[Finding]]

    def findings(self, world: "World", holds: Holds) -> Iterator[tuple[StackSubject, Finding]]:
        """What it finds where it holds."""
        for subject in world.stacks:
            if holds(subject.environment_class):
                yield from ((subject, finding) for finding in self.check(subject))


AnyRule = ClusterRule | EnvironmentRule | StackRule
