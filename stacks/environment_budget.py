"""The budget of an environment."""

from collections.abc import Iterator

from auroraform.schemas.coherence.budgets import ADVICE, tells_nobody
from auroraform.schemas.problems import Code, Problem
from auroraform.schemas.resolved.budgets import ResolvedBudget
from auroraform.schemas.shape import place_of
from auroraform.stacks.budgets import ENVIRONMENT_TAG, budget
from auroraform.stacks.references import References
from auroraform.stacks.topics import topics_of
from auroraform.stacks.workspace import WrittenEnvironment


def environment_budget(stack: str, environment: WrittenEnvironment, references: References) -> ResolvedBudget | None:
    """The budget; None where there is none."""
    where = environment.model.spec
    return budget(stack, where.budget, (ENVIRONMENT_TAG, environment.name), topics_of(where, references))


def budget_problems(environment: WrittenEnvironment, references: References) -> Iterator[Problem]:
    """A budget that tells nobody, or that no stack is the one of."""
    where = environment.model.spec
    if where.budget is None:
        return
    place = place_of(environment.document, ("spec", "budget"))
    fault = tells_nobody(where.budget, topics_of(where, references).warning)
    if fault is not None:
        yield Problem(Code.MISSING_FIELD, place, fault, "spec.budget", ADVICE)
    if where.stack_per == "cluster":
        message = "each stack would have a budget for the whole environment, as stackPer is cluster"
        yield Problem(Code.CONFLICT, place, message, "spec.budget", "write it in defaults, for each cluster by itself")
