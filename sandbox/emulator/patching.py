"""Change moto's classes.

A plain assignment would not get past the type checker, and rightly: they are somebody else's.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any


def replace(owner: object, name: str, value: object) -> None:
    setattr(owner, name, value)


def define(
    model: type,
    name: str,
    read: Callable[[Any], Any],
    write: Callable[[Any, Any], None] | None = None,
) -> None:
    """A property, which moto's modifications write like an attribute and its answers read like one."""
    replace(model, name, property(read, write))


def getter(model: type, name: str) -> Callable[[Any], Any]:
    read: Callable[[Any], Any] = vars(model)[name].fget
    return read


def keep_at_creation(model: type, names: tuple[str, ...]) -> None:
    """Store request parameters that the model's constructor ignores; a modification stores all by itself."""
    for name in names:
        replace(model, name, None)
    original: Callable[..., None] = vars(model)["__init__"]

    @functools.wraps(original)
    def create(self: object, *arguments: object, **parameters: object) -> None:
        original(self, *arguments, **parameters)
        for name in names:
            if parameters.get(name) is not None:
                setattr(self, name, parameters[name])

    replace(model, "__init__", create)


def add_calls(responses: type, *calls: Callable[[Any], object]) -> None:
    """Answer calls that moto does not know, or answer them anew; a function has the name of its call."""
    for call in calls:
        replace(responses, call.__name__, call)
