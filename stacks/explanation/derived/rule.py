"""What a rule is, and what rules share."""

from collections.abc import Callable, Iterator

from auroraform.schemas.located import Node, Scalar, Sequence
from auroraform.schemas.problems import Place
from auroraform.schemas.resolved.expressions import Expression
from auroraform.stacks.explanation.rows import Json, Row, State
from auroraform.stacks.explanation.subject import Subject, Whole

Rule = Callable[[Subject, Whole], Iterator[Row]]


def derived(path: str, value: Json, reason: str, place: Place | None = None) -> Row:
    """The row of a derived value."""
    return Row(path, value, State.DERIVED, place=place, reason=reason)


def text(value: str) -> str:
    """A value as the Terraform JSON has it."""
    return f"${{{value}}}" if isinstance(value, Expression) else value


def item(node: Node | None, text: str) -> Place | None:
    """The place of one of the texts of a list."""
    items = node.items if isinstance(node, Sequence) else ()
    return next((item.place for item in items if isinstance(item, Scalar) and item.text == text), None)
