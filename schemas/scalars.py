"""The scalar types of the manifest language.

YAML tools disagree on what a plain scalar is, so nothing is coerced: text must be text, a boolean is
`true` or `false`, a number is decimal. Each type also takes the plain Python value, for those who build
the models in code.
"""

import re
from typing import Annotated, Final

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from auroraform.schemas.located import Kind, Mapping, Node, Scalar

NOT_TEXT: Final = "not_text"
NOT_A_BOOLEAN: Final = "not_a_boolean"
NOT_AN_INTEGER: Final = "not_an_integer"
NOT_A_NUMBER: Final = "not_a_number"
SCALAR_ERRORS: Final = frozenset({NOT_TEXT, NOT_A_BOOLEAN, NOT_AN_INTEGER, NOT_A_NUMBER})


_LONGEST_INTEGER: Final = 18


class Raw(str):
    """A plain scalar that YAML does not read as text, with its text kept."""

    __slots__ = ("kind",)
    kind: Kind

    def __new__(cls, text: str, kind: Kind) -> "Raw":
        raw = super().__new__(cls, text)
        raw.kind = kind
        return raw

    def __reduce__(self) -> tuple[type["Raw"], tuple[str, Kind]]:
        # Environments hold parts of specs as they were read, and go to other processes.
        return (Raw, (str(self), self.kind))


Plain = str | None | list["Plain"] | dict[str, "Plain"]
"""What pydantic is given: text, `Raw`, None, lists and dicts."""


def plain(node: Node) -> Plain:
    """A located tree as the plain data that the models validate."""
    if isinstance(node, Scalar):
        if node.kind is Kind.NULL:
            return None
        return node.text if node.kind is Kind.TEXT else Raw(node.text, node.kind)
    if isinstance(node, Mapping):
        return {key: plain(entry.value) for key, entry in node.entries.items()}
    return [plain(item) for item in node.items]


def describe(raw: Raw) -> str:
    """How other tools read the scalar, as the end of the sentence `YAML reads this as …`."""
    if raw.kind is Kind.AMBIGUOUS:
        return "text, a number or a boolean, depending on the tool"
    if raw.kind is Kind.NUMBER:
        return f"the number {float(raw):g}"
    return f"the {raw.kind} {raw}"


def _text(value: object) -> object:
    if isinstance(value, Raw):
        raise PydanticCustomError(NOT_TEXT, "text", {"advice": f'put it in quotes: "{value}"'})
    if isinstance(value, str):
        return value
    raise PydanticCustomError(NOT_TEXT, "text", {"advice": "write one text value"})


def _version(value: object) -> object:
    if isinstance(value, Raw) and value.kind in {Kind.INTEGER, Kind.NUMBER}:
        return str(value)
    return _text(value)


def _plain_text(value: object) -> object:
    if isinstance(value, Raw) and value.kind in {Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN}:
        return str(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    return _text(value)


_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _date(value: object) -> object:
    # Some tools make a date of it, and some a text; both mean this day.
    if isinstance(value, Raw) and _DATE.fullmatch(value):
        return str(value)
    return _text(value)


_MEANT: Final = dict.fromkeys(("true", "yes", "y", "on"), "true") | dict.fromkeys(("false", "no", "n", "off"), "false")
"""The words that are booleans in YAML 1.1 and text in YAML 1.2, or the other way round in quotes."""


def _flag(value: object) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, Raw) and value.kind is Kind.BOOLEAN:
        return value.lower() == "true"
    meant = _MEANT.get(value.lower(), "true or false") if isinstance(value, str) else "true or false"
    raise PydanticCustomError(NOT_A_BOOLEAN, "true or false", {"advice": f"write {meant}, without quotes"})


def _integer(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, Raw) and value.kind is Kind.INTEGER:
        # Longer ones are out of every bound, and so is their beginning; Python refuses to read thousands of digits.
        return int(value[:_LONGEST_INTEGER])
    raise PydanticCustomError(NOT_AN_INTEGER, "a whole number", {"advice": "write a decimal number, without quotes"})


def _number(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, Raw) and value.kind in {Kind.INTEGER, Kind.NUMBER}:
        return float(value)
    raise PydanticCustomError(NOT_A_NUMBER, "a number", {"advice": "write a decimal number, without quotes"})


Text = Annotated[str, BeforeValidator(_text)]
VersionText = Annotated[str, BeforeValidator(_version)]
"""Text that people write without quotes: `14.10` is kept as "14.10" and warned about elsewhere."""
PlainText = Annotated[str, BeforeValidator(_plain_text), WithJsonSchema({"type": ["string", "number", "boolean"]})]
"""Text where numbers and booleans may do without quotes, as every tool reads them alike: they are kept as written."""
DateText = Annotated[str, BeforeValidator(_date)]
"""A day that people write without quotes: 2027-03-31."""
Flag = Annotated[bool, BeforeValidator(_flag)]
Integer = Annotated[int, BeforeValidator(_integer)]
Number = Annotated[float, BeforeValidator(_number)]
