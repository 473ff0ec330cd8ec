"""Run a server and its tools as a user who may, and stop it in the end."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_START_SECONDS = 60.0
_STOP_SECONDS = 30.0
_UNPRIVILEGED = "nobody"


class ServerError(Exception):
    """A server did not start, or a tool of it failed."""


@dataclass(frozen=True)
class Account:
    """Who runs programs: the caller, or for root, whom PostgreSQL refuses, somebody without rights."""

    name: str = ""

    @classmethod
    def unprivileged(cls) -> Account:
        return cls(_UNPRIVILEGED) if os.geteuid() == 0 else cls()

    def own(self, folder: Path) -> None:
        if self.name:
            entry = pwd.getpwnam(self.name)
            os.chown(folder, entry.pw_uid, entry.pw_gid)

    def start(
        self, command: Sequence[str | Path], log: Path, environment: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        entry = pwd.getpwnam(self.name) if self.name else None
        with log.open("ab") as output:
            return subprocess.Popen(
                command,
                cwd="/",
                env=clean_environment() | dict(environment or {}),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                user=entry.pw_uid if entry else None,
                group=entry.pw_gid if entry else None,
                extra_groups=[] if entry else None,
            )


def clean_environment() -> dict[str, str]:
    """The caller's environment, without what clients would take for options, and in a language that tests know."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PG", "MYSQL_", "MARIADB_", "LC_"))
    }
    return kept | {"LC_ALL": "C", "HOME": os.devnull}


@dataclass
class Folder:
    """A folder that a server may use: its sockets need a short path, and its user one that it can reach."""

    account: Account
    path: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="af-", dir="/tmp")))

    def __post_init__(self) -> None:
        self.path.chmod(0o755)
        self.account.own(self.path)

    @property
    def log(self) -> Path:
        return self.path / "server.log"

    def run(self, *command: str | Path, environment: Mapping[str, str] | None = None) -> None:
        """Run a tool to its end."""
        process = self.account.start(command, self.log, environment)
        if process.wait(timeout=_START_SECONDS):
            raise ServerError(f"{command[0]} ended with {process.returncode}\n{self.tail()}")

    def tail(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-5000:] if self.log.exists() else ""


@contextmanager
def folder(account: Account) -> Iterator[Folder]:
    made = Folder(account)
    try:
        yield made
    finally:
        shutil.rmtree(made.path, ignore_errors=True)


@contextmanager
def running(
    folder: Folder,
    command: Sequence[str | Path],
    is_ready: Callable[[], bool],
    *,
    stop: signal.Signals,
    environment: Mapping[str, str] | None = None,
) -> Iterator[None]:
    """A server that answers, and ends with the block."""
    process = folder.account.start(command, folder.log, environment)
    try:
        until = time.monotonic() + _START_SECONDS
        while not is_ready():
            if process.poll() is not None or time.monotonic() > until:
                raise ServerError(f"{command[0]} does not answer\n{folder.tail()}")
            time.sleep(0.1)
        yield
    finally:
        process.send_signal(stop)
        try:
            process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def client(
    *command: str | Path, statements: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Let a client run statements; it may fail."""
    return subprocess.run(
        command,
        input=statements,
        env=clean_environment() | dict(environment or {}),
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
