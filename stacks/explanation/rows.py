"""What the layers say of each field: the word that holds, and the words that it overrode."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from auroraform.schemas.docstrings import description
from auroraform.schemas.located import Kind, Mapping, Node, Scalar, Sequence
from auroraform.schemas.models import Model
from auroraform.schemas.problems import Place
from auroraform.schemas.shape import models_in, show
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.stacks.merge import Merged, Path, Step

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

ENVIRONMENT: Final = "environment"
MANIFEST: Final = "manifest"
LAYERS: Final = ("base", "class", "defaults", MANIFEST, "overrides")
"""The layers in one word each, as tables and programs want them; the weakest first."""
_WORDS: Final = {
    "base defaults": "base",
    "environment defaults": "defaults",
    "manifest": MANIFEST,
    "environment overrides": "overrides",
}
"""By the name of a layer; those of the classes are not here."""

_HIDDEN: Final = "********"
_UNKNOWN: Final = 10_000
"""Sorts behind every field of the model."""


class State(StrEnum):
    """What became of a field."""

    SET = "set"
    """A layer's word holds."""
    DERIVED = "derived"
    """It follows from other values."""
    REMOVED = "removed"
    """The last word is null."""
    LOST = "lost"
    """Set, but a later layer decided the same thing through another field."""
    ABSENT = "absent"
    """No layer speaks of it."""


@dataclass(frozen=True, slots=True)
class Word:
    """What one layer says; None is its removal."""

    layer: str
    place: Place
    value: Json


@dataclass(frozen=True, slots=True)
class Row:
    """One value.

    Attributes:
        path: the field as manifests spell it, without `spec.`.
        value: the value; None where there is none.
        layer: who has the last word; empty where no single layer has.
        place: where that word stands, or the input that the value is derived from.
        reason: why, in words, for what no layer says itself.
        overrode: the words that do not hold, the first one first.
    """

    path: str
    value: Json
    state: State
    layer: str = ""
    place: Place | None = None
    reason: str = ""
    overrode: tuple[Word, ...] = ()


def written_rows(merged: Merged) -> Iterator[Row]:
    """A row for each field that some layer speaks of, in no particular order."""
    for path in merged.history:
        node = merged.tree.get(*path)
        is_part = any(other != path and other[: len(path)] == path for other in merged.history)
        is_group = isinstance(node, Mapping) and bool(node.entries)
        if is_group or (node is None and (is_part or _is_replaced(merged.tree, path))):
            # The rows of its parts, or of what replaced it, tell its story.
            continue
        yield _row(merged, path, node)


def element(row: Row, node: Node, index: int) -> Row:
    """The row of one element of a list that a row is about."""
    path = f"{row.path}[{index}]"
    return Row(path, as_json(node), row.state, row.layer, node.place, row.reason, row.overrode)


def as_json(node: Node, path: Path = ()) -> Json:
    """A written value as JSON: versions stay text, and a password that has no business here stays hidden."""
    if isinstance(node, Mapping):
        return {key: as_json(entry.value, (*path, key)) for key, entry in node.entries.items()}
    if not isinstance(node, Scalar):
        return [as_json(item, path) for item in node.items]
    if path[:1] == ("password",):
        return _HIDDEN
    if node.kind is Kind.NULL:
        return None
    if node.kind is Kind.BOOLEAN:
        return node.text.lower() == "true"
    if node.kind is Kind.INTEGER and path != ("engineVersion",):
        return int(node.text)
    if node.kind is Kind.NUMBER and path != ("engineVersion",):
        return float(node.text)
    return node.text


@cache
def fields() -> dict[str, str]:
    """Every field of the spec in the model's order, with what its absence means."""
    return {show(path): absent for path, absent in _fields(AwsRdsClusterSpec, ())}


def order(row: Row) -> tuple[int, ...]:
    """Sorts rows in the order of the model; what the model does not know stays behind, in its own order."""
    parts = row.path.partition("[")[0].split(".")
    known = [_positions().get(".".join(parts[: n + 1]), _UNKNOWN) for n in range(len(parts))]
    return tuple(known[: known.index(_UNKNOWN) + 1] if _UNKNOWN in known else known)


@cache
def _positions() -> dict[str, int]:
    return {path: position for position, path in enumerate(fields())}


def _fields(model: type[Model], path: Path) -> Iterator[tuple[Path, str]]:
    for name, field in model.model_fields.items():
        here = (*path, field.alias or name)
        absent = (description(model, name) or "").partition("If absent: ")[2]
        yield here, absent
        for inner in models_in(field.annotation):
            if issubclass(inner, Model):
                yield from _fields(inner, here)


def _row(merged: Merged, path: Path, node: Node | None) -> Row:
    said = _said(merged, path)
    # A mapping with nothing in it is made anew by each layer that speaks of it.
    holding = merged.history[path][-1].node if isinstance(node, Mapping) else node
    winner = next((word for step, word in said if step.node is holding), None)
    if winner is not None:
        overrode = tuple(word for _, word in said if word is not winner)
        return Row(show(path), winner.value, State.SET, winner.layer, winner.place, overrode=overrode)
    overrode = tuple(word for _, word in said)
    if as_json(merged.history[path][-1].node) is not None:
        return Row(show(path), None, State.LOST, overrode=overrode)
    *earlier, last = overrode
    return Row(show(path), None, State.REMOVED, last.layer, last.place, overrode=tuple(earlier))


def _said(merged: Merged, path: Path) -> list[tuple[Step, Word]]:
    """Every word on a field, on the group that it is part of, and on parts of it, each once, in order.

    A layer that says one thing of a field ends another in the same breath: only what it says is a word of its own.
    """
    found: dict[tuple[int, Place], tuple[Step, Word]] = {}
    for at, steps in merged.history.items():
        if at[: len(path)] != path and path[: len(at)] != at:
            continue
        for step in steps:
            if len(at) < len(path) and isinstance(step.node, Mapping):
                # That a group is there says nothing of its parts.
                continue
            value = as_json(step.node, at)
            for part in reversed(at[len(path) :]):
                value = None if value is None else {part: value}
            layer = _WORDS.get(merged.layers[step.layer].name, "class")
            key = (step.layer, step.node.place)
            if key not in found or found[key][1].value is None:
                found[key] = (step, Word(layer, step.node.place, value))
    speaking = {layer for (layer, _), (_, word) in found.items() if word.value is not None}
    return [found[key] for key in sorted(found) if found[key][1].value is not None or key[0] not in speaking]


def _is_replaced(tree: Mapping, path: Path) -> bool:
    """Whether a whole value stands where the field's group was."""
    return any(isinstance(tree.get(*path[:n]), Scalar | Sequence) for n in range(1, len(path)))
