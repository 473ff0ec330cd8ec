"""How long a command takes as a whole, and how much memory it and all processes below it have at most."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_PAUSE: Final = 0.02


@dataclass(frozen=True, slots=True)
class Sample:
    """One run, or the median of several.

    Attributes:
        seconds: from the start of the process to its end.
        megabytes: the peak of the whole tree, a page that several processes share counted once; 0 where the system
            cannot tell.
    """

    seconds: float
    megabytes: float


def median(samples: Sequence[Sample]) -> Sample:
    """The medians of several runs, each by itself."""
    return Sample(statistics.median(s.seconds for s in samples), statistics.median(s.megabytes for s in samples))


def measure(
    command: Sequence[str | Path], variables: Mapping[str, str], before: Callable[[], object] = lambda: None
) -> Sample:
    """Run a command twice, once for the time and once for the memory: looking at memory takes time.

    Args:
        command: what to run.
        variables: what is added to the environment.
        before: called before each of the two.

    Raises:
        RuntimeError: the command failed.
    """
    before()
    seconds, _ = _run(command, variables, watched=False)
    before()
    _, megabytes = _run(command, variables, watched=_PROC.is_dir())
    return Sample(seconds, megabytes)


def _run(command: Sequence[str | Path], variables: Mapping[str, str], *, watched: bool) -> tuple[float, float]:
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env=os.environ | variables, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    peak = 0.0
    while watched and process.poll() is None:
        peak = max(peak, sum(_megabytes(pid) for pid in _tree(process.pid)))
        time.sleep(_PAUSE)
    _, errors = process.communicate()
    seconds = time.perf_counter() - started
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}: {errors[-2000:]}")
    return seconds, peak


def _tree(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in _PROC.iterdir():
        if folder.name.isdigit() and (parent := _parent(folder)) is not None:
            children.setdefault(parent, []).append(int(folder.name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def _parent(folder: Path) -> int | None:
    try:
        # The name of the program stands in brackets and may hold anything.
        return int((folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return None


def _megabytes(pid: int) -> float:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
