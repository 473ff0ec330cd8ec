"""Run the user's own OpenTofu or Terraform, and hear what it does."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from auroraform.sandbox.documents import Document, mapping
from auroraform.sandbox.errors import SandboxError, TerraformFailedError
from auroraform.sandbox.isolation import require_loopback

TOOL_VARIABLE: Final = "AURORAFORM_TERRAFORM"
_TOOLS: Final = ("tofu", "terraform")

Hear = Callable[[Document], None]


def find_tool(variables: Mapping[str, str]) -> Path:
    """The tool that the user named, else `tofu`, else `terraform`.

    Raises:
        SandboxError: if there is none.
    """
    path = variables.get("PATH", "")
    if named := variables.get(TOOL_VARIABLE):
        if (found := shutil.which(named, path=path)) is None:
            raise SandboxError(f"{TOOL_VARIABLE}={named} is not a program")
        return Path(found).absolute()
    for name in _TOOLS:
        if found := shutil.which(name, path=path):
            return Path(found).absolute()
    raise SandboxError(f"needs `tofu` or `terraform` on PATH, or its path in {TOOL_VARIABLE}")


@dataclass(frozen=True, slots=True)
class Terraform:
    """Commands in the private folder of one stack.

    Attributes:
        environment: the variables of its processes, and all of them.
        disposable: an interruption may kill it at once, as nothing that it makes is kept.
    """

    executable: Path
    folder: Path
    environment: Mapping[str, str]
    disposable: bool = False

    def init(self) -> None:
        """Get the provider and look for the state."""
        self._quiet("init", "-input=false", "-no-color", "-reconfigure")

    def apply(self, hear: Hear) -> None:
        """Make it so."""
        self._heard(hear, "apply", "-auto-approve")

    def destroy(self, hear: Hear) -> None:
        """Take all of it away."""
        self._heard(hear, "destroy", "-auto-approve")

    def show_plan(self) -> None:
        """Plan, and let Terraform print what it wants to say."""
        with self._running(("plan", "-input=false"), output=None) as process:
            code = process.wait()
        if code:
            raise TerraformFailedError(f"{self.executable.name} plan failed")

    def changes(self) -> list[str]:
        """What a plan would change: actions and addresses."""
        planned: list[str] = []

        def hear(event: Document) -> None:
            change = mapping(event.get("change"))
            if event.get("type") == "planned_change":
                planned.append(f"{change['action']} {mapping(change['resource'])['addr']}")
            elif event.get("type") == "outputs" and any(
                mapping(output).get("action", "noop") != "noop" for output in mapping(event.get("outputs")).values()
            ):
                planned.append("change outputs")

        self._heard(hear, "plan", "-lock=false")
        return planned

    def outputs(self) -> Document:
        """The outputs that are no secret."""
        answered = json.loads(self._quiet("output", "-json"))
        return {name: output["value"] for name, output in answered.items() if not output["sensitive"]}

    def addresses(self) -> list[str]:
        """The addresses of what there is, without data sources."""
        return [line for line in self._quiet("state", "list").splitlines() if line and not line.startswith("data.")]

    def _quiet(self, *arguments: str) -> str:
        code, said = self._run(arguments)
        if code:
            # What went well before is of no use here.
            raise TerraformFailedError(said.rpartition("\nError: ")[2].strip())
        return said

    def _run(self, arguments: Sequence[str]) -> tuple[int, str]:
        with self._running(arguments, output=subprocess.PIPE) as process:
            assert process.stdout is not None  # noqa: S101 - as asked for
            said = process.stdout.read()
            return process.wait(), said

    def _heard(self, hear: Hear, command: str, *arguments: str) -> None:
        errors: list[str] = []
        with self._running((command, "-json", "-input=false", *arguments), output=subprocess.PIPE) as process:
            assert process.stdout is not None  # noqa: S101 - as asked for
            for line in process.stdout:
                event = _event(line)
                if event is None:
                    errors.append(line.rstrip())
                elif event.get("@level") == "error":
                    errors.append(_diagnostic(event))
                else:
                    hear(event)
            code = process.wait()
        if code:
            raise TerraformFailedError("\n".join(errors))

    @contextmanager
    def _running(self, arguments: Sequence[str], output: int | None) -> Iterator["subprocess.Popen[str]"]:
        require_loopback(self.environment)
        # A group of its own: an interruption of the terminal reaches us, and we decide how Terraform ends.
        process = subprocess.Popen(  # noqa: S603 - the user's tool with our arguments
            [self.executable, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=None if output is None else subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            process_group=0,
        )
        try:
            yield process
        except BaseException:
            if not self.disposable:
                _ask_to_end(process)
            raise
        finally:
            # Also what Terraform has left behind: its provider.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def _ask_to_end(process: "subprocess.Popen[str]") -> None:
    """Let Terraform finish what it is at and keep its state; another interruption ends the waiting."""
    process.send_signal(signal.SIGINT)
    if process.stdout is not None:
        # A full pipe would keep it from ending.
        for _ in process.stdout:
            pass
    process.wait()


def _event(line: str) -> Document | None:
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None


def _diagnostic(event: Document) -> str:
    diagnostic = event.get("diagnostic")
    if not isinstance(diagnostic, dict):
        return str(event.get("@message", ""))
    address, detail = diagnostic.get("address"), diagnostic.get("detail")
    head = f"{diagnostic['summary']}" + (f" ({address})" if address else "")
    return f"{head}\n{detail}" if detail else head
