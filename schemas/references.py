"""Project Planton's `StringValueOrRef`: plain text, `{value: …}`, or `{valueFrom: {kind, name, fieldPath, env}}`."""

from typing import Annotated, Final

from pydantic import Discriminator, Tag

from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Text

# In angle brackets: pydantic puts the tag into an error's location, where no key of a manifest looks like that.
_TEXT: Final = "<text>"
_VALUE: Final = "<value>"
_REFERENCE: Final = "<valueFrom>"


class ValueFrom(Model):
    """Which field of which other resource holds the value."""

    name: Text
    """The `metadata.name` of the other manifest."""
    kind: Text | None = None
    """The kind of the other manifest. If absent: the kind that the field usually refers to."""
    field_path: Text | None = None
    """The field of the other resource. If absent: the one that the field usually refers to."""
    env: Text | None = None
    """The environment of the other resource. If absent: the one being synthesized."""


class Value(Model):
    """Plain text in the long spelling."""

    value: Text
    """The text itself."""


class Reference(Model):
    """The value stands elsewhere."""

    value_from: ValueFrom
    """Where it stands."""


def _which(value: object) -> str:
    if isinstance(value, Value) or (isinstance(value, dict) and "value" in value):
        return _VALUE
    if isinstance(value, Reference | dict):
        return _REFERENCE
    return _TEXT


TextOrReference = Annotated[
    Annotated[Text, Tag(_TEXT)] | Annotated[Value, Tag(_VALUE)] | Annotated[Reference, Tag(_REFERENCE)],
    Discriminator(_which),
]


def literal(value: str | Value | Reference | None) -> str | None:
    """The text of a value that is no reference; None where it is one, or absent."""
    if isinstance(value, Value):
        return value.value
    return value if isinstance(value, str) else None
