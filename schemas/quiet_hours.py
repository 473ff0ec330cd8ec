"""When a cluster may be disturbed, and windows within that: equal for equal identifiers, spread over different ones.

RDS takes windows in UTC, all the year round. Quiet hours are in UTC for that reason: a time zone would move them by an
hour twice a year, and its rules would have to be the same on every machine for the same manifest to mean the same.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from auroraform.schemas.regions import utc_offset
from auroraform.schemas.windows import (
    DAYS,
    MINUTES_A_DAY,
    MINUTES_A_WEEK,
    Window,
    backup_text,
    maintenance_text,
    parse_backup,
    parse_maintenance,
)

FEWEST_MINUTES: Final = 120
"""Room for both windows, wherever the first one lies."""
LONGEST_MAINTENANCE: Final = 23 * 60
LONGEST_BACKUP: Final = 22 * 60
"""Beyond these nothing is left of a day for the other window."""

# A failover or a minor upgrade takes minutes; what is left is for a patch that takes longer.
_MAINTENANCE: Final = 60
# Aurora backs up all the time, and this is when it marks a day's snapshot; the shortest that RDS takes is enough.
_BACKUP: Final = 30
_STEP: Final = 5

# From eleven to five, which daylight saving time makes midnight to six.
_NIGHT: Final = Window(23 * 60, 6 * 60)
NIGHTS: Final = range(4)
"""Monday to Thursday: a working day follows, on which people see what a night of maintenance has left behind."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The spans of a week in which a cluster may be disturbed.

    Attributes:
        days: the days on which one begins, counted from Monday (0).
        start: the minute of the day at which it begins.
        minutes: how long it is.
    """

    days: tuple[int, ...]
    start: int
    minutes: int

    @classmethod
    def between(cls, days: Iterable[int], start: int, end: int) -> "QuietHours":
        """Those from one minute of the day to another, which may be on the next day."""
        return cls(tuple(sorted(days)), start, (end - start) % MINUTES_A_DAY)

    @classmethod
    def of_region(cls, region: str) -> "QuietHours":
        """The nights of a Region that working days follow."""
        later, start = divmod(_NIGHT.start - utc_offset(region), MINUTES_A_DAY)
        return cls(tuple(sorted((day + later) % len(DAYS) for day in NIGHTS)), start, _NIGHT.minutes)


@dataclass(frozen=True, slots=True)
class Windows:
    """The two windows of a cluster, as RDS takes them."""

    maintenance: str
    backup: str


def windows(
    identifier: str,
    quiet: QuietHours,
    maintenance: str | None,
    backup: str | None,
    of_instances: Iterable[str] = (),
) -> Windows:
    """The windows of a cluster: what is said stays, and what is not said keeps clear of it.

    Args:
        identifier: what the choice depends on, beside the quiet hours.
        quiet: the hours to choose from. Where what is said fills them, the next free time after them is taken.
        maintenance: the maintenance window that is said, at most `LONGEST_MAINTENANCE` minutes long.
        backup: the backup window that is said, at most `LONGEST_BACKUP` minutes long.
        of_instances: the maintenance windows of instances, which a backup keeps clear of where they leave it room.
    """
    digest = hashlib.sha256(identifier.encode()).digest()
    weekly = parse_maintenance(maintenance) if maintenance is not None else None
    if weekly is None:
        said = parse_backup(backup) if backup is not None else ()
        found = _pick(digest[:8], quiet, quiet.days, _MAINTENANCE, lambda window: not _any_overlaps(window, said))
        weekly = _certain(found)
    if backup is None:
        others = [window for text in of_instances if (window := parse_maintenance(text)) is not None]
        found = _daily(digest[8:16], quiet, (weekly, *others)) or _daily(digest[8:16], quiet, (weekly,))
        backup = backup_text(_certain(found))
    return Windows(maintenance or maintenance_text(weekly), backup)


def _daily(digest: bytes, quiet: QuietHours, taken: Collection[Window]) -> Window | None:
    """A backup window that keeps clear of others on each day."""

    def is_free(window: Window) -> bool:
        return not any(_any_overlaps(other, _every_day(window)) for other in taken)

    # It recurs every day: the day on which it is looked at does not matter.
    return _pick(digest, quiet, (0,), _BACKUP, is_free)


def _certain(window: Window | None) -> Window:
    if window is None:
        raise AssertionError("no window that is said is so long that nothing is left of a day")
    return window


def _pick(
    digest: bytes, quiet: QuietHours, days: tuple[int, ...], minutes: int, is_free: Callable[[Window], bool]
) -> Window | None:
    number = int.from_bytes(digest)
    offsets = range(0, quiet.minutes - minutes + 1, _STEP)
    free = [window for offset in offsets for window in _beginning(quiet, days, offset, minutes) if is_free(window)]
    if free:
        return free[number % len(free)]
    # As soon after the quiet hours as it can be.
    for offset in range(len(offsets) * _STEP, MINUTES_A_DAY, _STEP):
        free = [window for window in _beginning(quiet, days, offset, minutes) if is_free(window)]
        if free:
            return free[number % len(free)]
    return None


def _beginning(quiet: QuietHours, days: tuple[int, ...], offset: int, minutes: int) -> Iterator[Window]:
    for day in days:
        yield Window((day * MINUTES_A_DAY + quiet.start + offset) % MINUTES_A_WEEK, minutes)


def _every_day(window: Window) -> tuple[Window, ...]:
    return tuple(Window(window.start + day * MINUTES_A_DAY, window.minutes) for day in range(len(DAYS)))


def _any_overlaps(window: Window, others: Iterable[Window]) -> bool:
    return any(window.overlaps(other) for other in others)
