"""Budgets."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetNotification:
    """One percentage of the limit that somebody is told of.

    Attributes:
        notification_type: ACTUAL or FORECASTED.
    """

    notification_type: str
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedBudget:
    """A budget for every month.

    Attributes:
        limit_amount: as text, in which the provider takes it.
        tag_key_value: the tag of what counts, as AWS Budgets names it.
        topic: the ARN of the topic that is told; None for none.
    """

    name: str
    limit_amount: str
    limit_unit: str
    tag_key_value: str
    notifications: tuple[BudgetNotification, ...]
    email_addresses: tuple[str, ...]
    topic: str | None
