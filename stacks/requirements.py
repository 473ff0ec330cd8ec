"""What a stack asks of Terraform or OpenTofu."""

from collections.abc import Iterable, Iterator
from typing import Final

from auroraform.schemas.environment import EnvironmentSpec, S3State
from auroraform.schemas.resolved.cluster import ResolvedCluster

Version = tuple[int, int, int]

_S3_ROLE_SINCE: Final = (1, 6, 0)
_LOCKFILE_SINCE: Final = (1, 10, 0)
REMOVED_SINCE: Final = (1, 10, 0)
"""OpenTofu understands `destroy` in `removed` blocks from here on, Terraform since 1.7."""
_WRITE_ONLY_SINCE: Final = (1, 11, 0)
"""Write-only arguments, in both; ephemeral resources are older."""


def required_version(
    environment: EnvironmentSpec, clusters: Iterable[ResolvedCluster] = (), others: Iterable[Version] = ()
) -> str:
    """The oldest Terraform or OpenTofu that understands what is written, as Terraform's `required_version`.

    Args:
        environment: where the stack keeps its state.
        clusters: what is in the stack.
        others: what else in it asks for.
    """
    asked = (*_asked_by_state(environment), *others, *(v for cluster in clusters for v in _asked_by(cluster)))
    return f">= {'.'.join(map(str, max(asked)))}"


def _asked_by_state(environment: EnvironmentSpec) -> Iterator[Version]:
    state = environment.state
    yield _S3_ROLE_SINCE
    if isinstance(state, S3State) and state.use_lockfile:
        yield _LOCKFILE_SINCE


def _asked_by(cluster: ResolvedCluster) -> Iterator[Version]:
    if cluster.master_password is not None:
        yield _WRITE_ONLY_SINCE
