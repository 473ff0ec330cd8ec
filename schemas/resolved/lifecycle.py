"""How a cluster ends, and how long Terraform waits."""

from dataclasses import dataclass
from typing import Final

_PATTERN: Final = "YYYYMMDDhhmmss"
_CREATED: Final = f'${{formatdate("{_PATTERN}", plantimestamp())}}'


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalSnapshot:
    """The name of the last snapshot of a cluster.

    Attributes:
        name: the whole name, or the cluster's identifier where Terraform makes a name of it.
        is_named_at_creation: Terraform makes the name when it creates the cluster, and keeps it for as long as that
            cluster lives. So the snapshots of two clusters that follow one another have two names, and the output of
            a synthesis has none.
    """

    name: str
    is_named_at_creation: bool

    @property
    def identifier(self) -> str:
        """The name as an argument."""
        return f"{self.name}-{_CREATED}-final" if self.is_named_at_creation else self.name

    @property
    def shown(self) -> str:
        """The name for people, as far as it is known."""
        return f"{self.name}-{_PATTERN}-final" if self.is_named_at_creation else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """How long Terraform waits for the cluster, and for each instance."""

    create: str | None
    update: str | None
    delete: str | None
