"""From which version on a feature is there: each floor, the version below it, and the majors around."""

import pytest

from auroraform.schemas import features
from auroraform.schemas.engines import EngineName
from auroraform.schemas.features import Feature
from auroraform.schemas.versions import LINES, release

ALL = {name: value for name, value in vars(features).items() if isinstance(value, Feature)}


@pytest.mark.parametrize(
    ("feature", "engine", "first", "before"),
    [
        ("SERVERLESS_V2", "aurora-mysql", "8.0.mysql_aurora.3.02.0", "8.0.mysql_aurora.3.01.1"),
        ("SERVERLESS_V2", "aurora-postgresql", "13.6", "13.5"),
        ("SERVERLESS_V2", "aurora-postgresql", "14.3", "12.22"),
        ("ABOVE_128_ACUS", "aurora-mysql", "8.0.mysql_aurora.3.06.0", "8.0.mysql_aurora.3.05.2"),
        ("ABOVE_128_ACUS", "aurora-postgresql", "15.5", "15.4"),
        ("PAUSING", "aurora-mysql", "8.0.mysql_aurora.3.08.0", "8.0.mysql_aurora.3.07.1"),
        ("PAUSING", "aurora-postgresql", "16.3", "16.2"),
        ("PAUSING", "aurora-postgresql", "14.12", "14.9"),
        ("IO_OPTIMIZED", "aurora-mysql", "8.0.mysql_aurora.3.03.1", "8.0.mysql_aurora.3.03.0"),
        ("IO_OPTIMIZED", "aurora-postgresql", "13.10", "13.9"),
        ("DATA_API", "aurora-mysql", "8.0.mysql_aurora.3.07.0", "8.0.mysql_aurora.3.06.1"),
        ("DATA_API", "aurora-postgresql", "14.8", "14.7"),
        ("LARGE_VOLUMES", "aurora-mysql", "8.0.mysql_aurora.3.10.0", "8.0.mysql_aurora.3.09.1"),
        ("LARGE_VOLUMES", "aurora-postgresql", "17.5", "17.4"),
    ],
)
def test_a_feature_begins_with_its_version(feature: str, engine: EngineName, first: str, before: str) -> None:
    assert (ALL[feature].is_in(engine, first), ALL[feature].is_in(engine, before)) == (True, False)


@pytest.mark.parametrize("feature", ALL.values(), ids=ALL)
def test_later_majors_have_it_from_their_start_and_earlier_ones_never(feature: Feature) -> None:
    assert feature.is_in("aurora-postgresql", "18.0")
    assert feature.is_in("aurora-mysql", "8.4.mysql_aurora.8.4.0")
    assert not feature.is_in("aurora-postgresql", "12.99")
    assert not feature.is_in("aurora-mysql", "5.7.mysql_aurora.2.12.6")


@pytest.mark.parametrize("feature", ALL.values(), ids=ALL)
def test_each_major_has_one_floor_in_order_without_a_gap(feature: Feature) -> None:
    # A major without a floor counts as newer than all, or older: one in between would be taken for newer.
    for engine, floors in feature.since.items():
        majors = [release(floor)[0] for floor in floors]
        known = sorted({release(v)[0] for line in LINES[engine].values() for v in line.current | line.old})
        assert majors == [major for major in known if majors[0] <= major <= majors[-1]]


def test_the_versions_in_words() -> None:
    assert features.PAUSING.versions("aurora-postgresql") == "13.15, 14.12, 15.7, 16.3 or newer"
    assert features.PAUSING.versions("aurora-mysql") == "3.08.0 or newer"
