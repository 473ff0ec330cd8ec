"""Run Terraform or OpenTofu on a copy of a synthesized stack, away from the caller's AWS account."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pydantic import JsonValue, TypeAdapter

from auroraform.sandbox.terraform import TOOL_VARIABLE
from support.terraform_discovery import Machine, Tool, discover
from support.terraform_json import Diagnostic, Output, PlanDocument, Validation
from support.terraform_running import RunningCommand

COMMAND_TIMEOUT_SECONDS = 900.0

_SETTINGS = {
    "AWS_EC2_METADATA_DISABLED": "true",
    "CHECKPOINT_DISABLE": "1",
    "TF_IN_AUTOMATION": "1",
    "TF_INPUT": "0",
}
_PLAN_FILE = "test.tfplan"
_LOCAL_STATE: dict[str, JsonValue] = {"terraform": {"backend": {"local": {}}}}
_OUTPUTS = TypeAdapter(dict[str, Output])


class TerraformError(Exception):
    """A command that failed, with all that it said."""

    def __init__(self, command: Sequence[str], outcome: str, output: str) -> None:
        super().__init__(f"{' '.join(command)}\n{outcome}\n{output}")
        self.output = output


@dataclass(frozen=True)
class Plan:
    changed: bool
    file: Path


def require_tool(machine: Machine | None = None) -> Tool:
    """The tool, or a skipped test; under CI=true a failed one, as nobody reads what CI skipped."""
    machine = machine or Machine.current()
    if tool := discover(machine):
        return tool
    reason = f"needs `tofu` or `terraform` on PATH, or its path in {TOOL_VARIABLE}"
    if machine.env.get("CI", "").lower() == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@cache
def installed_tool() -> Tool:
    """The tool of this machine, searched for once a process."""
    return require_tool()


def child_environment(caller: Mapping[str, str], empty_file: Path) -> dict[str, str]:
    """The caller's environment without its AWS account and its Terraform settings."""
    kept = {name: value for name, value in caller.items() if not name.startswith(("AWS_", "TF_"))}
    files = {"AWS_CONFIG_FILE": str(empty_file), "AWS_SHARED_CREDENTIALS_FILE": str(empty_file)}
    return kept | _SETTINGS | files


class Stack:
    """One stack in a folder of its own; every command runs there."""

    def __init__(self, folder: Path, tool: Tool, variables: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self._tool = tool
        # Beside the configuration, so that a test needs one folder only; Terraform reads *.tf and *.tf.json.
        empty_file = folder / "aws-config-empty"
        empty_file.touch()
        self._environment = {
            **child_environment(os.environ, empty_file),
            **tool.plugins.environment,
            **(variables or {}),
        }

    @classmethod
    def copy(
        cls,
        source: Path,
        folder: Path,
        tool: Tool,
        variables: Mapping[str, str] | None = None,
        *,
        local_state: bool = True,
    ) -> Stack:
        """Copy a synthesized folder; with `local_state` an override replaces the backend that it names."""
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns(".terraform", "*.tfstate*"))
        if local_state:
            (folder / "backend_override.tf.json").write_text(json.dumps(_LOCAL_STATE), encoding="utf-8")
        return cls(folder, tool, variables)

    def init(self, *, backend: bool = True) -> None:
        arguments = () if backend else ("-backend=false",)
        self.run("init", "-input=false", "-no-color", *arguments, *self._tool.plugins.init_arguments)

    def validate(self) -> Validation:
        # Exit code 1 comes with the diagnostics in JSON, so it is an answer and not a failure.
        return Validation.model_validate_json(self.run("validate", "-json", "-no-color", accept=(0, 1)))

    def plan(self, *arguments: str) -> Plan:
        command = ("plan", "-input=false", "-no-color", "-detailed-exitcode", f"-out={_PLAN_FILE}")
        code, _ = self._outcome(*command, *arguments, accept=(0, 2))
        return Plan(changed=code == 2, file=self.folder / _PLAN_FILE)

    def show(self, plan: Plan) -> PlanDocument:
        return PlanDocument.model_validate_json(self.run("show", "-json", plan.file.name))

    def apply(self, plan: Plan | None = None) -> None:
        what = (plan.file.name,) if plan else ("-auto-approve",)
        self.run("apply", "-input=false", "-no-color", *what)

    def destroy(self) -> None:
        self.run("destroy", "-input=false", "-no-color", "-auto-approve")

    def outputs(self) -> dict[str, Output]:
        return _OUTPUTS.validate_json(self.run("output", "-json"))

    def run(self, *arguments: str, accept: Sequence[int] = (0,)) -> str:
        """What a command prints to stdout; with an exit code other than these it raises TerraformError."""
        _, stdout = self._outcome(*arguments, accept=accept)
        return stdout

    @contextmanager
    def running(self, *arguments: str) -> Iterator[RunningCommand]:
        """A command that is answered while it runs; it may ask for input."""
        command = [str(self._tool.executable), *arguments]
        with RunningCommand.start(command, self.folder, self._environment | {"TF_INPUT": "1"}) as running:
            yield running

    def _outcome(self, *arguments: str, accept: Sequence[int]) -> tuple[int, str]:
        return _execute(
            [str(self._tool.executable), *arguments],
            folder=self.folder,
            environment=self._environment,
            accept=accept,
        )


