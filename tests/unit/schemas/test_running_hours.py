"""When a cluster with a schedule runs, by its own clock and in UTC, whatever the machine thinks of time zones."""

from datetime import date
from typing import Final

import pytest

from auroraform.schemas import clocks
from auroraform.schemas.located import read
from auroraform.schemas.quiet_hours import QuietHours
from auroraform.schemas.running_hours import RunningHours
from auroraform.schemas.shape import check
from auroraform.schemas.spec.schedule import Schedule
from auroraform.schemas.windows import parse_maintenance
from support.workspaces import lines

BERLIN: Final = "Europe/Berlin"


def hours(
    zone: str = BERLIN, start: str = "08:00", stop: str = "19:00", days: str = "mon tue wed thu fri"
) -> RunningHours:
    return RunningHours.of(
        Schedule.model_validate({"timeZone": zone, "start": start, "stop": stop, "days": days.split()})
    )


def faults(field: str, value: str) -> list[str]:
    fields = {"timeZone": "UTC", "start": "'08:00'", "stop": "'19:00'", field: value}
    text = "\n".join(f"{name}: {written}" for name, written in fields.items())
    _, problems = check(Schedule, read(text.encode(), "f.yaml").documents[0])
    return [line.partition("[")[2] for line in lines(tuple(problems))]


class TestClocks:
    @pytest.mark.parametrize(
        ("zone", "expected"),
        [
            ("UTC", (0, 0)),
            (BERLIN, (60, 120)),
            ("America/Los_Angeles", (-480, -420)),
            ("Asia/Kolkata", (330, 330)),
            ("Australia/Lord_Howe", (630, 660)),
        ],
    )
    def test_they_are_ahead_of_utc_by_so_much(self, zone: str, expected: tuple[int, int]) -> None:
        assert clocks.offsets(zone) == expected

    def test_they_skip_an_hour_in_spring(self) -> None:
        assert clocks.skipped_on(BERLIN, 2 * 60 + 59) == date(2027, 3, 28)
        assert clocks.skipped_on(BERLIN, 3 * 60) is None
        assert clocks.skipped_on(BERLIN, 2 * 60 - 1) is None
        assert clocks.skipped_on("Pacific/Auckland", 2 * 60) == date(2027, 9, 26)
        assert clocks.skipped_on("Asia/Tokyo", 2 * 60) is None

    def test_the_rules_are_not_those_of_the_machine(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PYTHONTZPATH", "/nowhere")
        monkeypatch.setattr("zoneinfo.TZPATH", ())
        clocks._clock.cache_clear()
        clocks.offsets.cache_clear()
        assert clocks.offsets(BERLIN) == (60, 120)


class TestFields:
    @pytest.mark.parametrize(
        ("field", "value"), [("timeZone", "America/Argentina/Ushuaia"), ("days", "[sun]"), ("stop", "'00:00'")]
    )
    def test_what_can_be_meant_is_taken(self, field: str, value: str) -> None:
        assert faults(field, value) == []

    @pytest.mark.parametrize(
        ("field", "value", "expected"),
        [
            (
                "timeZone",
                "Europe/Berln",
                'AF102] timeZone: "Europe/Berln" is no time zone of the tz database -> did you mean Europe/Berlin?',
            ),
            (
                "timeZone",
                "Mars/Base",
                'AF102] timeZone: "Mars/Base" is no time zone of the tz database -> write its IANA name, such as '
                "Europe/Paris, or UTC",
            ),
            (
                "timeZone",
                "../../etc/passwd",
                'AF102] timeZone: "../../etc/passwd" is not the name of a time zone -> write its IANA name, such as '
                "Europe/Paris, or UTC",
            ),
            ("start", "'8:00'", 'AF102] start: "8:00" is not a time of day -> write it in quotes as "08:00"'),
            ("days", "[]", "AF102] days: this list names no day -> delete it, or name a day"),
        ],
    )
    def test_what_cannot_be_meant_is_told(self, field: str, value: str, expected: str) -> None:
        assert faults(field, value) == [expected]


class TestHours:
    def test_working_days_are_the_default(self) -> None:
        schedule = Schedule.model_validate({"timeZone": "UTC", "start": "08:00", "stop": "19:00"})
        assert RunningHours.of(schedule) == RunningHours((0, 1, 2, 3, 4), 8 * 60, 11 * 60, (0, 0))

    def test_a_stop_before_the_start_is_on_the_next_day(self) -> None:
        night = hours(start="20:00", stop="06:00", days="sun mon")
        assert (night.days, night.stopping_days, night.minutes_a_week) == ((0, 6), (0, 1), 2 * 10 * 60)

    def test_a_window_is_in_them_in_summer_and_in_winter(self) -> None:
        def holds(text: str) -> bool:
            window = parse_maintenance(text)
            assert window is not None
            return hours().hold(window)

        # 7:00 to 18:00 UTC in winter, 6:00 to 17:00 in summer.
        assert holds("mon:07:00-mon:08:00")
        assert holds("fri:16:00-fri:17:00")
        assert not holds("mon:06:30-mon:07:30")
        assert not holds("fri:16:30-fri:17:30")
        assert not holds("sat:12:00-sat:13:00")
        assert not holds("mon:16:00-tue:08:00")

    def test_a_daily_window_is_in_them_on_the_days_that_they_are_on(self) -> None:
        assert hours().hold_daily("07:00-07:30")
        assert not hours().hold_daily("17:00-17:30")
        assert hours("Pacific/Auckland").hold_daily("23:00-23:30")
        assert hours(start="20:00", stop="06:00").hold_daily("23:45-00:15")

    @pytest.mark.parametrize(
        ("found", "expected"),
        [
            # Half an hour before the stop at 17:00 UTC in summer.
            (hours(), QuietHours((0, 1, 2, 3, 4), 13 * 60 + 30, 180)),
            # The day before, in UTC.
            (hours("Pacific/Auckland", "05:00", "12:00", "mon"), QuietHours((6,), 19 * 60 + 30, 180)),
            # Saturday evening on the west coast is Sunday in UTC.
            (hours("America/Los_Angeles", "14:00", "23:00", "sat"), QuietHours((6,), 2 * 60 + 30, 180)),
            (hours("UTC", "08:00", "10:30"), QuietHours((0, 1, 2, 3, 4), 8 * 60, 120)),
            (hours(BERLIN, "08:00", "11:00"), None),
        ],
    )
    def test_their_end_is_the_time_for_windows(self, found: RunningHours, expected: QuietHours | None) -> None:
        assert found.quiet() == expected
