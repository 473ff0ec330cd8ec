"""What the output folder looks like; CDKTF and its tools expect it so."""

import json
from collections.abc import Iterator
from typing import Final

STACK_FILE: Final = "cdk.tf.json"
MANIFEST_FILE: Final = "manifest.json"
HEADER: Final = "Written by auroraform from manifests and environments. Edit those, not this file."
SCRIPT_MARK: Final = f"-- {HEADER}"
"""The first line of a script, by which it is known for ours."""

_WIDTH: Final = 160
_STEP: Final = 2

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def stack_path(stack: str) -> str:
    """The path of a stack's file in the output folder."""
    return f"stacks/{stack}/{STACK_FILE}"


def script_path(stack: str, cluster: str) -> str:
    """The path of a cluster's SQL script in the output folder."""
    return f"stacks/{stack}/sql/{cluster}.sql"


def is_script(path: str) -> bool:
    """Whether a path in the output folder is that of an SQL script."""
    return path.endswith(".sql")


def canonical(value: Json) -> str:
    """JSON as reviewers see it: keys sorted, two spaces, one line feed at the end."""
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def compact(value: Json, *, indent: int = 0) -> str:
    """The same JSON in fewer lines, for values that are tables rather than resources.

    What fits on one line stands on one, and so do neighbouring entries of an object that hold no others.
    """
    line = json.dumps(value, sort_keys=True, ensure_ascii=False)
    if not isinstance(value, list | dict) or indent + len(line) <= _WIDTH:
        return line
    inner = indent + _STEP
    if isinstance(value, list):
        opening, closing, rows = "[", "]", [compact(item, indent=inner) for item in value]
    else:
        opening, closing, rows = "{", "}", [*_entries(value, inner)]
    joined = f",\n{' ' * inner}".join(rows)
    return f"{opening}\n{' ' * inner}{joined}\n{' ' * indent}{closing}"


def _entries(value: dict[str, Json], indent: int) -> Iterator[str]:
    row = ""
    for key in sorted(value):
        entry = f"{json.dumps(key, ensure_ascii=False)}: {compact(value[key], indent=indent)}"
        is_plain = not isinstance(value[key], list | dict)
        if row and is_plain and indent + len(row) + len(entry) < _WIDTH - 1:
            row = f"{row}, {entry}"
            continue
        if row:
            yield row
        row = entry if is_plain else ""
        if not is_plain:
            yield entry
    if row:
        yield row
