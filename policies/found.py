"""Findings with their places: those that differ in their environment alone are told as one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auroraform.policies.remedy import Remedy
from auroraform.policies.rule import AnyRule, Finding
from auroraform.policies.settings import Settings
from auroraform.policies.waivers import Ledger
from auroraform.policies.world import World
from auroraform.schemas.environment import EnvironmentClass
from auroraform.schemas.problems import Place, Problem, Severity
from auroraform.schemas.waivers import Waiver


@dataclass(frozen=True, slots=True)
class Fix:
    """A remedy for one cluster in one environment.

    Attributes:
        place: where the field that it is about stands now, or the manifest's spec.
    """

    remedy: Remedy
    cluster: str
    environment: str
    place: Place


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with its place.

    Attributes:
        waiver: the waiver that it is excused by; None where it stands.
        fixes: the edits that would end it, one for each environment that has one.
    """

    problem: Problem
    waiver: Waiver | None = None
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class _Key:
    """What findings that are told as one have in common."""

    code: str
    severity: Severity
    place: Place
    path: str
    cluster: str | None
    message: str
    help: str
    waiver: int


@dataclass(frozen=True, slots=True)
class _One:
    """A finding in one environment."""

    key: _Key
    environment: str
    finding: Finding
    waiver: Waiver | None


def found(rules: Iterable[AnyRule], world: World, said: Settings, ledger: Ledger) -> Iterator[Found]:
    """Hold rules against everything.

    Args:
        rules: the rules.
        world: what they look at.
        said: how bad findings are.
        ledger: the waivers; notes which were of use.
    """
    groups: dict[_Key, list[_One]] = {}
    for rule in rules:
        for one in _of(rule, world, said, ledger):
            groups.setdefault(one.key, []).append(one)
    for key, group in groups.items():
        message = f"{key.message} ({_about(key.cluster, [one.environment for one in group])})"
        problem = Problem(key.code, key.place, message, key.path, key.help, key.severity)
        fixes = tuple(
            Fix(one.finding.remedy, key.cluster, one.environment, key.place)
            for one in group
            if one.finding.remedy is not None and key.cluster is not None
        )
        yield Found(problem, group[0].waiver, fixes)


def _of(rule: AnyRule, world: World, said: Settings, ledger: Ledger) -> Iterator[_One]:
    def holds(environment_class: EnvironmentClass) -> bool:
        return said.severity(rule, environment_class) is not None

    for subject, finding in rule.findings(world, holds):
        severity = said.severity(rule, subject.environment_class)
        assert severity is not None  # noqa: S101 - the rule holds there
        target = subject.target(finding.path)
        environment = target.environment
        placed = ledger.waiver_for(rule.code, target.cluster, environment)
        waiver = placed.waiver if placed is not None else None
        key = _Key(
            rule.code,
            severity,
            target.place,
            target.path,
            target.cluster,
            finding.message,
            finding.help or rule.fix,
            id(waiver) if waiver is not None else 0,
        )
        yield _One(key, environment, finding, waiver)


def _about(cluster: str | None, environments: Iterable[str]) -> str:
    """Whom a finding is about: `orders in dev and prod`."""
    *most, last = dict.fromkeys(environments)
    where = " and ".join(filter(None, (", ".join(most), last)))
    return f"{cluster} in {where}" if cluster is not None else where
