"""Which environments a manifest is for."""

from collections.abc import Iterator

from auroraform.schemas.manifest import ENVIRONMENTS
from auroraform.schemas.problems import Code, Problem
from auroraform.schemas.shape import place_of, show, suggest
from auroraform.stacks.workspace import Workspace, WrittenCluster


def targets(workspace: Workspace, written: WrittenCluster, problems: list[Problem]) -> Iterator[str]:
    """The environments that a manifest is for: all, or those that it names.

    Args:
        workspace: where it is.
        written: the manifest.
        problems: takes up what is wrong with the names.
    """
    known = [environment.name for environment in workspace.environments]
    metadata = written.metadata
    annotation = metadata.annotations.get(ENVIRONMENTS)
    if metadata.env is None and annotation is None:
        yield from known
        return
    path = ("metadata", "env") if annotation is None else ("metadata", "annotations", ENVIRONMENTS)
    place = place_of(written.document, path)
    if metadata.env is not None and annotation is not None:
        problems.append(
            Problem(
                Code.CONFLICT,
                place,
                f"metadata.env and the annotation {ENVIRONMENTS} both say where the cluster goes",
                show(path),
                "keep one of the two",
            )
        )
    names = [part.strip() for part in (annotation or metadata.env or "").split(",")]
    # With a name that cannot be meant, the manifest is checked for all: its other faults shall be found too.
    yield from (name for name in known if name in names or not workspace.environment_names.issuperset(names))
    for name in names:
        if name not in workspace.environment_names:
            near = suggest(name, known)
            problems.append(
                Problem(
                    Code.UNKNOWN_ENVIRONMENT,
                    place,
                    f'there is no environment "{name}"',
                    show(path),
                    f"did you mean {near}?" if near else f"the environments are {', '.join(sorted(known))}",
                )
            )
