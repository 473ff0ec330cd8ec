"""A located tree held against a model: the model, or every fault as a located problem.

Pydantic's own sentences change between releases and know nothing of YAML, so problems are made from the
errors' types.
"""

import difflib
import re
import typing
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from auroraform.schemas.docstrings import description
from auroraform.schemas.located import Mapping, Node, Scalar, Sequence
from auroraform.schemas.problems import Code, Place, Problem
from auroraform.schemas.scalars import SCALAR_ERRORS, Raw, describe, plain
from auroraform.schemas.spec.credentials import PLAINTEXT_PASSWORD
from auroraform.schemas.values import BAD_VALUE

M = TypeVar("M", bound=BaseModel)

Path = tuple[str | int, ...]

_MISSING: Final = "missing"
_UNKNOWN: Final = "extra_forbidden"
_ONE_OF: Final = frozenset({"literal_error", "union_tag_invalid"})
_NO_TAG: Final = "union_tag_not_found"
_KEY: Final = "[key]"
"""What pydantic puts behind a path whose last part is at fault itself, as the key of a mapping."""


def check(
    model: type[M], node: Mapping, *, prefix: Path = (), may_lack: Path | None = None
) -> tuple[M | None, list[Problem]]:
    """Hold a tree against a model.

    Args:
        model: the model of the whole tree.
        node: the tree.
        prefix: where the tree stands in its document, for the paths in problems.
        may_lack: below this path the tree is one layer of several, so that a missing field is no fault.

    Returns:
        The model, or None where a field is missing or wrong; and the problems.
    """
    try:
        value = model.model_validate(plain(node), by_alias=True, by_name=False)
    except ValidationError as error:
        return None, [
            _translate(model, node, details, prefix)
            for details in error.errors(include_url=False)
            if not (details["type"] == _MISSING and _is_below(details["loc"], may_lack))
        ]
    return value, []


def _is_below(path: Path, top: Path | None) -> bool:
    return top is not None and len(path) > len(top) and path[: len(top)] == top


def show(path: Path) -> str:
    """A path in the user's spelling: spec.subnetIds[1].value."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def suggest(word: str, known: Iterable[str]) -> str | None:
    """The known word that somebody who typed `word` most likely meant, if there is one."""
    by_lower = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower().replace("_", ""), by_lower, n=1, cutoff=0.5)
    return by_lower[near[0]] if near else None


def place_of(node: Mapping, path: Path) -> Place:
    """The place of the value at a path, or of the nearest thing above it that stands in the file."""
    found, _, key = _walk(node, path)
    return key if isinstance(found, Mapping) else found.place


def _walk(node: Node, path: Path) -> tuple[Node, list[str | int], Place]:
    """Follow a path as far as the tree goes: the last node, the parts that exist, the place of its key.

    Pydantic puts union tags into its paths; they name nothing in the tree and are skipped.
    """
    parts: list[str | int] = []
    key = node.place
    for part in path:
        if isinstance(node, Mapping) and isinstance(part, str) and part in node.entries:
            key, node = node.entries[part].key.place, node.entries[part].value
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
            key = node.place
        else:
            continue
        parts.append(part)
    return node, parts, key


def _translate(model: type[BaseModel], root: Mapping, details: ErrorDetails, prefix: Path) -> Problem:
    kind, context = details["type"], details.get("ctx", {})
    where = _without_tags(model, details["loc"])
    if kind == _UNKNOWN:
        # The last part is a key of the user's, however much it looks like a tag.
        where = (*_without_tags(model, details["loc"][:-1]), details["loc"][-1])
    node, parts, key = _walk(root, where)
    path = show((*prefix, *parts))
    place = key if isinstance(node, Mapping) else node.place
    if kind == _MISSING:
        field = str(details["loc"][-1])
        help_ = _description(model, details["loc"]) or "add it"
        return Problem(Code.MISSING_FIELD, key, "is missing", show((*prefix, *parts, field)), help_)
    if kind == _UNKNOWN:
        known = _fields(model, details["loc"][:-1])
        near = suggest(str(parts[-1]), known)
        help_ = f"did you mean {near}?" if near else f"the fields here are {', '.join(sorted(known))}"
        return Problem(Code.UNKNOWN_FIELD, key, "is not a field", path, help_)
    if kind == PLAINTEXT_PASSWORD:
        return Problem(
            Code.PLAINTEXT_PASSWORD,
            place,
            f"{details['msg']} and in the plan",
            path,
            "delete it: manageMasterUserPassword (the default) lets RDS keep one in AWS Secrets Manager, and "
            "passwordFrom says where one of yours is kept",
        )
    if kind in SCALAR_ERRORS:
        return Problem(
            Code.WRONG_TYPE,
            place,
            f"must be {details['msg']}, but {_reading(node)}",
            path,
            str(context["advice"]),
        )
    if kind == BAD_VALUE and where[-1:] == (_KEY,) and len(parts) < len(where):
        return Problem(Code.BAD_VALUE, key, f'"{parts[-1]}" {context["what"]}', path, str(context["advice"]))
    if kind == BAD_VALUE:
        is_key = details["loc"][-1] == _KEY and len(parts) < len(where)
        what = f'"{parts[-1]}"' if is_key else _quote(node)
        return Problem(
            Code.BAD_VALUE, key if is_key else place, f"{what} {context['what']}", path, str(context["advice"])
        )
    if kind in _ONE_OF:
        return _not_one_of(node, place, path, str(context.get("expected") or context.get("expected_tags")), context)
    if kind == _NO_TAG:
        field = str(context["discriminator"]).strip("'")
        return Problem(Code.MISSING_FIELD, key, "is missing", f"{path}.{field}", "say which kind it is")
    expected = {"list_type": "a list", "tuple_type": "a list"}.get(kind, "a mapping of fields")
    return Problem(Code.WRONG_TYPE, place, f"must be {expected}, but {_reading(node)}", path, f"write {expected} here")


def _not_one_of(node: Node, place: Place, path: str, expected: str, context: dict[str, typing.Any]) -> Problem:
    allowed = re.findall(r"'([^']*)'", expected)
    if "discriminator" in context:
        field = str(context["discriminator"]).strip("'")
        inner = node.get(field) if isinstance(node, Mapping) else None
        node, path = inner or node, f"{path}.{field}"
        place = node.place
    near = suggest(node.text, allowed) if isinstance(node, Scalar) else None
    choice = " or ".join(filter(None, (", ".join(allowed[:-1]), allowed[-1])))
    help_ = f"did you mean {near}? Allowed: {choice}" if near and len(allowed) > 1 else f"write {choice}"
    return Problem(Code.BAD_VALUE, place, f"{_quote(node)} is not allowed here", path, help_)


def _quote(node: Node) -> str:
    if isinstance(node, Scalar):
        return f'"{node.text}"'
    return "this list" if isinstance(node, Sequence) else "this mapping"


def _reading(node: Node) -> str:
    if isinstance(node, Mapping):
        return "this is a mapping"
    if isinstance(node, Sequence):
        return "this is a list"
    value = plain(node)
    if value is None:
        return "there is nothing here"
    return f"YAML reads this as {describe(value)}" if isinstance(value, Raw) else f'this is the text "{value}"'


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """The models inside an annotation, whatever unions, lists and `Annotated` are around them."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from models_in(argument)


