"""Programs of Debian's packages for a machine that does not have them: unpacked, not installed.

Nothing outside the given folder changes, and nobody needs to be root for it.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

_SECONDS = 300


class PackagesError(Exception):
    """The packages cannot be had."""


def unpacked(packages: Sequence[str], folder: Path) -> Path:
    """The folder that packages, and what they need beyond this machine's own, are unpacked into, as into `/`."""
    root, done = folder / "root", folder / "done"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        # Two workers may want them at once.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(root, ignore_errors=True)
            for archive in _downloaded(packages, folder):
                _run("dpkg-deb", "--extract", str(archive), str(root))
            done.touch()
    return root


def _downloaded(packages: Sequence[str], folder: Path) -> list[Path]:
    archives = folder / "archives"
    (archives / "partial").mkdir(parents=True, exist_ok=True)
    options = _options(
        Dir__Cache=folder, Dir__Cache__archives=archives, Debug__NoLocking="1", APT__Sandbox__User="root"
    )
    wanted = ("--no-install-recommends", "--download-only", "install", *packages)
    try:
        _run("apt-get", "-q", "-y", *options, *wanted)
    except PackagesError:
        # The machine's lists of packages are missing or old: lists of our own.
        (folder / "lists" / "partial").mkdir(parents=True, exist_ok=True)
        options += _options(Dir__State__lists=folder / "lists")
        _run("apt-get", "-q", *options, "update")
        _run("apt-get", "-q", "-y", *options, *wanted)
    return sorted(archives.glob("*.deb"))


def _options(**values: object) -> list[str]:
    return [text for name, value in values.items() for text in ("-o", f"{name.replace('__', '::')}={value}")]


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=_SECONDS)
    except FileNotFoundError as error:
        raise PackagesError(f"there is no {command[0]}") from error
    except subprocess.TimeoutExpired as error:
        raise PackagesError(f"{command[0]} takes more than {_SECONDS} seconds") from error
    except subprocess.CalledProcessError as error:
        raise PackagesError(f"{' '.join(command)}\n{error.stderr[-2000:]}") from error
