"""One cluster in one environment: its layers merged and checked, and what follows from them filled in."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeVar

from auroraform.schemas import coherence
from auroraform.schemas.engines import ENGINES, Engine
from auroraform.schemas.manifest import AwsRdsClusterSpec
from auroraform.schemas.problems import Code, Problem, has_errors
from auroraform.schemas.references import Reference
from auroraform.schemas.regions import partition_of
from auroraform.schemas.resolved import (
    Expression,
    IngressSource,
    Instance,
    LogGroup,
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
from auroraform.schemas.shape import check, place_of, show
from auroraform.stacks import defaults
from auroraform.stacks.merge import Layer, Merged, merge
from auroraform.stacks.network import ResolvedNetwork, first_subnet, subnet_list
from auroraform.stacks.references import DEFAULTS, Found, References, Unresolved
from auroraform.stacks.workspace import WrittenCluster, WrittenEnvironment

T = TypeVar("T")

LONGEST_IDENTIFIER: Final = 63
LONGEST_ROLE_NAME: Final = 64


def layers_of(written: WrittenCluster, environment: WrittenEnvironment) -> Iterator[Layer]:
    """The layers of one cluster in one environment, the weakest first."""
    own = [("environment defaults", environment.defaults), ("manifest", written.spec)]
    own.append(("environment overrides", environment.overrides(written.name)))
    trees = [(name, tree) for name, tree in own if tree is not None]
    engine = next((text for _, tree in reversed(trees) if (text := tree.text("engine"))), None)
    yield from defaults.layers(environment.model.spec.class_, engine)
    for name, tree in trees:
        yield Layer(name, tree)


def merge_layers(written: WrittenCluster, environment: WrittenEnvironment) -> Merged:
    """The spec of one cluster in one environment, merged but not yet checked."""
    layers = tuple(layers_of(written, environment))
    floor = sum(defaults.is_builtin(layer.tree.place.file) for layer in layers)
    return settle_capacity(merge(layers, place_of(written.document, ("spec",)), floor=floor))


def resolve_cluster(
    written: WrittenCluster, environment: WrittenEnvironment, references: References, network: ResolvedNetwork
) -> tuple[ResolvedCluster | None, list[Problem]]:
    """Resolve one cluster in one environment: the cluster, or what keeps it from being one.

    Args:
        written: the manifest.
        environment: the environment.
        references: those of the stack; lookups that the cluster needs are added to it.
        network: the environment's network, resolved for the stack.
    """
    merged = merge_layers(written, environment)
    spec, problems = check(AwsRdsClusterSpec, merged.tree, prefix=("spec",))
    if spec is None:
        return None, problems
    where = environment.model.spec
    situation = coherence.Situation(environment.name, where.class_, bool(network.subnets))
    values = _Values(references)
    for path, value in coherence.texts(spec):
        if isinstance(value, Reference):
            place = place_of(merged.tree, (*path, _REFERENCE))
            references.note(written.name, value, str(path[0]), place, show(("spec", *path)))
    findings = [*coherence.findings(spec, situation), *values.resolve(spec)]
    for finding in findings:
        place = place_of(merged.tree, finding.path)
        path = finding.path[:-1] if finding.path[-1] == _REFERENCE else finding.path
        problems.append(
            Problem(finding.code, place, finding.message, show(("spec", *path)), finding.help, finding.severity)
        )
    if has_errors(problems):
        return None, problems
    cluster = _Resolver(written, environment, spec, values, network).cluster()
    return cluster, [*problems, *_long_identifiers(written, environment, cluster)]


_REFERENCE: Final = "valueFrom"


@dataclass(slots=True)
class _Values:
    """The values of a spec that may be references, resolved."""

    references: References
    found: dict[str, tuple[Found, ...]] = field(default_factory=dict)

    def resolve(self, spec: AwsRdsClusterSpec) -> Iterator[coherence.Finding]:
        """Resolve every value, and yield what is wrong with what they resolve to."""
        for path, value in coherence.texts(spec):
            name = str(path[0])
            found = self.references.resolve(value, name)
            at = (*path, _REFERENCE) if isinstance(value, Reference) else path
            fault = reference_fault(name, at, found)
            if fault is not None:
                yield fault
            elif isinstance(found, tuple):
                self.found[name] = (*self.all(name), *found)
        # Texts alone are counted by a rule; what references stand for is known only here.
        subnets, written = self.all("subnetIds"), spec.subnet_ids or ()
        referred = any(isinstance(value, Reference) for value in written) and len(subnets) >= len(written)
        if referred and not any(subnet.is_list for subnet in subnets):
            yield from coherence.too_few_subnets(len(subnets))

    def all(self, name: str) -> tuple[Found, ...]:
        return self.found.get(name, ())

    def one(self, name: str) -> str | None:
        return next((found.value for found in self.all(name)), None)


def settle_capacity(merged: Merged) -> Merged:
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


_SINGLE: Final = frozenset(DEFAULTS) - {"subnetIds"} | {"dbSubnetGroupName"}
"""Fields, and elements of fields, that take one value."""


def reference_fault(
    name: str, path: tuple[str | int, ...], found: tuple[Found, ...] | Unresolved
) -> coherence.Finding | None:
    """What is wrong with what a value resolves to, if anything."""
    if isinstance(found, Unresolved):
        return coherence.Finding(Code.UNRESOLVED_REFERENCE, path, found.message, found.help)
    if name in _SINGLE and (len(found) != 1 or found[0].is_list):
        return coherence.Finding(
            Code.UNRESOLVED_REFERENCE, path, "resolves to a list, and one value is needed", "refer to a single value"
        )
    for one in found:
        if not isinstance(one.value, Expression) and (fault := coherence.text_fault(name, path, one.value)):
            return fault
    return None


def _at_most(length: int, name: str) -> str:
    """The name, or its beginning and a digest of the whole where it is too long."""
    if len(name) <= length:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: length - len(digest) - 1].rstrip('-')}-{digest}"


# EC2 API reference, IpRange: what a description may hold, and how much of it.
_NO_DESCRIPTION: Final = re.compile(r"[^a-zA-Z0-9. _:/()#,@\[\]+=&;{}!$*-]")
LONGEST_DESCRIPTION: Final = 255


def _description(text: str) -> str:
    """The text as a description of a security group's rule; the name of what is referred to may hold anything."""
    return _NO_DESCRIPTION.sub("-", text)[:LONGEST_DESCRIPTION]


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
    values: _Values
    network: ResolvedNetwork

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
            master_username=_given(spec.username) if created_empty else None,
            manage_master_user_password=spec.replication_source_identifier is None,
            master_user_secret_kms_key_id=self.values.one("masterUserSecretKmsKeyId"),
            port=self.port,
            subnet_group=self.subnet_group(),
            db_subnet_group_name=self.values.one("dbSubnetGroupName"),
            security_group=self.security_group(),
            associated_security_group_ids=tuple(found.value for found in self.values.all("associateSecurityGroupIds")),
            parameter_group=self.parameter_group(),
            db_cluster_parameter_group_name=None if spec.parameters else spec.db_cluster_parameter_group_name,
            log_groups=self.log_groups(),
            storage_encrypted=_given(spec.storage_encrypted),
            kms_key_id=self.values.one("kmsKeyId"),
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
    def subnets(self) -> tuple[Found, ...]:
        return self.values.all("subnetIds") or self.network.subnets

    def subnet_group(self) -> SubnetGroup | None:
        if self.spec.db_subnet_group_name is not None:
            return None
        return SubnetGroup(name=self.identifier, subnet_ids=subnet_list(self.subnets))

    def security_group(self) -> SecurityGroup:
        return SecurityGroup(
            # A group's name may not begin with `sg-`, which an environment's name could.
            name=f"aurora-{self.identifier}",
            vpc=self.vpc(),
            port=self.port,
            sources=tuple(self.sources()),
        )

    def vpc(self) -> VpcId | VpcOfSubnet | VpcOfSubnetGroup:
        # A manifest with a subnet group or subnets of its own may live in another VPC than the environment's.
        group = self.values.one("dbSubnetGroupName")
        in_environment = group is None and set(self.subnets) <= set(self.network.subnets)
        vpc_id = self.values.one("vpcId") or (self.network.vpc_id if in_environment else None)
        if vpc_id is not None:
            return VpcId(vpc_id)
        return VpcOfSubnetGroup(group) if group is not None else VpcOfSubnet(first_subnet(self.subnets))

    def sources(self) -> Iterator[IngressSource]:
        groups = dict.fromkeys((*self.values.all("securityGroupIds"), *self.network.application_groups))
        taken = Counter[str]()
        for group in groups:
            key = re.sub(r"[^A-Za-z0-9_-]", "-", group.key)
            taken[key] += 1
            yield IngressSource(
                # Names that differ in what a label cannot hold are told apart by a number.
                key=key if taken[key] == 1 else f"{key}-{taken[key]}",
                description=_description(f"from {group.key}"),
                referenced_security_group_id=group.value,
            )
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
            retention_period=_given(insights.retention_period), kms_key_id=self.values.one("performanceInsights")
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
        return ServerlessV2Scaling(
            min_capacity=scaling.min_capacity,
            max_capacity=scaling.max_capacity,
            seconds_until_auto_pause=scaling.seconds_until_auto_pause,
        )

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
