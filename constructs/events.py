"""Events of RDS that topics are told."""

from auroraform.constructs.bindings import Construct, DbEventSubscription
from auroraform.constructs.naming import address
from auroraform.schemas.resolved.events import EventSubscription


class ClusterEvents(Construct):
    """`aws_db_event_subscription.<label>_<key>`."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        label: str,
        subscriptions: tuple[EventSubscription, ...],
        tags: dict[str, str],
    ) -> None:
        super().__init__(scope, id_)
        for subscription in subscriptions:
            made = DbEventSubscription(
                self,
                subscription.key,
                name=subscription.name,
                sns_topic=subscription.sns_topic,
                source_type=subscription.source_type,
                source_ids=list(subscription.source_ids),
                event_categories=list(subscription.event_categories),
                tags=tags,
            )
            address(made, label, subscription.key)
