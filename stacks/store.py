"""What earlier runs made, by key, in the user's cache folder; checked before it is used.

Not beside the output: that folder is committed and reviewed. An entry begins with the digest of the rest, so that one
that was cut off or altered counts as missing. Whatever goes wrong with the folder costs time, and nothing else.
"""

import hashlib
import os
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from auroraform.constructs.cache_folder import private_folder

_UNFINISHED: Final = ".unfinished-"
_LARGEST: Final = 256 << 20
"""Bytes that all entries may take; about twenty thousand clusters."""
_DAY: Final = 24 * 60 * 60
_DIGEST_SIZE: Final = hashlib.sha256().digest_size


@dataclass(slots=True)
class Store:
    """Entries in a folder that nobody else can write to.

    Attributes:
        folder: the folder.
        largest: the bytes that all entries may take.
    """

    folder: Path
    largest: int = _LARGEST
    _has_grown: bool = False

    @classmethod
    def open(cls) -> "Store | None":
        """The store of the user; None where there cannot be one."""
        try:
            return cls(private_folder("stacks"))
        except OSError:
            return None

    def get(self, key: str) -> bytes | None:
        """An entry, whole as it was put; None where it is missing or damaged."""
        path = self.folder / key
        try:
            content = path.read_bytes()
            age = time.time() - path.stat().st_mtime
        except OSError:
            return None
        digest, entry = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
        if hashlib.sha256(entry).digest() != digest:
            return None
        if age > _DAY:
            # Says that it is of use: the longest unused go first.
            with suppress(OSError):
                os.utime(path)
        return entry

    def put(self, key: str, entry: bytes) -> None:
        """Keep an entry, at once or not at all."""
        with suppress(OSError):
            handle, unfinished = tempfile.mkstemp(prefix=_UNFINISHED, dir=self.folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(entry).digest() + entry)
                Path(unfinished).replace(self.folder / key)
            except BaseException:
                Path(unfinished).unlink(missing_ok=True)
                raise
            self._has_grown = True

    def trim(self) -> None:
        """Drop what a killed run left, and the entries that were not used for longest, until the rest fits."""
        if not self._has_grown:
            return
        with suppress(OSError), os.scandir(self.folder) as found:
            entries = sorted(((e.stat(), e) for e in found), key=lambda pair: pair[0].st_mtime, reverse=True)
            room = self.largest
            for status, entry in entries:
                room -= status.st_size
                is_abandoned = entry.name.startswith(_UNFINISHED) and time.time() - status.st_mtime > _DAY
                if room < 0 or is_abandoned:
                    Path(entry).unlink(missing_ok=True)
