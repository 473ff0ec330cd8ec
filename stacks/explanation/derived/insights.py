"""What is recorded of load and of the operating system."""

from collections.abc import Iterator

from auroraform.schemas.resolved.insights import MonitoringRole
from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole


def monitoring(subject: Subject, whole: Whole) -> Iterator[Row]:
    monitoring = whole.cluster.monitoring
    if monitoring is not None and isinstance(monitoring.role, MonitoringRole):
        place = subject.place("monitoring", "interval")
        yield derived("monitoring.roleName", monitoring.role.name, "made, as monitoring.roleArn is not set", place)
