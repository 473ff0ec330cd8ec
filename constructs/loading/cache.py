"""Keeps made files in the user's cache folder, where nobody else can have put anything.

A file's name ends with the SHA-256 of its content. So one rename publishes it, and a file that was cut off or
altered is noticed at the next look.
"""

import atexit
import hashlib
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from auroraform.constructs.cache_folder import VARIABLE as FOLDER
from auroraform.constructs.cache_folder import is_private, private_folder

_UNFINISHED = ".unfinished-"
_UNFINISHED_SECONDS = 3600


def kept(name: str, suffix: str, make: Callable[[], bytes]) -> Path:
    """Return a file with the bytes that `make` returns for `name`, from an earlier run if there is one.

    Without a cache folder that can be written and trusted, the file is a temporary one, and stderr says why.

    Raises:
        OSError: If not even a temporary file can be written.
        Exception: What `make` raises.
    """
    try:
        folder = private_folder("bindings")
        path = _find(folder, name, suffix)
    except OSError as error:
        return _temporary(name, suffix, make(), error)
    if path is not None:
        return path
    content = make()
    try:
        return _store(folder, name, suffix, content)
    except OSError as error:
        return _temporary(name, suffix, content, error)


def found(name: str, suffix: str) -> Path | None:
    """Return the file that an earlier run kept for `name`, if there is one.

    Raises:
        OSError: If the cache folder cannot be used.
    """
    return _find(private_folder("bindings"), name, suffix)


def _find(folder: Path, name: str, suffix: str) -> Path | None:
    found = None
    for path in folder.iterdir():
        if path.name.startswith(_UNFINISHED):
            _remove_if_abandoned(path)
        elif path.name.startswith(f"{name}-") and _is_sound(path, suffix):
            found = path
    return found


def _is_sound(path: Path, suffix: str) -> bool:
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or not is_private(status):
        return False
    return path.name.endswith(f"-{_digest(path.read_bytes())}{suffix}")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _remove_if_abandoned(path: Path) -> None:
    # A killed run left it; a younger one may belong to a run that is still writing.
    with suppress(OSError):
        if time.time() - path.lstat().st_mtime > _UNFINISHED_SECONDS:
            path.unlink()


def _store(folder: Path, name: str, suffix: str, content: bytes) -> Path:
    target = folder / f"{name}-{_digest(content)}{suffix}"
    descriptor, unfinished = tempfile.mkstemp(prefix=_UNFINISHED, dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(target)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    return target


def _temporary(name: str, suffix: str, content: bytes, why: OSError) -> Path:
    sys.stderr.write(
        f"auroraform: the AWS provider bindings cannot be kept for the next run: {why}; "
        f"set {FOLDER} to a folder that you alone can write\n"
    )
    folder = Path(tempfile.mkdtemp(prefix="auroraform-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return _store(folder, name, suffix, content)
