"""Edits of a file that follow from a finding without a doubt."""

from dataclasses import dataclass

from auroraform.schemas.referable import Path

Plain = bool | int | float | str


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a field out of the file that sets it, so that the class's default holds again.

    Attributes:
        path: the field, below the spec of a cluster.
    """

    path: Path


@dataclass(frozen=True, slots=True)
class Put:
    """Give a field another value, in the file that sets it; where none does, in the manifest.

    Attributes:
        path: the field, below the spec of a cluster.
        value: the value.
    """

    path: Path
    value: Plain


Remedy = Remove | Put
