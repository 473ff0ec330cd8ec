"""Reader autoscaling: what moves the number of readers, and bounds that let it.

Sources: Amazon Aurora User Guide, "Aurora Auto Scaling"; Application Auto Scaling API reference and User Guide,
"Scheduled scaling".
"""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.spec.autoscaling import ReaderSchedule, moment
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec

_FIELD: Final = "readerAutoscaling"


def metrics(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    written = spec.reader_autoscaling
    if written is None or any(schedule is not None for schedule in (written.schedules or {}).values()):
        return
    if written.average_cpu_utilization is None and written.average_database_connections is None:
        yield Finding(
            Code.MISSING_FIELD,
            (_FIELD,),
            "tracks no metric and has no schedules, so that nothing ever adds a reader",
            "add averageCpuUtilization: 60, averageDatabaseConnections, or both",
        )


def schedules(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    written = spec.reader_autoscaling
    for key, schedule in ((written.schedules if written else None) or {}).items():
        if schedule is not None:
            yield from _schedule((_FIELD, "schedules", key), schedule)


def _schedule(path: tuple[str, ...], schedule: ReaderSchedule) -> Iterator[Finding]:
    if schedule.min_capacity is None and schedule.max_capacity is None:
        yield Finding(
            Code.MISSING_FIELD, path, "sets neither minCapacity nor maxCapacity", "add one of the two, or both"
        )
    start, end = schedule.start_time, schedule.end_time
    if start is not None and end is not None and moment(end) <= moment(start):
        yield Finding(
            Code.CONFLICT,
            (*path, "endTime"),
            f"the schedule ends at {end}, no later than it starts at {start}",
            "make the end the later one",
        )
    if schedule.timezone is not None and schedule.schedule.startswith("rate("):
        yield _no_effect(
            (*path, "timezone"), "a rate is the same in every time zone", "delete it, or write the schedule as cron(…)"
        )


def bounds(spec: AwsRdsClusterSpec, cluster: ResolvedCluster, _: Situation) -> Iterator[Finding]:
    """Minima above maxima.

    A schedule may leave one bound as the target or another schedule has set it last: any of these may be in force.
    """
    written, found = spec.reader_autoscaling, cluster.reader_autoscaling
    if written is None or found is None:
        return
    if found.min_capacity > found.max_capacity:
        declared = ", which are the declared readers" if written.min_capacity is None else ""
        yield _crossed((_FIELD, "maxCapacity"), found.min_capacity, found.max_capacity, declared)
    actions = found.scheduled_actions
    lowest = min((found.min_capacity, *(a.min_capacity for a in actions if a.min_capacity is not None)))
    highest = max((found.max_capacity, *(a.max_capacity for a in actions if a.max_capacity is not None)))
    for action in actions:
        low = lowest if action.min_capacity is None else action.min_capacity
        high = highest if action.max_capacity is None else action.max_capacity
        if low > high:
            field = "minCapacity" if action.max_capacity is None else "maxCapacity"
            yield _crossed((_FIELD, "schedules", action.key, field), low, high)


def _crossed(path: tuple[str, ...], low: int, high: int, why: str = "") -> Finding:
    return Finding(
        Code.CONFLICT,
        path,
        f"the maximum of {high} readers is below the minimum of {low}{why}",
        "make the minimum the smaller one",
    )


def declared_readers(spec: AwsRdsClusterSpec, cluster: ResolvedCluster, situation: Situation) -> Iterator[Finding]:
    """Bounds that the declared instances leave without effect."""
    written, found = spec.reader_autoscaling, cluster.reader_autoscaling
    if written is None or found is None or found.min_capacity > found.max_capacity:
        return
    declared = len(cluster.instances) - 1
    if found.policies and not any((declared, found.min_capacity, *(a.min_capacity for a in found.scheduled_actions))):
        yield _no_effect(
            (_FIELD,),
            f"in {situation.environment} the cluster has no reader, so that there is nothing to measure, "
            "and none is ever added",
            "declare a second instance, or write minCapacity: 1",
        )
    for path, low, high in (
        ((_FIELD,), written.min_capacity, written.max_capacity),
        *(((_FIELD, "schedules", a.key), a.min_capacity, a.max_capacity) for a in found.scheduled_actions),
    ):
        too_low = [
            (name, n) for name, n in (("maxCapacity", high), ("minCapacity", low)) if n is not None and n < declared
        ]
        for field, bound in too_low[:1]:
            yield _no_effect(
                (*path, field),
                f"in {situation.environment} {declared} readers are declared, and autoscaling removes only what it "
                f"added, so that there are never {bound}",
                f"write {declared} or more, or declare fewer instances",
            )


def _no_effect(path: tuple[str, ...], message: str, help_: str) -> Finding:
    return Finding(Code.NO_EFFECT, path, message, help_, Severity.WARNING)
