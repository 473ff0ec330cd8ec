"""The files that come with the tool and can be the place of a value or of a problem: its layers of defaults."""

from importlib import resources
from typing import Final

PREFIX: Final = "<auroraform>/"
"""Marks a file of the tool in places, so that nobody looks for it in the workspace."""


def is_builtin(file: str) -> bool:
    """Whether the file of a place is one of the tool's own."""
    return file.startswith(PREFIX)


def bare(file: str) -> str:
    """The name of one of the tool's own files in its folder."""
    return file.removeprefix(PREFIX)


def source(file: str) -> bytes:
    """The text of one of the tool's own files."""
    return resources.files("auroraform.stacks.layers").joinpath(bare(file)).read_bytes()
