"""Conditions of bucket policies, held against the request.

moto leaves them out, and so takes "deny, unless through TLS" for "deny": nothing could ever be written to a
bucket with such a policy.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Context = Mapping[str, str]
Statement = dict[str, Any]

# Loopback stands for AWS, which is reached through TLS.
CONNECTION = {"aws:SecureTransport": "true", "s3:TlsVersion": "1.3"}
_HEADER_KEYS = "s3:x-amz-"


def context_of(headers: Mapping[str, str]) -> dict[str, str]:
    """What conditions can ask about a request."""
    named = {f"s3:{name.lower()}": value for name, value in headers.items()}
    return CONNECTION | {key: value for key, value in named.items() if key.startswith(_HEADER_KEYS)}


def in_force(policy: str, context: Context) -> list[Statement]:
    """The statements whose conditions hold, without these."""
    statements: list[Statement] = json.loads(policy)["Statement"]
    return [
        {name: value for name, value in statement.items() if name != "Condition"}
        for statement in statements
        if _holds(statement.get("Condition", {}), context)
    ]


def _holds(conditions: Mapping[str, Mapping[str, str | list[str]]], context: Context) -> bool:
    return all(
        _operator(operator)(_value(key, context), values if isinstance(values, list) else [values])
        for operator, keys in conditions.items()
        for key, values in keys.items()
    )


def _operator(name: str) -> Callable[[str | None, Sequence[str]], bool]:
    if name not in _OPERATORS:
        # Better no answer than a wrong one.
        raise NotImplementedError(f"condition operator {name}")
    return _OPERATORS[name]


def _value(key: str, context: Context) -> str | None:
    if key not in CONNECTION and not key.startswith(_HEADER_KEYS):
        raise NotImplementedError(f"condition key {key}")
    return context.get(key)


_OPERATORS: dict[str, Callable[[str | None, Sequence[str]], bool]] = {
    "Bool": lambda actual, values: actual in values,
    "Null": lambda actual, values: ("true" if actual is None else "false") in values,
    "NumericLessThan": lambda actual, values: actual is not None and any(float(actual) < float(v) for v in values),
    "StringEquals": lambda actual, values: actual in values,
    "StringNotEquals": lambda actual, values: actual not in values,
}
