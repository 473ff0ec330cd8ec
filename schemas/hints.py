"""Text that somebody may have meant as a Terraform expression. It stays text, and is worth a word."""

import re
from collections.abc import Iterator
from typing import Final

from auroraform.schemas.located import Mapping, Node, Scalar
from auroraform.schemas.problems import Code, Problem, Severity

# The beginnings of references in Terraform's language (Terraform documentation, "References to named values").
_EXPRESSION: Final = re.compile(r"\$\{\s*((data|each|local|module|path|self|terraform|var)\.|aws_[a-z0-9_]+\.)")


def expressions(node: Node, path: str = "") -> Iterator[Problem]:
    """Every text, key or value, that looks like a reference to something of Terraform's."""
    if isinstance(node, Scalar):
        if _EXPRESSION.search(node.text):
            yield Problem(
                Code.LOOKS_LIKE_REFERENCE,
                node.place,
                "looks like a Terraform expression, and stays text: nothing in it is evaluated",
                path,
                "to refer to something write valueFrom: {kind: …, name: …, fieldPath: …}",
                Severity.WARNING,
            )
    elif isinstance(node, Mapping):
        for key, entry in node.entries.items():
            here = f"{path}.{key}" if path else key
            yield from expressions(entry.key, here)
            yield from expressions(entry.value, here)
    else:
        for index, item in enumerate(node.items):
            yield from expressions(item, f"{path}[{index}]")
