"""The wheel, and an environment that has it installed instead of the checkout."""

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from support.processes import ROOT, run


def build_wheel(folder: Path) -> Path:
    """Build the wheel from a copy in `folder`: a build leaves folders behind."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            copy = folder / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "dist"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return next((folder / "dist").glob("*.whl"))


@dataclass(frozen=True)
class Installation:
    """A virtual environment with the wheel.

    What auroraform depends on comes from the tests' environment; auroraform itself does not: it is
    installed there by a .pth file, which a folder on PYTHONPATH does not run.
    """

    folder: Path

    @classmethod
    def of(cls, wheel: Path, folder: Path) -> "Installation":
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", "--no-deps", "--no-index", str(wheel)]
        subprocess.run(pip, check=True, capture_output=True)
        return cls(folder)

    def run(self, *command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
        """Run a command as with the environment activated; it must end well and keep quiet on stderr."""
        path = os.pathsep.join((str(self.folder / "bin"), os.environ["PATH"]))
        return run(*command, folder=folder, PATH=path, PYTHONPATH=sysconfig.get_path("purelib"))
