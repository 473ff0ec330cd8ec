"""Figures as the tables of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.contenders import AURORAFORM, JAVASCRIPT, PLAIN
from benchmarks.measure import Sample

_BEGIN: Final = "<!-- begin: written by `make bench` -->"
_END: Final = "<!-- end: written by `make bench` -->"


@dataclass(frozen=True, slots=True)
class Row:
    """What each contender needed for one workspace."""

    workspace: str
    samples: dict[str, Sample]


def table(rows: Sequence[Row]) -> str:
    """One line for each workspace and contender; ratios are to the first contender of the workspace."""
    lines = ["| workspace | by | seconds | ratio | peak memory, MB | ratio |", "|---|---|--:|--:|--:|--:|"]
    for row in rows:
        base = next(iter(row.samples.values()))
        for name, sample in row.samples.items():
            memory = f"{sample.megabytes:.0f} | {sample.megabytes / base.megabytes:.2f}" if base.megabytes else "- | -"
            seconds = f"{sample.seconds:.2f} | {sample.seconds / base.seconds:.2f}"
            lines.append(f"| {row.workspace} | {name} | {seconds} | {memory} |")
    return "\n".join(lines)


def goals(peers: Sequence[Row], ours: Sequence[Row]) -> str:
    """The goals of the project, and where it stands."""
    one = peers[0].samples
    hundred, thousand = ours[2].samples, ours[3].samples
    lines = ["| goal | measured |", "|---|---|"]
    us = one[AURORAFORM.name]
    if plain := one.get(PLAIN.name):
        lines.append(f"| one cluster: at least 25 times faster than {PLAIN.name} | {plain.seconds / us.seconds:.1f} |")
        if us.megabytes:
            share = us.megabytes / plain.megabytes
            lines.append(f"| one cluster: at most a quarter of its memory | {share:.2f} |")
    if javascript := one.get(JAVASCRIPT.name):
        ratio = us.seconds / javascript.seconds
        lines.append(f"| one cluster: at most 3 times the time of {JAVASCRIPT.name} | {ratio:.1f} |")
    cold, edited = thousand[AURORAFORM.name].seconds, thousand["auroraform, one manifest edited"].seconds
    marginal = (cold - hundred[AURORAFORM.name].seconds) / 900 * 1000
    lines.append(f"| one more cluster: at most 10 ms (from 100 to 1,000) | {marginal:.1f} ms |")
    lines.append(f"| 1,000 clusters: under 15 s | {cold:.1f} s |")
    lines.append(f"| one manifest of 1,000 edited: far below that | {edited:.2f} s |")
    lines.append(
        f"| nothing changed in 1,000: at most 0.5 s | {thousand['auroraform, nothing changed'].seconds:.2f} s |"
    )
    return "\n".join(lines)


def write(page: Path, text: str) -> None:
    """Put the text between its marks on a page."""
    before, _, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    page.write_text(f"{before}{_BEGIN}\n\n{text}\n\n{_END}{after}", encoding="utf-8")
