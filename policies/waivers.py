"""Waivers: where they stand, which finding each is for, and what is wrong with them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from auroraform.policies.rule import ERROR, WARNING, Rule, Severities
from auroraform.policies.settings import Settings
from auroraform.schemas.located import Mapping, Scalar, read
from auroraform.schemas.manifest import WAIVE
from auroraform.schemas.problems import Place, Problem, Severity
from auroraform.schemas.shape import check, place_of, suggest
from auroraform.schemas.waivers import Waiver, Waivers
from auroraform.stacks.workspace import WrittenCluster, WrittenEnvironment

_EVERYWHERE: Final = Severities(ERROR, ERROR, ERROR)

INCOMPLETE: Final = Rule(
    code="AP001",
    title="A waiver without a reason, an owner or an end",
    severity=_EVERYWHERE,
    rationale="An exception that nobody can explain outlives those who knew why, and then nobody dares to end it.",
    looks_at="waivers in policies.yaml, in environments, and in the annotation auroraform/waive",
    fix="write reason, owner and until, the last day on which it holds",
)
EXPIRED: Final = Rule(
    code="AP002",
    title="A waiver past its date",
    severity=_EVERYWHERE,
    rationale="The day was chosen so that somebody looks again: the rule holds until somebody did.",
    looks_at="`until` of every waiver",
    fix="fix what the rule found, agree on another day, or delete the waiver",
)
UNUSED: Final = Rule(
    code="AP003",
    title="A waiver that matches nothing",
    severity=Severities(WARNING, WARNING, WARNING),
    rationale="It would hide the next finding of its rule, which nobody has looked at.",
    looks_at="waivers for which there is no finding",
    fix="delete it",
)
UNKNOWN: Final = Rule(
    code="AP004",
    title="A waiver that names no rule, cluster or environment",
    severity=_EVERYWHERE,
    rationale="A typing error would go unseen, and the finding that it is for comes back as an error.",
    looks_at="`rule`, `clusters` and `environments` of every waiver",
    fix="name what there is",
)
RULES: Final = (INCOMPLETE, EXPIRED, UNUSED, UNKNOWN)


@dataclass(slots=True)
class Placed:
    """A waiver, and where it stands.

    Attributes:
        file_path: where it stands in its document, for people.
        clusters: the clusters that it is for; None for all.
        environments: the environments that it is for; None for all.
        holds: it is complete, and today is no later than its last day.
        used: there was a finding for it.
    """

    waiver: Waiver
    place: Place
    path: str
    clusters: frozenset[str] | None
    environments: frozenset[str] | None
    holds: bool = False
    used: bool = False

    def covers(self, code: str, cluster: str | None, environment: str) -> bool:
        """Whether it is for a finding; `cluster` is None for one about an environment."""
        return (
            self.waiver.rule == code
            and (self.clusters is None or cluster in self.clusters)
            and (self.environments is None or environment in self.environments)
        )


@dataclass(slots=True)
class Ledger:
    """All waivers of a workspace.

    Attributes:
        problems: what is wrong with them, but for those that match nothing.
    """

    placed: list[Placed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def waiver_for(self, code: str, cluster: str | None, environment: str) -> Placed | None:
        """The waiver that is for a finding, if one is and holds."""
        found = [placed for placed in self.placed if placed.covers(code, cluster, environment)]
        for placed in found:
            placed.used = True
        return next((placed for placed in found if placed.holds), None)

    def unused(self) -> Iterator[Problem]:
        """What is wrong with those that match nothing, once everything was looked at."""
        for placed in self.placed:
            if not placed.used:
                yield _problem(UNUSED, placed, f"there is no finding of {placed.waiver.rule} that it could be for")


def collect(
    settings: Settings,
    clusters: Iterable[WrittenCluster],
    environments: Iterable[WrittenEnvironment],
    rules: Iterable[Rule],
    today: date,
) -> Ledger:
    """Find every waiver of a workspace, and judge it.

    Args:
        settings: the settings of the workspace.
        clusters: the manifests.
        environments: the environments.
        rules: all rules.
        today: the date that their ends are held against.
    """
    ledger = Ledger()
    clusters, environments = tuple(clusters), tuple(environments)
    if settings.document is not None:
        for index, waiver in enumerate(settings.spec.waivers):
            path = ("spec", "waivers", index)
            place = place_of(settings.document, path)
            ledger.placed.append(_placed(waiver, place, f"spec.waivers[{index}]"))
    for environment in environments:
        for index, waiver in enumerate(environment.model.spec.waivers):
            place = place_of(environment.document, ("spec", "waivers", index))
            ledger.placed.append(_placed(waiver, place, f"spec.waivers[{index}]", environment=environment.name))
    for cluster in clusters:
        _add_annotation(ledger, cluster)
    codes = {rule.code for rule in rules}
    names = {cluster.name for cluster in clusters}, {environment.name for environment in environments}
    for placed in ledger.placed:
        faults = list(_faults(placed, codes, *names, today))
        placed.holds = not faults
        ledger.problems += faults
    return ledger


def _placed(
    waiver: Waiver, place: Place, path: str, *, cluster: str | None = None, environment: str | None = None
) -> Placed:
    def narrowed(written: tuple[str, ...] | None, own: str | None) -> frozenset[str] | None:
        if own is not None:
            return frozenset({own}) if written is None else frozenset(written) & {own}
        return None if written is None else frozenset(written)

    return Placed(waiver, place, path, narrowed(waiver.clusters, cluster), narrowed(waiver.environments, environment))


def _add_annotation(ledger: Ledger, cluster: WrittenCluster) -> None:
    node = cluster.document.get("metadata", "annotations", WAIVE)
    if not isinstance(node, Scalar):
        return
    path = f"metadata.annotations.{WAIVE}"
    text = "\n".join(f"  {line}" for line in node.text.splitlines())
    result = read(f"waivers:\n{text}\n".encode(), node.place.file)
    problems = list(result.problems)
    model: Waivers | None = None
    if len(result.documents) == 1 and isinstance(result.documents[0], Mapping):
        model, found = check(Waivers, result.documents[0])
        problems += found
    # Places inside the text of an annotation are no places of the file.
    ledger.problems += [
        Problem(p.code, node.place, f"{p.path}: {p.message}" if p.path else p.message, path, p.help) for p in problems
    ]
    for waiver in model.waivers if model is not None else ():
        ledger.placed.append(_placed(waiver, node.place, path, cluster=cluster.name))


def _faults(
    placed: Placed, codes: set[str], clusters: set[str], environments: set[str], today: date
) -> Iterator[Problem]:
    waiver = placed.waiver
    if waiver.rule not in codes:
        near = suggest(waiver.rule, codes)
        yield _problem(
            UNKNOWN,
            placed,
            f'there is no rule "{waiver.rule}"',
            f"did you mean {near}?" if near else "docs/rules.md lists all",
        )
        placed.used = True
    for what, written, known in (
        ("cluster", waiver.clusters, clusters),
        ("environment", waiver.environments, environments),
    ):
        for name in written or ():
            if name not in known:
                near = suggest(name, known)
                help_ = f"did you mean {near}?" if near else f"there are {', '.join(sorted(known))}"
                yield _problem(UNKNOWN, placed, f'there is no {what} "{name}"', help_)
                placed.used = True
    missing = [name for name in ("reason", "owner", "until") if not (getattr(waiver, name) or "").strip()]
    if missing:
        yield _problem(INCOMPLETE, placed, f"the waiver of {waiver.rule} has no {' and no '.join(missing)}")
    if waiver.until:
        try:
            last = date.fromisoformat(waiver.until)
        except ValueError:
            help_ = "write the last day on which it holds: 2027-03-31"
            yield _problem(INCOMPLETE, placed, f'"{waiver.until}" is not a date', help_)
        else:
            if last < today:
                yield _problem(EXPIRED, placed, f"the waiver of {waiver.rule} ended on {last.isoformat()}")


def _problem(rule: Rule, placed: Placed, message: str, help_: str = "") -> Problem:
    severity = rule.severity.production or Severity.WARNING
    return Problem(rule.code, placed.place, message, placed.path, help_ or rule.fix, severity)
