"""What the user may set about the bindings, by environment variables."""

import ast
import os

MODE = "AURORAFORM_BINDINGS"
EXTRA = "AURORAFORM_BINDINGS_EXTRA"


def wants_full() -> bool:
    """Return whether the whole assembly is to be used instead of a pruned one.

    Raises:
        ValueError: If `AURORAFORM_BINDINGS` is neither of the two modes.
    """
    mode = os.environ.get(MODE, "")
    if mode not in ("", "pruned", "full"):
        raise ValueError(f'{MODE} must be "pruned" (the default) or "full", not "{mode}"')
    return mode == "full"


def extra_modules() -> list[str]:
    """Return the provider modules that a user's own constructs need besides ours."""
    return [name for part in os.environ.get(EXTRA, "").split(",") if (name := part.strip())]


def imported_modules(source: str, package: str) -> set[str]:
    """Return the modules of `package` that a Python source imports from, by their names in the package."""
    prefix = f"{package}."
    return {
        node.module.removeprefix(prefix).partition(".")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module and node.module.startswith(prefix)
    }
