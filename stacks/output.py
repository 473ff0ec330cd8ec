"""The output folder: only what is ours is replaced, each file at once or not at all."""

import json
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from auroraform.stacks.layout import MANIFEST_FILE, SCRIPT_MARK, canonical, script_path, stack_path

_NAME: Final = re.compile(r"[a-z](-?[a-z0-9])*")


@dataclass(frozen=True, slots=True)
class Target:
    """What the output folder should hold.

    Attributes:
        folder: the folder.
        files: text by path in the folder, CDKTF's manifest among them.
        orphans: paths of files that we wrote for stacks, or for users of a cluster, that no longer exist.
    """

    folder: Path
    files: dict[str, str]
    orphans: frozenset[str]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the output folder.

    Attributes:
        files: paths in the folder that are now up to date.
        changed: those among them whose text was not there before.
        removed: files of stacks, or of users of a cluster, that no longer exist.
    """

    files: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def target(folder: Path, files: dict[str, str], known_stacks: frozenset[str]) -> Target:
    """What a folder should hold once files are written to it.

    Args:
        folder: the output folder; it need not exist.
        files: text by path in the folder, CDKTF's manifest among them.
        known_stacks: every stack of the workspace, rendered or not; a file that we wrote for any other is an orphan.
    """
    listed = _listed_stacks(folder)
    kept = {name: stack for name, stack in listed.items() if name in known_stacks}
    gone = listed.keys() - known_stacks
    stale = {path for name in gone if (folder / (path := stack_path(name))).is_file()}
    for name in gone | json.loads(files[MANIFEST_FILE])["stacks"].keys():
        stale |= scripts_in(folder, name) - files.keys()
    return Target(folder, files | {MANIFEST_FILE: _with_stacks(files[MANIFEST_FILE], kept)}, frozenset(stale))


def scripts_in(folder: Path, stack: str) -> set[str]:
    """The paths of the scripts that we wrote for a stack: those that begin with our mark."""
    found = (folder / script_path(stack, "")).parent.glob("*.sql")
    return {path.relative_to(folder).as_posix() for path in found if _is_ours(path)}


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.readline().rstrip(b"\r\n") == SCRIPT_MARK.encode()
    except OSError:
        return False


def write(wanted: Target) -> Written:
    """Bring the output folder up to date.

    Everything else in it stays: `.terraform/`, lock files, state, and whatever others put there.

    Raises:
        OSError: the folder cannot be written to.
    """
    files = sorted(wanted.files.items())
    changed = tuple(path for path, text in files if replace(wanted.folder / path, text))
    removed = tuple(sorted(wanted.orphans))
    for path in removed:
        _remove(wanted.folder, path)
    return Written(tuple(path for path, _ in files), changed, removed)


def _listed_stacks(folder: Path) -> dict[str, object]:
    """The stacks that an earlier run wrote, by name."""
    try:
        manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        stacks = manifest["stacks"]
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    # Names become paths here: only what could be a name of ours is believed.
    return {name: stack for name, stack in stacks.items() if _NAME.fullmatch(name)} if isinstance(stacks, dict) else {}


def _with_stacks(manifest: str, others: dict[str, object]) -> str:
    document = json.loads(manifest)
    return canonical(document | {"stacks": others | document["stacks"]})


def replace(path: Path, text: str) -> bool:
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


def _remove(folder: Path, path: str) -> None:
    """Remove a file, and the folders that it was alone in."""
    (folder / path).unlink()
    for parent in PurePosixPath(path).parents[:-2]:
        try:
            (folder / parent).rmdir()
        except OSError:
            # Somebody keeps other files there.
            return
