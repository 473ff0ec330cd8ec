"""The shape of the bill: what is billed for each cluster, for what a stack has once, and in all."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from auroraform.schemas.environment import EnvironmentSpec
from auroraform.schemas.problems import Problem, sort
from auroraform.stacks.billing.items import Amount, Item, total
from auroraform.stacks.billing.resources import RESOURCES, Counted
from auroraform.stacks.billing.rules import RULES, SHARED_RULES
from auroraform.stacks.explanation.explain import made
from auroraform.stacks.resolve import ResolvedStack, resolve
from auroraform.stacks.workspace import Workspace, load


@dataclass(frozen=True, slots=True)
class ClusterShape:
    """What is billed for one cluster."""

    name: str
    identifier: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class EnvironmentShape:
    """What is billed for one environment.

    Attributes:
        shared: for what its stacks have once.
        total: for all of it.
    """

    name: str
    spec: EnvironmentSpec
    clusters: tuple[ClusterShape, ...]
    shared: tuple[Item, ...]

    @property
    def total(self) -> tuple[Item, ...]:
        return total((*(item for cluster in self.clusters for item in cluster.items), *self.shared))


@dataclass(frozen=True, slots=True)
class CostShape:
    """What is billed for a workspace, as far as it can be read, and everything that is wrong with it."""

    environments: tuple[EnvironmentShape, ...]
    problems: tuple[Problem, ...]


def cost_shape(root: Path, today: date) -> CostShape:
    """The shape of the bill of a workspace.

    Args:
        root: the folder of the workspace.
        today: the day, which decides whether Extended Support is billed.
    """
    workspace = load(root)
    resolution = resolve(workspace)
    counted = _counted(workspace)
    by_environment: dict[str, list[ResolvedStack]] = {}
    for stack in resolution.stacks:
        by_environment.setdefault(stack.environment_name, []).append(stack)
    return CostShape(
        environments=tuple(
            EnvironmentShape(
                name=name,
                spec=stacks[0].environment,
                clusters=tuple(_clusters(name, stacks, counted, today)),
                shared=total((*_shared(stacks), *_items(counted.get((name, None), Counter())))),
            )
            for name, stacks in by_environment.items()
        ),
        problems=tuple(sort(resolution.problems)),
    )


_Counts = dict[tuple[str, str | None], Counter[str]]
"""By an environment and a cluster there, or None for what stacks have once, how many there are of each type."""


def _counted(workspace: Workspace) -> _Counts:
    counts: _Counts = {}
    for address, explanation in made(workspace):
        name = explanation.written.name if explanation.written is not None else None
        counts.setdefault((explanation.where.environment.name, name), Counter())[address.partition(".")[0]] += 1
    return counts


def _clusters(name: str, stacks: Iterable[ResolvedStack], counted: _Counts, today: date) -> Iterator[ClusterShape]:
    for stack in stacks:
        for cluster in stack.clusters:
            items = [item for rule in RULES for item in rule.items(cluster, today)]
            items += _items(counted.get((name, cluster.name), Counter()))
            yield ClusterShape(cluster.name, cluster.cluster_identifier, total(items))


def _shared(stacks: Iterable[ResolvedStack]) -> Iterator[Item]:
    for stack in stacks:
        for rule in SHARED_RULES:
            yield from rule.items(stack.shared)


def _items(counts: Counter[str]) -> Iterator[Item]:
    for type_, known in RESOURCES.items():
        if isinstance(known, Counted) and counts[type_]:
            amounts = (Amount(known.unit, counts[type_]),)
            yield Item(title=known.title, subject=known.subject, amounts=amounts, note=known.note)
