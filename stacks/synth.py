"""The whole way, from a folder of manifests to a folder of Terraform JSON.

    load        reads files and holds each against its model
    resolve     merges the layers of every cluster and environment, checks the result, fills in what follows
    render      builds the constructs and synthesizes them, all stacks or none
    write       brings the output folder up to date

The first two never import CDKTF. Problems are collected on the way and returned; only the command line
prints them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from auroraform.schemas.problems import Code, Place, Problem, has_errors, sort
from auroraform.schemas.shape import suggest
from auroraform.stacks.output import Written, write
from auroraform.stacks.render import render
from auroraform.stacks.resolve import ResolvedStack, resolve
from auroraform.stacks.workspace import Workspace, load


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found and did.

    Attributes:
        problems: sorted by place.
        stacks: the stacks that were asked for; complete only without errors.
        written: what was written; None where nothing was.
    """

    workspace: Workspace
    problems: tuple[Problem, ...]
    stacks: tuple[ResolvedStack, ...]
    written: Written | None = None


def validate(root: Path, environments: Collection[str] = ()) -> Outcome:
    """Check a workspace without synthesizing it.

    Args:
        root: the folder of the workspace.
        environments: names of the environments wanted; none for all.
    """
    workspace = load(root)
    resolution = resolve(workspace)
    problems = [*resolution.problems, *_unknown(environments, workspace)]
    stacks = tuple(s for s in resolution.stacks if not environments or s.name in environments)
    return Outcome(workspace, tuple(sort(problems)), stacks)


def synthesize(root: Path, output: Path, environments: Collection[str] = ()) -> Outcome:
    """Check a workspace and write its stacks: all that are wanted, or, with any error, none.

    Args:
        root: the folder of the workspace.
        output: the folder to write to.
        environments: names of the environments wanted; none for all.
    """
    outcome = validate(root, environments)
    if has_errors(outcome.problems):
        return outcome
    rendering = render(outcome.stacks)
    problems = [*outcome.problems, *rendering.problems]
    if rendering.problems:
        return Outcome(outcome.workspace, tuple(sort(problems)), outcome.stacks)
    try:
        written = write(output, rendering.files, frozenset(outcome.workspace.environment_names))
    except OSError as error:
        problems.append(
            Problem(
                Code.OUTPUT,
                Place(str(error.filename or output)),
                f"the output cannot be written: {error.strerror}",
                help="name another folder with --output",
            )
        )
        return Outcome(outcome.workspace, tuple(sort(problems)), outcome.stacks)
    return Outcome(outcome.workspace, tuple(problems), outcome.stacks, written)


def _unknown(environments: Collection[str], workspace: Workspace) -> list[Problem]:
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
