"""Events that somebody is told of."""

from collections.abc import Iterator, Mapping

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.event_categories import AS_OF, CATEGORIES, Source
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.shape import suggest
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.spec.events import Events, Told


def known_categories(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    """Categories that are not in the table: newer ones, or typing errors, which only AWS can tell apart."""
    for source, field, categories in by_source(spec.events or Events()):
        for category in categories:
            if category in CATEGORIES[source]:
                continue
            elsewhere = next((one for one, known in CATEGORIES.items() if category in known), None)
            near = suggest(category, CATEGORIES[source])
            yield Finding(
                Code.NOT_IN_CATALOGUE,
                ("events", field, category),
                f'"{category}" is not among the categories of events of a {source} of {AS_OF}, the date of the list'
                " here",
                f"it is one of a {elsewhere}" if elsewhere else _advice(near),
                Severity.WARNING,
            )


def by_source(events: Events) -> Iterator[tuple[Source, str, Mapping[str, Told]]]:
    """What is said of each kind of source, with the field that says it."""
    yield "db-cluster", "clusterCategories", events.cluster_categories or {}
    yield "db-instance", "instanceCategories", events.instance_categories or {}


def _advice(near: str | None) -> str:
    return f"all is well if AWS has it{f'; did you mean {near}?' if near else ', and else RDS refuses it at apply'}"
