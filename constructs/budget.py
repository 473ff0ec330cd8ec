"""A monthly budget of what carries a tag."""

from auroraform.constructs.bindings import BudgetsBudget, BudgetsBudgetCostFilter, BudgetsBudgetNotification, Construct
from auroraform.constructs.naming import address
from auroraform.schemas.resolved.budgets import ResolvedBudget


class MonthlyBudget(Construct):
    """`aws_budgets_budget.<label>`."""

    def __init__(self, scope: Construct, id_: str, *, label: str, budget: ResolvedBudget, tags: dict[str, str]) -> None:
        super().__init__(scope, id_)
        made = BudgetsBudget(
            self,
            "Default",
            name=budget.name,
            budget_type="COST",
            limit_amount=budget.limit_amount,
            limit_unit=budget.limit_unit,
            time_unit="MONTHLY",
            cost_filter=[BudgetsBudgetCostFilter(name="TagKeyValue", values=[budget.tag_key_value])],
            notification=[
                BudgetsBudgetNotification(
                    comparison_operator="GREATER_THAN",
                    notification_type=one.notification_type,
                    threshold=one.threshold,
                    threshold_type="PERCENTAGE",
                    subscriber_email_addresses=[*budget.email_addresses] or None,
                    subscriber_sns_topic_arns=[budget.topic] if budget.topic else None,
                )
                for one in budget.notifications
            ],
            tags=tags or None,
        )
        address(made, label)
