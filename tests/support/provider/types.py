"""Types of arguments: whether a value fits one, and what an expression that goes into a value leads to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from support.provider.schema import Block, Type

DYNAMIC: Type = "dynamic"
_PRIMITIVE = ("string", "number", "bool")
_SEQUENCES = ("list", "set", "tuple")
_MAPPINGS = ("map", "object")
_SHOWN = 60
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")

TypeOf = Callable[[str], Type | None]
"""The type of a text that is an expression; None for literal text."""


def misfits(value: Any, type_: Type, type_of: TypeOf, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Where a value does not fit a type, and why. Terraform converts, so "80" fits a number."""
    if value is None or type_ == DYNAMIC:
        return
    if isinstance(value, str) and (known := type_of(value)) is not None:
        if not convertible(known, type_):
            yield path, f"is {article(known)}, and {article(type_)} is wanted"
    elif type_ in _PRIMITIVE:
        if not _fits(value, type_):
            yield path, f"{shown(value)} is not {article(type_)}"
    elif type_[0] in _SEQUENCES:
        yield from _misfits_in_list(value, type_[0], type_[1], type_of, path)
    else:
        yield from _misfits_in_mapping(value, type_[0], type_[1], type_of, path)


def _misfits_in_mapping(
    value: Any,  # noqa: ANN401
    kind: str,
    inner: Type,
    type_of: TypeOf,
    path: str,
) -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict):
        yield path, f"{shown(value)} is not {article([kind, inner])}"
    elif kind == "map":
        for key, one in value.items():
            yield from misfits(one, inner, type_of, f"{path}[{key!r}]")
    else:
        yield from ((path, f"{name} is no attribute of it") for name in value if name not in inner)
        yield from ((path, f"{name} is missing") for name in inner if name not in value)
        for name in value:
            yield from misfits(value[name], inner.get(name, DYNAMIC), type_of, f"{path}.{name}")


def _misfits_in_list(
    value: Any,  # noqa: ANN401
    kind: str,
    inner: Type,
    type_of: TypeOf,
    path: str,
) -> Iterator[tuple[str, str]]:
    if not isinstance(value, list):
        yield path, f"{shown(value)} is not {article([kind, inner])}"
        return
    types = inner if kind == "tuple" else [inner] * len(value)
    for index, (one, type_) in enumerate(zip(value, types, strict=False)):
        if one is None and kind == "set":
            yield f"{path}[{index}]", "null in a set"
        yield from misfits(one, type_, type_of, f"{path}[{index}]")


def _fits(value: object, type_: Type) -> bool:
    if type_ == "string":
        return isinstance(value, str | int | float)
    if type_ == "bool":
        return isinstance(value, bool) or value in ("true", "false")
    if isinstance(value, str):
        return _NUMBER.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def convertible(source: Type, target: Type) -> bool:
    """Whether Terraform may turn a value of one type into another; some texts are numbers, so texts may."""
    if DYNAMIC in (source, target) or source == target:
        return True
    if source in _PRIMITIVE or target in _PRIMITIVE:
        return source in _PRIMITIVE and target in _PRIMITIVE and "string" in (source, target)
    return any(source[0] in kinds and target[0] in kinds for kinds in (_SEQUENCES, _MAPPINGS))


def article(type_: Type) -> str:
    """The name of a type in a sentence."""
    name = type_ if isinstance(type_, str) else type_[0]
    return f"an {name}" if name == "object" else f"a {name}"


def as_type(block: Block) -> Type:
    """The type of what a block becomes for expressions."""
    inner: dict[str, Type] = {name: argument.type for name, argument in block.arguments.items()}
    for name, nested in block.blocks.items():
        one = as_type(nested.block)
        inner[name] = one if nested.nesting in {"single", "group"} else [nested.nesting, one]
    return ["object", inner]


ALL = object()
"""The step `[*]`."""
UNKNOWN = object()
"""A step whose key is an expression."""


def step(type_: Type, key: object) -> Type | None:
    """The type of an element or attribute; None if there is none of that kind."""
    if type_ == DYNAMIC:
        return DYNAMIC
    # A primitive has nothing inside.
    kind, inner = (type_, {}) if isinstance(type_, str) else type_
    if kind in {"list", "map"}:
        fits = key is UNKNOWN or isinstance(key, int if kind == "list" else str)
        return inner if fits else None
    if kind == "object" and key is not UNKNOWN:
        found: Type | None = inner.get(key)
        return found
    # A set has no index.
    return DYNAMIC if kind in {"tuple", "object"} else None


def follow(type_: Type, keys: tuple[object, ...]) -> tuple[Type | None, int]:
    """The type at the end of a path, or None and how many steps there were."""
    for count, key in enumerate(keys):
        if key is ALL:
            return _follow_all(type_, keys[count + 1 :], count)
        found = step(type_, key)
        if found is None:
            return None, count
        type_ = found
    return type_, len(keys)


def _follow_all(type_: Type, rest: tuple[object, ...], count: int) -> tuple[Type | None, int]:
    if type_ == DYNAMIC:
        return DYNAMIC, count + len(rest) + 1
    one = type_[1] if isinstance(type_, list) and type_[0] in {"list", "set"} else type_
    found, steps = follow(one, rest)
    return None if found is None else ["list", found], count + 1 + steps
