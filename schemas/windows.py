"""Weekly maintenance windows and daily backup windows, in minutes of the week (UTC).

RDS takes windows of at least 30 minutes, lets both wrap (past midnight, past Sunday) and refuses a
cluster whose two windows overlap (RDS API reference, CreateDBCluster).
"""

import re
from dataclasses import dataclass
from typing import Final

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_A_DAY: Final = 24 * 60
MINUTES_A_WEEK: Final = 7 * MINUTES_A_DAY
SHORTEST: Final = 30

TIME: Final = r"([01][0-9]|2[0-3]):([0-5][0-9])"
_DAY: Final = "({})".format("|".join(DAYS))
_MAINTENANCE: Final = re.compile(f"{_DAY}:{TIME}-{_DAY}:{TIME}", re.IGNORECASE)
_BUSINESS_HOURS: Final = re.compile(f"{_DAY}-{_DAY} {TIME}-{TIME}", re.IGNORECASE)
_BACKUP: Final = re.compile(f"{TIME}-{TIME}")


@dataclass(frozen=True, slots=True)
class Window:
    """A span of the week: minutes after Monday 00:00 UTC, and its length."""

    start: int
    minutes: int

    def overlaps(self, other: "Window") -> bool:
        """Whether the two spans share a minute, the week being a circle."""
        return (other.start - self.start) % MINUTES_A_WEEK < self.minutes or (
            self.start - other.start
        ) % MINUTES_A_WEEK < other.minutes


def parse_maintenance(text: str) -> Window | None:
    """The window of `ddd:hh24:mi-ddd:hh24:mi`, or None where the text is no such window."""
    match = _MAINTENANCE.fullmatch(text)
    if match is None:
        return None
    from_day, from_hour, from_minute, to_day, to_hour, to_minute = match.groups()
    start = _minute(from_day, from_hour, from_minute)
    end = _minute(to_day, to_hour, to_minute)
    return Window(start, (end - start) % MINUTES_A_WEEK)


def parse_backup(text: str) -> tuple[Window, ...]:
    """The seven windows of a daily `hh24:mi-hh24:mi`, or none where the text is no such window."""
    match = _BACKUP.fullmatch(text)
    if match is None:
        return ()
    from_hour, from_minute, to_hour, to_minute = match.groups()
    start = int(from_hour) * 60 + int(from_minute)
    minutes = (int(to_hour) * 60 + int(to_minute) - start) % MINUTES_A_DAY
    return tuple(Window(day * MINUTES_A_DAY + start, minutes) for day in range(len(DAYS)))


def maintenance_text(window: Window) -> str:
    """The window as `ddd:hh24:mi-ddd:hh24:mi`."""
    moments = (window.start % MINUTES_A_WEEK, (window.start + window.minutes) % MINUTES_A_WEEK)
    return "-".join(f"{DAYS[moment // MINUTES_A_DAY]}:{_time(moment)}" for moment in moments)


def backup_text(window: Window) -> str:
    """The window, any of the seven, as `hh24:mi-hh24:mi`."""
    return f"{_time(window.start)}-{_time(window.start + window.minutes)}"


def minute_of_day(text: str) -> int:
    """The minute of a time of day that is known to be one."""
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)


def _time(minute: int) -> str:
    return f"{minute % MINUTES_A_DAY // 60:02}:{minute % 60:02}"


def parse_business_hours(text: str) -> tuple[Window, ...] | None:
    """The windows of `ddd-ddd hh24:mi-hh24:mi`, one for each day, or None where the text is no such time."""
    match = _BUSINESS_HOURS.fullmatch(text.strip())
    if match is None:
        return None
    first, last, from_hour, from_minute, to_hour, to_minute = match.groups()
    start = _minute(first, from_hour, from_minute)
    minutes = (int(to_hour) * 60 + int(to_minute) - int(from_hour) * 60 - int(from_minute)) % MINUTES_A_DAY
    days = (DAYS.index(last.lower()) - DAYS.index(first.lower())) % len(DAYS) + 1
    return tuple(Window((start + day * MINUTES_A_DAY) % MINUTES_A_WEEK, minutes) for day in range(days))


def _minute(day: str, hour: str, minute: str) -> int:
    return DAYS.index(day.lower()) * MINUTES_A_DAY + int(hour) * 60 + int(minute)
