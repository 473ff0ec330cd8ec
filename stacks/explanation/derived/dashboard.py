"""The dashboard of the cluster."""

from collections.abc import Iterator

from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole


def dashboard(subject: Subject, whole: Whole) -> Iterator[Row]:
    made = whole.cluster.dashboard
    if made is not None:
        reason = "from clusterIdentifier and the Region, as dashboards belong to the account"
        yield derived("dashboard.name", made.name, reason, subject.place("dashboard", "enabled"))
