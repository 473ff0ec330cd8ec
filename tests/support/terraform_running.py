"""A command of Terraform that a test talks to while it runs."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import Final

TIMEOUT_SECONDS: Final = 300.0
_CHUNK: Final = 65536


class RunningCommand:
    """One running command; stdout and stderr are one stream."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.output = ""

    @classmethod
    @contextmanager
    def start(cls, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator[RunningCommand]:
        """Start a command; what still runs at the end of the block, or too long, is killed."""
        # A process group of its own, since a killed Terraform leaves its provider behind.
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            process_group=0,
        )
        watchdog = Timer(TIMEOUT_SECONDS, _kill, (process,))
        watchdog.start()
        try:
            with process:
                try:
                    yield cls(process)
                finally:
                    _kill(process)
        finally:
            watchdog.cancel()

    def wait_for(self, text: str) -> None:
        """Read until the command has printed a text; AssertionError if it ends without."""
        while text not in self.output:
            assert self._read(), f"ended without printing {text!r}:\n{self.output}"

    def answer(self, text: str) -> None:
        """Type a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{text}\n".encode())
        self._process.stdin.flush()

    def interrupt(self) -> None:
        """Press Ctrl-C, which reaches Terraform and its provider alike."""
        os.killpg(self._process.pid, signal.SIGINT)

    def kill(self) -> None:
        """End it as a lost machine does: at once, with its provider."""
        _kill(self._process)

    def finish(self) -> int:
        """Read to the end and return the exit code."""
        while self._read():
            pass
        return self._process.wait()

    def _read(self) -> bool:
        assert self._process.stdout is not None
        # Not through the buffered file: that waits for a full buffer, and a question has no end of line.
        chunk = os.read(self._process.stdout.fileno(), _CHUNK)
        self.output += chunk.decode(errors="replace")
        return bool(chunk)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
