"""Stopping and starting: where it is possible, hours that leave time for it, and what never happens meanwhile.

Sources: Amazon Aurora User Guide, "Stopping and starting an Amazon Aurora DB cluster", as of 2026: a cluster of a
global database, of a blue/green deployment or with a replica in another Region is not stopped, nor is Serverless v1,
which nothing here makes; Serverless v2, parallel query and both kinds of storage are no obstacle. Reader autoscaling
waits while readers are not available ("Amazon Aurora Auto Scaling with Aurora Replicas"). EventBridge Scheduler User
Guide, "Schedule types": a time that a change of clocks skips is skipped.
"""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas import clocks
from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.members import members
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.running_hours import RunningHours
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.windows import MINUTES_A_DAY, minute_of_day, parse_maintenance

_FIELD: Final = "schedule"
_WINDOW: Final = "preferredMaintenanceWindow"
FEWEST_HOURS: Final = 2


def production(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    if spec.schedule is not None and situation.environment_class == "production":
        yield Finding(
            Code.NOT_IN_PRODUCTION,
            (_FIELD,),
            f"a cluster that is stopped is not possible in {situation.environment}, an environment of class production",
            "move it to defaults or overrides of the environments of class development and staging",
        )


def replicas(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    if spec.schedule is not None and spec.replication_source_identifier is not None:
        yield Finding(
            Code.NOT_SUPPORTED,
            (_FIELD,),
            "a cluster that replicates another one cannot be stopped by a schedule: AWS refuses it across Regions, and "
            "elsewhere the other one keeps its binary logs until this one is back",
            "delete it, or replicationSourceIdentifier",
        )


def hours(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    schedule = spec.schedule
    if schedule is None:
        return
    running = (minute_of_day(schedule.stop) - minute_of_day(schedule.start)) % MINUTES_A_DAY
    short = FEWEST_HOURS * 60
    if running < short or MINUTES_A_DAY - running < short:
        yield Finding(
            Code.CONFLICT,
            (_FIELD, "stop"),
            f"between the start at {schedule.start} and the stop at {schedule.stop} there are less than {FEWEST_HOURS} "
            "hours, one way or the other: both take their time, and are tried for an hour",
            f"move one of them: {FEWEST_HOURS} hours or more from the other",
        )


def skipped_times(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    schedule = spec.schedule
    if schedule is None:
        return
    for field, time in (("start", schedule.start), ("stop", schedule.stop)):
        day = clocks.skipped_on(schedule.time_zone, minute_of_day(time))
        if day is not None:
            yield Finding(
                Code.MAY_HURT,
                (_FIELD, field),
                f"as summer time begins, clocks in {schedule.time_zone} skip {time} ({day.isoformat()}, for example): "
                f"there is no {field} on that day",
                "take a time an hour earlier or later",
                Severity.WARNING,
            )


def waiting_changes(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    if spec.schedule is not None and not situation.is_immediate:
        yield Finding(
            Code.MAY_HURT,
            (_FIELD,),
            f"in {situation.environment} changes wait for the maintenance window, and AWS drops what waits when the "
            "cluster stops",
            "write changes: immediate in the environment, or leave it out there",
            Severity.WARNING,
        )


def room_for_windows(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    """Hours of running that hold no windows, so that those that nobody says are where they would be without."""
    said = (spec.preferred_maintenance_window, spec.preferred_backup_window)
    if spec.schedule is not None and None in said and RunningHours.of(spec.schedule).quiet() is None:
        yield Finding(
            Code.MAY_HURT,
            (_FIELD,),
            "the cluster runs for too short a time to hold its windows in summer and in winter: maintenance waits for "
            "the next start, and some days may have no backup",
            "let it run for four hours, or write preferredMaintenanceWindow and preferredBackupWindow",
            Severity.WARNING,
        )


def windows(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    """Windows in hours in which the cluster does not run, in summer or in winter."""
    if spec.schedule is None:
        return
    running = RunningHours.of(spec.schedule)
    weekly = {(_WINDOW,): spec.preferred_maintenance_window} | {
        ("instances", "members", one.key, _WINDOW): one.written.preferred_maintenance_window for one in members(spec)
    }
    for path, text in weekly.items():
        window = parse_maintenance(text or "")
        if window is not None and not running.hold(window):
            yield _stopped(path, f"{text}", "maintenance waits for the next start")
    backup = spec.preferred_backup_window
    if backup is not None and not running.hold_daily(backup):
        yield _stopped(("preferredBackupWindow",), backup, "some days have no backup")


def _stopped(path: tuple[str, ...], window: str, what: str) -> Finding:
    return Finding(
        Code.MAY_HURT,
        path,
        f"in the window {window}, which is in UTC, the cluster is stopped, at least in summer or in winter: {what}",
        "leave the window out, or move it",
        Severity.WARNING,
    )
