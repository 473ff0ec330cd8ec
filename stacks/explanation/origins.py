"""The values that may be references, of a cluster and of its network: where each stands, what it means."""

from collections.abc import Iterator
from dataclasses import dataclass

from auroraform.schemas.located import Mapping, Node, Sequence
from auroraform.schemas.referable import ALARMS, BACKUP, NETWORK, SPEC, Referable, texts
from auroraform.schemas.references import Reference, TextOrReference
from auroraform.schemas.shape import show
from auroraform.stacks.explanation.rows import ENVIRONMENT, Row, State, as_json
from auroraform.stacks.explanation.subject import Setting, Subject, Whole
from auroraform.stacks.references import Found

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """One such value.

    Attributes:
        field: the field that it is, or is an element of, as the table of referable fields has it.
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
    for path, value, referable in texts(whole.spec, SPEC):
        yield _origin(subject, spec_row(subject, path), value, referable)


def network_origins(where: Setting) -> Iterator[Origin]:
    """The values of the environment's network."""
    for path, value, referable in texts(where.environment.model.spec.network, NETWORK):
        yield _origin(where, environment_row(where, "network", *path), value, referable)


def alarm_origins(where: Setting) -> Iterator[Origin]:
    """The values of the environment's alarms."""
    for path, value, referable in texts(where.environment.model.spec.alarms, ALARMS):
        yield _origin(where, environment_row(where, "alarms", *path), value, referable)


def backup_origins(where: Setting) -> Iterator[Origin]:
    """The values of the environment's backup plan."""
    backup = where.environment.model.spec.backup
    if backup is not None:
        for path, value, referable in texts(backup, BACKUP):
            yield _origin(where, environment_row(where, "backup", *path), value, referable)


def spec_row(subject: Subject, path: Path) -> Row:
    """The row of a field, whole even where it is a mapping, or of one element of a list."""
    node = _at(subject.merged.tree, path)
    field = show(tuple(part for part in path if isinstance(part, str)))
    # The field is in no row of its own where it is part of an element of a list.
    rows = [row for row in subject.rows.values() if f"{row.path}.".startswith(f"{field}.")]
    row = next(iter(rows or [row for row in subject.rows.values() if field.startswith(f"{row.path}.")]))
    return Row(show(path), as_json(node), State.SET, row.layer, node.place, overrode=row.overrode)


def environment_row(where: Setting, *path: str | int) -> Row:
    """The row of something that the spec of the environment says, beside its layers."""
    node = _at(where.environment.document, ("spec", *path))
    return Row(show(path), as_json(node), State.SET, ENVIRONMENT, node.place)


def _origin(where: Setting, row: Row, value: TextOrReference, referable: Referable) -> Origin:
    found = where.references.resolve(value, referable)
    is_reference = isinstance(value, Reference)
    entry = _entry(where, value, referable) if isinstance(value, Reference) else None
    return Origin(referable.field, row, found if isinstance(found, tuple) else (), is_reference, entry)


def _entry(where: Setting, reference: Reference, referable: Referable) -> Row | None:
    source = reference.value_from
    kind, path = where.references.target(reference, referable)
    at = ("references", f"{kind}/{source.name}", path)
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
