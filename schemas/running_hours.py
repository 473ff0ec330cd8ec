"""The hours of a week in which a cluster with a schedule runs, on its own clock and in UTC."""

from dataclasses import dataclass
from typing import Final

from auroraform.schemas import clocks
from auroraform.schemas.quiet_hours import FEWEST_MINUTES, QuietHours
from auroraform.schemas.spec.schedule import Schedule
from auroraform.schemas.windows import DAYS, MINUTES_A_DAY, MINUTES_A_WEEK, Window, minute_of_day, parse_backup

WORKING_DAYS: Final = ("mon", "tue", "wed", "thu", "fri")

# Time for what began in a window, before the cluster stops.
_MARGIN: Final = 30
_QUIET: Final = 180


@dataclass(frozen=True, slots=True)
class RunningHours:
    """When a cluster runs.

    Attributes:
        days: the days on which it is started, counted from Monday (0).
        start: the minute of the day at which it is started.
        minutes: how long it then runs, on its own clock.
        offsets: the fewest and the most minutes that this clock is ahead of UTC.
    """

    days: tuple[int, ...]
    start: int
    minutes: int
    offsets: tuple[int, int]

    @classmethod
    def of(cls, schedule: Schedule) -> "RunningHours":
        """Those of a schedule."""
        start = minute_of_day(schedule.start)
        days = sorted(DAYS.index(day) for day in schedule.days or WORKING_DAYS)
        minutes = (minute_of_day(schedule.stop) - start) % MINUTES_A_DAY
        return cls(tuple(days), start, minutes, clocks.offsets(schedule.time_zone))

    @property
    def stopping_days(self) -> tuple[int, ...]:
        """The days on which it is stopped after it was started, which may be the next ones."""
        later = (self.start + self.minutes) // MINUTES_A_DAY
        return tuple(sorted((day + later) % len(DAYS) for day in self.days))

    @property
    def minutes_a_week(self) -> int:
        """For how long it runs."""
        return len(self.days) * self.minutes

    def quiet(self) -> QuietHours | None:
        """The last hours of running, in UTC in summer and in winter; None where they leave too little room."""
        fewest, most = self.offsets
        room = self.minutes - (most - fewest) - _MARGIN
        if room < FEWEST_MINUTES:
            return None
        length = min(room, _QUIET)
        later, start = divmod(self.start + self.minutes - most - _MARGIN - length, MINUTES_A_DAY)
        return QuietHours(tuple(sorted((day + later) % len(DAYS) for day in self.days)), start, length)

    def hold(self, window: Window) -> bool:
        """Whether the cluster runs in all of a weekly window, in summer and in winter."""
        return all(any(self._holds(day, window, offset) for day in self.days) for offset in self.offsets)

    def hold_daily(self, text: str) -> bool:
        """Whether the cluster runs in all of a daily window on each day on which it runs at all."""
        windows = parse_backup(text)
        return all(
            any(self._holds(day, window, offset) for window in windows) for offset in self.offsets for day in self.days
        )

    def _holds(self, day: int, window: Window, offset: int) -> bool:
        begin = (window.start + offset - day * MINUTES_A_DAY - self.start) % MINUTES_A_WEEK
        return begin + window.minutes <= self.minutes
