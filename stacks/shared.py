"""What a stack has once, beside its clusters, from what its environment says."""

from collections.abc import Iterator

from auroraform.schemas.coherence import Finding
from auroraform.schemas.problems import Problem
from auroraform.schemas.referable import ALARMS, texts
from auroraform.schemas.resolved.shared import ResolvedShared
from auroraform.schemas.shape import place_of, show
from auroraform.stacks.backup import backup_plan, backup_problems
from auroraform.stacks.environment_budget import budget_problems, environment_budget
from auroraform.stacks.references import References
from auroraform.stacks.topics import endpoint_faults, made_topics
from auroraform.stacks.values import reference_fault
from auroraform.stacks.workspace import WrittenEnvironment


def shared_of(
    stack: str, environment: WrittenEnvironment, references: References
) -> tuple[ResolvedShared, list[Problem]]:
    """The shared parts of one stack, and what is wrong with what they are made from.

    Args:
        stack: the name of the stack.
        environment: its environment.
        references: those of the stack; lookups that the parts need are added to it.
    """
    problems = [
        *(_problem(fault, environment) for fault in _faults(environment, references)),
        *backup_problems(environment, references),
        *budget_problems(environment, references),
    ]
    shared = ResolvedShared(
        environment=environment.document.place.file,
        topics=made_topics(stack, environment.model.spec, references),
        backup=backup_plan(stack, environment.model.spec, references),
        budget=environment_budget(stack, environment, references),
    )
    return shared, problems


def _faults(environment: WrittenEnvironment, references: References) -> Iterator[Finding]:
    for path, value, referable in texts(environment.model.spec.alarms, ALARMS):
        fault = reference_fault(referable, path, references.resolve(value, referable), references.region)
        if fault is not None:
            yield fault
    yield from endpoint_faults(environment.model.spec, references)


def _problem(fault: Finding, environment: WrittenEnvironment) -> Problem:
    at = ("spec", "alarms", *fault.path)
    return Problem(fault.code, place_of(environment.document, at), fault.message, show(at), fault.help)
