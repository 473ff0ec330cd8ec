"""Which cluster in which environment somebody means, or why there is none."""

from collections.abc import Collection, Iterable

from auroraform.schemas.manifest import ENVIRONMENTS
from auroraform.schemas.problems import Code, Place, Problem
from auroraform.schemas.shape import place_of, show, suggest
from auroraform.stacks.explanation.subject import Subject, is_inside, setting, subject
from auroraform.stacks.files import FOLDERS
from auroraform.stacks.references import Neighbours
from auroraform.stacks.resolve import neighbours_of, resolve
from auroraform.stacks.workspace import Workspace, WrittenCluster

_ENVIRONMENTS, _MANIFESTS = FOLDERS


def choose(workspace: Workspace, name: str, environment: str | None) -> tuple[Subject | None, list[Problem]]:
    """The cluster that is meant, and what is wrong with it or with the choice.

    Problems of other manifests and environments are nobody's business here.

    Args:
        workspace: where to look.
        name: the name of a manifest.
        environment: the name of an environment; None for the only one that comes into question.
    """
    problems = list(workspace.problems)
    neighbours = neighbours_of(workspace, problems)
    written = next((cluster for cluster in workspace.clusters if cluster.name == name), None)
    if written is None:
        # The manifest may be in a file that could not be read.
        beside = _errors(problems, outside=_ENVIRONMENTS)
        return None, [*beside, _unknown_manifest(name, workspace)] if workspace.clusters else beside
    if environment is None:
        environment, refusal = _only_environment(workspace, written, neighbours)
    else:
        refusal = unknown_environment(environment, workspace) or _not_for(written, environment, neighbours)
    if environment is None or refusal is not None:
        return None, [refusal] if refusal is not None else _errors(problems)
    found = next((one for one in workspace.environments if one.name == environment), None)
    if found is None:
        return None, _errors(problems, outside=_MANIFESTS)
    stack_name = neighbours.stack_of(environment, name)
    stack = next(
        one for one in resolve(workspace).stacks if (one.name, one.environment_name) == (stack_name, environment)
    )
    chosen = subject(written, setting(found, stack, neighbours))
    documents = [one.document for one in workspace.clusters if one.name == name]
    documents += [one.document for one in workspace.environments if one.name == environment]
    near = [problem for problem in problems if any(is_inside(problem.place, document) for document in documents)]
    return chosen, [*near, *chosen.problems]


def unknown_environment(name: str, workspace: Workspace) -> Problem | None:
    """What is wrong with the name of an environment, if anything."""
    known = sorted(filter(None, workspace.environment_names))
    if name in known or not known:
        return None
    message = f'there is no environment "{name}"'
    help_ = _did_you_mean(name, known, f"the environments are {', '.join(known)}")
    return Problem(Code.UNKNOWN_ENVIRONMENT, Place(_ENVIRONMENTS), message, help=help_)


def _unknown_manifest(name: str, workspace: Workspace) -> Problem:
    known = sorted({cluster.name for cluster in workspace.clusters})
    message = f'there is no manifest of the name "{name}"'
    help_ = _did_you_mean(name, known, f"the manifests are {', '.join(known)}")
    return Problem(Code.UNKNOWN_CLUSTER, Place(_MANIFESTS), message, help=help_)


def _only_environment(
    workspace: Workspace, written: WrittenCluster, neighbours: Neighbours
) -> tuple[str | None, Problem | None]:
    whole = neighbours.targets[written.name]
    # An environment that is not whole may be meant too.
    broken = workspace.environment_names.difference(neighbours.environments, {""})
    names = sorted(whole | broken if len(whole) == len(neighbours.environments) else whole)
    if len(names) <= 1:
        return next(iter(names), None), None
    message = f"{written.name} is for several environments: {', '.join(names)}"
    return None, Problem(Code.UNKNOWN_ENVIRONMENT, written.name_place, message, help="name one of them with --env")


def _not_for(written: WrittenCluster, name: str, neighbours: Neighbours) -> Problem | None:
    targets = neighbours.targets[written.name]
    if name in targets or name not in neighbours.environments:
        return None
    path = ("metadata", "env") if written.metadata.env is not None else ("metadata", "annotations", ENVIRONMENTS)
    return Problem(
        Code.UNKNOWN_ENVIRONMENT,
        place_of(written.document, path),
        f"{written.name} is not for the environment {name}",
        show(path),
        f"it is for {', '.join(sorted(targets)) or 'none'}",
    )


def _errors(problems: Iterable[Problem], outside: str = "") -> list[Problem]:
    return [one for one in problems if one.is_error and not (outside and one.place.file.startswith(outside))]


def _did_you_mean(word: str, known: Collection[str], otherwise: str) -> str:
    near = suggest(word, known)
    return f"did you mean {near}?" if near else otherwise
