"""Who the cluster is, and what it is reached by."""

from collections.abc import Iterator

from auroraform.schemas.engines import ENGINES
from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole


def identifier(subject: Subject, whole: Whole) -> Iterator[Row]:
    if whole.spec.cluster_identifier is not None:
        return
    if (place := subject.in_manifest("metadata", "id")) is not None:
        reason = "metadata.id"
    else:
        place = subject.in_environment("naming")
        reason = f"naming of the environment{'' if place else ', by default'}: {subject.environment.model.spec.naming}"
    yield derived("clusterIdentifier", whole.cluster.cluster_identifier, reason, place)


def port(subject: Subject, whole: Whole) -> Iterator[Row]:
    if whole.spec.port is None:
        title = ENGINES[whole.spec.engine].title
        yield derived("port", whole.cluster.port, f"the usual port of {title}", subject.place("engine"))
