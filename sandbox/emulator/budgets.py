"""The gaps of budgets: who is told, changes, and tags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.budgets.responses import BudgetsResponse

from auroraform.sandbox.emulator.patching import add_calls, replace

if TYPE_CHECKING:
    from moto.budgets.models import Budget

# The parts of a notification that tell it from another.
_IDENTITY = ("NotificationType", "ComparisonOperator", "Threshold")


def tell_subscribers_of_budgets() -> None:
    """moto keeps who is told about a budget, and lacks the call that says so."""

    def describe_subscribers_for_notification(self: BudgetsResponse) -> str:
        asked = self._get_param("Notification")
        found = [
            subscriber
            for notification in _budget(self, self._get_param("BudgetName")).notifications
            if all(notification.details.get(name) == asked.get(name) for name in _IDENTITY)
            for subscriber in notification.subscribers
        ]
        return json.dumps({"Subscribers": found})

    add_calls(BudgetsResponse, describe_subscribers_for_notification)


def update_budgets() -> None:
    """moto lacks the call that changes a budget."""

    def update_budget(self: BudgetsResponse) -> str:
        new = self._get_param("NewBudget")
        _budget(self, new["BudgetName"]).budget.update(new)
        return "{}"

    add_calls(BudgetsResponse, update_budget)


def keep_tags_of_budgets() -> None:
    """moto drops the tags of a budget, and lacks the calls about them."""
    create = BudgetsResponse.create_budget

    def create_budget(self: BudgetsResponse) -> str:
        answer = create(self)
        tags = self._get_param("ResourceTags") or []
        replace(_budget(self, self._get_param("Budget")["BudgetName"]), "tags", _mapping(tags))
        return answer

    def list_tags_for_resource(self: BudgetsResponse) -> str:
        return json.dumps({"ResourceTags": [{"Key": key, "Value": value} for key, value in _tags(self).items()]})

    def tag_resource(self: BudgetsResponse) -> str:
        _tags(self).update(_mapping(self._get_param("ResourceTags")))
        return "{}"

    def untag_resource(self: BudgetsResponse) -> str:
        for key in self._get_param("ResourceTagKeys"):
            _tags(self).pop(key, None)
        return "{}"

    add_calls(BudgetsResponse, create_budget, list_tags_for_resource, tag_resource, untag_resource)


def _budget(self: BudgetsResponse, name: str) -> Budget:
    return self.backend.budgets[self.current_account][name]


def _tags(self: BudgetsResponse) -> dict[str, str]:
    name = self._get_param("ResourceARN").split(":budget/")[1]
    tags: dict[str, str] = vars(_budget(self, name))["tags"]
    return tags


def _mapping(tags: list[dict[str, Any]]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in tags}
