"""The schema of a provider, as `terraform providers schema -json` describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

# A name ("string"), or a kind and what it is made of (["map", "string"]), as Terraform writes it.
Type: TypeAlias = Any
Nesting: TypeAlias = Literal["single", "group", "list", "set", "map"]
Section: TypeAlias = Literal["provider", "resource", "data", "ephemeral"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    type: Type
    required: bool = False
    optional: bool = False
    computed: bool = False
    deprecated: bool = False

    @property
    def settable(self) -> bool:
        return self.required or self.optional

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Argument:
        flags = {name: bool(document.get(name)) for name in ("required", "optional", "computed", "deprecated")}
        # Nested attributes of newer providers have no single type.
        return cls(type=document.get("type", "dynamic"), **flags)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """Blocks of one name."""

    block: Block
    nesting: Nesting
    least: int = 0
    most: int | None = None

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Nested:
        nesting: Nesting = document["nesting_mode"]
        return cls(
            block=Block.read(document["block"]),
            nesting=nesting,
            least=document.get("min_items", 0),
            most=document.get("max_items") or (1 if nesting in {"single", "group"} else None),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    arguments: Mapping[str, Argument]
    blocks: Mapping[str, Nested]
    deprecated: bool = False

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Block:
        return cls(
            arguments={name: Argument.read(one) for name, one in document.get("attributes", {}).items()},
            blocks={name: Nested.read(one) for name, one in document.get("block_types", {}).items()},
            deprecated=bool(document.get("deprecated")),
        )


class Schema(Protocol):
    """Where the schema of a type comes from."""

    def find(self, section: Section, name: str) -> Block | None:
        """The schema of a resource, a data source, an ephemeral resource or a provider; None if there is none."""


_SECTIONS: Mapping[Section, str] = {
    "resource": "resource_schemas",
    "data": "data_source_schemas",
    "ephemeral": "ephemeral_resource_schemas",
}


def flatten(document: Mapping[str, Any]) -> dict[tuple[Section, str], Any]:
    """Every schema of a document that Terraform printed, by what it is the schema of."""
    found: dict[tuple[Section, str], Any] = {}
    for source, provider in document["provider_schemas"].items():
        found["provider", source.rsplit("/", 1)[-1]] = provider.get("provider", {}).get("block", {})
        for section, key in _SECTIONS.items():
            found |= {(section, name): one["block"] for name, one in provider.get(key, {}).items()}
    return found
