"""What a stack has once, beside its clusters."""

from dataclasses import dataclass
from typing import Final

from auroraform.schemas.resolved.backup import BackupPlan
from auroraform.schemas.resolved.budgets import ResolvedBudget
from auroraform.schemas.resolved.topics import MadeTopics

SHARED: Final = "shared"
"""The label of all of it in Terraform addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedShared:
    """What becomes of an environment in each of its stacks, for all clusters there.

    Attributes:
        environment: the file of the environment, relative to the workspace.
        topics: SNS topics to make.
        budget: the budget of the environment.
        backup: the backup plan.
    """

    environment: str
    topics: MadeTopics | None = None
    budget: ResolvedBudget | None = None
    backup: BackupPlan | None = None
