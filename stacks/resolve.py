"""From what is written to what is meant: layers merged, checked, and every default filled in."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from auroraform.schemas import coherence
from auroraform.schemas.engines import ENGINES, Engine
from auroraform.schemas.environment import EnvironmentSpec
from auroraform.schemas.manifest import ENVIRONMENTS, AwsRdsClusterSpec
from auroraform.schemas.problems import Code, Problem
from auroraform.schemas.references import TextOrReference, literal
from auroraform.schemas.regions import partition_of
from auroraform.schemas.resolved import (
    IngressSource,
    Instance,
    LogGroup,
    MasterUser,
    Monitoring,
    MonitoringRole,
    Parameter,
    ParameterGroup,
    PerformanceInsights,
    ResolvedCluster,
    SecurityGroup,
    ServerlessV2Scaling,
    SubnetGroup,
    VpcId,
    VpcOfSubnet,
    VpcOfSubnetGroup,
)
from auroraform.schemas.shape import check, place_of, show, suggest
from auroraform.stacks import defaults
from auroraform.stacks.merge import Layer, Merged, merge
from auroraform.stacks.workspace import Workspace, WrittenCluster, WrittenEnvironment

T = TypeVar("T")

LONGEST_IDENTIFIER: Final = 63
LONGEST_ROLE_NAME: Final = 64


@dataclass(frozen=True, slots=True)
class ResolvedStack:
    """An environment and its clusters: the input of one Terraform stack."""

    name: str
    environment: EnvironmentSpec
    clusters: tuple[ResolvedCluster, ...]

    @property
    def default_tags(self) -> dict[str, str]:
        """Tags of everything in the stack."""
        return self.environment.tags | {"environment": self.name, "managed-by": "auroraform"}


@dataclass(frozen=True, slots=True)
class Resolution:
    """Every stack of a workspace, and everything that is wrong with it."""

    stacks: tuple[ResolvedStack, ...]
    problems: tuple[Problem, ...]


def resolve(workspace: Workspace) -> Resolution:
    """Resolve every cluster of a workspace in every environment that it is for."""
    problems = list(workspace.problems)
    targets = {cluster.name: set(_targets(workspace, cluster, problems)) for cluster in workspace.clusters}
    stacks: list[ResolvedStack] = []
    for environment in sorted(workspace.environments, key=lambda e: e.name):
        clusters: list[ResolvedCluster] = []
        for written in sorted(workspace.clusters, key=lambda c: c.name):
            if environment.name in targets[written.name]:
                cluster, found = resolve_cluster(written, environment)
                problems += found
                clusters += [cluster] if cluster else []
        stacks.append(ResolvedStack(environment.name, environment.model.spec, tuple(clusters)))
    problems += _shared_identifiers(workspace, stacks)
    return Resolution(tuple(stacks), tuple(problems))


def layers_of(written: WrittenCluster, environment: WrittenEnvironment) -> Iterator[Layer]:
    """The layers of one cluster in one environment, the weakest first."""
    own = [("environment defaults", environment.defaults), ("manifest", written.spec)]
    own.append(("environment overrides", environment.overrides(written.name)))
    trees = [(name, tree) for name, tree in own if tree is not None]
    engine = next((text for _, tree in reversed(trees) if (text := tree.text("engine"))), None)
    yield from defaults.layers(environment.model.spec.class_, engine)
    for name, tree in trees:
        yield Layer(name, tree)


def resolve_cluster(
    written: WrittenCluster, environment: WrittenEnvironment
) -> tuple[ResolvedCluster | None, list[Problem]]:
    """Resolve one cluster in one environment: the cluster, or what keeps it from being one."""
    merged = _settle_capacity(merge(layers_of(written, environment), place_of(written.document, ("spec",))))
    spec, problems = check(AwsRdsClusterSpec, merged.tree, prefix=("spec",))
    if spec is None:
        return None, problems
    where = environment.model.spec
    situation = coherence.Situation(environment.name, where.class_, bool(where.network.subnet_ids))
    for finding in coherence.findings(spec, situation):
        place = place_of(merged.tree, finding.path)
        problems.append(Problem(finding.code, place, finding.message, show(("spec", *finding.path)), finding.help))
    if problems:
        return None, problems
    cluster = _Resolver(written, environment, spec).cluster()
    return cluster, list(_long_identifiers(written, environment, cluster))


def _targets(workspace: Workspace, written: WrittenCluster, problems: list[Problem]) -> Iterator[str]:
    """The environments that a manifest is for."""
    known = [environment.name for environment in workspace.environments]
    metadata = written.metadata
    annotation = metadata.annotations.get(ENVIRONMENTS)
    if metadata.env is None and annotation is None:
        yield from known
        return
    path = ("metadata", "env") if annotation is None else ("metadata", "annotations", ENVIRONMENTS)
    place = place_of(written.document, path)
    if metadata.env is not None and annotation is not None:
        problems.append(
            Problem(
                Code.CONFLICT,
                place,
                f"metadata.env and the annotation {ENVIRONMENTS} both say where the cluster goes",
                show(path),
                "keep one of the two",
            )
        )
    names = [part.strip() for part in (annotation or metadata.env or "").split(",")]
    # With a name that cannot be meant, the manifest is checked for all: its other faults shall be found too.
    yield from (name for name in known if name in names or not workspace.environment_names.issuperset(names))
    for name in names:
        if name not in workspace.environment_names:
            near = suggest(name, known)
            problems.append(
                Problem(
                    Code.UNKNOWN_ENVIRONMENT,
                    place,
                    f'there is no environment "{name}"',
                    show(path),
                    f"did you mean {near}?" if near else f"the environments are {', '.join(sorted(known))}",
                )
            )


def _settle_capacity(merged: Merged) -> Merged:
    """Capacity is one decision with two spellings, a class or a Serverless v2 range: the later layer wins."""
    serverless = merged.last_layer("serverlessV2Scaling")
    provisioned = merged.last_layer("instances", "instanceClass")
    is_serverless_class = merged.tree.text("instances", "instanceClass") == coherence.SERVERLESS
    if serverless < 0 or provisioned < 0 or serverless == provisioned or is_serverless_class:
        return merged
    loser = ("serverlessV2Scaling",) if provisioned > serverless else ("instances", "instanceClass")
    return merged.without(*loser)


def _long_identifiers(
    written: WrittenCluster, environment: WrittenEnvironment, cluster: ResolvedCluster
) -> Iterator[Problem]:
    longest = max((instance.identifier for instance in cluster.instances), key=len)
    if len(longest) > LONGEST_IDENTIFIER:
        yield Problem(
            Code.BAD_VALUE,
            written.name_place,
            f"in {environment.name} the instance identifier {longest} would have {len(longest)} characters; "
            f"RDS takes {LONGEST_IDENTIFIER}",
            "metadata.name",
            "shorten the name, or set a shorter metadata.id",
        )


def _shared_identifiers(workspace: Workspace, stacks: list[ResolvedStack]) -> Iterator[Problem]:
    """Clusters that RDS could not tell apart: an identifier is unique in an account and Region."""
    owners: dict[tuple[str, str, str], tuple[str, str]] = {}
    places = {cluster.name: cluster.name_place for cluster in workspace.clusters}
    for stack in stacks:
        for cluster in stack.clusters:
            key = (stack.environment.account_id, stack.environment.region, cluster.cluster_identifier)
            owner = owners.setdefault(key, (stack.name, cluster.name))
            if owner != (stack.name, cluster.name):
                yield Problem(
                    Code.DUPLICATE_NAME,
                    places[cluster.name],
                    f"{cluster.name} in {stack.name} and {owner[1]} in {owner[0]} would both be the cluster "
                    f"{cluster.cluster_identifier} of account {key[0]} in {key[1]}",
                    "metadata.name",
                    "tell them apart: with {environment} in spec.naming of the environments, or another metadata.id",
                )


def _at_most(length: int, name: str) -> str:
    """The name, or its beginning and a digest of the whole where it is too long."""
    if len(name) <= length:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: length - len(digest) - 1].rstrip('-')}-{digest}"


def _given(value: T | None) -> T:
    """A value that the base or class layers always set; a test holds that they do."""
    assert value is not None, "the layers of defaults leave nothing open"  # noqa: S101
    return value


@dataclass(frozen=True, slots=True)
class _Resolver:
    """Fills in what follows from other values, such as names and families."""

    written: WrittenCluster
    environment: WrittenEnvironment
    spec: AwsRdsClusterSpec

    def cluster(self) -> ResolvedCluster:
        spec, where = self.spec, self.environment.model.spec
        created_empty = spec.snapshot_identifier is None and spec.replication_source_identifier is None
        skip_final_snapshot = _given(spec.skip_final_snapshot)
        changes = where.changes or ("immediate" if where.class_ == "development" else "maintenance-window")
        return ResolvedCluster(
            name=self.written.name,
            manifest=self.written.file,
            cluster_identifier=self.identifier,
            engine=spec.engine,
            engine_version=spec.engine_version,
            ignore_engine_version=spec.version_policy == "minor",
            auto_minor_version_upgrade=spec.version_policy == "minor",
            database_name=spec.database_name if created_empty else None,
            master_user=self.master_user() if created_empty else None,
            manage_master_user_password=spec.replication_source_identifier is None,
            port=self.port,
            subnet_group=self.subnet_group(),
            db_subnet_group_name=literal(spec.db_subnet_group_name),
            security_group=self.security_group(),
            associated_security_group_ids=_literals(spec.associate_security_group_ids),
            parameter_group=self.parameter_group(),
            db_cluster_parameter_group_name=None if spec.parameters else spec.db_cluster_parameter_group_name,
            log_groups=self.log_groups(),
            storage_encrypted=_given(spec.storage_encrypted),
            kms_key_id=literal(spec.kms_key_id),
            storage_type=spec.storage_type,
            serverless_v2_scaling=self.scaling(),
            instances=self.instances(),
            performance_insights=self.performance_insights(),
            monitoring=self.monitoring(),
            backup_retention_period=_given(spec.backup_retention_period),
            preferred_backup_window=spec.preferred_backup_window,
            preferred_maintenance_window=spec.preferred_maintenance_window,
            copy_tags_to_snapshot=_given(spec.copy_tags_to_snapshot),
            skip_final_snapshot=skip_final_snapshot,
            final_snapshot_identifier=None
            if skip_final_snapshot
            else spec.final_snapshot_identifier or f"{self.identifier}-final",
            delete_automated_backups=_given(spec.delete_automated_backups),
            deletion_protection=_given(spec.deletion_protection),
            prevent_destroy=_given(_given(spec.lifecycle).prevent_destroy),
            iam_database_authentication_enabled=_given(spec.iam_database_authentication_enabled),
            enable_http_endpoint=_given(spec.enable_http_endpoint),
            snapshot_identifier=spec.snapshot_identifier,
            replication_source_identifier=spec.replication_source_identifier,
            apply_immediately=changes == "immediate",
            tags=self.tags(),
        )

    @property
    def engine(self) -> Engine:
        return ENGINES[self.spec.engine]

    @property
    def port(self) -> int:
        return self.spec.port or self.engine.port

    @property
    def identifier(self) -> str:
        pattern = self.environment.model.spec.naming
        named = pattern.replace("{environment}", self.environment.name).replace("{name}", self.written.name)
        return self.spec.cluster_identifier or self.written.metadata.id or named

    @property
    def subnet_ids(self) -> tuple[str, ...]:
        if self.spec.subnet_ids is not None:
            return _literals(self.spec.subnet_ids)
        return self.environment.model.spec.network.subnet_ids

    def master_user(self) -> MasterUser:
        return MasterUser(
            username=_given(self.spec.username),
            secret_kms_key_id=literal(self.spec.master_user_secret_kms_key_id),
        )

    def subnet_group(self) -> SubnetGroup | None:
        if self.spec.db_subnet_group_name is not None:
            return None
        return SubnetGroup(name=self.identifier, subnet_ids=self.subnet_ids)

    def security_group(self) -> SecurityGroup:
        network = self.environment.model.spec.network
        group = literal(self.spec.db_subnet_group_name)
        # A manifest with a subnet group or subnets of its own may live in another VPC than the environment's.
        in_environment = group is None and set(self.subnet_ids) <= set(network.subnet_ids)
        vpc_id = literal(self.spec.vpc_id) or (network.vpc_id if in_environment else None)
        return SecurityGroup(
            # A group's name may not begin with `sg-`, which an environment's name could.
            name=f"aurora-{self.identifier}",
            vpc=VpcId(vpc_id) if vpc_id else VpcOfSubnetGroup(group) if group else VpcOfSubnet(self.subnet_ids[0]),
            port=self.port,
            sources=tuple(self.sources()),
        )

    def sources(self) -> Iterator[IngressSource]:
        groups = dict.fromkeys(
            (
                *_literals(self.spec.security_group_ids),
                *self.environment.model.spec.network.application_security_group_ids,
            )
        )
        for group in groups:
            yield IngressSource(key=group, description=f"from {group}", referenced_security_group_id=group)
        for cidr in self.spec.allowed_cidr_blocks or ():
            yield IngressSource(key="cidr-" + re.sub(r"[./]", "-", cidr), description=f"from {cidr}", cidr_ipv4=cidr)

    def parameter_group(self) -> ParameterGroup | None:
        rows = self.spec.parameters or ()
        if self.spec.db_cluster_parameter_group_name is not None and not rows:
            return None
        family = self.engine.family(self.spec.engine_version)
        written = tuple(Parameter(name=row.name, value=row.value, apply_method=row.apply_method) for row in rows)
        return ParameterGroup(
            name=f"{self.identifier}-{family.replace('.', '-')}",
            family=family,
            parameters=tuple(sorted((*written, *self.implied_parameters(written)), key=lambda row: row.name)),
        )

    def implied_parameters(self, written: tuple[Parameter, ...]) -> Iterator[Parameter]:
        """What follows from other fields; a parameter that is written stays as it is."""
        implied = [self.engine.force_tls] if _given(self.spec.tls).required else []
        for log_type in self.spec.enabled_cloudwatch_logs_exports or ():
            implied += self.engine.log_parameters.get(log_type, ())
        names = {row.name.lower() for row in written}
        for name, value in dict.fromkeys(implied):
            if name not in names:
                yield Parameter(name=name, value=value, apply_method="immediate")

    def performance_insights(self) -> PerformanceInsights | None:
        insights = _given(self.spec.performance_insights)
        if not _given(insights.enabled):
            return None
        return PerformanceInsights(
            retention_period=_given(insights.retention_period), kms_key_id=literal(insights.kms_key_id)
        )

    def monitoring(self) -> Monitoring | None:
        monitoring = _given(self.spec.monitoring)
        interval = _given(monitoring.interval)
        if not interval:
            return None
        region = self.environment.model.spec.region
        role = MonitoringRole(
            # Roles belong to no Region, but identifiers are unique in one only.
            name=_at_most(LONGEST_ROLE_NAME, f"rds-monitoring-{region}-{self.identifier}"),
            policy_arn=f"arn:{partition_of(region)}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
        )
        return Monitoring(interval=interval, role=monitoring.role_arn or role)

    def log_groups(self) -> tuple[LogGroup, ...]:
        retention = _given(_given(self.spec.logs).retention_in_days)
        return tuple(
            LogGroup(
                log_type=log_type,
                name=f"/aws/rds/cluster/{self.identifier}/{log_type}",
                retention_in_days=retention,
            )
            for log_type in sorted(self.spec.enabled_cloudwatch_logs_exports or ())
        )

    def scaling(self) -> ServerlessV2Scaling | None:
        scaling = self.spec.serverless_v2_scaling
        if scaling is None:
            return None
        return ServerlessV2Scaling(min_capacity=scaling.min_capacity, max_capacity=scaling.max_capacity)

    def instances(self) -> tuple[Instance, ...]:
        instances = _given(self.spec.instances)
        instance_class = instances.instance_class or coherence.SERVERLESS
        return tuple(
            Instance(
                key=str(number),
                identifier=f"{self.identifier}-{number}",
                instance_class=instance_class,
                # The first one is preferred after a failover; in tiers 0 and 1 Serverless v2 readers keep up
                # with the writer's capacity.
                promotion_tier=0 if number == 1 else 1,
            )
            for number in range(1, _given(instances.count) + 1)
        )

    def tags(self) -> dict[str, str]:
        metadata = self.written.metadata
        own = {"manifest": metadata.name} | ({"organization": metadata.org} if metadata.org else {})
        return dict(sorted((metadata.labels | own).items()))


def _literals(values: tuple[TextOrReference, ...] | None) -> tuple[str, ...]:
    return tuple(text for value in values or () if (text := literal(value)) is not None)
