"""Why one of the two spellings of a decision does not hold: capacity, and how many instances there are."""

from collections.abc import Iterator
from dataclasses import replace

from auroraform.schemas.shape import show
from auroraform.stacks.explanation.rows import LAYERS, Row, State
from auroraform.stacks.merge import Merged


def lost_rows(rows: dict[str, Row], merged: Merged) -> Iterator[Row]:
    """The rows of each spelling that lost, with what it lost to."""
    for loser, winner in merged.lost.items():
        rival = show(winner)
        said = [row for row in rows.values() if _is_of(row, rival) and row.state is State.SET]
        last = max(said, key=lambda row: LAYERS.index(row.layer))
        for row in rows.values():
            if _is_of(row, show(loser)) and row.state is State.LOST:
                yield replace(row, place=last.place, reason=f"{rival} decides, as {last.layer} is the later layer")


def _is_of(row: Row, path: str) -> bool:
    return f"{row.path}.".startswith(f"{path}.")
