"""What a workspace holds: its manifests, its environments, and its stacks with their state."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from auroraform.schemas.environment import CloudState, EnvironmentSpec, S3State, State
from auroraform.schemas.problems import Problem, sort
from auroraform.stacks.backend import location
from auroraform.stacks.cluster import merge_layers
from auroraform.stacks.references import Neighbours
from auroraform.stacks.resolve import ResolvedStack, neighbours_of, resolve
from auroraform.stacks.workspace import Workspace, WrittenCluster, WrittenEnvironment, load

W = TypeVar("W", WrittenCluster, WrittenEnvironment)


@dataclass(frozen=True, slots=True)
class Engine:
    """The engine of a cluster in one environment; None for what no layer says."""

    name: str | None
    version: str | None


@dataclass(frozen=True, slots=True)
class ListedManifest:
    """A manifest, with its engine by the name of each environment that it is for."""

    name: str
    file: str
    engines: dict[str, Engine]


@dataclass(frozen=True, slots=True)
class ListedEnvironment:
    """An environment."""

    name: str
    file: str
    spec: EnvironmentSpec


@dataclass(frozen=True, slots=True)
class ListedStack:
    """A stack.

    Attributes:
        clusters: names of the manifests, also of those that something is wrong with.
        state: where its state is.
        lock_table: the DynamoDB table with its lock.
        use_lockfile: whether an object beside the state is its lock.
    """

    name: str
    environment: str
    clusters: tuple[str, ...]
    backend: str
    state: str
    lock_table: str | None
    use_lockfile: bool


@dataclass(frozen=True, slots=True)
class Inventory:
    """All that can be read of a workspace, and everything that is wrong with it."""

    manifests: tuple[ListedManifest, ...]
    environments: tuple[ListedEnvironment, ...]
    stacks: tuple[ListedStack, ...]
    problems: tuple[Problem, ...]


def take_inventory(root: Path) -> Inventory:
    """List a workspace; documents with errors are left out, and their problems are told."""
    workspace = load(root)
    neighbours, resolution = neighbours_of(workspace, []), resolve(workspace)
    return Inventory(
        manifests=tuple(_manifest(workspace, written, neighbours) for written in _by_name(workspace.clusters)),
        environments=tuple(
            ListedEnvironment(written.name, written.document.place.file, written.model.spec)
            for written in _by_name(workspace.environments)
        ),
        stacks=tuple(_stack(stack, neighbours) for stack in resolution.stacks),
        problems=tuple(sort(resolution.problems)),
    )


def _by_name(written: Iterable[W]) -> list[W]:
    return sorted(written, key=lambda one: one.name)


def _manifest(workspace: Workspace, written: WrittenCluster, neighbours: Neighbours) -> ListedManifest:
    trees = {
        environment.name: merge_layers(written, environment).tree
        for environment in _by_name(workspace.environments)
        if environment.name in neighbours.targets[written.name]
    }
    engines = {name: Engine(tree.text("engine"), tree.text("engineVersion")) for name, tree in trees.items()}
    return ListedManifest(written.name, written.file, engines)


def _stack(stack: ResolvedStack, neighbours: Neighbours) -> ListedStack:
    state, name = stack.environment.state, stack.environment_name
    members = [c for c, places in neighbours.targets.items() if name in places]
    return ListedStack(
        name=stack.name,
        environment=name,
        clusters=tuple(sorted(c for c in members if neighbours.stack_of(name, c) == stack.name)),
        backend=state.backend,
        state=location(stack.name, stack.environment) or _tagged(state),
        lock_table=state.dynamodb_table if isinstance(state, S3State) else None,
        use_lockfile=isinstance(state, S3State) and state.use_lockfile,
    )


def _tagged(state: State) -> str:
    assert isinstance(state, CloudState)  # noqa: S101 - all other states have one location
    return f"{state.hostname}/{state.organization}, a workspace tagged {', '.join(state.tags or ())}"
