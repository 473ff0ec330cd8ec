"""The sandbox of one workspace: an emulator that runs, and private copies of the stacks."""

import fcntl
import json
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from auroraform.constructs.cache_folder import private_folder
from auroraform.sandbox.documents import Document, in_order, place_of
from auroraform.sandbox.emulator.process import Emulator, EmulatorError, await_start, launch
from auroraform.sandbox.errors import SandboxError
from auroraform.sandbox.isolation import environment, isolate
from auroraform.sandbox.needs import needs
from auroraform.sandbox.terraform import Terraform
from auroraform.schemas.problems import Problem, has_errors, sort
from auroraform.stacks.layout import stack_path
from auroraform.stacks.processes import build, cores
from auroraform.stacks.store import Store
from auroraform.stacks.synth import synthesize, unknown_environments

_HOST: Final = "127.0.0.1"
_END_SECONDS: Final = 10.0
_STEP_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept about a running emulator.

    Attributes:
        identity: what the emulator answers; another process may have its number or port by now.
    """

    pid: int
    port: int
    identity: str

    @property
    def url(self) -> str:
        """Always of this machine, whatever is written in the record."""
        return f"http://{_HOST}:{self.port}"


@dataclass(frozen=True, slots=True)
class Stacks:
    """The stacks of a workspace as they were synthesized into the sandbox.

    Attributes:
        problems: what is wrong with the workspace.
        documents: their Terraform JSON by name; empty where there are errors.
        environments: the environment of each.
        zones: the Availability Zones of subnets, where environments say them.
    """

    problems: tuple[Problem, ...]
    documents: dict[str, Document]
    environments: dict[str, str]
    zones: dict[str, str]

    def wanted(self, names: Collection[str]) -> list[str]:
        """Those of some environments, or of all, each after those that it reads."""
        return [stack for stack in in_order(self.documents) if not names or self.environments[stack] in names]


class Sandbox:
    """The sandbox of one workspace, in a folder that only its user can change."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        key = sha256(str(workspace.resolve()).encode()).hexdigest()[:16]
        self.folder = private_folder("sandbox") / key
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._record = self.folder / "emulator.json"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """What the emulator says."""
        return self.folder / "emulator.log"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other commands out; nothing is left of that when this process ends.

        Raises:
            SandboxError: if another one is at it.
        """
        with (self.folder / "lock").open("w", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise SandboxError("another command is at work in the sandbox of this workspace") from None
            yield

    def synthesize(self, names: Collection[str]) -> Stacks:
        """Bring the private copies of all stacks up to date.

        Args:
            names: environments that must be there.
        """
        output = self.folder / "out"
        outcome = synthesize(self._workspace, output, (), partial(build, jobs=cores()), Store.open())
        problems = tuple(sort((*outcome.problems, *unknown_environments(names, outcome.workspace))))
        documents: dict[str, Document] = {}
        if not has_errors(problems):
            for stack in outcome.stacks:
                path = output / stack_path(stack.name)
                documents[stack.name] = json.loads(path.read_text(encoding="utf-8"))
                isolate(path.parent, documents[stack.name])
        return Stacks(
            problems,
            documents,
            {stack.name: stack.environment_name for stack in outcome.stacks},
            {
                subnet: zone
                for stack in outcome.stacks
                for subnet, zone in (stack.environment.network.availability_zones or {}).items()
            },
        )

    def running(self) -> Emulator | None:
        """The emulator, if it still answers; what is known of one that has ended is forgotten."""
        record = self._read()
        if record is None:
            return None
        emulator = Emulator(record.url, "", "", self.log)
        try:
            if emulator.identity() == record.identity:
                return emulator
        except EmulatorError:
            pass
        self._forget()
        return None

    def start(self) -> Emulator:
        """Start an emulator that outlives this process.

        Raises:
            SandboxError: if it does not start; its log is in the message.
        """
        self._forget()
        self.log.unlink(missing_ok=True)
        identity = secrets.token_hex(16)
        try:
            emulator, process = launch(self.log, identity=identity, detached=True)
        except EmulatorError as error:
            raise SandboxError(str(error)) from error
        try:
            port = int(emulator.url.rpartition(":")[2])
            self._process = process
            record = {"pid": process.pid, "port": port, "identity": identity}
            self._record.write_text(json.dumps(record), encoding="utf-8")
            await_start(emulator, process)
        except BaseException as error:
            process.kill()
            process.wait()
            self._forget()
            if isinstance(error, EmulatorError):
                raise SandboxError(str(error)) from error
            raise
        return emulator

    def stop(self) -> bool:
        """End the emulator, and with it all that was made; False if none was running."""
        record = self._read()
        if record is None or self.running() is None:
            return False
        os.kill(record.pid, signal.SIGTERM)
        end = time.monotonic() + _END_SECONDS
        while self._is_alive(record.pid):
            if time.monotonic() > end:
                os.kill(record.pid, signal.SIGKILL)
            time.sleep(_STEP_SECONDS)
        self._forget()
        return True

    def fill(self, emulator: Emulator, stacks: Stacks) -> None:
        """Give the emulator what the stacks expect to find, as far as it is not there."""
        for stock in needs(stacks.documents, stacks.zones):
            try:
                emulator.stock(stock)
            except EmulatorError as error:
                raise SandboxError(f"the emulator refuses what the stacks need: {error}") from error

    def terraform(
        self, tool: Path, emulator: Emulator, stacks: Stacks, stack: str, *, disposable: bool = False
    ) -> Terraform:
        """Terraform in the private copy of a stack."""
        folder = (self.folder / "out" / stack_path(stack)).parent
        variables = environment(os.environ, emulator.url, place_of(stacks.documents[stack]), folder)
        return Terraform(tool, folder, variables, disposable)

    def _forget(self) -> None:
        """Whoever ran before took its states with it, and so must we."""
        self._record.unlink(missing_ok=True)
        for state in self.folder.glob("out/stacks/*/*terraform.tfstate*"):
            state.unlink()
        for cached in self.folder.glob("out/stacks/*/.terraform/terraform.tfstate"):
            cached.unlink()

    def _read(self) -> Record | None:
        try:
            read = json.loads(self._record.read_text(encoding="utf-8"))
            return Record(int(read["pid"]), int(read["port"]), str(read["identity"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def _is_alive(self, pid: int) -> bool:
        # A child of ours that has ended is there until it is asked.
        if self._process is not None and self._process.pid == pid:
            return self._process.poll() is None
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return True
