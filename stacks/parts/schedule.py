"""When the cluster is stopped and started."""

from collections.abc import Iterable, Iterator
from typing import Final

from auroraform.schemas.resolved.schedule import Schedule, ScheduledCall, SchedulerRole
from auroraform.schemas.running_hours import RunningHours
from auroraform.schemas.windows import DAYS
from auroraform.stacks.parts.context import Context, at_most
from auroraform.stacks.parts.users import account

LONGEST_NAME: Final = 64
"""Of a schedule, of a group of schedules, and of a role."""
LONGEST_QUEUE_NAME: Final = 80

RETRY_SECONDS: Final = 3600
"""A cluster that is backed up, changed or started cannot be stopped until that is over. It is tried for an hour, which
ends before the next call is due: `coherence/schedule.py` keeps them apart."""
# The pauses grow, so that these are more than an hour takes.
_RETRIES: Final = 30
# Two weeks, the longest that SQS keeps: a holiday.
_RETENTION: Final = 14 * 24 * 3600


def running_hours(context: Context) -> RunningHours | None:
    """The hours of a week in which the cluster runs; None where it always does."""
    return RunningHours.of(context.spec.schedule) if context.spec.schedule is not None else None


def schedule(context: Context) -> Schedule | None:
    """The calls that stop and start the cluster; None where it always runs."""
    written, hours = context.spec.schedule, running_hours(context)
    if written is None or hours is None:
        return None
    where, iam = account(context), context.where.iam
    group = at_most(LONGEST_NAME, f"{context.identifier}-schedule")
    return Schedule(
        group_name=group,
        partition=where.partition,
        time_zone=written.time_zone,
        calls=tuple(_calls(context, hours, written.start, written.stop)),
        role=SchedulerRole(
            # Roles belong to no Region, but identifiers are unique in one only.
            name=at_most(LONGEST_NAME, f"{context.identifier}-{where.region}-schedule"),
            path=iam.path,
            permissions_boundary=iam.permissions_boundary,
            source_account=where.id,
            source_arn=where.arn("scheduler", f"schedule-group/{group}"),
        ),
        queue_name=at_most(LONGEST_QUEUE_NAME, f"{context.identifier}-schedule"),
        message_retention_seconds=_RETENTION,
    )


def _calls(context: Context, hours: RunningHours, start: str, stop: str) -> Iterator[ScheduledCall]:
    others = set(range(len(DAYS))) - set(hours.stopping_days)
    for key, description, action, time, days, is_expected in (
        ("start", "Starts the cluster", "rds:startDBCluster", start, hours.days, True),
        ("stop", "Stops the cluster", "rds:stopDBCluster", stop, hours.stopping_days, True),
        # On these days it is stopped already, unless somebody has started it, or AWS after seven days: RDS most often
        # refuses the call, which is no failure to report.
        ("stop-again", "Stops the cluster, should it run", "rds:stopDBCluster", stop, sorted(others), False),
    ):
        if days:
            yield ScheduledCall(
                key=key,
                name=at_most(LONGEST_NAME, f"{context.identifier}-{key}"),
                description=description,
                action=action,
                schedule_expression=_cron(time, days),
                maximum_event_age_in_seconds=RETRY_SECONDS,
                maximum_retry_attempts=_RETRIES if is_expected else 0,
                reports_failure=is_expected,
            )


def _cron(time: str, days: Iterable[int]) -> str:
    hour, _, minute = time.partition(":")
    return f"cron({int(minute)} {int(hour)} ? * {','.join(DAYS[day].upper() for day in days)} *)"
