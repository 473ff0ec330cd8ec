"""What a rule looks at, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from auroraform.schemas.environment import EnvironmentClass
from auroraform.schemas.problems import Code, Severity
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
    """What a rule may know beside the spec."""

    environment: str
    environment_class: EnvironmentClass
    environment_has_subnets: bool
    is_immediate: bool = False
    """Changes take effect at once, not in the maintenance window."""


Rule = Callable[[AwsRdsClusterSpec, Situation], Iterator[Finding]]
