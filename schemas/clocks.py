"""What clocks show where: time zones of the tz database, their distance from UTC, and times that a day can lack.

The rules come from the package tzdata and never from the machine, so that the same manifest means the same everywhere.
What is asked for is asked of one year, for the same reason: the answer must not depend on the day.
"""

import difflib
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

_YEAR: Final = 2027
_DAYS: Final = tuple(date(_YEAR, 1, 1) + timedelta(days=day) for day in range(365))
_NOON: Final = time(12)


def is_known(zone: str) -> bool:
    """Whether the tz database has a zone of this name, spelled so."""
    return zone in _zones()


def near(zone: str) -> str | None:
    """The zone that somebody who typed something else most likely meant, if there is one."""
    spelled = {known.lower(): known for known in _zones()}
    wanted = zone.lower().replace(" ", "_")
    found = difflib.get_close_matches(wanted, sorted(spelled), n=1, cutoff=0.8)
    return spelled[found[0]] if found else None


@cache
def offsets(zone: str) -> tuple[int, int]:
    """The fewest and the most minutes that clocks are ahead of UTC in the course of a year."""
    clock = _clock(zone)
    found = [_minutes(datetime.combine(day, _NOON, clock).utcoffset()) for day in _DAYS]
    return min(found), max(found)


@cache
def skipped_on(zone: str, minute: int) -> date | None:
    """The first day of a year on which clocks jump over a minute of the day; None where there is no such day."""
    clock = _clock(zone)
    for day in _DAYS:
        local = datetime.combine(day, time(*divmod(minute, 60)), clock)
        if local.astimezone(UTC).astimezone(clock).time() != local.time():
            return day
    return None


def _minutes(offset: timedelta | None) -> int:
    return int((offset or timedelta()).total_seconds()) // 60


@cache
def _clock(zone: str) -> ZoneInfo:
    with files("tzdata").joinpath("zoneinfo", *zone.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=zone)


@cache
def _zones() -> frozenset[str]:
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())
