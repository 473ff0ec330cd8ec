"""What rules look at: a cluster in an environment, an environment, and what is synthesized for a stack."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from auroraform.policies.bounds import Bounds
from auroraform.schemas.environment import EnvironmentClass, EnvironmentSpec
from auroraform.schemas.manifest import CRITICALITY, MISSION_CRITICAL
from auroraform.schemas.members import SERVERLESS, written
from auroraform.schemas.problems import Place
from auroraform.schemas.referable import Path
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.shape import place_of, show
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.stacks.layout import Json
from auroraform.stacks.merge import Merged
from auroraform.stacks.workspace import WrittenCluster, WrittenEnvironment


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for a whole run.

    Attributes:
        today: the date that ends of support and waivers are held against.
    """

    bounds: Bounds
    today: date


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a finding is about, and where that stands.

    Attributes:
        path: the field or the address, for people.
        cluster: the name of a cluster; None where it is about an environment.
    """

    place: Place
    path: str
    cluster: str | None
    environment: str


@dataclass(frozen=True, slots=True)
class EnvironmentSubject:
    """One environment.

    Attributes:
        stacks: the names of its stacks.
        siblings: the other environments of the workspace.
    """

    frame: Frame
    written: WrittenEnvironment
    stacks: tuple[str, ...]
    siblings: tuple[WrittenEnvironment, ...] = ()

    @property
    def name(self) -> str:
        """The environment's name."""
        return self.written.name

    @property
    def spec(self) -> EnvironmentSpec:
        """What the environment says."""
        return self.written.model.spec

    @property
    def environment_class(self) -> EnvironmentClass:
        """The class of the environment."""
        return self.spec.class_

    def target(self, path: Path) -> Target:
        """A field of the environment's spec."""
        return Target(place_of(self.written.document, ("spec", *path)), show(("spec", *path)), None, self.name)


@dataclass(frozen=True, slots=True)
class ClusterSubject:
    """One cluster in one environment.

    Attributes:
        spec: its spec, with the layers merged.
        cluster: what becomes of it.
        merged: the layers.
    """

    frame: Frame
    environment: EnvironmentSubject
    written: WrittenCluster
    spec: AwsRdsClusterSpec
    cluster: ResolvedCluster
    merged: Merged

    @property
    def name(self) -> str:
        """The cluster's name."""
        return self.written.name

    @property
    def environment_class(self) -> EnvironmentClass:
        """The class of the environment."""
        return self.environment.environment_class

    @property
    def annotations(self) -> Mapping[str, str]:
        """The manifest's annotations."""
        return self.written.metadata.annotations

    @property
    def is_critical(self) -> bool:
        """Whether the manifest calls the cluster mission-critical."""
        return self.annotations.get(CRITICALITY) == MISSION_CRITICAL

    @property
    def is_serverless(self) -> bool:
        """Whether some instance is Serverless v2."""
        return any(instance.instance_class == SERVERLESS for instance in self.cluster.instances)

    @property
    def classes(self) -> Mapping[Path, str]:
        """The classes that instances have, by the fields that say so."""
        own = {path for path, _ in written(self.spec, "instanceClass", lambda one: one.instance_class)}
        return {_said(own, one.key, "instanceClass"): one.instance_class for one in self.cluster.instances}

    @property
    def public(self) -> Mapping[Path, tuple[str, ...]]:
        """The keys of instances with a public address, by the fields that say so."""
        own = {path for path, _ in written(self.spec, "publiclyAccessible", lambda one: one.publicly_accessible)}
        found: dict[Path, tuple[str, ...]] = {}
        for one in self.cluster.instances:
            if one.publicly_accessible:
                path = _said(own, one.key, "publiclyAccessible")
                found[path] = (*found.get(path, ()), one.key)
        return found

    @property
    def tags(self) -> Mapping[str, str]:
        """The tags that the cluster will have, those of the environment among them."""
        return self.environment.spec.tags | self.cluster.tags

    def target(self, path: Path) -> Target:
        """A field of the cluster's spec, where the last layer that speaks of it set it; or one of `metadata`."""
        if path[:1] == ("metadata",):
            place = place_of(self.written.document, path)
            return Target(place, show(path), self.name, self.environment.name)
        return Target(place_of(self.merged.tree, path), show(("spec", *path)), self.name, self.environment.name)


def _said(own: Collection[Path], key: str, field: str) -> Path:
    """The field that says something of an instance: one of its own, or the one for all."""
    path = ("instances", "members", key, field)
    return path if path in own else ("instances", field)


@dataclass(frozen=True, slots=True)
class StackSubject:
    """What is synthesized for one stack.

    Attributes:
        name: the stack's name.
        document: the Terraform JSON.
        clusters: the clusters of the stack, by name.
    """

    frame: Frame
    environment: EnvironmentSubject
    name: str
    document: Mapping[str, Json]
    clusters: Mapping[str, ClusterSubject] = field(default_factory=dict)

    @property
    def environment_class(self) -> EnvironmentClass:
        """The class of the environment."""
        return self.environment.environment_class

    def resources(self, type_: str) -> Iterator[tuple[str, Mapping[str, Json]]]:
        """The resources of a type: label and arguments."""
        section = self.document.get("resource")
        found = section.get(type_) if isinstance(section, dict) else None
        for label, arguments in found.items() if isinstance(found, dict) else ():
            if isinstance(arguments, dict):
                yield label, arguments

    def blocks(self) -> Iterator[tuple[str, str, Mapping[str, Json]]]:
        """Every resource: type, label and arguments."""
        section = self.document.get("resource")
        for type_ in section if isinstance(section, dict) else ():
            for label, arguments in self.resources(type_):
                yield type_, label, arguments

    def owner(self, label: str) -> ClusterSubject | None:
        """The cluster that a resource with a label is made for."""
        names = [name for name in self.clusters if label == name or label.startswith(f"{name}_")]
        return self.clusters[max(names, key=len)] if names else None

    def target(self, path: Path) -> Target:
        """An address, and what is below it; it stands where the cluster does that it is made for."""
        cluster = self.owner(str(path[0]).rpartition(".")[2])
        if cluster is None:
            return Target(self.environment.target(()).place, show(path), None, self.environment.name)
        place = place_of(cluster.written.document, ("spec",))
        return Target(place, show(path), cluster.name, self.environment.name)
