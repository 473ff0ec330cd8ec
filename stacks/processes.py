"""Where units are built: in this process where they are few, else in processes of their own.

Python and Node take turns, one step of a construct after the other. A turn on one core costs half of what it costs
across two, so that each such pair is kept to one core.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import IO, TYPE_CHECKING, Final

from auroraform.constructs.cache_folder import private_folder

if TYPE_CHECKING:
    # Reading manifests takes them too, and waits for nothing here.
    from auroraform.stacks.units import Made, Unit


_BATCH: Final = 20
"""Units that are built at once: enough to hide the cost of a batch, few enough to keep all processes busy."""
_WORTH_A_PROCESS: Final = 50
"""Units that take about as long as another process takes to start."""


class NotStartedError(Exception):
    """CDKTF or Node cannot be started."""


def build_here(units: Sequence[Unit]) -> list[Made]:
    """Build units in this process.

    Raises:
        NotStartedError: where Node cannot be started.
    """
    try:
        from auroraform.stacks import building  # noqa: PLC0415 - starts Node
    except (ValueError, OSError) as error:
        raise NotStartedError(str(error)) from error
    return building.build(units)


def cores() -> int:
    """How many cores this process may use."""
    return len(_allowed_cores()) or os.cpu_count() or 1


def build(units: Sequence[Unit], jobs: int) -> list[Made]:
    """Build units, in as many processes as they are worth.

    Args:
        units: what to build.
        jobs: how many processes there may be.

    Raises:
        NotStartedError: where Node cannot be started.
    """
    count = min(jobs, len(units) // _WORTH_A_PROCESS)
    if not count:
        return build_here(units)
    batches = _Batches(units)
    with ThreadPoolExecutor(count) as threads:
        serving = [threads.submit(_serve, batches, number) for number in range(count)]
        try:
            for one in serving:
                one.result()
        except BaseException:
            # Nobody is going to read the rest.
            batches.waiting.clear()
            raise
    return [one for _, made in sorted(batches.made.items()) for one in made]


class _Batches:
    """Units on their way to the processes and back.

    Attributes:
        waiting: batches by the position of their first unit.
        made: what became of them, by the same.
        prepared: the first process is ready; what it had to prepare for all, once on a machine, is there.
    """

    def __init__(self, units: Sequence[Unit]) -> None:
        self.waiting = deque((start, units[start : start + _BATCH]) for start in range(0, len(units), _BATCH))
        self.made: dict[int, list[Made]] = {}
        self.prepared = Event()

    def taken(self) -> Iterator[tuple[int, Sequence[Unit]]]:
        """The batches that are left, each for one taker."""
        while True:
            try:
                yield self.waiting.popleft()
            except IndexError:
                return


def _serve(batches: _Batches, number: int) -> None:
    if number:
        batches.prepared.wait()
    if not batches.waiting:
        return
    try:
        with _process(number) as (send, answers):
            batches.prepared.set()
            for start, units in batches.taken():
                pickle.dump(units, send)
                send.flush()
                batches.made[start] = pickle.load(answers)  # noqa: S301 - from our own process
    except BaseException:
        batches.waiting.clear()
        raise
    finally:
        batches.prepared.set()


@contextmanager
def _process(number: int) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """The two ends of a worker's pipes, once it is ready. It ends when they are closed, also with this process.

    Raises:
        NotStartedError: CDKTF or Node cannot be started.
        RuntimeError: the worker ended early; what it had to say is on stderr.
    """
    options, variables = _unchecked()
    # Of the current folder nothing is imported: -P.
    command = [sys.executable, "-P", *options, "-m", "auroraform.stacks.worker", *map(str, _core(number))]
    with subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
        command,
        env=variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # An interruption is for this process, which ends the others in order.
        start_new_session=True,
    ) as process:
        assert process.stdin is not None  # noqa: S101 - a pipe
        assert process.stdout is not None  # noqa: S101 - a pipe
        try:
            if problem := pickle.load(process.stdout):  # noqa: S301 - from our own process
                raise NotStartedError(problem)
            yield process.stdin, process.stdout
        except (EOFError, BrokenPipeError) as error:
            raise RuntimeError(f"a process that builds stacks ended with {process.wait()}") from error


def _unchecked() -> tuple[list[str], dict[str, str]]:
    """Options and variables for an interpreter that leaves out the checks of argument types.

    They cost as much as all the rest of CDKTF's Python, and hang on `__debug__`. The bytecode without them is kept in
    the user's cache folder: packages are installed without it, and compiling it takes a second.
    """
    try:
        folder = private_folder("bytecode")
    except OSError:
        return [], dict(os.environ)
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return ["-O", "-X", f"pycache_prefix={folder}"], variables


def _allowed_cores() -> list[int]:
    return sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else []


def _core(number: int) -> list[int]:
    """The core for the process with this number, where processes can be kept to one."""
    allowed = _allowed_cores()
    # Not the same one first in each run: two at once shall not meet on one core.
    return [allowed[(os.getpid() + number) % len(allowed)]] if allowed else []
