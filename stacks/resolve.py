"""From what is written to what is meant: every cluster in every environment that it is for, sorted into stacks."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from auroraform.schemas.coherence import too_few_subnets
from auroraform.schemas.environment import EnvironmentSpec
from auroraform.schemas.event_categories import SUBSCRIPTIONS_OF_ACCOUNT
from auroraform.schemas.problems import Code, Place, Problem, Severity
from auroraform.schemas.referable import NETWORK, Referable, texts
from auroraform.schemas.references import TextOrReference
from auroraform.schemas.regions import partition_of
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.expressions import Lookup
from auroraform.schemas.resolved.shared import ResolvedShared
from auroraform.schemas.shape import place_of, show
from auroraform.stacks.backend import location
from auroraform.stacks.cluster import makes_no_group, merge_layers, resolve_cluster
from auroraform.stacks.cycles import Use, cycles
from auroraform.stacks.network import ResolvedNetwork, resolve_network
from auroraform.stacks.references import Found, Neighbours, References
from auroraform.stacks.requirements import required_version
from auroraform.stacks.shared import shared_of
from auroraform.stacks.targets import targets
from auroraform.stacks.values import reference_fault
from auroraform.stacks.workspace import Workspace, WrittenCluster, WrittenEnvironment
from auroraform.stacks.zones import zone_problems


@dataclass(frozen=True, slots=True)
class ResolvedStack:
    """The input of one Terraform stack: clusters of one environment, what they share, and what they look up.

    Attributes:
        name: the stack's name; its folder and state key carry it.
        environment_name: the environment, which may have several stacks.
        required_version: what the stack with all its clusters asks of Terraform.
    """

    name: str
    environment_name: str
    environment: EnvironmentSpec
    clusters: tuple[ResolvedCluster, ...]
    required_version: str
    shared: ResolvedShared
    lookups: tuple[Lookup, ...] = ()

    @property
    def default_tags(self) -> dict[str, str]:
        """Tags of everything in the stack."""
        return self.environment.tags | {"environment": self.environment_name, "managed-by": "auroraform"}


@dataclass(frozen=True, slots=True)
class Resolution:
    """Every stack of a workspace, and everything that is wrong with it."""

    stacks: tuple[ResolvedStack, ...]
    problems: tuple[Problem, ...]


def resolve(workspace: Workspace) -> Resolution:
    """Resolve every cluster of a workspace in every environment that it is for."""
    problems = list(workspace.problems)
    neighbours = neighbours_of(workspace, problems)
    stacks: list[ResolvedStack] = []
    uses: list[Use] = []
    for environment in sorted(workspace.environments, key=lambda e: e.name):
        for name, members in _members(workspace, environment, neighbours):
            references = References(name, environment.name, neighbours)
            network, found = network_of(environment, references)
            problems += found
            shared, found = shared_of(name, environment, references)
            problems += found
            clusters: list[ResolvedCluster] = []
            for written in members:
                cluster, found = resolve_cluster(written, environment, references, network)
                problems += found
                clusters += [cluster] if cluster else []
            uses += references.uses
            spec, lookups = environment.model.spec, tuple(references.lookups.values())
            required = required_version(spec, clusters)
            stacks.append(ResolvedStack(name, environment.name, spec, tuple(clusters), required, shared, lookups))
    problems += _shared_identifiers(workspace, stacks)
    problems += _shared_state(workspace, stacks)
    problems += _stopped_sources(workspace, stacks)
    problems += _many_subscriptions(workspace, stacks)
    problems += cycles(uses)
    return Resolution(tuple(stacks), tuple(problems))


def neighbours_of(workspace: Workspace, problems: list[Problem]) -> Neighbours:
    """Which cluster is in which environments; faults of the names are added to `problems`."""
    return Neighbours(
        environments={environment.name: environment.model.spec for environment in workspace.environments},
        targets={cluster.name: frozenset(targets(workspace, cluster, problems)) for cluster in workspace.clusters},
        lacks_group=_lacks_group(workspace),
    )


def _lacks_group(workspace: Workspace) -> Callable[[str, str], bool]:
    environments = {environment.name: environment for environment in workspace.environments}
    clusters = {cluster.name: cluster for cluster in workspace.clusters}

    # Asked for the few clusters whose group others refer to: merging the layers of all of them takes its time.
    @cache
    def lacks_group(environment: str, cluster: str) -> bool:
        return makes_no_group(merge_layers(clusters[cluster], environments[environment]))

    return lacks_group


def network_of(environment: WrittenEnvironment, references: References) -> tuple[ResolvedNetwork, list[Problem]]:
    """The network of an environment for one stack, and the references in it that resolve to nothing."""
    network, problems = environment.model.spec.network, []
    for path, value, referable in texts(network, NETWORK):
        fault = reference_fault(referable, path, references.resolve(value, referable), references.region)
        if fault is not None:
            at = ("spec", "network", *path)
            problems.append(
                Problem(fault.code, place_of(environment.document, at), fault.message, show(at), fault.help)
            )

    def resolved(value: TextOrReference, referable: Referable) -> tuple[Found, ...]:
        found = references.resolve(value, referable)
        return found if isinstance(found, tuple) else (Found("", ""),)

    found = resolve_network(network, references, resolved)
    if network.subnet_ids is not None and not problems and not any(subnet.is_list for subnet in found.subnets):
        at = ("spec", "network", "subnetIds")
        problems += [
            Problem(fault.code, place_of(environment.document, at), fault.message, show(at), fault.help)
            for fault in too_few_subnets(len(found.subnets))
        ]
    return found, [*problems, *zone_problems(environment, found)]


def _members(
    workspace: Workspace, environment: WrittenEnvironment, neighbours: Neighbours
) -> Iterator[tuple[str, list[WrittenCluster]]]:
    """The stacks of an environment with their manifests."""
    here = [c for c in workspace.clusters if environment.name in neighbours.targets[c.name]]
    here.sort(key=lambda written: written.name)
    if environment.model.spec.stack_per == "environment":
        yield environment.name, here
        return
    for written in here:
        yield neighbours.stack_of(environment.name, written.name), [written]


def _shared_identifiers(workspace: Workspace, stacks: Iterable[ResolvedStack]) -> Iterator[Problem]:
    """Clusters that RDS could not tell apart: an identifier is unique in an account and Region."""
    owners: dict[tuple[str, str, str], tuple[str, str]] = {}
    places = {cluster.name: cluster.name_place for cluster in workspace.clusters}
    for stack in stacks:
        for cluster in stack.clusters:
            key = (stack.environment.account_id, stack.environment.region, cluster.cluster_identifier)
            owner = owners.setdefault(key, (stack.environment_name, cluster.name))
            if owner != (stack.environment_name, cluster.name):
                yield Problem(
                    Code.DUPLICATE_NAME,
                    places[cluster.name],
                    f"{cluster.name} in {stack.environment_name} and {owner[1]} in {owner[0]} would both be the "
                    f"cluster {cluster.cluster_identifier} of account {key[0]} in {key[1]}",
                    "metadata.name",
                    "tell them apart: with {environment} in spec.naming of the environments, or another metadata.id",
                )


def _shared_state(workspace: Workspace, stacks: Iterable[ResolvedStack]) -> Iterator[Problem]:
    """Stacks that would write over each other: of one name, or with one state."""
    places = {e.name: place_of(e.document, ("spec", "state")) for e in workspace.environments}
    names: dict[str, str] = {}
    states: dict[str, str] = {}
    for stack in stacks:
        place = places[stack.environment_name]
        if (first := names.setdefault(stack.name, stack.environment_name)) != stack.environment_name:
            yield _shared(
                place, f"the environments {first} and {stack.environment_name} both have a stack {stack.name}"
            )
        state = location(stack.name, stack.environment)
        if state is None or stack.environment.state.backend == "local":
            continue
        if (other := states.setdefault(state, stack.name)) != stack.name:
            yield _shared(place, f"the stacks {other} and {stack.name} would share the state {state}")


def _stopped_sources(workspace: Workspace, stacks: Iterable[ResolvedStack]) -> Iterator[Problem]:
    """Clusters with a schedule that another one replicates: AWS stops none that has a replica in another Region."""
    replicas = {
        cluster.replication_source_identifier: f"{cluster.name} in {stack.environment_name}"
        for stack in stacks
        for cluster in stack.clusters
        if cluster.replication_source_identifier is not None
    }
    places = {cluster.name: cluster.name_place for cluster in workspace.clusters}
    for stack in stacks:
        where = stack.environment
        for cluster in stack.clusters:
            arn = (
                f"arn:{partition_of(where.region)}:rds:{where.region}:{where.account_id}:"
                f"cluster:{cluster.cluster_identifier}"
            )
            if cluster.schedule is not None and arn in replicas:
                yield Problem(
                    Code.NOT_SUPPORTED,
                    places[cluster.name],
                    f"{cluster.name} in {stack.environment_name} has a schedule, and {replicas[arn]} replicates it: "
                    "AWS stops no cluster with a replica in another Region, and elsewhere the replica falls behind",
                    "spec.schedule",
                    "take the schedule away there, with schedule: null in overrides of the environment",
                )


def _many_subscriptions(workspace: Workspace, stacks: Iterable[ResolvedStack]) -> Iterator[Problem]:
    """More subscriptions to events than RDS makes without being asked: the last ones would fail at apply."""
    places = {e.name: place_of(e.document, ("spec", "alarms")) for e in workspace.environments}
    counts = Counter[tuple[str, str]]()
    last: dict[tuple[str, str], str] = {}
    for stack in stacks:
        home = (stack.environment.account_id, stack.environment.region)
        count = sum(len(cluster.event_subscriptions) for cluster in stack.clusters)
        counts[home] += count
        if count:
            last[home] = stack.environment_name
    for home, count in counts.items():
        if count > SUBSCRIPTIONS_OF_ACCOUNT:
            yield Problem(
                Code.MAY_BE_REFUSED,
                places[last[home]],
                f"the account {home[0]} would have {count} event subscriptions in {home[1]}; RDS makes "
                f"{SUBSCRIPTIONS_OF_ACCOUNT} of them until AWS is asked for more",
                "spec.alarms",
                "all is well if the quota `Event subscriptions` of RDS is raised; one topic for all severities takes "
                "half as many, and events.enabled: false of a cluster none",
                Severity.WARNING,
            )


def _shared(place: Place, message: str) -> Problem:
    return Problem(
        Code.SHARED_STATE,
        place,
        message,
        "spec.state",
        "tell them apart: by another bucket, keyPrefix or workspace, or by the names of the environments",
    )
