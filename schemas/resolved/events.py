"""Subscriptions to events of RDS."""

from dataclasses import dataclass

from auroraform.schemas.event_categories import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSubscription:
    """What one topic is told of the cluster, or of its instances.

    Attributes:
        key: tells it from the other subscriptions of the cluster in its Terraform address.
        source_ids: the identifiers of the cluster or of the instances.
        event_categories: sorted.
    """

    key: str
    name: str
    sns_topic: str
    source_type: Source
    source_ids: tuple[str, ...]
    event_categories: tuple[str, ...]
