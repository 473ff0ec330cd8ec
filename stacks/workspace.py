"""A workspace: a folder with `manifests/` and `environments/`, read and held against the models."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from auroraform.schemas import environment as environments_
from auroraform.schemas import manifest as manifests_
from auroraform.schemas.environment import Environment, EnvironmentSpec, LocalState, S3State
from auroraform.schemas.hints import expressions
from auroraform.schemas.located import Kind, Mapping, Scalar, read_file
from auroraform.schemas.manifest import ANNOTATIONS, AwsRdsCluster, Metadata
from auroraform.schemas.problems import Code, Place, Problem, Severity
from auroraform.schemas.references import FromRemoteState
from auroraform.schemas.regions import AS_OF as REGIONS_AS_OF
from auroraform.schemas.regions import REGIONS, near
from auroraform.schemas.shape import check, place_of, suggest
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.tags import tag_problems, value_problems
from auroraform.stacks.files import find
from auroraform.stacks.kinds import unknown_kind

_ANNOTATION_PREFIX: Final = "auroraform/"


@dataclass(frozen=True, slots=True)
class WrittenCluster:
    """A manifest as written: who the cluster is, and a spec that layers are merged with."""

    metadata: Metadata
    document: Mapping
    spec: Mapping

    @property
    def name(self) -> str:
        return self.metadata.name

    @property
    def name_place(self) -> Place:
        return place_of(self.document, ("metadata", "name"))

    @property
    def file(self) -> str:
        return self.document.place.file


@dataclass(frozen=True, slots=True)
class WrittenEnvironment:
    """An environment as written, with the parts of specs that it adds to clusters."""

    model: Environment
    document: Mapping

    @property
    def name(self) -> str:
        return self.model.metadata.name

    @property
    def name_place(self) -> Place:
        return place_of(self.document, ("metadata", "name"))

    @property
    def defaults(self) -> Mapping | None:
        node = self.document.get("spec", "defaults")
        return node if isinstance(node, Mapping) else None

    def overrides(self, cluster: str) -> Mapping | None:
        """The part of the spec that the environment puts over one cluster's manifest."""
        node = self.document.get("spec", "overrides", cluster)
        return node if isinstance(node, Mapping) else None


