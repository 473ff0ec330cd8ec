"""The budget of the cluster."""

from auroraform.schemas.resolved.budgets import ResolvedBudget
from auroraform.schemas.resolved.topics import ResolvedTopics
from auroraform.stacks.budgets import CLUSTER_TAG, budget
from auroraform.stacks.parts.context import Context


def cluster_budget(context: Context, topics: ResolvedTopics) -> ResolvedBudget | None:
    """The budget; None where there is none."""
    return budget(context.identifier, context.spec.budget, (CLUSTER_TAG, context.identifier), topics)
