"""What the expressions of a text refer to: `${aws_rds_cluster.orders.master_user_secret[0].secret_arn}`.

Terraform's expression language, as far as references are concerned: texts in texts, `for`, splats and indices are
read; operators and functions are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from support.provider.types import ALL, UNKNOWN

_NAME: Final = re.compile(r"[^\W\d][\w-]*")
_NUMBER: Final = re.compile(r"\d+(\.\d+)?([eE][+-]?\d+)?")
_LOOP: Final = re.compile(r"\bfor\s+([\w-]+)(?:\s*,\s*([\w-]+))?\s+in\b")
_INDEX: Final = re.compile(r'\[\s*(?:(\d+)|"((?:[^"\\$%]|\\.)*)"|(\*))\s*\]')
_CLOSING: Final = {"[": "]", "(": ")", "{": "}"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A root and the way from there: names, indices, `ALL`, `UNKNOWN`."""

    root: str
    path: tuple[object, ...]
    text: str


def references(text: str) -> Iterator[Reference]:
    """Every reference in the expressions of a text."""
    for expression in _expressions(text):
        yield from _in_expression(expression)


def sole_reference(text: str) -> Reference | None:
    """The reference that a text consists of: its value is what it refers to, and no text."""
    expressions = [*_expressions(text)]
    if len(expressions) != 1 or text != f"${{{expressions[0]}}}":
        return None
    found = [*_in_expression(expressions[0])]
    return found[0] if len(found) == 1 and found[0].text == expressions[0].strip() else None


def is_expression(text: str) -> bool:
    """Whether a text is one expression, so that its value may be of any type."""
    expressions = [*_expressions(text)]
    return len(expressions) == 1 and text == f"${{{expressions[0]}}}"


def _expressions(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        # Doubled, the sign stands for itself.
        if text.startswith(("$${", "%%{"), at):
            at += 3
        elif text.startswith(("${", "%{"), at):
            end = _end(text, at + 2, "}")
            yield text[at + 2 : end]
            at = end + 1
        else:
            at += 1


def _end(text: str, at: int, closing: str) -> int:
    """Where the bracket that is open closes; the end of the text if it does not."""
    while at < len(text) and text[at] != closing:
        if text[at] == '"':
            at = _end_of_text(text, at + 1)
        elif text[at] in _CLOSING:
            at = _end(text, at + 1, _CLOSING[text[at]])
        at += 1
    return at


def _end_of_text(text: str, at: int) -> int:
    while at < len(text) and text[at] != '"':
        if text[at] == "\\" or text.startswith(("$${", "%%{"), at):
            at += 1
        elif text.startswith(("${", "%{"), at):
            at = _end(text, at + 2, "}")
        at += 1
    return at


def _in_expression(text: str) -> Iterator[Reference]:
    variables = {name for pair in _LOOP.findall(text) for name in pair}
    at = 0
    while at < len(text):
        if text[at] == '"':
            end = _end_of_text(text, at + 1)
            yield from references(text[at + 1 : end])
            at = end + 1
        elif name := _NAME.match(text, at):
            at, path, inner = _path(text, name.end())
            for index in inner:
                yield from _in_expression(index)
            if path and name[0] not in variables:
                yield Reference(name[0], path, text[name.start() : at])
        elif number := _NUMBER.match(text, at):
            at = number.end()
        elif text[at] == ".":
            # What comes of a function or a bracket.
            at, _, inner = _path(text, at)
            for index in inner:
                yield from _in_expression(index)
            at += 0 if inner else 1
        else:
            at += 1


def _path(text: str, at: int) -> tuple[int, tuple[object, ...], list[str]]:
    """The steps that begin here: where they end, what they are, and the expressions among them."""
    steps: list[object] = []
    inner: list[str] = []
    while at < len(text):
        if text[at] == "." and (name := _NAME.match(text, at + 1)):
            steps.append(name[0])
            at = name.end()
        elif text.startswith(".*", at):
            steps.append(ALL)
            at += 2
        elif text[at] == "." and (number := re.compile(r"\d+").match(text, at + 1)):
            steps.append(int(number[0]))
            at = number.end()
        elif index := _INDEX.match(text, at):
            number_text, key, _ = index.groups()
            steps.append(int(number_text) if number_text else key if key is not None else ALL)
            at = index.end()
        elif text[at] == "[":
            end = _end(text, at + 1, "]")
            steps.append(UNKNOWN)
            inner.append(text[at + 1 : end])
            at = end + 1
        else:
            break
    return at, tuple(steps), inner
