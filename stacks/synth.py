"""The whole way, from a folder of manifests to a folder of Terraform JSON.

    load        reads files and holds each against its model
    resolve     merges the layers of every cluster and environment, checks the result, fills in what follows
    render      builds what no earlier run has built, and puts all stacks together or none
    write       brings the output folder up to date

Only building imports CDKTF. Problems are collected on the way and returned; only the command line
prints them.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from auroraform.schemas.problems import Code, Place, Problem, has_errors, sort
from auroraform.schemas.shape import suggest
from auroraform.stacks.comparison import Difference, differences, moved_states
from auroraform.stacks.output import Target, Written, target, write
from auroraform.stacks.processes import build_here
from auroraform.stacks.render import Build, render
from auroraform.stacks.resolve import ResolvedStack, resolve
from auroraform.stacks.store import Store
from auroraform.stacks.workspace import Workspace, load


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found and did.

    Attributes:
        problems: sorted by place.
        stacks: the stacks that were asked for; complete only without errors.
        known_stacks: the names of all stacks of the workspace, asked for or not.
        written: what was written; None where nothing was.
        differences: what writing would have changed, where only that was asked.
    """

    workspace: Workspace
    problems: tuple[Problem, ...]
    stacks: tuple[ResolvedStack, ...]
    known_stacks: frozenset[str] = frozenset()
    written: Written | None = None
    differences: tuple[Difference, ...] | None = None


def validate(root: Path, environments: Collection[str] = ()) -> Outcome:
    """Check a workspace without synthesizing it.

    Args:
        root: the folder of the workspace.
        environments: names of the environments wanted; none for all.
    """
    workspace = load(root)
    resolution = resolve(workspace)
    problems = [*resolution.problems, *unknown_environments(environments, workspace)]
    stacks = tuple(s for s in resolution.stacks if not environments or s.environment_name in environments)
    return Outcome(workspace, tuple(sort(problems)), stacks, frozenset(stack.name for stack in resolution.stacks))


def synthesize(
    root: Path,
    output: Path,
    environments: Collection[str] = (),
    build: Build = build_here,
    store: Store | None = None,
) -> Outcome:
    """Check a workspace and write its stacks: all that are wanted, or, with any error, none.

    Args:
        root: the folder of the workspace.
        output: the folder to write to.
        environments: names of the environments wanted; none for all.
        build: builds what the store does not have.
        store: what earlier runs made; takes up what this one makes.
    """
    outcome, wanted = _render(root, output, environments, build, store)
    if wanted is None:
        return outcome
    try:
        return replace(outcome, written=write(wanted))
    except OSError as error:
        return replace(outcome, problems=tuple(sort((*outcome.problems, unwritable(error, output)))))


def compare(
    root: Path,
    output: Path,
    environments: Collection[str] = (),
    build: Build = build_here,
    store: Store | None = None,
) -> Outcome:
    """Check a workspace, and compare its stacks with what stands in a folder; write nothing.

    Takes what `synthesize` takes.
    """
    outcome, wanted = _render(root, output, environments, build, store)
    if wanted is None:
        return outcome
    return replace(outcome, differences=tuple(differences(output, wanted.files, wanted.orphans)))


def _render(
    root: Path, output: Path, environments: Collection[str], build: Build, store: Store | None
) -> tuple[Outcome, Target | None]:
    """Everything but the writing; no target where there are errors."""
    outcome = validate(root, environments)
    if has_errors(outcome.problems):
        return outcome, None
    rendering = render(outcome.stacks, build, store)
    problems = [*outcome.problems, *rendering.problems]
    if rendering.problems:
        return replace(outcome, problems=tuple(sort(problems))), None
    wanted = target(output, rendering.files, outcome.known_stacks)
    problems += moved_states(output, wanted.files)
    return replace(outcome, problems=tuple(sort(problems))), wanted


def unwritable(error: OSError, output: Path) -> Problem:
    """What is wrong when the output folder cannot be written to."""
    return Problem(
        Code.OUTPUT,
        Place(str(Path(error.filename or output).absolute())),
        f"the output cannot be written: {error.strerror}",
        help="name another folder with --output",
    )


def unknown_environments(environments: Collection[str], workspace: Workspace) -> list[Problem]:
    """Names that were asked for and that no environment has."""
    known = sorted(workspace.environment_names)
    return [
        Problem(
            Code.UNKNOWN_ENVIRONMENT,
            Place("environments"),
            f'there is no environment "{name}"',
            help=f"did you mean {near}?"
            if (near := suggest(name, known))
            else f"the environments are {', '.join(known)}",
        )
        for name in environments
        if name not in known
    ]
