"""What alarms may know of a cluster: who writes, who reads, and how much each instance has of what."""

from dataclasses import dataclass

from auroraform.schemas import classes, connections
from auroraform.schemas.engines import EngineName
from auroraform.schemas.features import LARGE_VOLUMES
from auroraform.schemas.local_storage import local_storage
from auroraform.schemas.members import Member, members
from auroraform.schemas.parameters.written import of_cluster, of_instances
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.spec.instances import ServerlessV2Scaling

_GIB_PER_ACU = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """One cluster.

    Attributes:
        writers: the instance that is preferred as the writer, and those that take over from it first.
        readers: all others that read while that one writes, those that autoscaling may add among them.
        is_always_read: a reader is there at all times.
        scaling: the range of Serverless v2.
        connections: what the parameter `max_connections` is set to; None where it is left to the engine.
        has_proxy: RDS Proxy is in front of the cluster.
        is_global_secondary: the cluster follows another one in a Global Database.
    """

    engine: EngineName
    version: str
    writers: tuple[Member, ...]
    readers: tuple[Member, ...]
    is_always_read: bool
    scaling: ServerlessV2Scaling | None
    connections: str | None
    has_proxy: bool = False
    is_global_secondary: bool = False

    @classmethod
    def of(cls, spec: AwsRdsClusterSpec) -> "Facts":
        """The facts of a spec that is without faults."""
        writer, *others = members(spec)
        heirs = [other for other in others if other.promotion_tier == others[0].promotion_tier]
        autoscaling = spec.reader_autoscaling
        # What autoscaling adds has the writer's class.
        added = [writer] if autoscaling is not None and autoscaling.max_capacity else []
        parameters = {row.key: row.value for row in (*of_cluster(spec), *of_instances(spec))}
        return cls(
            engine=spec.engine,
            version=spec.engine_version,
            writers=(writer, *heirs),
            readers=(*others, *added),
            is_always_read=bool(others) or bool(autoscaling and autoscaling.min_capacity),
            scaling=spec.serverless_v2_scaling,
            connections=parameters.get("max_connections"),
            has_proxy=spec.proxy is not None,
        )

    @property
    def is_serverless(self) -> bool:
        """Whether an instance scales in the range, and the range leaves it room."""
        scaling = self.scaling
        return (
            scaling is not None
            and scaling.min_capacity < scaling.max_capacity
            and any(member.is_serverless for member in (*self.writers, *self.readers))
        )

    @property
    def volume_tib(self) -> int:
        """How far the volume can grow."""
        return 256 if LARGE_VOLUMES.is_in(self.engine, self.version) else 128

    def size(self, member: Member) -> str:
        """How large an instance can be, in words."""
        if member.is_serverless and self.scaling is not None:
            return f"{self.scaling.max_capacity:g} ACUs"
        return member.instance_class or ""

    def can_pause(self, member: Member) -> bool:
        """Whether an instance may pause, and reports nothing while it does."""
        return member.is_serverless and self.scaling is not None and not self.scaling.min_capacity

    def memory_gib(self, member: Member) -> float | None:
        """The memory of an instance, at the most that it can have; None where it is not known."""
        if member.is_serverless:
            return self.scaling.max_capacity * _GIB_PER_ACU if self.scaling is not None else None
        return classes.memory(member.instance_class or "")

    def local_storage_gib(self, member: Member) -> float | None:
        """The local storage of a provisioned instance; None where it is not known."""
        return local_storage(self.engine, member.instance_class or "")

    def max_connections(self, member: Member) -> int | None:
        """How many connections an instance takes; None where it is not known."""
        found, scaling = self._asked_connections(member), self.scaling
        if found is not None and member.is_serverless and scaling is not None:
            return connections.in_range(self.engine, scaling.min_capacity, found)
        return found

    def source_of_connections(self, member: Member) -> str:
        """What that number follows from, in words."""
        if self.scaling is not None and self.max_connections(member) != self._asked_connections(member):
            return f"a minimum of {self.scaling.min_capacity:g} ACUs"
        return "a parameter group" if self.connections is not None else self.size(member)

    def _asked_connections(self, member: Member) -> int | None:
        if self.connections is not None:
            return int(self.connections) if self.connections.isdecimal() else None
        if member.is_serverless and self.scaling is not None:
            return connections.of_range(self.engine, self.scaling.max_capacity)
        memory = self.memory_gib(member)
        return connections.of_class(self.engine, member.instance_class or "", memory) if memory else None
