"""The budget of the cluster."""

from collections.abc import Iterator

from auroraform.stacks.explanation.derived.rule import derived, text
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole


def budget(subject: Subject, whole: Whole) -> Iterator[Row]:
    written, found = whole.spec.budget, whole.cluster.budget
    if written is None or found is None:
        return
    place = subject.place("budget", "limitAmount")
    yield derived("budget.name", found.name, "from clusterIdentifier", place)
    yield derived("budget.tagKeyValue", found.tag_key_value, "the tag of the cluster", place)
    if written.limit_unit is None:
        yield derived("budget.limitUnit", found.limit_unit, "what AWS bills in", place)
    for field, is_written, type_ in (
        ("actual", written.actual is not None, "ACTUAL"),
        ("forecasted", written.forecasted is not None, "FORECASTED"),
    ):
        if not is_written:
            thresholds = [one.threshold for one in found.notifications if one.notification_type == type_]
            yield derived(f"budget.{field}", [*thresholds], "the usual percentages", place)
    if found.topic is not None:
        alarms = subject.in_environment("alarms")
        yield derived("budget.topic", text(found.topic), "the first topic for warnings of the environment", alarms)
