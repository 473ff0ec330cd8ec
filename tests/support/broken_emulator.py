"""An emulator that cannot start: its server finds another moto first."""

import os
from pathlib import Path

import pytest

COMPLAINT = "this moto is broken"


def break_emulator(folder: Path, patch: pytest.MonkeyPatch, moto: str = f"raise ImportError('{COMPLAINT}')") -> None:
    """Let servers that are started from now on import this instead of moto."""
    package = folder / "broken" / "moto"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(moto, encoding="utf-8")
    path = os.environ.get("PYTHONPATH")
    patch.setenv("PYTHONPATH", os.pathsep.join([str(package.parent), *([path] if path else [])]))