def refusal(stack: Stack, *arguments: str) -> str:
    """What a command says that must fail."""
    with pytest.raises(TerraformError) as error:
        stack.run(*arguments)
    return error.value.output


def _execute(
    command: Sequence[str], *, folder: Path, environment: Mapping[str, str], accept: Sequence[int]
) -> tuple[int, str]:
    # A process group of its own: a killed Terraform leaves its provider behind, and that one holds the pipes.
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        process_group=0,
    )
    with process:
        try:
            stdout, stderr = process.communicate(timeout=COMMAND_TIMEOUT_SECONDS)
        except BaseException as error:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            stdout, stderr = process.communicate()
            outcome = f"did not end in {COMMAND_TIMEOUT_SECONDS:.0f} s"
            raise TerraformError(command, outcome, stdout + stderr) from None
    if process.returncode not in accept:
        raise TerraformError(command, f"exit code {process.returncode}", stdout + stderr)
    return process.returncode, stdout


def validate_many(sources: Sequence[Path], work: Path, tool: Tool) -> dict[Path, Validation]:
    """Validate many synthesized folders at little more than the price of one.

    Most of the time goes into starting the provider and reading its schema. As modules of one
    configuration the stacks share that. A module is judged slightly differently from a root
    (no import blocks, for example), so only a clean answer counts; any other stack is judged alone.
    """
    results: dict[Path, Validation] = {}
    remaining = list(dict.fromkeys(sources))
    # One such stack keeps Terraform from reading the others at all.
    for source in filter(_imports, remaining):
        results[source] = _validate_alone(source, work / f"alone-{len(results)}", tool)
    remaining = [source for source in remaining if source not in results]
    while remaining:
        suspects = _suspects(remaining, work / f"together-{len(remaining)}", tool)
        for source in suspects:
            results[source] = _validate_alone(source, work / f"alone-{len(results)}", tool)
        if not suspects:
            results |= dict.fromkeys(remaining, Validation(valid=True))
        # One stack that cannot be read keeps the others from being checked, so they go again.
        remaining = [source for source in remaining if source not in results]
    return results


def _imports(source: Path) -> bool:
    return any(_has_imports(file.read_bytes()) for file in source.glob("*.tf.json"))


def _has_imports(text: bytes) -> bool:
    try:
        return "import" in json.loads(text)
    except ValueError:
        # What is no JSON is Terraform's to judge.
        return False


def _validate_alone(source: Path, folder: Path, tool: Tool) -> Validation:
    stack = Stack.copy(source, folder, tool, local_state=False)
    stack.init(backend=False)
    return stack.validate()


def _suspects(sources: Sequence[Path], folder: Path, tool: Tool) -> list[Path]:
    """The stacks about which the joint validation says anything; all of them if it does not say which."""
    if len(sources) == 1:
        return list(sources)
    modules = {f"stack_{index}": source for index, source in enumerate(sources)}
    for name, source in modules.items():
        shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns(".terraform", "*.tfstate*"))
    calls = {"module": {name: {"source": f"./{name}"} for name in modules}}
    (folder / "main.tf.json").write_text(json.dumps(calls), encoding="utf-8")
    stack = Stack(folder, tool)
    try:
        stack.init(backend=False)
        diagnostics = stack.validate().diagnostics
    except TerraformError:
        return list(sources)
    places = [_module_of(diagnostic) for diagnostic in _telling(diagnostics)]
    if any(place not in modules for place in places):
        return list(sources)
    return [source for name, source in modules.items() if name in places]


def _telling(diagnostics: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    # Being a module and not a root is our doing, so the warning about that says nothing about the stack.
    return (d for d in diagnostics if d.summary != "Backend configuration ignored")


def _module_of(diagnostic: Diagnostic) -> str:
    return Path(diagnostic.range.filename).parts[0] if diagnostic.range else ""
