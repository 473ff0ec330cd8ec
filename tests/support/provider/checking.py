"""Hold a stack against the provider's schema, as `terraform validate` would, in milliseconds and in more detail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from support.provider.conflicts import broken
from support.provider.language import LIFECYCLE, META, OUTPUT, REFACTORING, SECTIONS
from support.provider.references import Reference, is_expression, references, sole_reference
from support.provider.schema import Block, Nested, Schema, Section, Type
from support.provider.types import ALL, DYNAMIC, UNKNOWN, as_type, follow, misfits, shown

Json = Mapping[str, Any]


class Kind(StrEnum):
    UNKNOWN = "unknown"
    """A type, an argument or a block that the provider does not have."""
    COMPUTED = "computed"
    """An argument that only the provider sets."""
    MISSING = "missing"
    WRONG_TYPE = "wrong type"
    COUNT = "count"
    """Too few or too many blocks."""
    REFERENCE = "reference"
    """An expression that refers to what is not in the stack, or to no attribute of it."""
    CONFLICT = "conflict"
    DEPRECATED = "deprecated"


@dataclass(frozen=True, slots=True)
class Finding:
    kind: Kind
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.kind}: {self.message}"


_SECTIONS: Final[tuple[Section, ...]] = ("resource", "data", "ephemeral")
# What Terraform itself understands in every resource.
_META: Final = frozenset({"//", "lifecycle", *META.arguments})
_PROVIDER_META: Final = frozenset({"//", "alias", "version"})
# Roots that lead to no other object of the stack.
_BUILT_IN: Final = frozenset({"count", "each", "path", "self", "terraform"})
_DECLARED_IN: Final = {"local": "locals", "module": "module", "var": "variable"}


def check(stack: Json, schema: Schema) -> list[Finding]:
    """Everything that is wrong with a stack, in the order of its JSON."""
    return [*_Checker(stack, schema).findings()]


class _Checker:
    def __init__(self, stack: Json, schema: Schema) -> None:
        self._stack = stack
        self._schema = schema
        self._types: dict[tuple[Section, str], Type] = {}

    def findings(self) -> Iterator[Finding]:
        for name in _without(self._stack, SECTIONS):
            yield Finding(Kind.UNKNOWN, name, "no such section")
        for name, bodies in self._stack.get("provider", {}).items():
            for body in _bodies(bodies):
                yield from self._provider(name, body)
        for section in _SECTIONS:
            for type_, labels in self._stack.get(section, {}).items():
                for label, body in labels.items():
                    yield from self._resource(section, type_, label, body)
        for name, output in self._stack.get("output", {}).items():
            yield from self._block(output, OUTPUT, f"output.{name}")
            yield from self._references(output, f"output.{name}")
            yield from self._dependencies(output, f"output.{name}")
        yield from self._references(self._stack.get("locals", {}), "locals")
        for name, block in REFACTORING.items():
            for index, body in enumerate(_bodies(self._stack.get(name, []))):
                yield from self._block(body, block, f"{name}[{index}]")

    def _provider(self, name: str, body: Json) -> Iterator[Finding]:
        where = f"provider.{name}"
        block = self._schema.find("provider", name)
        if block is None:
            yield Finding(Kind.UNKNOWN, where, "no such provider")
            return
        yield from self._block(_without(body, _PROVIDER_META), block, where)
        yield from self._references(body, where)

    def _resource(self, section: Section, type_: str, label: str, body: Json) -> Iterator[Finding]:
        where = f"{type_}.{label}" if section == "resource" else f"{section}.{type_}.{label}"
        block = self._schema.find(section, type_)
        if block is None:
            yield Finding(Kind.UNKNOWN, where, "no such type")
            return
        if block.deprecated:
            yield Finding(Kind.DEPRECATED, where, "the type")
        arguments = _without(body, _META)
        yield from self._block(arguments, block, where)
        yield from self._meta(body, where)
        yield from self._references(arguments, where)
        yield from self._lifecycle(body.get("lifecycle", {}), block, where)
        yield from self._dependencies(body, where)
        if "provider" in body and body["provider"] not in self._providers():
            yield Finding(Kind.REFERENCE, f"{where}.provider", f"no provider {body['provider']}")
        if section == "resource":
            # A list of no blocks is none; a list of no values is a value.
            held = {name: value for name, value in arguments.items() if name in block.arguments or value != []}
            yield from (Finding(Kind.CONFLICT, where, str(rule)) for rule in broken(type_, held))

    def _block(self, body: Json, block: Block, where: str) -> Iterator[Finding]:
        for name, value in body.items():
            if name in block.arguments:
                yield from self._argument(name, value, block, f"{where}.{name}")
            elif name in block.blocks:
                yield from self._nested(value, block.blocks[name], f"{where}.{name}")
            elif name != "//":
                yield Finding(Kind.UNKNOWN, f"{where}.{name}", "no such argument or block")
        for name, argument in block.arguments.items():
            if argument.required and body.get(name) is None:
                yield Finding(Kind.MISSING, where, name)
        for name, nested in block.blocks.items():
            if nested.least and name not in body:
                yield Finding(Kind.COUNT, where, f"0 blocks {name}, {nested.least} or more are wanted")

    def _argument(self, name: str, value: object, block: Block, where: str) -> Iterator[Finding]:
        argument = block.arguments[name]
        if value is None:
            return
        if not argument.settable:
            yield Finding(Kind.COMPUTED, where, "only the provider sets it")
        if argument.deprecated:
            yield Finding(Kind.DEPRECATED, where, "the argument")
        for path, why in misfits(value, argument.type, self._type_of):
            yield Finding(Kind.WRONG_TYPE, where + path, why)

    def _nested(self, value: object, nested: Nested, where: str) -> Iterator[Finding]:
        if nested.nesting == "map":
            bodies: list[object] = [*value.values()] if isinstance(value, dict) else [value]
        else:
            bodies = value if isinstance(value, list) else [] if value is None else [value]
        if not nested.least <= len(bodies) <= (nested.most or len(bodies)):
            limits = f"{nested.least} to {nested.most}" if nested.most else f"{nested.least} or more"
            yield Finding(Kind.COUNT, where, f"{len(bodies)} blocks, {limits} are wanted")
        if nested.block.deprecated:
            yield Finding(Kind.DEPRECATED, where, "the block")
        for index, body in enumerate(bodies):
            place = f"{where}[{index}]"
            if isinstance(body, dict):
                yield from self._block(body, nested.block, place)
            else:
                yield Finding(Kind.WRONG_TYPE, place, f"{shown(body)} is not a block")

    def _meta(self, body: Json, where: str) -> Iterator[Finding]:
        yield from self._block({name: body[name] for name in META.arguments if name in body}, META, where)
        if "count" in body and "for_each" in body:
            yield Finding(Kind.CONFLICT, where, "at most one of count, for_each")

    def _lifecycle(self, lifecycle: Json, block: Block, where: str) -> Iterator[Finding]:
        yield from self._block(lifecycle, LIFECYCLE, f"{where}.lifecycle")
        ignored = lifecycle.get("ignore_changes", [])
        if ignored != "all" and not isinstance(ignored, list):
            yield Finding(Kind.WRONG_TYPE, f"{where}.lifecycle.ignore_changes", f"{shown(ignored)} is not a list")
        for text in ignored if isinstance(ignored, list) else []:
            # The first step, whether it is followed by `.key` or `["key"]`.
            name = text.split(".")[0].split("[")[0]
            if name not in block.arguments and name not in block.blocks:
                yield Finding(Kind.REFERENCE, f"{where}.lifecycle.ignore_changes", f"no argument {name}")
        for text in _texts(lifecycle.get("replace_triggered_by")):
            yield from self._references(f"${{{text}}}", f"{where}.lifecycle.replace_triggered_by")
        for name in ("precondition", "postcondition"):
            yield from self._references(lifecycle.get(name), f"{where}.lifecycle.{name}")

    def _dependencies(self, body: Json, where: str) -> Iterator[Finding]:
        for text in _texts(body.get("depends_on")):
            yield from self._references(f"${{{text}}}", f"{where}.depends_on")

    def _references(self, value: object, where: str) -> Iterator[Finding]:
        """What is wrong with the references anywhere in a value."""
        if isinstance(value, str):
            for reference in references(value):
                if why := self._resolve(reference)[1]:
                    yield Finding(Kind.REFERENCE, where, f"{reference.text}: {why}")
        elif isinstance(value, dict):
            for key, one in value.items():
                if key != "//":
                    yield from self._references(key, where)
                    yield from self._references(one, f"{where}.{key}")
        elif isinstance(value, list):
            for index, one in enumerate(value):
                yield from self._references(one, f"{where}[{index}]")

    def _type_of(self, text: str) -> Type | None:
        if not is_expression(text):
            # Text with something in it stays text.
            return "string" if any(True for _ in references(text)) else None
        reference = sole_reference(text)
        return DYNAMIC if reference is None else self._resolve(reference)[0]

    def _resolve(self, reference: Reference) -> tuple[Type, str]:
        """The type of what is referred to, and what is wrong with the reference."""
        root, path = reference.root, reference.path
        if root in _BUILT_IN:
            return DYNAMIC, ""
        if root in _DECLARED_IN:
            declared = path[0] in self._stack.get(_DECLARED_IN[root], {})
            return DYNAMIC, "" if declared else "nothing of that name"
        section: Section = "resource"
        if root in ("data", "ephemeral"):
            section = "data" if root == "data" else "ephemeral"
            root, path = str(path[0]), path[1:]
        return self._follow(section, root, path)

    def _follow(self, section: Section, type_: str, path: tuple[object, ...]) -> tuple[Type, str]:
        bodies = self._stack.get(section, {}).get(type_, {})
        if not path or path[0] not in bodies:
            return DYNAMIC, "nothing of that name in the stack"
        body, rest = bodies[path[0]], path[1:]
        whole = self._type(section, type_)
        if body.keys() & {"count", "for_each"}:
            whole = ["list" if "count" in body else "map", whole]
        found, steps = follow(whole, rest)
        return (DYNAMIC, f"no {_step(rest[steps])} there") if found is None else (found, "")

    def _type(self, section: Section, type_: str) -> Type:
        if (section, type_) not in self._types:
            block = self._schema.find(section, type_)
            self._types[section, type_] = DYNAMIC if block is None else as_type(block)
        return self._types[section, type_]

    def _providers(self) -> set[str]:
        return {
            f"{name}.{body['alias']}" if "alias" in body else name
            for name, bodies in self._stack.get("provider", {}).items()
            for body in _bodies(bodies)
        }


def _step(key: object) -> str:
    return "[*]" if key is ALL else "[…]" if key is UNKNOWN else f"[{key}]" if isinstance(key, int) else f".{key}"


def _bodies(value: Any) -> list[Json]:  # noqa: ANN401
    return value if isinstance(value, list) else [value]


def _texts(value: object) -> list[str]:
    """The texts of a list; what is none has been told as such."""
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def _without(body: Json, names: frozenset[str]) -> Json:
    return {name: value for name, value in body.items() if name not in names}
