"""Why one of the two spellings of capacity, a class and a Serverless v2 range, does not hold."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from auroraform.stacks.explanation.rows import LAYERS, Row, State

_RANGE: Final = "serverlessV2Scaling"
_CLASS: Final = "instances.instanceClass"


def lost_rows(rows: dict[str, Row]) -> Iterator[Row]:
    """The rows of the spelling that lost, each with what it lost to."""
    for row in rows.values():
        if row.state is State.LOST:
            rival = _RANGE if row.path == _CLASS else _CLASS
            said = [found for found in rows.values() if found.path.startswith(rival) and found.state is State.SET]
            last = max(said, key=lambda found: LAYERS.index(found.layer))
            yield replace(row, place=last.place, reason=f"{rival} decides, as {last.layer} is the later layer")
