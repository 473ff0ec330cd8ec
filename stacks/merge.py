"""Layers of partial specs, merged with JSON merge patch (RFC 7396), remembering who set what.

Lists replace, mappings merge, null removes. The merged tree keeps the nodes of its layers, and so the
place in the file that each value came from.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from auroraform.schemas.located import Entry, Kind, Mapping, Node, Scalar
from auroraform.schemas.problems import Place

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """One source of values.

    Attributes:
        name: what people call it, such as `environment defaults`.
        tree: the partial spec.
    """

    name: str
    tree: Mapping


@dataclass(frozen=True, slots=True)
class Step:
    """One layer's word on one value; a null node is its removal."""

    layer: int
    node: Node


@dataclass(frozen=True, slots=True)
class Merged:
    """The layers' common result.

    Attributes:
        layers: the layers, later ones winning.
        tree: the merged spec.
        history: for the path of each leaf that some layer spoke of, every step in order; the last one holds.
    """

    layers: tuple[Layer, ...]
    tree: Mapping
    history: dict[Path, tuple[Step, ...]]

    def last_layer(self, *path: str) -> int:
        """The index of the last layer that set a value at a path or below it; -1 where none did."""
        return max(
            (
                steps[-1].layer
                for at, steps in self.history.items()
                if at[: len(path)] == path and not _is_null(steps[-1].node)
            ),
            default=-1,
        )

    def without(self, *path: str) -> "Merged":
        """The same without the value at a path."""
        return Merged(self.layers, _without(self.tree, path), self.history)


def merge(layers: Iterable[Layer], place: Place) -> Merged:
    """Merge layers in order, later ones winning.

    Args:
        layers: the layers, the weakest first.
        place: where the whole is said to stand, for what no layer sets.
    """
    layers = tuple(layers)
    history: dict[Path, tuple[Step, ...]] = {}
    tree = Mapping({}, place)
    for index, layer in enumerate(layers):
        tree = _patch(tree, layer.tree, (), index, history)
    return Merged(layers, Mapping(tree.entries, place), history)


def _patch(target: Mapping, patch: Mapping, path: Path, layer: int, history: dict[Path, tuple[Step, ...]]) -> Mapping:
    entries = dict(target.entries)
    for key, entry in patch.entries.items():
        here = (*path, key)
        value = entry.value
        if isinstance(value, Mapping):
            below = entries[key].value if key in entries else None
            base = below if isinstance(below, Mapping) else Mapping({}, value.place)
            entries[key] = Entry(entry.key, _patch(base, value, here, layer, history))
            continue
        history[here] = (*history.get(here, ()), Step(layer, value))
        if _is_null(value):
            entries.pop(key, None)
            for inner in [at for at in history if len(at) > len(here) and at[: len(here)] == here]:
                history[inner] = (*history[inner], Step(layer, value))
        else:
            entries[key] = entry
    return Mapping(entries, patch.place)


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.kind is Kind.NULL


def _without(tree: Mapping, path: Path) -> Mapping:
    head, *rest = path
    entries = dict(tree.entries)
    entry = entries.pop(head, None)
    if rest and entry is not None and isinstance(entry.value, Mapping):
        entries[head] = Entry(entry.key, _without(entry.value, tuple(rest)))
    return Mapping(entries, tree.place)
