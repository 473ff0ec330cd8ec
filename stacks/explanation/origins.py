"""The values that may be references, of a cluster and of its network: where each stands, what it means."""

from collections.abc import Iterator
from dataclasses import dataclass

from auroraform.schemas import coherence
from auroraform.schemas.located import Mapping, Node, Sequence
from auroraform.schemas.references import Reference, TextOrReference
from auroraform.schemas.shape import show
from auroraform.stacks.explanation.rows import ENVIRONMENT, Row, State, as_json
from auroraform.stacks.explanation.subject import Setting, Subject, Whole
from auroraform.stacks.network import values_of
from auroraform.stacks.references import DEFAULTS, Found

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """One such value.

    Attributes:
        field: the field that it is, or is an element of.
        row: where it stands.
        found: what it means.
        is_reference: it means something else than it says.
        entry: the entry of the environment's table that says what it means, if there is one.
    """

    field: str
    row: Row
    found: tuple[Found, ...]
    is_reference: bool
    entry: Row | None

    def reads(self, data: str) -> bool:
        """Whether it means something that the data source of an address finds."""
        return any(found.value.startswith(f"{data}.") for found in self.found if found.value != found.key)


def spec_origins(subject: Subject, whole: Whole) -> Iterator[Origin]:
    """The values of the cluster's own spec."""
    for path, value in coherence.texts(whole.spec):
        yield _origin(subject, spec_row(subject, path), value, str(path[0]))


def network_origins(where: Setting) -> Iterator[Origin]:
    """The values of the environment's network."""
    for path, value in values_of(where.environment.model.spec.network):
        yield _origin(where, environment_row(where, "network", *path), value, str(path[0]))


def spec_row(subject: Subject, path: Path) -> Row:
    """The row of a field, whole even where it is a mapping, or of one element of a list."""
    node = _at(subject.merged.tree, path)
    field = show(tuple(part for part in path if isinstance(part, str)))
    row = next(row for row in subject.rows.values() if f"{row.path}.".startswith(f"{field}."))
    return Row(show(path), as_json(node), State.SET, row.layer, node.place, overrode=row.overrode)


def environment_row(where: Setting, *path: str | int) -> Row:
    """The row of something that the spec of the environment says, beside its layers."""
    node = _at(where.environment.document, ("spec", *path))
    return Row(show(path), as_json(node), State.SET, ENVIRONMENT, node.place)


def _origin(where: Setting, row: Row, value: TextOrReference, field: str) -> Origin:
    found = where.references.resolve(value, field)
    is_reference = isinstance(value, Reference)
    entry = _entry(where, value, field) if isinstance(value, Reference) else None
    return Origin(field, row, found if isinstance(found, tuple) else (), is_reference, entry)


def _entry(where: Setting, reference: Reference, field: str) -> Row | None:
    source = reference.value_from
    kind, path = DEFAULTS.get(field, ("", ""))
    at = ("references", f"{source.kind or kind}/{source.name}", source.field_path or path)
    is_elsewhere = source.env not in {None, where.environment.name}
    if is_elsewhere or where.environment.document.get("spec", *at) is None:
        return None
    return environment_row(where, *at)


def _at(node: Node, path: Path) -> Node:
    """The node at a path that is known to exist."""
    for part in path:
        if isinstance(node, Mapping) and isinstance(part, str):
            node = node.entries[part].value
        elif isinstance(node, Sequence) and isinstance(part, int):
            node = node.items[part]
    return node
