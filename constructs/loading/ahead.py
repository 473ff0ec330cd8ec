"""Has Node load assemblies while Python does something else: most of the time that Node takes is waited for otherwise.

Loading imports nothing here: two threads that import at once can meet half-made modules.
"""

import importlib.util
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import jsii

from auroraform.constructs.loading import node


@dataclass(frozen=True, slots=True)
class Load:
    """A jsii assembly that Node is to load."""

    name: str
    version: str
    path: Path

    @classmethod
    def of(cls, package: str) -> "Load":
        """The assembly that a Python package of the same name brings.

        Raises:
            ModuleNotFoundError: If there is no such package, or not exactly one assembly in it.
        """
        spec = importlib.util.find_spec(package)
        folders = (spec.submodule_search_locations or ()) if spec is not None else ()
        found = [path for folder in folders for path in Path(folder, "_jsii").glob("*@*.jsii.tgz")]
        if len(found) != 1:
            raise ModuleNotFoundError(f"No assembly in {package!r}", name=package)
        return cls(package, found[0].name.removesuffix(".jsii.tgz").partition("@")[2], found[0])


class _Loading:
    """Loads in a thread of its own, which the interpreter waits for: Node is stopped in order after it."""

    def __init__(self, loads: Sequence[Load]) -> None:
        self._loads = loads
        self._thread = Thread(target=self._run, name="auroraform-node")
        self._given_up = Event()
        self._failure: Exception | None = None

    def start(self) -> None:
        self._thread.start()

    def wait(self) -> None:
        try:
            self._thread.join()
        except BaseException:
            self._given_up.set()
            raise
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        try:
            for load in self._loads:
                if self._given_up.is_set():
                    return
                jsii.kernel.load(load.name, load.version, os.fspath(load.path))
        except Exception as error:
            self._failure = error
            node.end_quietly()


_loading: _Loading | None = None


def begin(loads: Sequence[Load]) -> None:
    """Start loading; nothing where that has begun before."""
    global _loading  # noqa: PLW0603 - there is one Node
    if _loading is None:
        _loading = _Loading(loads)
        _loading.start()


def finish() -> None:
    """Wait until what has begun is over.

    Raises:
        Exception: What a load has raised.
    """
    if _loading is not None:
        _loading.wait()
