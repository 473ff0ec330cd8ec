"""The resolved cluster: one cluster in one environment, nothing missing. Constructs only map it.

Names of attributes are those of the AWS provider's arguments wherever there is one.
"""

from dataclasses import dataclass

from auroraform.schemas.engines import EngineName


class Expression(str):
    """A Terraform expression, without `${}`, where other text is a literal. Made from references, never from text."""

    __slots__ = ()

    def __repr__(self) -> str:
        # Told from equal text, so that what is printed of a cluster says all of it: stacks/keys.py counts on that.
        return f"Expression({super().__repr__()})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """A data source that expressions read from.

    Attributes:
        type: its type, such as `aws_vpc`.
        label: its label, unique among those of its type in a stack.
        arguments: its arguments.
    """

    type: str
    label: str
    arguments: dict[str, object]

    def attribute(self, name: str) -> Expression:
        """An expression that reads one of its attributes."""
        return Expression(f"data.{self.type}.{self.label}.{name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SubnetGroup:
    """A DB subnet group to make."""

    name: str
    subnet_ids: tuple[str, ...] | Expression
    """Ids, or an expression that gives a list of them."""


@dataclass(frozen=True, slots=True)
class VpcId:
    """A VPC that is known."""

    id: str


@dataclass(frozen=True, slots=True)
class VpcOfSubnet:
    """The VPC of a subnet, for Terraform to look up."""

    subnet_id: str


@dataclass(frozen=True, slots=True)
class VpcOfSubnetGroup:
    """The VPC of an existing DB subnet group, for Terraform to look up."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IngressSource:
    """Who may connect: an IPv4 network or a security group, exactly one of the two."""

    key: str
    """Tells the rule from its siblings in its Terraform address; made from the source, never from its position."""
    description: str
    cidr_ipv4: str | None = None
    referenced_security_group_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroup:
    """The managed security group of a cluster: it lets the sources in on one port, and nothing out."""

    name: str
    vpc: VpcId | VpcOfSubnet | VpcOfSubnetGroup
    port: int
    sources: tuple[IngressSource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One row of a parameter group."""

    name: str
    value: str
    apply_method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterGroup:
    """A cluster parameter group to make."""

    name: str
    family: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogGroup:
    """The log group that RDS writes one exported log type into."""

    log_type: str
    name: str
    retention_in_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerlessV2Scaling:
    """Capacity range in ACUs."""

    min_capacity: float
    max_capacity: float
    seconds_until_auto_pause: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One instance, told from its siblings by its key."""

    key: str
    identifier: str
    instance_class: str
    promotion_tier: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceInsights:
    """Performance Insights of every instance."""

    retention_period: int
    kms_key_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringRole:
    """A role for Enhanced Monitoring to make."""

    name: str
    policy_arn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitoring:
    """Enhanced Monitoring of every instance, by a role that exists (its ARN) or is made."""

    interval: int
    role: str | MonitoringRole


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedCluster:
    """Everything that becomes of one manifest in one environment."""

    name: str
    """`metadata.name`: the label in Terraform addresses."""
    manifest: str
    """The file of the manifest, relative to the workspace."""
    cluster_identifier: str
    engine: EngineName
    engine_version: str
    ignore_engine_version: bool
    auto_minor_version_upgrade: bool
    database_name: str | None
    master_username: str | None
    """None where the master user comes with the data: for a cluster that is restored or replicates another one."""
    manage_master_user_password: bool
    master_user_secret_kms_key_id: str | None
    port: int
    subnet_group: SubnetGroup | None
    db_subnet_group_name: str | None
    security_group: SecurityGroup
    associated_security_group_ids: tuple[str, ...]
    parameter_group: ParameterGroup | None
    db_cluster_parameter_group_name: str | None
    log_groups: tuple[LogGroup, ...]
    storage_encrypted: bool
    kms_key_id: str | None
    storage_type: str | None
    serverless_v2_scaling: ServerlessV2Scaling | None
    instances: tuple[Instance, ...]
    performance_insights: PerformanceInsights | None
    monitoring: Monitoring | None
    backup_retention_period: int
    preferred_backup_window: str | None
    preferred_maintenance_window: str | None
    copy_tags_to_snapshot: bool
    skip_final_snapshot: bool
    final_snapshot_identifier: str | None
    delete_automated_backups: bool
    deletion_protection: bool
    prevent_destroy: bool
    iam_database_authentication_enabled: bool
    enable_http_endpoint: bool
    snapshot_identifier: str | None
    replication_source_identifier: str | None
    apply_immediately: bool
    tags: dict[str, str]
