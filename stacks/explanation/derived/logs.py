"""Logs that leave the cluster."""

from collections.abc import Iterator

from auroraform.stacks.explanation.derived.rule import derived, item
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole


def log_groups(subject: Subject, whole: Whole) -> Iterator[Row]:
    for group in whole.cluster.log_groups:
        place = item(subject.node("enabledCloudwatchLogsExports"), group.log_type)
        yield derived(f"logs.groups.{group.log_type}", group.name, "where RDS writes the log of this name", place)
