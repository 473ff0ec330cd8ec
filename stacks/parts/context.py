"""What every part of a cluster is resolved from."""

import hashlib
from dataclasses import dataclass
from typing import TypeVar

from auroraform.schemas.engines import ENGINES, Engine
from auroraform.schemas.environment import EnvironmentSpec
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.stacks.network import ResolvedNetwork
from auroraform.stacks.values import Values
from auroraform.stacks.workspace import WrittenCluster, WrittenEnvironment

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """One cluster in one environment.

    Attributes:
        written: the manifest.
        environment: the environment.
        spec: the spec, merged and checked.
        values: what its referable values stand for.
        network: the environment's network.
    """

    written: WrittenCluster
    environment: WrittenEnvironment
    spec: AwsRdsClusterSpec
    values: Values
    network: ResolvedNetwork

    @property
    def where(self) -> EnvironmentSpec:
        """What the environment says."""
        return self.environment.model.spec

    @property
    def engine(self) -> Engine:
        """The facts about the engine."""
        return ENGINES[self.spec.engine]

    @property
    def port(self) -> int:
        """The port for connections."""
        return self.spec.port or self.engine.port

    @property
    def identifier(self) -> str:
        """The identifier of the cluster at AWS, which names of its parts begin with."""
        named = self.where.naming.replace("{environment}", self.environment.name).replace("{name}", self.written.name)
        return self.spec.cluster_identifier or self.written.metadata.id or named


def given(value: T | None) -> T:
    """A value that the base or class layers always set; a test holds that they do."""
    assert value is not None, "the layers of defaults leave nothing open"  # noqa: S101
    return value


def at_most(length: int, name: str) -> str:
    """The name, or its beginning and a digest of the whole where it is too long."""
    if len(name) <= length:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: length - len(digest) - 1].rstrip('-')}-{digest}"
