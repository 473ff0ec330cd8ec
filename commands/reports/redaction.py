"""Passwords that people wrote into files, kept out of what is printed about those files.

`password` is no field that takes a value, but what stands there may be in the line that another problem shows, or in
its message: `!Passw0rd` is a tag to YAML.
"""

import re
from dataclasses import replace
from typing import Final

from auroraform.schemas.problems import SECRETS, Problem

MASK: Final = "*" * 8

_KEY: Final = r"(?i)(?<!\w)(?!manageMasterUserPassword)[\w-]*passw(?:or)?d[\"']?\s*:\s*"
_BESIDE: Final = re.compile(rf"{_KEY}(?=\S)")
_BELOW: Final = re.compile(rf"{_KEY}[|>]?[-+0-9]*\s*$")


def masked(problem: Problem, line: str, above: str) -> str:
    """The line that a problem stands on, without any password.

    Args:
        problem: the problem.
        line: the line.
        above: the line above it, which may hold the key.
    """
    if problem.code in SECRETS:
        return line[: problem.place.column - 1] + MASK
    if _BELOW.search(above):
        return MASK
    found = _BESIDE.search(line)
    return line if found is None else line[: found.end()] + MASK


def redacted(problem: Problem, line: str) -> Problem:
    """The problem, without any password of its line in its message."""
    found = _BESIDE.search(line)
    if found is None:
        return problem
    word = re.split(r"[\s,\]}]", line[found.end() :], maxsplit=1)[0]
    return replace(problem, message=problem.message.replace(word, MASK)) if word else problem
