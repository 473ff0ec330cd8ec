"""What the commands of the sandbox do, and what they say about it."""

import os
import time
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import click

from auroraform.commands.report import report
from auroraform.commands.settings import Settings
from auroraform.sandbox.documents import Document
from auroraform.sandbox.emulator.process import Emulator
from auroraform.sandbox.errors import SandboxError, TerraformFailedError
from auroraform.sandbox.sandbox import Sandbox, Stacks
from auroraform.sandbox.terraform import Terraform, find_tool
from auroraform.schemas.problems import Problem, has_errors

_ENDPOINT: Final = "_rds_cluster_endpoint"
_READER: Final = "_rds_cluster_reader_endpoint"
_DONE: Final = {"create": "created", "update": "changed", "delete": "destroyed", "replace": "replaced"}
_SHOWN_SECONDS: Final = 10
"""Terraform says every ten seconds that something still takes; people want to read that of the first."""


class InvalidWorkspaceError(Exception):
    """Manifests or environments have errors."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems


@dataclass(slots=True)
class Progress:
    """Prints what Terraform does in one stack, as it does it."""

    stack: str

    def hear(self, event: Document) -> None:
        """Print an event of Terraform's, if it is one that people wait for."""
        hook = event.get("hook")
        if not isinstance(hook, dict):
            return
        resource = hook.get("resource")
        address = str(resource["addr"]) if isinstance(resource, dict) else ""
        action, seconds = str(hook.get("action", "")), hook.get("elapsed_seconds", 0)
        if action not in _DONE:
            return
        if event.get("type") == "apply_complete":
            self._say(f"{_DONE[action]} {address} ({seconds} s)")
        elif event.get("type") == "apply_progress" and seconds == _SHOWN_SECONDS:
            self._say(f"{address} takes longer ...")
        elif event.get("type") == "apply_errored":
            self._say(f"failed {address}")

    def _say(self, text: str) -> None:
        click.echo(f"  {self.stack}  {text}")


class Session:
    """One call of a sandbox command."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        try:
            self.sandbox = Sandbox(settings.workspace)
        except OSError as error:
            raise SandboxError(f"the sandbox has no folder: {error}") from error

    @cached_property
    def tool(self) -> Path:
        """The user's OpenTofu or Terraform."""
        return find_tool(os.environ)

    def synthesize(self, names: Collection[str]) -> Stacks:
        """Synthesize into the sandbox's own folder, and show what is wrong."""
        stacks = self.sandbox.synthesize(names)
        if has_errors(stacks.problems):
            raise InvalidWorkspaceError(stacks.problems)
        report(stacks.problems, self._settings)
        return stacks

    def up(self, stacks: Stacks) -> Emulator:
        """The emulator, started where there is none, with what the stacks expect."""
        emulator = self.sandbox.running() or self.sandbox.start()
        self.sandbox.fill(emulator, stacks)
        return emulator

    def apply(
        self, emulator: Emulator, stacks: Stacks, names: Collection[str], *, disposable: bool = False
    ) -> dict[str, Terraform]:
        """Apply stacks one after the other, and say what is made; gives the Terraform of each."""
        applied: dict[str, Terraform] = {}
        for stack, terraform in self._terraforms(emulator, stacks, names, disposable=disposable):
            with _timed(f"{stack}: applied"):
                click.echo(f"{stack}: apply")
                terraform.init()
                terraform.apply(Progress(stack).hear)
            applied[stack] = terraform
        return applied

    def plan(self, emulator: Emulator, stacks: Stacks, names: Collection[str]) -> None:
        """Show Terraform's own plans."""
        for stack, terraform in self._terraforms(emulator, stacks, names):
            click.echo(f"{stack}: plan")
            terraform.init()
            terraform.show_plan()

    def destroy(self, emulator: Emulator, stacks: Stacks, names: Collection[str]) -> None:
        """Destroy stacks, those that others read last."""
        for stack, terraform in reversed([*self._terraforms(emulator, stacks, names)]):
            with _timed(f"{stack}: destroyed"):
                click.echo(f"{stack}: destroy")
                terraform.init()
                terraform.destroy(Progress(stack).hear)

    def try_all(self, names: Collection[str], *, keep: bool) -> None:
        """The whole life once, on an emulator of its own."""
        if self.sandbox.running() is not None:
            raise SandboxError(
                "a local AWS is up already: use it with `auroraform sandbox apply`, or end it with `down`"
            )
        self.tool  # noqa: B018 - before anything is started
        stacks = self.synthesize(names)
        whole = False
        try:
            with _timed("a local AWS is up"):
                emulator = self.up(stacks)
            applied = self.apply(emulator, stacks, names, disposable=True)
            changed = [stack for stack, terraform in applied.items() if not _is_settled(stack, terraform)]
            for line in _table(emulator, applied):
                click.echo(line)
            if changed:
                raise TerraformFailedError(f"a plan after apply still changes {', '.join(changed)}")
            whole = True
        finally:
            if not (keep and whole):
                self.sandbox.stop()
        click.echo("it is left up: end it with `auroraform sandbox down`" if keep else "it is down, and all is gone")

    def _terraforms(
        self, emulator: Emulator, stacks: Stacks, names: Collection[str], *, disposable: bool = False
    ) -> Iterator[tuple[str, Terraform]]:
        for stack in stacks.wanted(names):
            yield stack, self.sandbox.terraform(self.tool, emulator, stacks, stack, disposable=disposable)


def _is_settled(stack: str, terraform: Terraform) -> bool:
    changes = terraform.changes()
    click.echo(f"{stack}: plan: {'no changes' if not changes else 'changes'}")
    for change in changes:
        click.echo(f"  {stack}  would {change}")
    return not changes


def _table(emulator: Emulator, applied: dict[str, Terraform]) -> Iterator[str]:
    """What was made, and where to connect to if it were real."""
    for stack, terraform in applied.items():
        outputs = terraform.outputs()
        made = Counter(address.partition(".")[0] for address in terraform.addresses())
        yield ""
        yield click.style(stack, bold=True)
        clusters = [name.removesuffix(_ENDPOINT) for name in outputs if name.endswith(_ENDPOINT)]
        width = max((len(name) for name in clusters), default=0)
        for name in clusters:
            yield f"  {name:<{width}}  writer  {outputs[name + _ENDPOINT]}"
            if reader := outputs.get(name + _READER):
                yield f"  {'':<{width}}  reader  {reader}"
        for type_, count in sorted(made.items()):
            yield f"  {count:>3}  {type_}"
    yield ""
    yield f"at {emulator.url}"


@contextmanager
def _timed(what: str) -> Iterator[None]:
    start = time.monotonic()
    yield
    click.echo(f"{what} after {time.monotonic() - start:.0f} s")
