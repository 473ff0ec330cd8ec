"""When the cluster is stopped and started."""

from collections.abc import Iterator
from typing import Final

from auroraform.stacks.explanation.derived.roles import of_environment
from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.origins import spec_row
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole

_AT_THE_STOP: Final = frozenset({"stop", "stop-again", "mute"})


def fields_of(key: str) -> tuple[str, ...]:
    """The fields that the time of a call comes from; the days belong to all of them."""
    return ("stop",) if key in _AT_THE_STOP else ("start",)


def schedule_rows(subject: Subject, fields: tuple[str, ...] = ("start", "stop")) -> list[Row]:
    """What the schedule says of some calls."""
    wanted = (*fields, "days", "timeZone")
    return [spec_row(subject, ("schedule", field)) for field in wanted if subject.node("schedule", field) is not None]


def schedule(subject: Subject, whole: Whole) -> Iterator[Row]:
    found = whole.cluster.schedule
    if found is None:
        return
    for call in found.calls:
        rows = schedule_rows(subject, fields_of(call.key))
        reason = f"from {' and '.join(row.path for row in rows)}"
        yield derived(f"schedule.{call.key}.expression", call.schedule_expression, reason, rows[0].place)
        yield derived(f"schedule.{call.key}.name", call.name, "from clusterIdentifier", rows[0].place)
    place = subject.place("schedule")
    for name, value in (
        ("groupName", found.group_name),
        ("queueName", found.queue_name),
        ("roleName", found.role.name),
    ):
        yield derived(f"schedule.{name}", value, "from clusterIdentifier", place)
    yield from of_environment(subject, "schedule", found.role)
