"""The output folder: only what is ours is replaced, each file at once or not at all."""

import contextlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from auroraform.stacks.render import MANIFEST_FILE, canonical, stack_path


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the output folder.

    Attributes:
        files: paths in the folder that are now up to date.
        changed: those among them whose text was not there before.
        removed: files of stacks that no longer exist.
    """

    files: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def write(folder: Path, files: dict[str, str], known_stacks: frozenset[str]) -> Written:
    """Bring the output folder up to date.

    Everything else in it stays: `.terraform/`, lock files, state, and whatever others put there.

    Args:
        folder: the output folder, made where it is missing.
        files: text by path in the folder, CDKTF's manifest among them.
        known_stacks: every stack of the workspace; the file of any other one that we wrote is removed.

    Raises:
        OSError: the folder cannot be written to.
    """
    listed = _listed_stacks(folder)
    kept = {name: stack for name, stack in listed.items() if name in known_stacks}
    files = files | {MANIFEST_FILE: _with_stacks(files[MANIFEST_FILE], kept)}
    changed = tuple(path for path, text in sorted(files.items()) if _replace(folder / path, text))
    removed = tuple(path for name in sorted(set(listed) - known_stacks) if _remove(folder, path := stack_path(name)))
    return Written(tuple(sorted(files)), changed, removed)


def _listed_stacks(folder: Path) -> dict[str, object]:
    """The stacks that an earlier run wrote, by name."""
    try:
        manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        stacks = manifest["stacks"]
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    # Names become paths here: only what could be a name of ours is believed.
    return (
        {name: stack for name, stack in stacks.items() if name == Path(name).name} if isinstance(stacks, dict) else {}
    )


def _with_stacks(manifest: str, others: dict[str, object]) -> str:
    document = json.loads(manifest)
    return canonical(document | {"stacks": others | document["stacks"]})


def _replace(path: Path, text: str) -> bool:
    """Write a file through a neighbour that takes its place; whether that changed anything."""
    data = text.encode()
    try:
        if path.read_bytes() == data:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    handle, neighbour = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(neighbour).chmod(0o666 & ~_umask())
        Path(neighbour).replace(path)
    except BaseException:
        Path(neighbour).unlink(missing_ok=True)
        raise
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _remove(folder: Path, path: str) -> bool:
    file = folder / path
    if not file.is_file():
        return False
    file.unlink()
    # Not empty where somebody keeps other files there.
    with contextlib.suppress(OSError):
        file.parent.rmdir()
    return True
