"""`make bench`: everybody side by side, and the tables of docs/performance.md written anew.

BENCH_RUNS says how often each is run (3 if unset); the medians count. Contenders take turns, so that a busy moment of
the machine meets all of them.
"""

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.contenders import AURORAFORM, JAVASCRIPT, NODE, OURSELVES, PEERS_OF_OURS, PLAIN, ROOT, Case, Contender
from benchmarks.measure import Sample, measure, median
from benchmarks.report import Row, goals, table, write
from benchmarks.workspaces import write as write_workspace

PAGE: Final = ROOT / "docs" / "performance.md"
SIZES: Final = (1, 10, 100, 1000)
PEERS_SIZES: Final = (1, 10, 100)
THREE: Final = ("dev", "prod", "staging")


@dataclass(frozen=True, slots=True)
class Shape:
    """A size of workspace."""

    clusters: int
    environments: tuple[str, ...] = ("prod",)

    def __str__(self) -> str:
        many = f" in {len(self.environments)} environments" if len(self.environments) > 1 else ""
        return f"{self.clusters:,} cluster{'s' if self.clusters != 1 else ''}{many}"


def available(contenders: Sequence[Contender]) -> tuple[list[Contender], dict[str, str]]:
    """Install everybody; who cannot be is named with the reason."""
    there, missing = [], {}
    for contender in contenders:
        say(f"installing: {contender.name}")
        try:
            contender.install()
        except (OSError, subprocess.CalledProcessError) as error:
            missing[contender.name] = str(error).splitlines()[0]
        else:
            there.append(contender)
    return there, missing


def compete(shape: Shape, contenders: Sequence[Contender], runs: int, folder: Path) -> Row:
    """Run contenders in turn on a workspace of their own."""
    folder = folder / str(shape).replace(" ", "-").replace(",", "")
    case = Case(write_workspace(folder / "workspace", shape.clusters, shape.environments), folder)
    samples: dict[str, list[Sample]] = {contender.name: [] for contender in contenders}
    for number in range(runs):
        for contender in contenders:
            say(f"{shape}, run {number + 1} of {runs}: {contender.name}")
            command = contender.command(case)
            samples[contender.name].append(measure(command, contender.variables, partial(contender.before, case)))
    return Row(str(shape), {name: median(all_) for name, all_ in samples.items()})


def say(what: str) -> None:
    sys.stderr.write(f"{what}\n")


def machine() -> str:
    """The machine in general terms."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    node = subprocess.run([NODE, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    libraries = ", ".join(f"{name} {version(name)}" for name in ("cdktf", "jsii"))
    return (
        f"{cores} cores, {memory:.0f} GB of memory, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, Node {node.removeprefix('v')}, {libraries}"
    )


def main() -> None:
    """Measure, print and write."""
    runs = int(os.environ.get("BENCH_RUNS") or 3)
    peers, missing = available(PEERS_OF_OURS)
    # What is made once on a machine, and bytecode, is not what is compared.
    with tempfile.TemporaryDirectory(prefix="auroraform-bench-") as name:
        folder = Path(name)
        compete(Shape(60), [AURORAFORM], 1, folder / "warm")
        compete(Shape(1), peers, 1, folder / "warm")
        first = [
            compete(Shape(size), [AURORAFORM, *(p for p in peers if size <= p.largest)], runs, folder / "peers")
            for size in PEERS_SIZES
        ]
        large = [p for p in peers if p.name in {PLAIN.name, JAVASCRIPT.name}]
        first.append(compete(Shape(1000), [AURORAFORM, *large], 1, folder / "peers"))
        second = [compete(Shape(size), OURSELVES, runs, folder / "ours") for size in SIZES]
        second.append(compete(Shape(100, THREE), OURSELVES, runs, folder / "ours"))
    parts = [f"{machine()}; medians of {runs} runs ({SIZES[-1]:,} clusters beside others: one run)."]
    parts += [f"{name} could not be installed here: {reason}." for name, reason in missing.items()]
    parts += [table(first), table(second), goals(first, second)]
    text = "\n\n".join(parts)
    sys.stdout.write(f"{text}\n")
    write(PAGE, text)


if __name__ == "__main__":
    main()
