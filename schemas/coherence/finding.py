"""What a rule looks at, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from auroraform.schemas.backup import Backup
from auroraform.schemas.environment import EnvironmentClass
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of one field, before its place in a file is known."""

    code: Code
    path: tuple[str | int, ...]
    message: str
    help: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Situation:
    """What a rule may know beside the spec.

    Attributes:
        region: the Region; empty where nobody asks for it.
        zones: the Availability Zones of the subnets in use, in the order in which instances take them; empty where they
            are not known.
    """

    environment: str
    environment_class: EnvironmentClass
    environment_has_subnets: bool
    region: str = ""
    zones: tuple[str, ...] = ()
    is_immediate: bool = False
    """Changes take effect at once, not in the maintenance window."""
    account_id: str = ""
    backup: Backup | None = None
    """The plan of the environment; None where it has none."""


Rule = Callable[[AwsRdsClusterSpec, Situation], Iterator[Finding]]
WholeRule = Callable[[AwsRdsClusterSpec, ResolvedCluster, Situation], Iterator[Finding]]
"""A rule that needs to know what the spec becomes, such as which instances there are."""
