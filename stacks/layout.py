"""What the output folder looks like; CDKTF and its tools expect it so."""

import json
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
    """The same JSON with everything on one line that fits there, for values that are tables rather than resources."""
    line = json.dumps(value, sort_keys=True, ensure_ascii=False)
    if not isinstance(value, list | dict) or indent + len(line) <= _WIDTH:
        return line
    inner = indent + _STEP
    rows = (
        [f"{json.dumps(key, ensure_ascii=False)}: {compact(value[key], indent=inner)}" for key in sorted(value)]
        if isinstance(value, dict)
        else [compact(item, indent=inner) for item in value]
    )
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    joined = f",\n{' ' * inner}".join(rows)
    return f"{opening}\n{' ' * inner}{joined}\n{' ' * indent}{closing}"
