"""What a stack has once, beside its clusters: each part a construct of its own."""

from auroraform.constructs.backup_plan import BackupPlanOfStack
from auroraform.constructs.bindings import Construct
from auroraform.constructs.budget import MonthlyBudget
from auroraform.constructs.topics import AlarmTopics
from auroraform.schemas.resolved.shared import SHARED, ResolvedShared


class SharedParts(Construct):
    """`<type>.shared` and `<type>.shared_<key>`: made for all clusters of a stack, with the tags of its provider."""

    def __init__(self, scope: Construct, id_: str, *, shared: ResolvedShared) -> None:
        super().__init__(scope, id_)
        if shared.topics is not None:
            AlarmTopics(self, "Topics", label=SHARED, topics=shared.topics)
        if shared.budget is not None:
            MonthlyBudget(self, "Budget", label=SHARED, budget=shared.budget, tags={})
        if shared.backup is not None:
            BackupPlanOfStack(self, "BackupPlan", label=SHARED, plan=shared.backup)
