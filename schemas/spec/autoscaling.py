"""Readers that come and go: with the load, and at set times."""

import re
from datetime import datetime
from typing import Annotated, Final

from auroraform.schemas.expressed import Expressed, whole
from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Flag, Integer, Number, Text
from auroraform.schemas.values import Name, TimeZone, bad_value, between

MOST_READERS: Final = 15

Readers = Annotated[Integer, between(0, MOST_READERS, " readers")]
Cooldown = Annotated[Integer, between(0, 86_400, " seconds")]

# Application Auto Scaling API reference, PutScheduledAction; Amazon EventBridge User Guide, cron expressions reference.
_CRON: Final = {
    "minutes": r"[0-9*,/-]+",
    "hours": r"[0-9*,/-]+",
    "day of month": r"[0-9*,/?LW-]+",
    "month": r"[0-9A-Z*,/-]+",
    "day of week": r"[0-9A-Z*,/?L#-]+",
    "year": r"[0-9*,/-]+",
}
_RATE: Final = r"rate\([1-9][0-9]* (minute|hour|day)s?\)"
_AT: Final = r"at\([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\)"
CRON: Final = rf"cron\({' +'.join(_CRON.values())}\)"
_SCHEDULE: Final = rf"{CRON}|{_RATE}|{_AT}"
_SCHEDULE_PATTERN: Final = re.compile(_SCHEDULE, re.ASCII)
_ANY_DAY: Final = "?"


def _schedule(value: str) -> str:
    if _SCHEDULE_PATTERN.fullmatch(value) is None:
        raise bad_value(
            "is not a schedule",
            f'write "cron(0 6 ? * MON-FRI *)", which is cron({", ".join(_CRON)}), rate(12 hours), '
            "or at(2026-12-24T18:00:00)",
        )
    kind, _, inner = value.rstrip(")").partition("(")
    if kind == "cron":
        return cron(value)
    if kind == "at":
        _moment(inner, "names no moment", "write it as at(2026-12-24T18:00:00)")
    return value


def cron(value: str) -> str:
    """A schedule that recurs, as services of AWS take it."""
    if re.fullmatch(CRON, value, re.ASCII) is None:
        raise bad_value("is not a schedule", f'write "cron(0 6 ? * MON-FRI *)", which is cron({", ".join(_CRON)})')
    fields = dict(zip(_CRON, value.removeprefix("cron(").rstrip(")").split(), strict=True))
    if (fields["day of month"] == _ANY_DAY) == (fields["day of week"] == _ANY_DAY):
        raise bad_value(
            "needs a ? in one of day of month and day of week, and something else in the other",
            'write "cron(0 6 ? * MON-FRI *)" for days of the week, "cron(0 6 * * ? *)" for every day',
        )
    return value


def moment(value: str) -> datetime:
    """The moment of a timestamp that is right."""
    return datetime.fromisoformat(value)


def _moment(value: str, what: str, advice: str) -> datetime:
    try:
        return moment(value)
    except ValueError:
        raise bad_value(what, advice) from None


_TIMESTAMP: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})"


def _timestamp(value: str) -> str:
    advice = 'write it in quotes as "2026-12-24T18:00:00Z"'
    if re.fullmatch(_TIMESTAMP, value, re.ASCII) is None:
        raise bad_value("is not a moment with its offset from UTC", advice)
    _moment(value, "is no moment of any calendar", advice)
    return value


ScheduleExpression = Annotated[Text, Expressed(_schedule, whole(_SCHEDULE))]
Timestamp = Annotated[Text, Expressed(_timestamp, whole(_TIMESTAMP))]


class ReaderSchedule(Model):
    """A change of the bounds at set times. They stay as the last schedule has set them, until another one does."""

    schedule: ScheduleExpression
    """When: `cron(0 6 ? * MON-FRI *)` (minutes, hours, day of month, month, day of week, year), `rate(12 hours)`, or
    once `at(2026-12-24T18:00:00)`."""
    timezone: TimeZone | None = None
    """IANA name of the time zone of `cron` and `at`, such as `Europe/Berlin`; its summer time is heeded.
    If absent: UTC."""
    min_capacity: Readers | None = None
    """From then on the fewest readers, 0 to 15; missing ones are added at once. If absent: the minimum stays."""
    max_capacity: Readers | None = None
    """From then on the most readers, 0 to 15; surplus ones that autoscaling added are removed at once. If absent: the
    maximum stays."""
    start_time: Timestamp | None = None
    """When the schedule begins to count, such as `"2026-12-01T00:00:00Z"`. If absent: at once."""
    end_time: Timestamp | None = None
    """When the schedule no longer counts. If absent: never."""


class ReaderAutoscaling(Model):
    """Aurora Auto Scaling: adds readers when the others are busy, and removes those again that it added.

    Bounds count all readers, the declared ones too. What is added has the writer's instance class and the last
    promotion tier, is called `application-autoscaling-…`, and is not in Terraform's state.
    """

    min_capacity: Readers | None = None
    """Fewest readers, 0 to 15, the declared ones among them. If absent: the declared readers, which are all instances
    but the writer."""
    max_capacity: Readers
    """Most readers, 0 to 15, the declared ones among them."""
    average_cpu_utilization: Annotated[Number, between(1, 100, " percent")] | None = None
    """Average CPU utilization of all readers that autoscaling keeps to, 1 to 100 percent. If absent: CPU does not
    count."""
    average_database_connections: Annotated[Number, between(1, 100_000, " connections")] | None = None
    """Average number of connections to a reader that autoscaling keeps to, 1 to 100000. If absent: connections do
    not count."""
    scale_in_cooldown: Cooldown | None = None
    """Seconds after a removal before the next one, 0 to 86400. If absent: 300."""
    scale_out_cooldown: Cooldown | None = None
    """Seconds after an addition before the next one, 0 to 86400. If absent: 300."""
    disable_scale_in: Flag | None = None
    """Keep what was added, whatever the load. If absent: false."""
    schedules: dict[Name, ReaderSchedule | None] | None = None
    """Changes of the bounds at set times, by names of your own. If absent: the bounds stay."""
