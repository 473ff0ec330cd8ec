"""Gaps in event subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.core.responses import ActionResult
from moto.rds.responses import RDSResponse

from auroraform.sandbox.emulator.patching import add_calls, replace

if TYPE_CHECKING:
    from moto.rds.models import EventSubscription

_SETTINGS = {
    "SnsTopicArn": "sns_topic_arn",
    "SourceType": "source_type",
    "EventCategories": "event_categories",
    "Enabled": "enabled",
}


def modify_event_subscriptions() -> None:
    """moto lacks the call that changes a subscription."""

    def modify_event_subscription(self: RDSResponse) -> ActionResult:
        subscription = _asked(self)
        for parameter, attribute in _SETTINGS.items():
            if parameter in self.params:
                replace(subscription, attribute, self.params[parameter])
        return ActionResult({"EventSubscription": subscription})

    add_calls(RDSResponse, modify_event_subscription)


def change_sources_of_event_subscriptions() -> None:
    """moto lacks the calls that add a source to a subscription and take one away."""

    def add_source_identifier_to_subscription(self: RDSResponse) -> ActionResult:
        subscription = _asked(self)
        subscription.source_ids = [*subscription.source_ids, self.params["SourceIdentifier"]]
        return ActionResult({"EventSubscription": subscription})

    def remove_source_identifier_from_subscription(self: RDSResponse) -> ActionResult:
        subscription = _asked(self)
        gone = self.params["SourceIdentifier"]
        subscription.source_ids = [source for source in subscription.source_ids if source != gone]
        return ActionResult({"EventSubscription": subscription})

    add_calls(RDSResponse, add_source_identifier_to_subscription, remove_source_identifier_from_subscription)


def _asked(self: RDSResponse) -> EventSubscription:
    (subscription,) = self.backend.describe_event_subscriptions(self.params["SubscriptionName"])
    return subscription
