"""What occurs in the golden files: the types of resources, and the arguments that are set."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

EXPECTED: Final = Path(__file__).parent.parent / "golden" / "expected"

Occurrences = Mapping[str, frozenset[str]]
"""By type (`data.` or `ephemeral.` before those that are only read), its arguments; of blocks, with their path."""


@cache
def occurrences(case: str = "") -> Occurrences:
    """What occurs in the files of a case, such as `cases/engines`, or in all of them."""
    found: dict[str, set[str]] = {}
    for path in sorted((EXPECTED / case).rglob("*.tf.json")):
        stack = json.loads(path.read_text(encoding="utf-8"))
        for section, prefix in (("resource", ""), ("data", "data."), ("ephemeral", "ephemeral.")):
            for type_, labels in stack.get(section, {}).items():
                for body in labels.values():
                    found.setdefault(prefix + type_, set()).update(_paths(body))
    return {type_: frozenset(arguments) for type_, arguments in found.items()}


def _paths(body: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in body.items():
        yield prefix + name
        for held in value if isinstance(value, list) else [value]:
            if isinstance(held, dict):
                yield from _paths(held, f"{prefix}{name}.")
