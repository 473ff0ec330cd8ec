"""What is synthesized by itself, and what can become of it."""

from dataclasses import dataclass

from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.stacks.fragments import Fragment
from auroraform.stacks.resolve import ResolvedStack

Unit = ResolvedStack | ResolvedCluster
"""A stack without its clusters, which becomes the stack's frame, or a cluster."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A fault that a construct found in itself.

    Attributes:
        path: the path of the construct below its stack.
    """

    path: str
    text: str


Made = Fragment | tuple[Refusal, ...]
"""What became of a unit; refusals may also be none, where another unit of the batch has some."""
