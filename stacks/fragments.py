"""A stack in parts that are made one by one and put together: a frame, and a fragment for each cluster.

The subtree of a cluster depends on nothing but the resolved cluster, so that its part of the document can be made
anywhere, in any order, and be kept. Each block of it is text already: putting a thousand clusters together joins
texts, and parses or prints none of them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from auroraform.stacks.layout import Json, canonical, compact

Blocks = Mapping[str, "str | Blocks"]
"""Canonical text by address, in one level for each part of the address."""

_INDENT: Final = "  "
TYPED: Final = ("data", "ephemeral", "resource")
"""Sections whose blocks stand under a type and a label; those of others stand under a name."""
_LOCALS: Final = "locals"
"""The section of values that resources are given whole."""
_LISTED: Final = {"import": "to"}
"""Sections whose blocks stand in a list, each with the argument that tells it from the others."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """What became of one unit.

    Attributes:
        blocks: its part of the stack's document.
        listing: for a frame, what CDKTF's manifest says of the stack; for a cluster, nothing.
        version: the version of that manifest, likewise.
    """

    blocks: Blocks
    listing: Json = None
    version: Json = None

    def to_bytes(self) -> bytes:
        """The fragment as an entry of a store."""
        return json.dumps({"blocks": self.blocks, "listing": self.listing, "version": self.version}).encode()

    @classmethod
    def from_bytes(cls, entry: bytes) -> "Fragment":
        """The fragment that an entry is of."""
        return cls(**json.loads(entry))


class AddressTakenError(Exception):
    """Two parts of a stack would write the same block, and one of them would be lost.

    Attributes:
        address: the block.
        index: the position, among the parts, of the one that came second.
    """

    def __init__(self, address: str, index: int) -> None:
        super().__init__(f"{address} is there twice")
        self.address = address
        self.index = index


def cut(document: Mapping[str, Json]) -> Blocks:
    """A stack's document, or a part of it, in blocks."""
    return {section: _section(section, content) for section, content in document.items()}


def join(parts: Iterable[Blocks]) -> str:
    """The canonical text of the document that these parts are of.

    Raises:
        AddressTakenError: the parts overlap.
    """
    whole: dict[str, object] = {}
    for index, part in enumerate(parts):
        _merge(whole, part, (), index)
    for section in _LISTED.keys() & whole.keys():
        whole[section] = _list(whole[section])
    return _written(whole, "\n") + "\n"


def _section(name: str, content: Json) -> "str | Blocks":
    if name in _LISTED and isinstance(content, list):
        blocks = (block for block in content if isinstance(block, dict))
        return {str(block[_LISTED[name]]): _cut(block, 2, 0) for block in blocks}
    if name == _LOCALS and isinstance(content, dict):
        return {key: compact(value, indent=2 * len(_INDENT)) for key, value in content.items()}
    return _cut(content, 1, 2 if name in TYPED else 1)


def _list(blocks: object) -> str:
    items = sorted(blocks.items()) if isinstance(blocks, dict) else ()
    return f"[\n{_INDENT * 2}" + f",\n{_INDENT * 2}".join(text for _, text in items) + f"\n{_INDENT}]"


def _cut(value: Json, depth: int, levels: int) -> "str | Blocks":
    if levels and isinstance(value, dict):
        return {key: _cut(item, depth + 1, levels - 1) for key, item in value.items()}
    return canonical(value).rstrip().replace("\n", "\n" + _INDENT * depth)


def _merge(whole: dict[str, object], part: Blocks, address: tuple[str, ...], index: int) -> None:
    for key, value in part.items():
        here = (*address, key)
        if isinstance(value, Mapping) and isinstance(below := whole.setdefault(key, {}), dict):
            _merge(below, value, here, index)
        elif key in whole:
            raise AddressTakenError(".".join(here), index)
        else:
            whole[key] = value


def _written(value: object, line: str) -> str:
    if not isinstance(value, dict):
        return str(value)
    if not value:
        return "{}"
    inner = line + _INDENT
    # Keys are sorted as the JSON encoder sorts them: by their text before it is quoted.
    entries = (
        f"{inner}{json.dumps(key, ensure_ascii=False)}: {_written(item, inner)}" for key, item in sorted(value.items())
    )
    return f"{{{','.join(entries)}{line}}}"
