"""Why one of two spellings of a decision does not hold: a later layer took the other one."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from auroraform.stacks.explanation.rows import LAYERS, Row, State

_RIVALS: Final = (
    ("serverlessV2Scaling", "instances.instanceClass"),
    ("passwordFrom", "manageMasterUserPassword"),
)


def lost_rows(rows: dict[str, Row]) -> Iterator[Row]:
    """The rows of the spelling that lost, each with what it lost to."""
    for row in rows.values():
        if row.state is State.LOST:
            rival = _rival(row.path)
            said = [found for found in rows.values() if _is_part(found.path, rival) and found.state is State.SET]
            last = max(said, key=lambda found: LAYERS.index(found.layer))
            yield replace(row, place=last.place, reason=f"{rival} decides, as {last.layer} is the later layer")


def _rival(path: str) -> str:
    for pair in _RIVALS:
        for one, other in (pair, pair[::-1]):
            if _is_part(path, one):
                return other
    raise LookupError(path)


def _is_part(path: str, field: str) -> bool:
    return path == field or path.startswith(f"{field}.")
