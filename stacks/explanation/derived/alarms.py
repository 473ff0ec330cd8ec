"""CloudWatch alarms: from when on each tells."""

from collections.abc import Iterator
from typing import Final

from pydantic.alias_generators import to_camel

from auroraform.schemas.alarms.choice import Choice, choices
from auroraform.schemas.alarms.table import BY_KEY, Role
from auroraform.schemas.problems import Place
from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.rows import Row, State
from auroraform.stacks.explanation.subject import Subject, Whole

_GROUP: Final = "alarms"


def thresholds(subject: Subject, whole: Whole) -> Iterator[Row]:
    """The thresholds that nobody has written, and those of shares in the metric's own unit."""
    for chosen in choices(whole.spec):
        if isinstance(chosen, Choice):
            field = to_camel(chosen.row.field)
            written = subject.place(_GROUP, field, "threshold")
            if chosen.row.share is not None:
                place = written or _source(subject, chosen)
                yield derived(f"{_GROUP}.{field}.limit", chosen.threshold.value, chosen.threshold.basis, place)
            elif written is None:
                place = _source(subject, chosen)
                yield derived(f"{_GROUP}.{field}.threshold", chosen.threshold.value, chosen.threshold.basis, place)


def alarm_rows(subject: Subject, key: str) -> list[Row]:
    """What is written of an alarm."""
    beginning = f"{_GROUP}.{to_camel(BY_KEY[key].field)}."
    return [row for path, row in subject.rows.items() if path.startswith(beginning) and row.state is State.SET]


def severity_rows(subject: Subject) -> list[Row]:
    """What is written of severities."""
    found = (row for path, row in subject.rows.items() if path.startswith(f"{_GROUP}.") and path.endswith("severity"))
    return [row for row in found if row.state is State.SET]


def _source(subject: Subject, chosen: Choice) -> Place | None:
    """Where that stands which a threshold follows from."""
    member, share = chosen.threshold.member, chosen.row.share
    if callable(chosen.row.threshold) or (member is not None and member.is_serverless):
        return subject.place("serverlessV2Scaling", "maxCapacity")
    if share is None or member is None:
        return subject.place(_GROUP, "enabled")
    if chosen.row.role is Role.CLUSTER:
        return subject.place("engineVersion")
    own = subject.place("instances", "members", member.key, "instanceClass")
    return own or subject.place("instances", "instanceClass")
