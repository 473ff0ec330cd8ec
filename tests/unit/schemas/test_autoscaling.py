"""The schedules of reader autoscaling: what Application Auto Scaling would refuse is told before."""

from typing import Final

import pytest

from auroraform.schemas.located import read
from auroraform.schemas.shape import check
from auroraform.schemas.spec.autoscaling import ReaderSchedule
from support.workspaces import lines


def faults(field: str, value: str) -> list[str]:
    fields = {"schedule": "rate(1 day)", field: value}
    text = "\n".join(f"{name}: '{written}'" for name, written in fields.items())
    _, problems = check(ReaderSchedule, read(text.encode(), "f.yaml").documents[0])
    return [line.partition(": ")[2] for line in lines(tuple(problems))]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("schedule", "cron(0 6 ? * MON-FRI *)"),
        ("schedule", "cron(0/15 8-18 * * ? 2026-2030)"),
        ("schedule", "cron(30 7 L JAN,JUL ? *)"),
        ("schedule", "cron(0  9 ? * 6#3 *)"),
        ("schedule", "rate(1 minute)"),
        ("schedule", "rate(12 hours)"),
        ("schedule", "at(2028-02-29T00:00:00)"),
        ("timezone", "Europe/Berlin"),
        ("timezone", "America/Argentina/Buenos_Aires"),
        ("timezone", "Etc/GMT+9"),
        ("timezone", "UTC"),
        ("startTime", "2026-12-24T18:00:00Z"),
        ("endTime", "2026-12-24T18:00:00-05:30"),
    ],
)
def test_what_aws_takes_is_taken(field: str, value: str) -> None:
    assert faults(field, value) == []


NO_ZONE: Final = "is not the name of a time zone -> write its IANA name, such as Europe/Paris, or UTC"
NO_SCHEDULE: Final = (
    'is not a schedule -> write "cron(0 6 ? * MON-FRI *)", which is cron(minutes, hours, day of month, month, '
    "day of week, year), rate(12 hours), or at(2026-12-24T18:00:00)"
)
NO_DAY: Final = (
    "needs a ? in one of day of month and day of week, and something else in the other"
    ' -> write "cron(0 6 ? * MON-FRI *)" for days of the week, "cron(0 6 * * ? *)" for every day'
)
NO_MOMENT: Final = 'is not a moment with its offset from UTC -> write it in quotes as "2026-12-24T18:00:00Z"'


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        # What people know from crontab, and from EC2 Auto Scaling.
        ("schedule", "0 6 * * 1-5", NO_SCHEDULE),
        ("schedule", "cron(0 6 * * 1-5)", NO_SCHEDULE),
        ("schedule", "cron(0 6 * * * *)", NO_DAY),
        ("schedule", "cron(0 6 * * MON-FRI *)", NO_DAY),
        ("schedule", "cron(0 6 ? * ? *)", NO_DAY),
        ("schedule", "cron(0 6 ? * mon *)", NO_SCHEDULE),
        ("schedule", "rate(0 days)", NO_SCHEDULE),
        ("schedule", "rate(1 week)", NO_SCHEDULE),
        ("schedule", "at(2026-12-24 18:00)", NO_SCHEDULE),
        ("schedule", "at(2026-12-24T18:00:00Z)", NO_SCHEDULE),
        ("schedule", "at(2027-02-29T00:00:00)", "names no moment -> write it as at(2026-12-24T18:00:00)"),
        ("timezone", "Europe / Berlin", NO_ZONE),
        ("timezone", "+01:00", NO_ZONE),
        ("startTime", "2026-12-24", NO_MOMENT),
        ("startTime", "2026-12-24T18:00:00", NO_MOMENT),
        (
            "endTime",
            "2026-13-24T18:00:00Z",
            'is no moment of any calendar -> write it in quotes as "2026-12-24T18:00:00Z"',
        ),
    ],
)
def test_what_aws_refuses_is_told(field: str, value: str, expected: str) -> None:
    assert faults(field, value) == [f'"{value}" {expected}']
