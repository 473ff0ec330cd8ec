"""When the cluster is stopped and started, and its alarms muted meanwhile."""

from collections.abc import Iterable, Iterator
from typing import Final

from auroraform.schemas.resolved.alarms import Alarms
from auroraform.schemas.resolved.schedule import Schedule, ScheduledCall, SchedulerRole
from auroraform.schemas.resolved.topics import ResolvedTopics
from auroraform.schemas.running_hours import RunningHours
from auroraform.schemas.windows import DAYS, MINUTES_A_DAY
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

GRACE: Final = 30
"""Minutes after the start until alarms tell again. A cluster starts within several minutes, as a rule."""
_RECHECK: Final = GRACE + 5
_EVERY_DAY: Final = range(len(DAYS))


def running_hours(context: Context) -> RunningHours | None:
    """The hours of a week in which the cluster runs; None where it always does."""
    return RunningHours.of(context.spec.schedule) if context.spec.schedule is not None else None


def schedule(context: Context, alarms: Alarms, topics: ResolvedTopics) -> Schedule | None:
    """The calls that stop and start the cluster and mute its alarms; None where it always runs."""
    written, hours = context.spec.schedule, running_hours(context)
    if written is None or hours is None:
        return None
    where, iam = account(context), context.where.iam
    group = at_most(LONGEST_NAME, f"{context.identifier}-schedule")
    return Schedule(
        group_name=group,
        partition=where.partition,
        time_zone=written.time_zone,
        calls=(*_calls(context, hours), *_calls_of_alarms(context, hours, alarms)),
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
        failure_alarm=f"{context.identifier}-schedule",
        failure_topics=topics.warning,
        minutes_a_week=hours.minutes_a_week,
    )


def _calls(context: Context, hours: RunningHours) -> Iterator[ScheduledCall]:
    stop = hours.start + hours.minutes
    yield _call(context, "start", "Starts the cluster", "rds:startDBCluster", _cron(hours.start, hours.days))
    yield _call(context, "stop", "Stops the cluster", "rds:stopDBCluster", _cron(stop, hours.days))
    others = set(_EVERY_DAY) - set(hours.stopping_days)
    if others:
        # On these days it is stopped already, unless somebody has started it, or AWS after seven days: RDS most often
        # refuses the call, which is no failure to report.
        time = _cron(stop % MINUTES_A_DAY, others)
        yield _call(
            context, "stop-again", "Stops the cluster, should it run", "rds:stopDBCluster", time, is_expected=False
        )


def _calls_of_alarms(context: Context, hours: RunningHours, alarms: Alarms) -> Iterator[ScheduledCall]:
    """What keeps the alarms from telling of a cluster that is stopped, and lets them tell of one that does not start.

    An alarm that has rung all night does not ring anew when it may tell again: it is set back first, and is what it was
    a moment later.
    """
    telling = tuple(composite.key for composite in alarms.composite_alarms)
    if not telling:
        return
    off, on, back = ("cloudwatch:disableAlarmActions", "cloudwatch:enableAlarmActions", "cloudwatch:setAlarmState")
    stop = _cron((hours.start + hours.minutes) % MINUTES_A_DAY, _EVERY_DAY)
    yield _call(context, "mute", "Mutes the alarms", off, stop, alarms=telling)
    ready = _cron(hours.start + GRACE, hours.days)
    yield _call(context, "unmute", "Lets the alarms tell again", on, ready, alarms=telling)
    for alarm in alarms.metric_alarms:
        if alarm.treat_missing_data == "breaching":
            time, key = _cron(hours.start + _RECHECK, hours.days), f"recheck-{alarm.key}"
            yield _call(context, key, f"Lets the alarm {alarm.key} ring anew", back, time, alarms=(alarm.key,))


def _call(
    context: Context,
    key: str,
    description: str,
    action: str,
    expression: str,
    *,
    alarms: tuple[str, ...] = (),
    is_expected: bool = True,
) -> ScheduledCall:
    return ScheduledCall(
        key=key,
        name=at_most(LONGEST_NAME, f"{context.identifier}-{key}"),
        description=description,
        action=action,
        alarms=alarms,
        schedule_expression=expression,
        maximum_event_age_in_seconds=RETRY_SECONDS,
        maximum_retry_attempts=_RETRIES if is_expected else 0,
        reports_failure=is_expected,
    )


def _cron(minute: int, days: Iterable[int]) -> str:
    """At a minute that is counted from midnight of these days, and possibly on the next ones."""
    later, of_day = divmod(minute, MINUTES_A_DAY)
    names = ",".join(DAYS[day].upper() for day in sorted((day + later) % len(DAYS) for day in days))
    return f"cron({of_day % 60} {of_day // 60} ? * {names} *)"
