"""Rules held against a workspace: what they find, and what of that is waived."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from auroraform.policies import settings, waivers
from auroraform.policies.found import Found, found
from auroraform.policies.rule import AnyRule
from auroraform.policies.subjects import Frame
from auroraform.policies.world import World
from auroraform.schemas.problems import Problem, has_errors, sort
from auroraform.stacks import synth
from auroraform.stacks.processes import build_here
from auroraform.stacks.render import Build, render
from auroraform.stacks.store import Store
from auroraform.stacks.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found.

    Attributes:
        problems: what is wrong with the workspace itself; with errors no rule was held against it.
        found: what the rules found, and what is wrong with waivers, sorted.
        clusters: the names of the clusters that were looked at.
        environments: the names of the environments that were looked at.
        workspace: what was read; None where a rule could not be held against it.
    """

    problems: tuple[Problem, ...]
    found: tuple[Found, ...] = ()
    clusters: frozenset[str] = frozenset()
    environments: frozenset[str] = frozenset()
    workspace: Workspace | None = None

    @property
    def standing(self) -> tuple[Found, ...]:
        """What no waiver excuses."""
        return tuple(one for one in self.found if one.waiver is None)

    @property
    def waived(self) -> tuple[Found, ...]:
        """What waivers excuse."""
        return tuple(one for one in self.found if one.waiver is not None)


@dataclass(frozen=True, slots=True)
class Checker:
    """Holds rules against a workspace.

    Attributes:
        root: the folder of the workspace.
        environments: names of the environments wanted; none for all.
        rules: the rules.
        today: the date that ends of support and of waivers are held against.
        build: builds what the store does not have.
        store: what earlier runs made.
    """

    root: Path
    environments: tuple[str, ...]
    rules: tuple[AnyRule, ...]
    today: date
    build: Build = build_here
    store: Store | None = None

    def run(self) -> Outcome:
        """Look at everything."""
        outcome = synth.validate(self.root, self.environments)
        said, wrong = settings.load(self.root, self.rules)
        problems = tuple(sort((*outcome.problems, *wrong)))
        if has_errors(problems):
            return Outcome(problems)
        rendering = render(outcome.stacks, self.build, self.store)
        if rendering.problems:
            return Outcome(tuple(sort((*problems, *rendering.problems))))
        world = World(outcome, rendering.files, Frame(said.spec.bounds, self.today))
        workspace = outcome.workspace
        ledger = waivers.collect(said, workspace.clusters, workspace.environments, self.rules, self.today)
        all_ = list(found(self.rules, world, said, ledger))
        of_waivers = ledger.problems
        if len(world.environments) == len(workspace.environments):
            # A waiver that was not needed in one environment may be in another.
            of_waivers = [*of_waivers, *ledger.unused()]
        all_ += (Found(problem) for problem in of_waivers)
        return Outcome(
            problems,
            tuple(sorted(all_, key=lambda one: _order(one.problem))),
            frozenset(cluster.name for cluster in world.clusters),
            frozenset(world.environments),
            workspace,
        )


def _order(problem: Problem) -> tuple[object, ...]:
    return problem.place, problem.code, problem.path, problem.message
