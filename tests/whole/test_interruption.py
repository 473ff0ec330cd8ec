"""Ctrl-C at any moment: one line, exit code 130, and every file whole."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent.parent


def wait_for_python(pid: int) -> None:
    """Wait until a process catches SIGINT: what interrupts it before is the system's to answer, not ours."""
    status = Path(f"/proc/{pid}/status")
    while sys.platform == "linux":
        caught = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("SigCgt:"))
        if int(caught.split()[1], 16) >> (signal.SIGINT - 1) & 1:
            return
        time.sleep(0.001)


@pytest.mark.parametrize("seconds", [0.1, 0.2, 0.3, 0.4, 0.5])
def test_an_interruption_says_so_and_leaves_whole_files(seconds: float, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [Path(sys.executable).parent / "auroraform", "synth", "-o", tmp_path / "out"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A group of its own, as a terminal interrupts Node too.
        start_new_session=True,
    )
    wait_for_python(process.pid)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr.strip()) in {
        (130, "interrupted; every file is whole, the old one or the new one"),
        (0, ""),
    }
    for path in (tmp_path / "out").rglob("*.json"):
        assert json.loads(path.read_text(encoding="utf-8"))
    assert not list((tmp_path / "out").rglob(".*"))