def _at(model: type[BaseModel], path: Iterable[str | int]) -> list[type[BaseModel]]:
    """The models that may stand at a path as pydantic gives it, with the tags of the unions on the way."""
    *_, (_, _, models) = (("", False, [model]), *_steps(model, path))
    return models


def _without_tags(model: type[BaseModel], path: Path) -> Path:
    """A path as pydantic gives it, less the tags of unions, which may be called like a key."""
    return tuple(part for part, is_tag, _ in _steps(model, path) if not is_tag)


def _steps(
    model: type[BaseModel], path: Iterable[str | int]
) -> Iterator[tuple[str | int, bool, list[type[BaseModel]]]]:
    """Each part of a path, whether it is the tag of a union, and the models that may stand behind it."""
    models, was_tag, keys = [model], False, 0
    for part in path:
        is_tag = False
        if isinstance(part, str) and keys:
            # A key that the author has chosen, whatever it looks like.
            keys -= 1
        elif isinstance(part, str):
            chosen = [m for m in models if _is_tagged(m, part)]
            is_tag = bool(models and part.startswith("<")) or bool(chosen and not was_tag and not _has(models, part))
            if not is_tag:
                keys = max((_mappings(annotation) for annotation in _annotations(models, part)), default=0)
                models = [inner for annotation in _annotations(models, part) for inner in models_in(annotation)]
            elif chosen:
                models = chosen
        was_tag = is_tag
        yield part, is_tag, models


def _annotations(models: Iterable[type[BaseModel]], name: str) -> list[object]:
    """What the fields of a name are."""
    return [
        field.annotation for model in models for own, field in model.model_fields.items() if name in (own, field.alias)
    ]


def _mappings(annotation: object) -> int:
    """How many mappings with keys of the author's choice are around the models in an annotation."""
    arguments = typing.get_args(annotation)
    if typing.get_origin(annotation) is dict:
        return 1 + _mappings(arguments[1])
    return max((_mappings(argument) for argument in arguments), default=0)


def _has(models: Iterable[type[BaseModel]], name: str) -> bool:
    return any(name in (own, field.alias) for model in models for own, field in model.model_fields.items())


def _is_tagged(model: type[BaseModel], tag: str) -> bool:
    """Whether a model is the member of a union that a field of its own tells from the others by this word."""
    return any(tag in typing.get_args(field.annotation) for field in model.model_fields.values())


def _fields(model: type[BaseModel], path: Iterable[str | int]) -> set[str]:
    return {field.alias or name for found in _at(model, path) for name, field in found.model_fields.items()}


def _description(model: type[BaseModel], path: Path) -> str | None:
    for found in _at(model, path[:-1]):
        for name, field in found.model_fields.items():
            if path[-1] in (name, field.alias) and (meaning := description(found, name)):
                return f"add it: {meaning}"
    return None
