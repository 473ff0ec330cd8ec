"""Windows that nobody writes: never over one another, in hours in which it is quiet, and not all at once."""

from collections import Counter
from typing import Final

import boto3
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from auroraform.schemas.quiet_hours import (
    FEWEST_MINUTES,
    LONGEST_BACKUP,
    LONGEST_MAINTENANCE,
    QuietHours,
    Windows,
    windows,
)
from auroraform.schemas.regions import UTC_OFFSETS
from auroraform.schemas.windows import (
    DAYS,
    MINUTES_A_DAY,
    MINUTES_A_WEEK,
    SHORTEST,
    Window,
    backup_text,
    maintenance_text,
    parse_backup,
    parse_maintenance,
)

_IDENTIFIERS: Final = st.from_regex(r"[a-z](-?[a-z0-9]){0,62}", fullmatch=True)
_MINUTES: Final = st.integers(0, MINUTES_A_DAY - 1)
_QUIET: Final = st.builds(
    QuietHours,
    st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    _MINUTES,
    st.integers(FEWEST_MINUTES, MINUTES_A_DAY - 1),
)
_WEEKLY: Final = st.builds(Window, st.integers(0, MINUTES_A_WEEK - 1), st.integers(SHORTEST, LONGEST_MAINTENANCE))
_DAILY: Final = st.builds(Window, _MINUTES, st.integers(SHORTEST, LONGEST_BACKUP))


def parsed(found: Windows) -> tuple[Window, tuple[Window, ...]]:
    weekly, daily = parse_maintenance(found.maintenance), parse_backup(found.backup)
    assert weekly is not None
    assert len(daily) == 7
    return weekly, daily


def overlap(found: Windows) -> bool:
    weekly, daily = parsed(found)
    return any(weekly.overlaps(one) for one in daily)


def is_within(window: Window, start: int, minutes: int, circle: int) -> bool:
    return (window.start - start) % circle + window.minutes <= minutes


@given(_IDENTIFIERS, _QUIET)
@example("a", QuietHours((6,), 23 * 60, FEWEST_MINUTES))
@settings(max_examples=300, deadline=None)
def test_both_lie_within_the_quiet_hours_and_never_overlap(identifier: str, quiet: QuietHours) -> None:
    found = windows(identifier, quiet, None, None)
    weekly, daily = parsed(found)
    assert not overlap(found)
    assert (weekly.minutes, daily[0].minutes) == (60, 30)
    nights = [(day * MINUTES_A_DAY + quiet.start) % MINUTES_A_WEEK for day in quiet.days]
    assert any(is_within(weekly, night, quiet.minutes, MINUTES_A_WEEK) for night in nights)
    assert is_within(daily[0], quiet.start, quiet.minutes, MINUTES_A_DAY)
    assert windows(identifier, quiet, None, None) == found, "equal input, equal windows"


@given(_IDENTIFIERS, _QUIET, _WEEKLY)
@example("a", QuietHours((0,), 0, MINUTES_A_DAY - 1), Window(3, LONGEST_MAINTENANCE))
@settings(max_examples=300, deadline=None)
def test_a_backup_window_keeps_clear_of_the_maintenance_window_that_is_said(
    identifier: str, quiet: QuietHours, weekly: Window
) -> None:
    said = maintenance_text(weekly)
    found = windows(identifier, quiet, said, None)
    assert found.maintenance == said
    assert not overlap(found)


@given(_IDENTIFIERS, _QUIET, _DAILY)
@example("a", QuietHours((0,), 0, MINUTES_A_DAY - 1), Window(3, LONGEST_BACKUP))
@settings(max_examples=300, deadline=None)
def test_a_maintenance_window_keeps_clear_of_the_backup_window_that_is_said(
    identifier: str, quiet: QuietHours, daily: Window
) -> None:
    said = backup_text(daily)
    found = windows(identifier, quiet, None, said)
    assert found.backup == said
    assert not overlap(found)


@given(_WEEKLY)
def test_a_maintenance_window_reads_as_it_is_written(weekly: Window) -> None:
    assert parse_maintenance(maintenance_text(weekly)) == weekly


