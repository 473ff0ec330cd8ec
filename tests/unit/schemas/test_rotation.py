"""Schedules of rotation: what Secrets Manager takes, and how long a window may be."""

import pytest

from auroraform.schemas.rotation import parse
from support.workspaces import Files, lines, manifest


@pytest.mark.parametrize(
    ("expression", "longest"),
    [
        ("rate(4 hours)", 4),
        ("rate(1 day)", 24),
        ("rate(999 days)", 24),
        ("cron(0 0 * * ? *)", 24),
        ("cron(0 23 1 * ? *)", 1),
        # On several hours, of which AWS knows better.
        ("cron(0 4/12 * * ? *)", 24),
        ("cron(0 8 ? JAN,MAR FRI#2 *)", 16),
    ],
)
def test_a_window_ends_with_the_day_or_before_the_next_one(expression: str, longest: int) -> None:
    schedule = parse(expression)
    assert schedule is not None
    assert schedule.is_offered
    assert schedule.longest_window == longest


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (
            "every day",
            "is not a schedule of Secrets Manager"
            " -> write it as rate(10 days) or, in UTC and on the hour, as cron(0 4 ? * SUN *)",
        ),
        # Windows begin on the hour.
        (
            "cron(30 4 ? * SUN *)",
            "is not a schedule of Secrets Manager"
            " -> write it as rate(10 days) or, in UTC and on the hour, as cron(0 4 ? * SUN *)",
        ),
        ("rate(3 hours)", "is not an interval of Secrets Manager -> write one from 4 hours to 999 days"),
        ("rate(1000 days)", "is not an interval of Secrets Manager -> write one from 4 hours to 999 days"),
    ],
)
def test_another_expression_is_refused(files: Files, expression: str, expected: str) -> None:
    text = manifest(f'masterUserSecret: {{rotation: {{scheduleExpression: "{expression}"}}}}')
    (line,) = lines(files.problems(manifests__orders=text))
    assert line.endswith(f'spec.masterUserSecret.rotation.scheduleExpression: "{expression}" {expected}')
