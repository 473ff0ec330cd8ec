"""The list of instance classes: per engine, and for Aurora MySQL per major version."""

import re

import pytest

from auroraform.schemas.classes import ONLY_MYSQL_2, SIZES, is_known, memory
from auroraform.schemas.engines import EngineName
from auroraform.stacks import defaults

POSTGRESQL = ("aurora-postgresql", "16.8")
MYSQL_2 = ("aurora-mysql", "5.7.mysql_aurora.2.12.5")
MYSQL_3 = ("aurora-mysql", "8.0.mysql_aurora.3.08.0")


@pytest.mark.parametrize(
    ("instance_class", "engines"),
    [
        ("db.serverless", {POSTGRESQL, MYSQL_2, MYSQL_3}),
        ("db.r6g.large", {POSTGRESQL, MYSQL_2, MYSQL_3}),
        ("db.r8g.48xlarge", {POSTGRESQL, MYSQL_2, MYSQL_3}),
        ("db.t4g.medium", {POSTGRESQL, MYSQL_2, MYSQL_3}),
        ("db.r8gd.xlarge", {POSTGRESQL}),
        ("db.r4.large", {POSTGRESQL, MYSQL_2}),
        ("db.t2.small", {MYSQL_2}),
        ("db.t3.small", {MYSQL_2}),
        ("db.t3.micro", set()),
        ("db.t4g.2xlarge", set()),
        ("db.r6g.24xlarge", set()),
        ("db.m6g.large", set()),
        ("db.r6g", set()),
        ("db.r6g.lar", set()),
    ],
)
def test_a_class_is_known_for_the_engines_that_have_it(
    instance_class: str, engines: set[tuple[EngineName, str]]
) -> None:
    pairs: tuple[tuple[EngineName, str], ...] = (POSTGRESQL, MYSQL_2, MYSQL_3)  # type: ignore[assignment]
    assert {pair for pair in pairs if is_known(*pair, instance_class)} == engines


@pytest.mark.parametrize(
    ("instance_class", "gib"),
    [
        ("db.t2.small", 2),
        ("db.t4g.medium", 4),
        ("db.t4g.large", 8),
        ("db.r6g.large", 16),
        ("db.r6g.xlarge", 32),
        ("db.r8g.48xlarge", 1536),
        ("db.x2g.16xlarge", 1024),
        ("db.serverless", None),
        ("db.q9.large", None),
        ("db.r6g.huge", None),
    ],
)
def test_the_memory_of_a_class_follows_from_its_family_and_size(instance_class: str, gib: float | None) -> None:
    assert memory(instance_class) == gib


def test_sizes_are_sizes() -> None:
    sizes = {size for table in (*SIZES.values(), ONLY_MYSQL_2) for row in table.values() for size in row.split()}
    assert [size for size in sizes if not re.fullmatch(r"small|medium|large|\d*xlarge", size)] == []


@pytest.mark.parametrize("engine", sorted(SIZES))
@pytest.mark.parametrize("class_", ["development", "staging", "production"])
def test_the_classes_of_the_defaults_are_known(engine: EngineName, class_: str) -> None:
    version = {"aurora-mysql": MYSQL_3, "aurora-postgresql": POSTGRESQL}[engine][1]
    found = [layer.tree.text("instances", "instanceClass") for layer in defaults.layers(class_, engine)]  # type: ignore[arg-type]
    (instance_class,) = filter(None, found)
    assert is_known(engine, version, instance_class)
