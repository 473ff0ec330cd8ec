"""Writes the generated parts of docs/: `make docs`. A test holds that they are up to date."""

import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from auroraform.schemas.environment import Environment
from auroraform.schemas.manifest import AwsRdsCluster

DOCS: Final = Path(__file__).parent

_MANIFEST: Final = """\
# The manifest

A manifest describes one Aurora cluster. It is compatible with Project Planton's `AwsRdsCluster`: every field of
its `spec` is here, with the same name and meaning. The fields from `clusterIdentifier` on are auroraform's own.

A value comes from the first of these that sets it: the environment's `overrides`, the manifest, the environment's
`defaults`, the defaults of the environment's class, the base defaults (`stacks/layers/`). `null` removes what an
earlier layer set. Where a value may be *text or reference*, write plain text or `{value: …}`; `valueFrom` is
understood but not resolved yet.

This page is made from the models in `schemas/` by `make docs`.
"""

_ENVIRONMENT: Final = """\
# The environment

An environment is a place where clusters run: an AWS account and Region, a network, and the class that picks the
defaults. Each becomes one Terraform stack with a state of its own.

This page is made from the models in `schemas/` by `make docs`.
"""


def pages() -> dict[str, str]:
    """The text of each generated page by its file name."""
    return {
        "manifest.md": "\n".join((_MANIFEST, *_sections(AwsRdsCluster, ""))),
        "environment.md": "\n".join((_ENVIRONMENT, *_sections(Environment, ""))),
    }


def _sections(model: type[BaseModel], path: str) -> Iterator[str]:
    yield f"## `{path}`\n" if path else "## The document\n"
    yield f"{_sentence(model.__doc__)}\n"
    yield "| field | type | absent | meaning |"
    yield "|---|---|---|---|"
    inner: list[tuple[type[BaseModel], str]] = []
    for name, field in model.model_fields.items():
        key = field.alias or name
        meaning, _, absent = _sentence(field.description).partition(" If absent: ")
        yield f"| `{key}` | {_type(field)} | {_absent(field, absent)} | {meaning} |"
        inner += [(found, f"{path}.{key}".lstrip(".")) for found in _models(field.annotation)]
    yield ""
    for found, where in inner:
        yield from _sections(found, where)


def _sentence(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


def _absent(field: FieldInfo, text: str) -> str:
    return "**required**" if field.is_required() else text.rstrip(".")


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        # The long spellings of text are described once, at the top of the page.
        if annotation.__module__ != "auroraform.schemas.references":
            yield annotation
        return
    for argument in typing.get_args(annotation):
        yield from _models(argument)


_NAMES: Final[dict[object, str]] = {
    str: "text",
    bool: "true or false",
    int: "whole number",
    float: "number",
    object: "anything",
}


def _type(field: FieldInfo) -> str:
    return _describe(field.annotation)


def _describe(annotation: object) -> str:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return " or ".join(f"`{value}`" for value in arguments)
    if origin is typing.Annotated:
        return _describe(arguments[0])
    if origin in {typing.Union, types.UnionType}:
        described = dict.fromkeys(_describe(a) for a in arguments if a is not type(None))
        return " or ".join(described)
    if origin is tuple:
        return f"list of {_describe(arguments[0])}"
    if origin is dict:
        return f"mapping of text to {_describe(arguments[1])}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {"Value": "`{value: …}`", "Reference": "reference"}.get(annotation.__name__, "mapping")
    return _NAMES[annotation]


if __name__ == "__main__":
    for file, text in pages().items():
        (DOCS / file).write_text(text, encoding="utf-8")
