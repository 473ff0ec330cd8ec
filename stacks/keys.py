"""Keys of made things: equal keys, equal bytes. Whatever the bytes depend on is part of its key."""

import hashlib
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from auroraform import schemas
from auroraform.constructs import cache_folder

_PACKAGES: Final = ("cdktf", "cdktf-cdktf-provider-aws", "constructs", "jinja2", "jsii", "pydantic", "pyyaml")
"""What the output is made with, besides our own code."""

_FOLDERS: Final = tuple(Path(str(module)).parent for module in (schemas.__file__, cache_folder.__file__, __file__))
_SOURCES: Final = frozenset({".j2", ".py", ".yaml"})


def key_of(parts: Iterable[bytes]) -> str:
    """A key that depends on each part, on where it ends, and on the code that runs."""
    digest = hashlib.sha256(_code())
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


@cache
def _code() -> bytes:
    """A digest of our own sources and of the versions of what they use.

    Sources and not a version: whoever works on a construct sees what it makes now, not what it made before.
    """
    digest = hashlib.sha256(sys.version.encode())
    for name in _PACKAGES:
        digest.update(f"{name} {version(name)}\0".encode())
    for source in _sources():
        digest.update(source)
    return digest.digest()


def _sources() -> Iterator[bytes]:
    for folder in _FOLDERS:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _SOURCES:
                yield f"{path.relative_to(folder).as_posix()}\0".encode()
                yield path.read_bytes()
