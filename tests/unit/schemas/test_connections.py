"""The engines' formulas for `max_connections`, against the tables of the Amazon Aurora User Guide."""

from typing import Final

import pytest

from auroraform.schemas.classes import memory
from auroraform.schemas.connections import in_range, of_class, of_range
from auroraform.schemas.engines import EngineName

MYSQL: Final = """
    t2.small 45  t2.medium 90  t3.small 45  t3.medium 90  t3.large 135  t4g.medium 90  t4g.large 135
    r3.large 1000  r3.xlarge 2000  r3.2xlarge 3000  r3.4xlarge 4000  r3.8xlarge 5000
    r4.large 1000  r4.xlarge 2000  r4.2xlarge 3000  r4.4xlarge 4000  r4.8xlarge 5000  r4.16xlarge 6000
    r5.large 1000  r5.12xlarge 6000  r5.16xlarge 6000  r5.24xlarge 7000
    r6g.large 1000  r6g.xlarge 2000  r6g.2xlarge 3000  r6g.4xlarge 4000  r6g.8xlarge 5000  r6g.12xlarge 6000
    r6i.24xlarge 7000  r6i.32xlarge 7000  r7i.48xlarge 8000  r8g.16xlarge 6000  r8g.24xlarge 7000  r8g.48xlarge 8000
    x2g.large 2000  x2g.xlarge 3000  x2g.2xlarge 4000  x2g.4xlarge 5000  x2g.8xlarge 6000  x2g.12xlarge 7000
    x2g.16xlarge 7000
"""
POSTGRESQL: Final = """
    t3.medium 420  t3.large 844  t4g.medium 405  t4g.large 844
    r5.large 1600  r5.xlarge 3300  r5.2xlarge 5000
    r6g.large 1722  r6g.xlarge 3479  r6g.2xlarge 5000  r6g.16xlarge 5000
    x2g.large 3479  x2g.xlarge 5000
"""


def pairs(text: str) -> list[tuple[str, int]]:
    words = text.split()
    return [(f"db.{name}", int(number)) for name, number in zip(words[::2], words[1::2], strict=True)]


@pytest.mark.parametrize(
    ("engine", "instance_class", "expected"),
    [
        *(("aurora-mysql", *pair) for pair in pairs(MYSQL)),
        *(("aurora-postgresql", *pair) for pair in pairs(POSTGRESQL)),
    ],
)
def test_the_default_of_a_class_is_the_documented_one(engine: EngineName, instance_class: str, expected: int) -> None:
    gib = memory(instance_class)
    assert gib is not None
    assert of_class(engine, instance_class, gib) == expected


@pytest.mark.parametrize(
    ("max_capacity", "mysql", "postgresql"),
    [
        (1, 90, 189),
        (4, 135, 823),
        (8, 1000, 1669),
        (16, 2000, 3360),
        (32, 3000, 5000),
        (64, 4000, 5000),
        (128, 5000, 5000),
        (192, 6000, 5000),
        (256, 6000, 5000),
    ],
)
def test_the_default_of_a_range_follows_from_its_maximum(max_capacity: float, mysql: int, postgresql: int) -> None:
    assert of_range("aurora-mysql", max_capacity) == mysql
    assert of_range("aurora-postgresql", max_capacity) == postgresql


def test_a_larger_range_never_takes_fewer_connections() -> None:
    for engine in ("aurora-mysql", "aurora-postgresql"):
        found = [of_range(engine, half / 2) for half in range(2, 513)]
        assert found == sorted(found)


@pytest.mark.parametrize(
    ("engine", "min_capacity", "expected"),
    [
        ("aurora-postgresql", 0, 2000),
        ("aurora-postgresql", 0.5, 2000),
        ("aurora-postgresql", 1, 5000),
        ("aurora-mysql", 0, 5000),
    ],
)
def test_a_low_minimum_of_postgresql_leaves_two_thousand(
    engine: EngineName, min_capacity: float, expected: int
) -> None:
    assert in_range(engine, min_capacity, 5000) == expected
    assert in_range(engine, min_capacity, 300) == 300
