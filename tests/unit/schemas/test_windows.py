"""Maintenance and backup windows on the circle of the week."""

from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from auroraform.schemas.windows import MINUTES_A_WEEK, Window, parse_backup, parse_maintenance

SUNDAY: Final = 6 * 24 * 60

_WINDOWS: Final = st.builds(Window, st.integers(0, MINUTES_A_WEEK - 1), st.integers(1, 26 * 60))


def minutes(window: Window) -> set[int]:
    """Every minute of the week that a window covers."""
    return {(window.start + n) % MINUTES_A_WEEK for n in range(window.minutes)}


@given(_WINDOWS, _WINDOWS)
@example(Window(SUNDAY + 23 * 60, 120), Window(0, 30))
@example(Window(0, 30), Window(30, 30))
@settings(max_examples=200, deadline=None)
def test_windows_overlap_exactly_where_they_share_a_minute(one: Window, other: Window) -> None:
    share = bool(minutes(one) & minutes(other))
    assert (one.overlaps(other), other.overlaps(one)) == (share, share)


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("mon:00:00-mon:00:30", Window(0, 30)),
        ("sun:03:00-sun:04:00", Window(SUNDAY + 180, 60)),
        ("SUN:03:00-Sun:04:00", Window(SUNDAY + 180, 60)),
        ("sat:23:30-sun:00:30", Window(SUNDAY - 30, 60)),
        ("sun:23:30-mon:00:30", Window(SUNDAY + 23 * 60 + 30, 60)),
        ("mon:00:00-tue:01:00", Window(0, 25 * 60)),
        ("sun:03:00-sun:03:00", Window(SUNDAY + 180, 0)),
    ],
)
def test_a_maintenance_window_is_read(text: str, window: Window) -> None:
    assert parse_maintenance(text) == window


@pytest.mark.parametrize(
    "text",
    ["", "03:00-04:00", "sun:3:00-sun:4:00", "sun:24:00-mon:01:00", "sun:03:60-sun:04:00", "sunday:03:00-sunday:04:00",
     "sun:03:00 - sun:04:00", "sun:03:00-sun:04:00\n", "xxx:03:00-sun:04:00"],
)  # fmt: skip
def test_what_is_no_maintenance_window_is_none(text: str) -> None:
    assert parse_maintenance(text) is None


def test_a_backup_window_recurs_every_day() -> None:
    assert parse_backup("23:30-00:15") == tuple(Window(day * 1440 + 1410, 45) for day in range(7))


@pytest.mark.parametrize("text", ["", "1:00-2:00", "24:00-01:00", "01:00", "01:00-02:00\n", "mon:01:00-mon:02:00"])
def test_what_is_no_backup_window_is_none(text: str) -> None:
    assert parse_backup(text) == ()


@pytest.mark.parametrize(
    ("maintenance", "backup", "overlap"),
    [
        ("sun:03:00-sun:04:00", "03:30-04:30", True),
        ("sun:03:00-sun:04:00", "02:30-03:01", True),
        ("sun:03:00-sun:04:00", "02:00-05:00", True),
        ("sun:03:00-sun:04:00", "03:15-03:45", True),
        ("sun:03:00-sun:04:00", "04:00-05:00", False),
        ("sun:03:00-sun:04:00", "02:00-03:00", False),
        # Past midnight of Saturday, and past the end of the week.
        ("sun:00:00-sun:00:30", "23:30-00:15", True),
        ("mon:00:00-mon:00:30", "23:30-00:15", True),
        ("sun:23:45-mon:00:45", "00:30-01:00", True),
        ("sun:23:45-mon:00:45", "00:45-01:15", False),
        ("mon:00:15-mon:00:45", "23:30-00:15", False),
    ],
)
def test_a_backup_window_meets_a_maintenance_window(maintenance: str, backup: str, overlap: bool) -> None:  # noqa: FBT001
    weekly = parse_maintenance(maintenance)
    assert weekly is not None
    assert any(weekly.overlaps(daily) for daily in parse_backup(backup)) is overlap
