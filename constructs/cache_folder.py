"""The user's cache folder, where nobody else can have put anything."""

import os
import stat
import sys
from pathlib import Path

import platformdirs

VARIABLE = "AURORAFORM_CACHE_DIR"


def private_folder(name: str) -> Path:
    """Return a folder in the user's cache folder, made where it is missing.

    Raises:
        OSError: If it cannot be made, or if others could write to it.
    """
    chosen = os.environ.get(VARIABLE)
    root = Path(chosen) if chosen else platformdirs.user_cache_path("auroraform")
    folder = root / name
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    # Resolved, so that a link on the way cannot be changed between this check and the use.
    folder = folder.resolve()
    for checked in (root.resolve(), folder):
        if not is_private(checked.stat()):
            raise PermissionError(f"{checked} belongs to or can be written by other users")
    return folder


def is_private(status: os.stat_result) -> bool:
    """Return whether the user alone can write to what has this status."""
    # Windows has neither these modes nor these owners; a user's profile is private by its access list.
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
