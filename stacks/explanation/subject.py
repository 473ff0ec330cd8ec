"""One cluster in one environment, with everything that its values came from."""

from collections.abc import Iterator
from dataclasses import dataclass

from auroraform.schemas.located import Mapping, Node, Sequence
from auroraform.schemas.problems import Place, Problem
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.shape import check, place_of
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.stacks.cluster import merge_layers, resolve_cluster
from auroraform.stacks.explanation.rows import Row, written_rows
from auroraform.stacks.merge import Merged
from auroraform.stacks.references import Neighbours, References
from auroraform.stacks.resolve import ResolvedStack, network_of
from auroraform.stacks.shared import shared_of
from auroraform.stacks.workspace import WrittenCluster, WrittenEnvironment


@dataclass(frozen=True, slots=True)
class Setting:
    """A stack, and the environment that it is in."""

    environment: WrittenEnvironment
    stack: ResolvedStack
    references: References

    def in_environment(self, *path: str) -> Place | None:
        """Where something stands in the spec of the environment; None where it is not written."""
        return _place(self.environment.document, ("spec", *path))


@dataclass(frozen=True, slots=True)
class Whole:
    """What became of a cluster: the spec as the model reads it, and the resolved cluster."""

    spec: AwsRdsClusterSpec
    cluster: ResolvedCluster


@dataclass(frozen=True, slots=True)
class Subject(Setting):
    """A cluster of a stack.

    Attributes:
        merged: its layers.
        rows: what they say, by path.
        whole: what became of it; None where something is wrong.
        problems: what is wrong with it, or with the network of the environment.
    """

    written: WrittenCluster
    merged: Merged
    rows: dict[str, Row]
    whole: Whole | None
    problems: tuple[Problem, ...]

    def node(self, *path: str) -> Node | None:
        """The value of a field, as some layer writes it."""
        return self.merged.tree.get(*path)

    def place(self, *path: str) -> Place | None:
        """Where the value of a field stands."""
        node = self.node(*path)
        return node.place if node is not None else None

    def in_manifest(self, *path: str) -> Place | None:
        """Where something else than the spec stands in the manifest; None where it is not written."""
        return _place(self.written.document, path)


def setting(environment: WrittenEnvironment, stack: ResolvedStack, neighbours: Neighbours) -> Setting:
    """A stack that is resolved already: with its lookups known, each finds itself again, under the same label."""
    lookups = {(lookup.type, lookup.label): lookup for lookup in stack.lookups}
    return Setting(environment, stack, References(stack.name, environment.name, neighbours, lookups))


def subject(written: WrittenCluster, where: Setting) -> Subject:
    """A cluster of a stack."""
    network, problems = network_of(where.environment, where.references)
    _, of_shared = shared_of(where.stack.name, where.environment, where.references)
    merged = merge_layers(written, where.environment)
    cluster, found = resolve_cluster(written, where.environment, where.references, network)
    spec, _ = check(AwsRdsClusterSpec, merged.tree)
    return Subject(
        environment=where.environment,
        stack=where.stack,
        references=where.references,
        written=written,
        merged=merged,
        rows={row.path: row for row in written_rows(merged)},
        whole=Whole(spec, cluster) if spec is not None and cluster is not None else None,
        problems=(*problems, *of_shared, *found),
    )


def is_inside(place: Place, document: Mapping) -> bool:
    """Whether a place is in a document, of which a file may hold several."""
    start = document.place
    return place.file == start.file and start.line <= place.line <= max(_lines(document))


def _lines(node: Node) -> Iterator[int]:
    yield node.place.line
    if isinstance(node, Mapping):
        for entry in node.entries.values():
            yield entry.key.place.line
            yield from _lines(entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _lines(item)


def _place(document: Mapping, path: tuple[str, ...]) -> Place | None:
    return place_of(document, path) if document.get(*path) is not None else None
