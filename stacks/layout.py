"""What the output folder looks like; CDKTF and its tools expect it so."""

import json
from typing import Final

STACK_FILE: Final = "cdk.tf.json"
MANIFEST_FILE: Final = "manifest.json"
HEADER: Final = "Written by auroraform from manifests and environments. Edit those, not this file."
SCRIPT_MARK: Final = f"-- {HEADER}"
"""The first line of a script, by which it is known for ours."""

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
