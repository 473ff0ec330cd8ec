"""Terraform's own blocks, as far as stacks have them, in the terms of a provider's schema."""

from __future__ import annotations

from typing import Final

from support.provider.schema import Argument, Block, Nested, Type


def _argument(type_: Type, *, required: bool = False) -> Argument:
    return Argument(type=type_, required=required, optional=not required)


_TEXTS: Final[Type] = ["list", "string"]
_WANTED: Final = {"condition": _argument("dynamic", required=True), "error_message": _argument("string", required=True)}
_CONDITION: Final = Nested(nesting="list", block=Block(arguments=_WANTED, blocks={}))

SECTIONS: Final = frozenset(
    {
        "//",
        "check",
        "data",
        "ephemeral",
        "import",
        "locals",
        "module",
        "moved",
        "output",
        "provider",
        "removed",
        "resource",
        "terraform",
        "variable",
    }
)
"""What may stand at the top of a stack."""

META: Final = Block(
    arguments={
        "count": _argument("number"),
        "depends_on": _argument(_TEXTS),
        "for_each": _argument("dynamic"),
        "provider": _argument("string"),
    },
    blocks={},
)
"""What every resource may have, besides its lifecycle."""

LIFECYCLE: Final = Block(
    arguments={
        "create_before_destroy": _argument("bool"),
        # A list, or the word `all`.
        "ignore_changes": _argument("dynamic"),
        "prevent_destroy": _argument("bool"),
        "replace_triggered_by": _argument(_TEXTS),
    },
    blocks={"postcondition": _CONDITION, "precondition": _CONDITION},
)

OUTPUT: Final = Block(
    arguments={
        "depends_on": _argument(_TEXTS),
        "description": _argument("string"),
        "ephemeral": _argument("bool"),
        "sensitive": _argument("bool"),
        "value": _argument("dynamic", required=True),
    },
    blocks={"precondition": _CONDITION},
)

REFACTORING: Final = {
    "import": Block(
        arguments={
            "for_each": _argument("dynamic"),
            "id": _argument("string", required=True),
            "provider": _argument("string"),
            "to": _argument("string", required=True),
        },
        blocks={},
    ),
    "moved": Block(
        arguments={"from": _argument("string", required=True), "to": _argument("string", required=True)}, blocks={}
    ),
    "removed": Block(
        arguments={"from": _argument("string", required=True)},
        blocks={
            "lifecycle": Nested(
                nesting="single", block=Block(arguments={"destroy": _argument("bool", required=True)}, blocks={})
            )
        },
    ),
}
"""Blocks without a label, of which there may be many."""
