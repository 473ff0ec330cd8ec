"""The list of engine versions: in one spelling, each once, and in an order."""

import pytest

from auroraform.schemas.engines import ENGINES, EngineName
from auroraform.schemas.versions import LINES, Line, is_known, release

ROWS = [(engine, name, line) for engine, lines in LINES.items() for name, line in lines.items()]
EACH_ROW = pytest.mark.parametrize(
    ("engine", "name", "line"), ROWS, ids=[f"{engine} {name}" for engine, name, _ in ROWS]
)


@EACH_ROW
def test_every_version_is_one_that_a_manifest_may_name(engine: EngineName, name: str, line: Line) -> None:
    versions = line.current | line.old
    assert versions
    assert [version for version in versions if not ENGINES[engine].accepts_version(version)] == []
    assert {ENGINES[engine].family(version) for version in versions} == {f"{engine}{name}"}


@EACH_ROW
def test_no_version_is_current_and_old(engine: EngineName, name: str, line: Line) -> None:
    assert line.current & line.old == set()


@EACH_ROW
def test_every_version_has_a_place_in_the_order(engine: EngineName, name: str, line: Line) -> None:
    releases = {release(version) for version in line.current | line.old if not version.endswith("limitless")}
    assert len(releases) == len([v for v in line.current | line.old if not v.endswith("limitless")])


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_messages_advise_a_version_that_aws_offers(name: EngineName) -> None:
    assert any(ENGINES[name].version_example in line.current for line in LINES[name].values())


@pytest.mark.parametrize(
    ("engine", "version", "known"),
    [
        ("aurora-postgresql", "16.14", True),
        ("aurora-postgresql", "14.7", True),
        ("aurora-postgresql", "16.5", False),
        ("aurora-postgresql", "19.1", False),
        ("aurora-mysql", "8.0.mysql_aurora.3.12.0", True),
        ("aurora-mysql", "8.0.mysql_aurora.3.05.0.1", True),
        ("aurora-mysql", "8.4.mysql_aurora.8.4.7", True),
        ("aurora-mysql", "8.0.mysql_aurora.3.04.5", False),
        ("aurora-mysql", "16.14", False),
    ],
)
def test_old_versions_are_known_and_newer_ones_are_not(engine: EngineName, version: str, known: bool) -> None:  # noqa: FBT001
    assert is_known(engine, version) is known


def test_releases_are_numbers_in_order() -> None:
    ordered = ["5.7.mysql_aurora.2.12.6", "8.0.mysql_aurora.3.05.0", "8.0.mysql_aurora.3.05.0.1"]
    ordered += ["8.0.mysql_aurora.3.10.0", "8.4.mysql_aurora.8.4.7"]
    assert [release(version) for version in ordered] == [(2, 12, 6), (3, 5, 0), (3, 5, 0, 1), (3, 10, 0), (8, 4, 7)]
    assert release("16.10-limitless") == release("16.10") == (16, 10) > release("16.9")
