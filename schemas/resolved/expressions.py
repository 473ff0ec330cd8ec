"""What Terraform works out, where other text is a literal."""

from dataclasses import dataclass


class Expression(str):
    """A Terraform expression, without `${}`, where other text is a literal. Made from references, never from text."""

    __slots__ = ()

    def __repr__(self) -> str:
        # Told from equal text, so that what is printed of a cluster says all of it: stacks/keys.py counts on that.
        return f"Expression({super().__repr__()})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """A data source that expressions read from.

    Attributes:
        type: its type, such as `aws_vpc`.
        label: its label, unique among those of its type in a stack.
        arguments: its arguments.
    """

    type: str
    label: str
    arguments: dict[str, object]

    def attribute(self, name: str) -> Expression:
        """An expression that reads one of its attributes."""
        return Expression(f"data.{self.type}.{self.label}.{name}")
