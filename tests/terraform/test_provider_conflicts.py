"""The table of conflicts is complete: the provider is asked about every pair of arguments that stacks could have."""

import json
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import pytest

from support.golden_stacks import occurrences
from support.provider.checking import check
from support.provider.loading import KeptSchema
from support.provider.schema import Block, Type
from support.terraform import Stack
from support.terraform_discovery import Tool

pytestmark = [pytest.mark.terraform, pytest.mark.slow]

HEADER: Final[dict[str, Any]] = {
    "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": ">= 5.100.0, < 7.0.0"}}},
    "provider": {"aws": [{"region": "eu-west-1"}]},
}
# What the provider says of arguments together; it says more of the made-up values, which are none of ours.
TOGETHER: Final = {
    "Conflicting configuration arguments",
    "Invalid combination of arguments",
    "Missing required argument",
}
_VALUES: Final[Mapping[str, object]] = {"string": "x", "number": 1, "bool": True}

Body = dict[str, Any]


def value(type_: Type) -> object:
    """Any value of a type."""
    if isinstance(type_, str):
        return _VALUES.get(type_)
    kind, inner = type_
    if kind == "object":
        return {name: value(one) for name, one in inner.items()}
    return {"a": value(inner)} if kind == "map" else [value(inner)]


def least(block: Block) -> Body:
    """What a block needs."""
    arguments = {name: value(one.type) for name, one in block.arguments.items() if one.required}
    return arguments | {name: least(one.block) for name, one in block.blocks.items() if one.least}


def variants(block: Block) -> Iterator[Body]:
    """Bodies with what the block needs, and none, one or two of what it may have."""
    needed = least(block)
    optional = {n: value(one.type) for n, one in block.arguments.items() if one.settable and not one.deprecated}
    optional |= {name: least(one.block) for name, one in block.blocks.items() if name != "timeouts"}
    names = [name for name in optional if name not in needed]
    for chosen in [(), *combinations(names, 1), *combinations(names, 2)]:
        yield needed | {name: optional[name] for name in chosen}


def bodies(block: Block) -> Iterator[Body]:
    yield from variants(block)
    for name, nested in block.blocks.items():
        if name != "timeouts":
            yield from (least(block) | {name: inner} for inner in variants(nested.block))


def test_no_two_arguments_conflict_unnoticed(provider_schema: KeptSchema, tmp_path: Path, terraform: Tool) -> None:
    rows: list[tuple[str, Body]] = []
    for type_ in sorted(occurrences()):
        block = provider_schema.find("resource", type_)
        rows += [(type_, body) for body in bodies(block)] if block else []
    (tmp_path / "main.tf.json").write_text(json.dumps(HEADER), encoding="utf-8")
    for number, (type_, body) in enumerate(rows):
        resource = {"resource": {type_: {f"row_{number}": body}}}
        (tmp_path / f"{number}.tf.json").write_text(json.dumps(resource), encoding="utf-8")
    stack = Stack(tmp_path, terraform)
    stack.init(backend=False)
    refused = {
        int(said.range.filename.split(".")[0]): said.detail
        for said in stack.validate().diagnostics
        if said.severity == "error" and said.summary in TOGETHER and said.range
    }
    assert len(refused) > 100
    escaped = {
        f"{rows[number][0]}: {detail}"
        for number, detail in refused.items()
        if not check(HEADER | {"resource": {rows[number][0]: {"row": rows[number][1]}}}, provider_schema)
    }
    assert escaped == set(), "add them to tests/support/provider/conflicts.py"
