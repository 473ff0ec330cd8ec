"""The policy documents of a stack, wherever they stand, and an opinion on each of an IAM linter."""

from __future__ import annotations

import json
import re
import sys
import types
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

# What an expression stands for, by the attribute that it reads: linters take no expressions.
_STANDS_FOR: Final = (
    (re.compile(r"aws_cloudwatch_\w+_alarm"), "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:orders"),
    (
        re.compile(r"aws_kms_|key_arn|kms_key_id"),
        "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    ),
    (re.compile(r"aws_sns_"), "arn:aws:sns:eu-west-1:111122223333:topic"),
    (re.compile(r"aws_sqs_"), "arn:aws:sqs:eu-west-1:111122223333:queue"),
    (re.compile(r"aws_iam_role"), "arn:aws:iam::111122223333:role/role"),
    (re.compile(r"aws_ssm_parameter|secret_arn"), "arn:aws:secretsmanager:eu-west-1:111122223333:secret:search-AbCdEf"),
    (re.compile(r"cluster_resource_id"), "cluster-ABCDEFGHIJKL"),
    (re.compile(r"\.arn$"), "arn:aws:rds:eu-west-1:111122223333:cluster:orders"),
)
_EXPRESSION: Final = re.compile(r"(?<!\$)\$\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy document.

    Attributes:
        where: the type of the resource, its label and the argument.
        document: the document, with something fitting for each expression.
    """

    type: str
    where: str
    document: Mapping[str, Any]

    @property
    def statements(self) -> list[Mapping[str, Any]]:
        found = self.document["Statement"]
        return found if isinstance(found, list) else [found]


def policies(file: Path) -> Iterator[Policy]:
    """The policy documents in a stack's file: every text that is one."""
    stack = json.loads(file.read_text(encoding="utf-8"))
    for type_, labels in stack.get("resource", {}).items():
        for label, body in labels.items():
            for name, text in _texts(body):
                # JSON itself has braces of its own, which no expression of ours has.
                found = _document(_EXPRESSION.sub(_stand_in, text))
                if found is not None:
                    yield Policy(type_, f"{type_}.{label}.{name}", found)


def _texts(node: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, str):
        yield name, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _texts(value, key)
    elif isinstance(node, list):
        for item in node:
            yield from _texts(item, name)


def _stand_in(match: re.Match[str]) -> str:
    return next((text for pattern, text in _STANDS_FOR if pattern.search(match[1])), "something")


def _document(text: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(text) if '"Statement"' in text else None
    except ValueError as error:
        raise AssertionError(f"is no JSON: {text}") from error
    return found if isinstance(found, dict) and "Statement" in found else None


def opinions(policy: Policy) -> set[str]:
    """What the linter finds, as `ISSUE detail`."""
    document = {**policy.document}
    if policy.where.endswith("assume_role_policy"):
        # It knows of no policy without resources; that of a role means the role.
        role = "arn:aws:iam::111122223333:role/role"
        document["Statement"] = [{"Resource": role, **statement} for statement in policy.statements]
    found = _parliament().analyze_policy_string(json.dumps(document)).findings
    return {f"{finding.issue} {finding.detail}" for finding in found}


@cache
def _parliament() -> Any:  # noqa: ANN401 - comes without types
    """Parliament, which asks `pkg_resources` for its two files; setuptools has that no longer."""
    stand_in = types.ModuleType("pkg_resources")
    stand_in.resource_filename = lambda package, name: str(Path(sys.modules[package].__path__[0]) / name)  # type: ignore[attr-defined]
    known = sys.modules.get("pkg_resources")
    sys.modules["pkg_resources"] = known or stand_in
    try:
        with warnings.catch_warnings():
            # It leaves the two open.
            warnings.simplefilter("ignore", ResourceWarning)
            import parliament  # noqa: PLC0415
    finally:
        if known is None:
            del sys.modules["pkg_resources"]
    return parliament
