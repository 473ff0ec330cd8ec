"""Schedules of rotation in AWS Secrets Manager.

Source: AWS Secrets Manager User Guide, "Rotation schedules": windows begin on the hour, in UTC; those of a rate at
midnight. A window ends before the day does, and before the next one begins.
"""

import re
from dataclasses import dataclass
from typing import Final

RATE: Final = r"rate\([1-9][0-9]{0,4} (hours?|days?)\)"
CRON: Final = r"cron\(0( [A-Za-z0-9*?,/#-]+){5}\)"
DURATION: Final = r"([1-9]|1[0-9]|2[0-4])h"

_DAY: Final = 24
_SHORTEST: Final = 4
_LONGEST: Final = 999 * _DAY


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a secret is renewed, as far as an expression says it in numbers.

    Attributes:
        interval: hours from one renewal to the next; None for a calendar.
        hour: at which a window begins; None where there are several.
    """

    interval: int | None
    hour: int | None

    @property
    def is_offered(self) -> bool:
        """Whether the interval is one that Secrets Manager offers."""
        return self.interval is None or _SHORTEST <= self.interval <= _LONGEST

    @property
    def longest_window(self) -> int:
        """How many hours a window may have."""
        return min(_DAY - (self.hour or 0), self.interval or _DAY)


def parse(expression: str) -> Schedule | None:
    """The schedule that an expression means; None where it means none."""
    if re.fullmatch(RATE, expression):
        number, unit = expression.removeprefix("rate(").removesuffix(")").split(" ")
        return Schedule(int(number) * (_DAY if unit.startswith("day") else 1), 0)
    if re.fullmatch(CRON, expression):
        hours = expression.split(" ")[1]
        return Schedule(None, int(hours) if hours.isdecimal() and int(hours) < _DAY else None)
    return None
