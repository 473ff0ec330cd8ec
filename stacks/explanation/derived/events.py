"""Subscriptions to events."""

from collections.abc import Iterator

from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.rows import Json, Row
from auroraform.stacks.explanation.subject import Subject, Whole


def event_subscriptions(subject: Subject, whole: Whole) -> Iterator[Row]:
    for subscription in whole.cluster.event_subscriptions:
        field = "clusterCategories" if subscription.source_type == "db-cluster" else "instanceCategories"
        path, place = f"events.subscriptions.{subscription.key}", subject.place("events", "enabled")
        reason = "from clusterIdentifier and the topic"
        if subscription.source_type == "db-instance":
            reason = "from clusterIdentifier, the topic and the instances: other instances make another subscription"
        yield derived(f"{path}.name", subscription.name, reason, place)
        told: list[Json] = [*subscription.event_categories]
        yield derived(f"{path}.eventCategories", told, f"events.{field} of the severities that go to the topic", place)
