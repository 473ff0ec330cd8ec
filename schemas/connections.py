"""How many connections an instance takes where nobody says: the engines' own formulas for `max_connections`.

    Aurora MySQL       GREATEST({log(DBInstanceClassMemory/805306368)*45},{log(DBInstanceClassMemory/8187281408)*1000})
    Aurora PostgreSQL  LEAST({DBInstanceClassMemory/9531392},5000)

Sources: Amazon Aurora User Guide, "Maximum connections to an Aurora MySQL DB instance" and "… PostgreSQL DB instance",
"Maximum connections for Aurora Serverless v2". The tables there are what the functions here are tested against.
"""

import math
from typing import Final

from auroraform.schemas.engines import EngineName

_GIB: Final = 1024**3

_SMALL_STEP, _SMALL_UNIT = 45, 805_306_368
_LARGE_STEP, _LARGE_UNIT = 1000, 8_187_281_408
_FEWEST_OF_SERVERLESS: Final = 90

_MOST: Final = 5000
_BYTES: Final = 9_531_392
# DBInstanceClassMemory is what RDS and the operating system leave. The documented defaults of Graviton classes lie on
# one line over the memory of the class, those of Serverless v2 on another one over the maximum of the range.
_LEFT, _TAKEN_GIB = 0.9744, 0.302
_PER_ACU, _TAKEN = 211.4, 22.5
_DOCUMENTED: Final = {"db.t3.medium": 420, "db.r5.large": 1600, "db.r5.xlarge": 3300}
"""Defaults of Aurora PostgreSQL that lie on no line."""

_LOW_MINIMUM: Final = 0.5
_MOST_FROM_LOW_MINIMUM: Final = 2000


def of_class(engine: EngineName, instance_class: str, memory_gib: float) -> int:
    """The default of an instance with fixed memory."""
    if engine == "aurora-mysql":
        return _of_mysql(memory_gib)
    if instance_class in _DOCUMENTED:
        return _DOCUMENTED[instance_class]
    left = (_LEFT * memory_gib - _TAKEN_GIB) * _GIB
    return min(round(left / _BYTES), _MOST)


def of_range(engine: EngineName, max_capacity: float) -> int:
    """The default of a Serverless v2 instance, which follows from the maximum of its range in ACUs."""
    if engine == "aurora-mysql":
        return max(_of_mysql(2 * max_capacity), _FEWEST_OF_SERVERLESS)
    return min(round(_PER_ACU * max_capacity - _TAKEN), _MOST)


def in_range(engine: EngineName, min_capacity: float, connections: int) -> int:
    """What is left of a number of connections where Aurora PostgreSQL may shrink to half an ACU or nothing."""
    is_low = engine == "aurora-postgresql" and min_capacity <= _LOW_MINIMUM
    return min(connections, _MOST_FROM_LOW_MINIMUM) if is_low else connections


def _of_mysql(memory_gib: float) -> int:
    """Whole steps: the formula says 1069 for db.r6g.large, and 1000 is what there is."""
    bytes_ = memory_gib * _GIB
    return max(
        round(math.log2(bytes_ / _SMALL_UNIT)) * _SMALL_STEP,
        round(math.log2(bytes_ / _LARGE_UNIT)) * _LARGE_STEP,
    )
