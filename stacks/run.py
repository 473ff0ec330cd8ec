"""A run of `synth`: nothing where nothing changed, and only what changed where something did.

Whatever is imported before it is known that there is work delays every run, so that most of it is imported late.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from auroraform.schemas.problems import Code, Problem
from auroraform.stacks.comparison import Difference
from auroraform.stacks.output import Written
from auroraform.stacks.processes import build
from auroraform.stacks.receipts import Receipt, StackSummary, digests, find_receipt, keep_receipt, key_for
from auroraform.stacks.store import Store

_BINDINGS: Final = "auroraform.constructs.bindings"

if TYPE_CHECKING:
    from auroraform.stacks.synth import Outcome
    from auroraform.stacks.units import Made, Unit


@dataclass(frozen=True, slots=True)
class Run:
    """What a run found and did.

    Attributes:
        problems: sorted by place.
        stacks: the stacks that were asked for; complete only without errors.
        written: what was written; None where nothing was.
        differences: what writing would have changed, where only that was asked.
    """

    problems: tuple[Problem, ...]
    stacks: tuple[StackSummary, ...]
    written: Written | None = None
    differences: tuple[Difference, ...] | None = None


@dataclass(frozen=True, slots=True)
class Runner:
    """Synthesizes, or compares, one workspace and one output folder.

    Attributes:
        root: the folder of the workspace.
        output: the folder to write to.
        environments: names of the environments wanted; none for all.
        jobs: how many processes may build at once.
        store: what earlier runs made; None to make all anew and keep nothing.
    """

    root: Path
    output: Path
    environments: Collection[str]
    jobs: int
    store: Store | None

    def synthesize(self) -> Run:
        """Write the stacks: all that are wanted, or, with any error, none."""
        key, known = self._known()
        if known is not None and known.holds_for(self.output):
            return Run(known.problems, known.stacks, written=Written(tuple(known.digests), (), ()))
        _begin_to_load(known)
        from auroraform.stacks import synth  # noqa: PLC0415

        outcome = synth.synthesize(self.root, self.output, self.environments, self._build, self.store)
        self._remember(key, outcome)
        return Run(outcome.problems, _summaries(outcome), written=outcome.written)

    def compare(self) -> Run:
        """Compare the stacks with the output folder; write nothing."""
        _, known = self._known()
        if known is not None and known.holds_for(self.output):
            return Run(known.problems, known.stacks, differences=())
        _begin_to_load(known)
        from auroraform.stacks import synth  # noqa: PLC0415

        outcome = synth.compare(self.root, self.output, self.environments, self._build, self.store)
        return Run(outcome.problems, _summaries(outcome), differences=outcome.differences)

    def _build(self, units: "Sequence[Unit]") -> "list[Made]":
        return build(units, self.jobs)

    def _known(self) -> tuple[str | None, Receipt | None]:
        """The key of the workspace as it is now, and the receipt of an earlier run of it."""
        if self.store is None:
            return None, None
        key = key_for(self.root, self.environments)
        return key, None if key is None else find_receipt(self.store, key)

    def _remember(self, key: str | None, outcome: "Outcome") -> None:
        if self.store is None or key is None or outcome.written is None:
            return
        # A file that was edited while it was read may have been read in either state.
        if key_for(self.root, self.environments) == key:
            of_input = (problem for problem in outcome.problems if problem.code != Code.MOVED_STATE)
            receipt = Receipt(tuple(of_input), _summaries(outcome), digests(self.output, outcome.written.files))
            keep_receipt(self.store, key, receipt)


def _begin_to_load(known: Receipt | None) -> None:
    """Node starts while the manifests are read, unless an earlier run has built what they ask for."""
    if known is not None:
        return
    from auroraform.constructs.loading import loader  # noqa: PLC0415

    loader.begin(_BINDINGS)


def _summaries(outcome: "Outcome") -> tuple[StackSummary, ...]:
    return tuple(StackSummary(stack.name, len(stack.clusters), stack.environment.region) for stack in outcome.stacks)