@given(_DAILY)
def test_a_backup_window_reads_as_it_is_written(daily: Window) -> None:
    assert parse_backup(backup_text(daily))[0] == daily


@pytest.mark.parametrize(
    ("maintenance", "backup", "expected"),
    [
        ("sun:22:00-mon:03:00", None, Windows("sun:22:00-mon:03:00", "03:00-03:30")),
        ("sat:22:00-sun:03:02", None, Windows("sat:22:00-sun:03:02", "03:05-03:35")),
        (None, "22:00-04:30", Windows("mon:04:30-mon:05:30", "22:00-04:30")),
    ],
)
def test_where_what_is_said_fills_the_quiet_hours_the_next_free_time_is_taken(
    maintenance: str | None, backup: str | None, expected: Windows
) -> None:
    assert windows("prod-orders", QuietHours.between((6,), 22 * 60, 2 * 60), maintenance, backup) == expected


def test_what_is_said_stays_even_where_it_overlaps() -> None:
    # A rule tells that; nothing is moved behind anybody's back.
    assert windows("a", QuietHours((0,), 0, 300), "sun:03:00-sun:04:00", "03:30-04:30") == Windows(
        "sun:03:00-sun:04:00", "03:30-04:30"
    )


def test_clusters_are_spread_over_the_quiet_hours() -> None:
    found = [windows(f"prod-{n}", QuietHours.of_region("eu-west-1"), None, None) for n in range(400)]
    maintenance, backup = Counter(one.maintenance for one in found), Counter(one.backup for one in found)
    # Four nights with sixty-one beginnings each, and sixty-seven beginnings of a backup.
    assert len(maintenance) > 150
    assert max(maintenance.values()) <= 8
    assert len(backup) > 50
    assert max(backup.values()) <= 20
    assert set(Counter(text[:3] for text in maintenance)) == {"mon", "tue", "wed", "thu", "fri"}


def test_a_window_that_was_derived_stays() -> None:
    # Another choice for the same cluster would move the windows of everybody's databases.
    assert [windows(name, QuietHours.of_region("eu-central-1"), None, None) for name in ("prod-orders", "shop")] == [
        Windows("tue:00:50-tue:01:50", "00:10-00:40"),
        Windows("tue:22:30-tue:23:30", "00:40-01:10"),
    ]


@pytest.mark.parametrize(
    ("region", "days", "start"),
    [
        ("eu-west-1", "mon tue wed thu", "23:00"),
        ("eu-central-1", "mon tue wed thu", "22:00"),
        ("us-east-1", "tue wed thu fri", "04:00"),
        ("us-west-2", "tue wed thu fri", "07:00"),
        ("ap-south-1", "mon tue wed thu", "17:30"),
        ("ap-northeast-1", "mon tue wed thu", "14:00"),
        ("ap-southeast-6", "mon tue wed thu", "11:00"),
        ("us-central-9", "tue wed thu fri", "05:00"),
        ("xx-new-1", "mon tue wed thu", "23:00"),
    ],
)
def test_the_quiet_hours_of_a_region_are_its_nights_before_working_days(region: str, days: str, start: str) -> None:
    quiet = QuietHours.of_region(region)
    assert " ".join(DAYS[day] for day in quiet.days) == days
    assert backup_text(Window(quiet.start, 0))[:5] == start
    assert quiet.minutes == 360


def test_every_region_with_rds_is_in_the_table() -> None:
    session, partitions = boto3.Session(), ("aws", "aws-cn", "aws-us-gov")
    known = {region for name in partitions for region in session.get_available_regions("rds", name)}
    assert known - set(UTC_OFFSETS) == set()


@given(_IDENTIFIERS, st.lists(_WEEKLY, max_size=3))
@settings(max_examples=200, deadline=None)
def test_a_backup_window_keeps_clear_of_instances_that_leave_it_room(identifier: str, weekly: list[Window]) -> None:
    of_instances = [maintenance_text(window) for window in weekly]
    found = windows(identifier, QuietHours.of_region("eu-west-1"), None, None, of_instances)
    _, daily = parsed(found)
    assert not overlap(found)
    if sum(window.minutes for window in weekly) < MINUTES_A_DAY // 2:
        assert not any(window.overlaps(one) for window in weekly for one in daily)
