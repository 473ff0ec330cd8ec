"""Custom endpoints."""

from collections.abc import Iterator

from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole


def endpoints(subject: Subject, whole: Whole) -> Iterator[Row]:
    for endpoint in whole.cluster.endpoints:
        path = f"endpoints.{endpoint.key}.identifier"
        yield derived(path, endpoint.identifier, "from clusterIdentifier", subject.place("endpoints", endpoint.key))
