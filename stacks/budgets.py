"""Budgets of environments and of clusters."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.budgets import Budget
from auroraform.schemas.resolved.budgets import BudgetNotification, ResolvedBudget
from auroraform.schemas.resolved.topics import ResolvedTopics

ENVIRONMENT_TAG: Final = "environment"
CLUSTER_TAG: Final = "cluster"
"""The tags that bills are split by. One of them is enough for a budget: AWS does not say how it takes two."""

LONGEST_NAME: Final = 100
UNIT: Final = "USD"
ACTUAL: Final = (80.0, 100.0)
FORECASTED: Final = (100.0,)


def budget(name: str, written: Budget | None, tag: tuple[str, str], topics: ResolvedTopics) -> ResolvedBudget | None:
    """A budget; None where there is none.

    Args:
        name: what the budget is named after.
        written: what is said of it.
        tag: key and value of what counts.
        topics: those of the environment. A notification takes one, so that the first one is told.
    """
    if written is None:
        return None
    key, value = tag
    return ResolvedBudget(
        name=f"{name}-monthly",
        limit_amount=f"{written.limit_amount:.12g}",
        limit_unit=written.limit_unit or UNIT,
        tag_key_value=f"user:{key}${value}",
        notifications=tuple(_notifications(written)),
        email_addresses=written.subscriber_email_addresses or (),
        topic=next(iter(topics.warning), None),
    )


def _notifications(written: Budget) -> Iterator[BudgetNotification]:
    for type_, thresholds in (
        ("ACTUAL", ACTUAL if written.actual is None else written.actual),
        ("FORECASTED", FORECASTED if written.forecasted is None else written.forecasted),
    ):
        for threshold in sorted(thresholds):
            yield BudgetNotification(notification_type=type_, threshold=threshold)
