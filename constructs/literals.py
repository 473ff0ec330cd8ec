"""Text of a manifest, kept from meaning anything to Terraform or to CDKTF.

Terraform evaluates `${…}` and `%{…}` in every string of its JSON, keys of maps included. CDKTF resolves its
own markers, `…{TfToken[…]}`, and numbers that happen to encode one. So each of these is broken up on the
way into the constructs, in a way that Terraform itself undoes.
"""

import dataclasses
import re
from typing import Any, Final, TypeVar

from auroraform.schemas.encoded import NUMBER, is_reference
from auroraform.schemas.resolved.expressions import Expression

T = TypeVar("T")

_TEMPLATE: Final = re.compile(r"[$%]\{")
_TOKEN: Final = re.compile(r"TfToken\[")
_BYTE_ORDER_MARK: Final = "\ufeff"
# JavaScript keeps no key of this name, and jsii refuses it.
_PROTOTYPE: Final = "__proto__"


def literal(text: str) -> str:
    """The text as a Terraform template that evaluates to just this text.

    Safe to put into any string argument, and between characters of a constant. Two results must not be
    joined without a constant between them: `$` and `{` would meet.
    """
    if text == _PROTOTYPE:
        return '${"_"}_proto__'
    escaped = _TEMPLATE.sub(lambda match: f"{match[0][0]}{match[0]}", text)
    # Behind a letter or digit: a dollar sign in front of `${` would escape it.
    escaped = _TOKEN.sub('T${"f"}Token[', escaped)
    escaped = NUMBER.sub(_number, escaped)
    if escaped.startswith(_BYTE_ORDER_MARK):
        # Terraform takes it for the encoding of the template and drops it.
        return '${"\\ufeff"}' + escaped[1:]
    return escaped


def _number(match: re.Match[str]) -> str:
    return match[0].replace("e", '${"e"}') if is_reference(match[0]) else match[0]


def literals(value: T) -> T:
    """A resolved value with every text in it made literal, map keys too, and every expression put into `${}`.

    Takes dataclasses, tuples, lists, dicts, text, expressions, numbers, booleans and None.

    Raises:
        TypeError: for any other type, so that no text can hide in one.
    """
    result: Any = _literals(value)
    return result  # type: ignore[no-any-return]


def _literals(value: object) -> object:
    if isinstance(value, Expression):
        return f"${{{value}}}"
    if isinstance(value, str):
        return literal(value)
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, tuple | list):
        return type(value)(_literals(item) for item in value)
    if isinstance(value, dict):
        return {_literals(key): _literals(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: _literals(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return type(value)(**fields)
    message = f"{type(value).__name__} is no type of a resolved value"
    raise TypeError(message)