@dataclass(slots=True)
class Workspace:
    """What a folder holds, and everything that is wrong with it."""

    root: Path
    clusters: list[WrittenCluster] = field(default_factory=list)
    environments: list[WrittenEnvironment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    """Every kind that some document names, whole or not."""
    environment_names: set[str] = field(default_factory=set)
    """Every name that some environment has, whole or not."""
    cluster_names: set[str] = field(default_factory=set)
    """Every name that some manifest has, whole or not."""


def load(root: Path) -> Workspace:
    """Read a workspace. Faults are collected in `problems`; only what is whole is in the other fields."""
    workspace = Workspace(root)
    if not root.is_dir():
        workspace.problems.append(
            Problem(
                Code.NO_WORKSPACE,
                Place("."),
                "there is no such folder",
                help="name the workspace with -C, AURORAFORM_WORKSPACE, or the context key `workspace` in cdktf.json",
            )
        )
        return workspace
    found = find(root)
    workspace.problems += found.problems
    for name, path in found.files.items():
        result = read_file(path, name)
        workspace.problems += result.problems
        for document in result.documents:
            _sort_in(workspace, document)
    workspace.problems += _expect_something(workspace)
    workspace.problems += _namesakes(workspace.clusters, "cluster")
    workspace.problems += _namesakes(workspace.environments, "environment")
    for environment in workspace.environments:
        workspace.problems += _strangers(environment, workspace.cluster_names)
    return workspace


def _sort_in(workspace: Workspace, document: Mapping) -> None:
    kind = document.text("kind")
    workspace.kinds.add(kind or "")
    if kind == manifests_.KIND:
        _add_cluster(workspace, document)
    elif kind == environments_.KIND:
        _add_environment(workspace, document)
    else:
        workspace.problems.append(unknown_kind(document))


def _add_cluster(workspace: Workspace, document: Mapping) -> None:
    workspace.cluster_names.add(document.text("metadata", "name") or "")
    workspace.problems += expressions(document)
    # The spec is one layer of several: what is missing here may stand in an environment.
    _, problems = check(AwsRdsCluster, document, may_lack=("spec",))
    workspace.problems += problems
    spec, metadata = document.get("spec"), document.get("metadata")
    if not isinstance(spec, Mapping) or not isinstance(metadata, Mapping):
        return
    workspace.problems += _unquoted_versions(spec, "spec")
    workspace.problems += _unknown_annotations(metadata)
    workspace.problems += _tags(document, "metadata", "labels")
    organization = metadata.get("org")
    if isinstance(organization, Scalar):
        workspace.problems += value_problems(organization, "metadata.org")
    model, _ = check(Metadata, metadata)
    if model is not None:
        workspace.clusters.append(WrittenCluster(model, document, spec))


def _add_environment(workspace: Workspace, document: Mapping) -> None:
    workspace.environment_names.add(document.text("metadata", "name") or "")
    workspace.problems += expressions(document)
    workspace.problems += _tags(document, "spec", "tags")
    model, problems = check(Environment, document)
    if model is not None:
        problems += _unsafe_state(model, document)
        workspace.problems += _unknown_regions(model.spec, document)
    for path in _partial_specs(document):
        node = document.get(*path)
        if isinstance(node, Mapping):
            problems += check(AwsRdsClusterSpec, node, prefix=path, may_lack=())[1]
            workspace.problems += _unquoted_versions(node, ".".join(path))
    workspace.problems += problems
    if model is not None and not problems:
        workspace.environments.append(WrittenEnvironment(model, document))


def _unsafe_state(environment: Environment, document: Mapping) -> Iterator[Problem]:
    state, place = environment.spec.state, place_of(document, ("spec", "state"))
    if isinstance(state, LocalState):
        if environment.spec.class_ == "production":
            yield Problem(
                Code.NOT_IN_PRODUCTION,
                place,
                "state in a local file is lost with a laptop, and nothing locks it; class production does not allow it",
                "spec.state",
                "write backend: s3 with a bucket, its region and a dynamodbTable",
            )
    elif isinstance(state, S3State) and state.dynamodb_table is None and not state.use_lockfile:
        yield Problem(
            Code.MISSING_FIELD,
            place,
            "is missing: without a lock two applies at once corrupt the state",
            "spec.state.dynamodbTable",
            "name a DynamoDB table, or set useLockfile: true (Terraform and OpenTofu 1.10 or newer)",
        )


def _unknown_regions(spec: EnvironmentSpec, document: Mapping) -> Iterator[Problem]:
    """Regions that are none of the list: newer ones, or typing errors, which only AWS can tell apart."""
    for at, region in _regions(spec):
        if region not in REGIONS:
            meant = near(region)
            yield Problem(
                Code.NOT_IN_CATALOGUE,
                place_of(document, at),
                f'"{region}" is not among the Regions of {REGIONS_AS_OF}, the date of the list here',
                ".".join(at),
                f"all is well if AWS has it{f'; did you mean {meant}?' if meant else ''}",
                Severity.WARNING,
            )


def _regions(spec: EnvironmentSpec) -> Iterator[tuple[tuple[str, ...], str]]:
    yield ("spec", "region"), spec.region
    if isinstance(spec.state, S3State) and spec.state.region is not None:
        yield ("spec", "state", "region"), spec.state.region
    for target, fields in spec.references.items():
        for path, source in fields.items():
            if isinstance(source, FromRemoteState) and source.remote_state.region is not None:
                at = ("spec", "references", target, path, "remoteState", "region")
                yield at, source.remote_state.region


def _partial_specs(document: Mapping) -> Iterator[tuple[str, ...]]:
    yield "spec", "defaults"
    overrides = document.get("spec", "overrides")
    if isinstance(overrides, Mapping):
        for name in overrides.entries:
            yield "spec", "overrides", name


def _unquoted_versions(spec: Mapping, path: str) -> Iterator[Problem]:
    node = spec.get("engineVersion")
    if isinstance(node, Scalar) and node.kind in {Kind.INTEGER, Kind.NUMBER}:
        yield Problem(
            Code.UNQUOTED_VERSION,
            node.place,
            f"read here as the text {node.text}; other tools read the number {float(node.text):g}",
            f"{path}.engineVersion",
            f'put it in quotes: "{node.text}"',
            Severity.WARNING,
        )


def _tags(document: Mapping, *path: str) -> Iterator[Problem]:
    node = document.get(*path)
    if isinstance(node, Mapping):
        yield from tag_problems(node, ".".join(path))


def _unknown_annotations(metadata: Mapping) -> Iterator[Problem]:
    annotations = metadata.get("annotations")
    for key, entry in annotations.entries.items() if isinstance(annotations, Mapping) else ():
        if key.startswith(_ANNOTATION_PREFIX) and key not in ANNOTATIONS:
            yield Problem(
                Code.UNKNOWN_FIELD,
                entry.key.place,
                "is not an annotation that means something here",
                f"metadata.annotations.{key}",
                f"the annotations of auroraform are {', '.join(sorted(ANNOTATIONS))}",
            )


def _expect_something(workspace: Workspace) -> Iterator[Problem]:
    kinds = workspace.kinds
    if manifests_.KIND not in kinds:
        yield Problem(
            Code.NO_MANIFESTS,
            Place("manifests"),
            "the workspace has no manifest",
            help=f"write a file such as manifests/orders.yaml with kind: {manifests_.KIND}",
        )
    if environments_.KIND not in kinds:
        yield Problem(
            Code.NO_ENVIRONMENTS,
            Place("environments"),
            "the workspace has no environment",
            help=f"write a file such as environments/dev.yaml with kind: {environments_.KIND}",
        )


def _namesakes(documents: Iterable[WrittenCluster | WrittenEnvironment], what: str) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for written in documents:
        place = written.name_place
        known = first.setdefault(written.name, place)
        if known != place:
            yield Problem(
                Code.DUPLICATE_NAME,
                place,
                f'a second {what} is called "{written.name}" (the first stands in {known})',
                "metadata.name",
                "give one of them another name; environments change a cluster through `overrides`",
            )


def _strangers(environment: WrittenEnvironment, names: Collection[str]) -> Iterator[Problem]:
    """Overrides for clusters that do not exist: most likely a typing error."""
    overrides = environment.document.get("spec", "overrides")
    for name, entry in overrides.entries.items() if isinstance(overrides, Mapping) else ():
        if name not in names:
            near = suggest(name, names)
            yield Problem(
                Code.UNKNOWN_CLUSTER,
                entry.key.place,
                f'there is no manifest of the name "{name}"',
                f"spec.overrides.{name}",
                f"did you mean {near}?" if near else f"the manifests are {', '.join(sorted(names))}",
            )
