"""Layers of partial specs, merged with JSON merge patch (RFC 7396), remembering who set what.

Lists replace, mappings merge, null removes, down to the floor: a value that the tool's own layers set comes back. The
merged tree keeps the nodes of its layers, and so the place in the file that each value came from.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

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
        history: for the path of each leaf that some layer spoke of, every step in order; the last one holds. A mapping
            with nothing in it is a leaf too.
        lost: the paths of values that do not hold, as a later layer decided the same thing by another path; each with
            that one.
    """

    layers: tuple[Layer, ...]
    tree: Mapping
    history: dict[Path, tuple[Step, ...]]
    lost: dict[Path, Path] = field(default_factory=dict)

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

    def decided(self, loser: Path, winner: Path) -> "Merged":
        """The same without the value at a path, which lost to another one."""
        return Merged(self.layers, _without(self.tree, loser), self.history, self.lost | {loser: winner})


def merge(layers: Iterable[Layer], place: Place, *, floor: int = 0) -> Merged:
    """Merge layers in order, later ones winning.

    Args:
        layers: the layers, the weakest first.
        place: where the whole is said to stand, for what no layer sets.
        floor: how many of the first layers null cannot reach: it puts their value back.
    """
    merger = _Merger()
    layers = tuple(layers)
    tree = Mapping({}, place)
    for index, layer in enumerate(layers):
        tree = merger.patch(tree, layer.tree, (), index)
        if index + 1 == floor:
            merger.keep(tree)
    return Merged(layers, Mapping(tree.entries, place), merger.history)


# The spellings of one text: parts of two of them make no sense together.
_SPELLINGS: Final = frozenset({"value", "valueFrom"})


@dataclass(slots=True)
class _Merger:
    history: dict[Path, tuple[Step, ...]] = field(default_factory=dict)
    floor: Mapping | None = None
    floor_history: dict[Path, tuple[Step, ...]] = field(default_factory=dict)

    def keep(self, tree: Mapping) -> None:
        self.floor, self.floor_history = tree, dict(self.history)

    def patch(self, target: Mapping, patch: Mapping, path: Path, layer: int) -> Mapping:
        entries = dict(target.entries)
        for key, entry in patch.entries.items():
            here, value = (*path, key), entry.value
            if isinstance(value, Mapping):
                below = entries[key].value if key in entries else None
                if not isinstance(below, Mapping) or not _SPELLINGS.isdisjoint(value.entries):
                    self._end(here, Step(layer, _gone(value.place)))
                    below = Mapping({}, value.place)
                merged = self.patch(below, value, here, layer)
                if not merged.entries:
                    self._say(here, Step(layer, merged))
                entries[key] = Entry(entry.key, merged)
            elif _is_null(value):
                self._end(here, Step(layer, value))
                if self.history.get(here, ())[-1:] != (Step(layer, value),):
                    self._say(here, Step(layer, value))
                entries.pop(key, None)
                if (kept := self._kept(here)) is not None:
                    entries[key] = kept
            else:
                if key in entries and isinstance(entries[key].value, Mapping):
                    self._end(here, Step(layer, _gone(value.place)))
                self._say(here, Step(layer, value))
                entries[key] = entry
        return Mapping(entries, patch.place)

    def _say(self, path: Path, *steps: Step) -> None:
        self.history[path] = (*self.history.get(path, ()), *steps)

    def _end(self, path: Path, step: Step) -> None:
        """End what earlier layers set at a path and below it."""
        for at, steps in list(self.history.items()):
            if at[: len(path)] == path and not _is_null(steps[-1].node):
                self._say(at, step)

    def _kept(self, path: Path) -> Entry | None:
        """The floor's entry at a path, whose steps hold again."""
        if self.floor is None:
            return None
        parent = self.floor.get(*path[:-1])
        entry = parent.entries.get(path[-1]) if isinstance(parent, Mapping) else None
        if entry is not None:
            for at, steps in self.floor_history.items():
                if at[: len(path)] == path:
                    self._say(at, steps[-1])
        return entry


def _gone(place: Place) -> Scalar:
    return Scalar("null", Kind.NULL, place)


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.kind is Kind.NULL


def _without(tree: Mapping, path: Path) -> Mapping:
    head, *rest = path
    entries = dict(tree.entries)
    entry = entries.pop(head, None)
    if rest and entry is not None and isinstance(entry.value, Mapping):
        entries[head] = Entry(entry.key, _without(entry.value, tuple(rest)))
    return Mapping(entries, tree.place)
