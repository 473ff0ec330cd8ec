"""The table of local storage, against the classes that there are."""

import pytest

from auroraform.schemas.classes import ONLY_MYSQL_2, SIZES, memory
from auroraform.schemas.engines import EngineName
from auroraform.schemas.local_storage import local_storage


@pytest.mark.parametrize(
    ("engine", "instance_class", "gib"),
    [
        ("aurora-mysql", "db.r6g.large", 32),
        ("aurora-mysql", "db.x2g.large", 40),
        ("aurora-mysql", "db.r6i.32xlarge", 2560),
        ("aurora-mysql", "db.t3.small", 32),
        ("aurora-postgresql", "db.r6g.xlarge", 63),
        ("aurora-postgresql", "db.r8g.48xlarge", 3072),
        ("aurora-postgresql", "db.t4g.medium", 8.13),
        # Temporary objects lie on NVMe storage, of which AWS's table does not tell.
        ("aurora-postgresql", "db.r6gd.xlarge", None),
        ("aurora-mysql", "db.r6id.24xlarge", None),
        ("aurora-mysql", "db.r3.large", None),
        ("aurora-mysql", "db.serverless", None),
        ("aurora-mysql", "db.r6g.huge", None),
    ],
)
def test_it_is_the_documented_one(engine: EngineName, instance_class: str, gib: float | None) -> None:
    assert local_storage(engine, instance_class) == gib


def classes(engine: EngineName) -> list[str]:
    tables = [SIZES[engine], ONLY_MYSQL_2] if engine == "aurora-mysql" else [SIZES[engine]]
    return [f"db.{family}.{size}" for table in tables for family, sizes in table.items() for size in sizes.split()]


@pytest.mark.parametrize("engine", sorted(SIZES))
def test_it_is_known_for_all_classes_but_those_that_aws_does_not_tell_of(engine: EngineName) -> None:
    unknown = [name for name in classes(engine) if local_storage(engine, name) is None]
    assert [name for name in unknown if name.split(".")[1] not in {"r3", "r6id", "r6gd", "r8gd"}] == (
        ["db.t4g.small"] if engine == "aurora-mysql" else []
    )


@pytest.mark.parametrize("engine", sorted(SIZES))
def test_the_memory_of_every_class_is_known(engine: EngineName) -> None:
    assert [name for name in classes(engine) if memory(name) is None] == []
