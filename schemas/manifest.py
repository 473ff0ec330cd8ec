"""The manifest: Project Planton's `AwsRdsCluster`, with what an Aurora cluster needs beyond it.

The fields up to `storage_type` are Project Planton's own, with its names and meaning; the rest are the
AWS provider's arguments, or groups of them.
"""

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from auroraform.schemas.engines import EngineName
from auroraform.schemas.expressed import Expressed
from auroraform.schemas.models import Model
from auroraform.schemas.references import EACH_VALUE_ONCE, TextOrReference
from auroraform.schemas.scalars import Flag, Integer, Number, Text, VersionText
from auroraform.schemas.values import (
    EACH_ONCE,
    BackupWindow,
    CidrBlock,
    Identifier,
    InstanceClass,
    LogRetentionDays,
    MaintenanceWindow,
    Name,
    Port,
    RetentionDays,
    RoleArn,
    SnapshotName,
    bad_value,
    between,
)

API_VERSION: Final = "aws.project-planton.org/v1"
KIND: Final = "AwsRdsCluster"

ENVIRONMENTS: Final = "auroraform/environments"
ANNOTATIONS: Final = frozenset({ENVIRONMENTS})
"""The annotations with our prefix that mean something; others are refused, as a typing error would go unseen."""


class Parameter(Model):
    """One parameter of the cluster parameter group."""

    name: Text
    """Name of the parameter, such as `rds.force_ssl`."""
    value: Text
    """Value, always text: `"1"`."""
    apply_method: Literal["immediate", "pending-reboot"] = "immediate"
    """When a change takes effect; static parameters need `pending-reboot`. If absent: immediate."""


PLAINTEXT_PASSWORD: Final = "plaintext_password"  # noqa: S105 - the name of an error


def _refuse_password(value: object) -> None:
    if value is None:
        return
    raise PydanticCustomError(PLAINTEXT_PASSWORD, "a password in a manifest is a password in Git")


def _half_steps(value: float) -> float:
    if value * 2 != int(value * 2):
        raise bad_value("is not a number of ACUs", "use steps of 0.5")
    return value


Acu = Annotated[Number, between(0.0, 256.0, " ACUs"), Expressed(_half_steps, {"multipleOf": 0.5})]


class ServerlessV2Scaling(Model):
    """The capacity range of Aurora Serverless v2, in Aurora capacity units (1 ACU is about 2 GiB of memory)."""

    min_capacity: Acu
    """Lowest capacity, 0 to 256 in steps of 0.5; 0 lets the cluster pause on versions that can."""
    max_capacity: Annotated[Acu, between(1.0, 256.0, " ACUs")]
    """Highest capacity, 1 to 256 in steps of 0.5; more than 128 on versions that can."""
    seconds_until_auto_pause: Annotated[Integer, between(300, 86400, " seconds")] | None = None
    """Seconds without a connection after which a cluster with a minimum of 0 pauses, 300 to 86400.
    If absent: 300 where the minimum is 0, else the cluster never pauses."""


class Instances(Model):
    """The instances of the cluster. Keys are numbers; roles are not named, as a failover moves them."""

    count: Annotated[Integer, between(1, 16)] | None = None
    """How many instances, the writer among them, 1 to 16. If absent: the environment class decides
    (one in development, two in staging and production)."""
    instance_class: InstanceClass | None = None
    """Instance class of every instance, such as `db.r6g.large`. If absent: `db.serverless` where
    `serverlessV2Scaling` is given, else the environment class decides."""


class Logs(Model):
    """How exported logs are kept in CloudWatch Logs."""

    retention_in_days: LogRetentionDays | None = None
    """Days that CloudWatch keeps the logs: 1, 3, 5, 7, 14, 30, … 3653. If absent: the environment class decides
    (7 in development, 30 in staging, 365 in production)."""


_INSIGHTS_RETENTION: Final = (7, *range(31, 714, 31), 731)


def _insights_retention(value: int) -> int:
    if value not in _INSIGHTS_RETENTION:
        nearest = min(_INSIGHTS_RETENTION, key=lambda days: (abs(days - value), -days))
        raise bad_value("is not a retention that Performance Insights offers", f"the nearest one is {nearest} days")
    return value


class PerformanceInsights(Model):
    """Performance Insights of every instance (what Database Insights shows): load by wait, statement and user."""

    enabled: Flag | None = None
    """Record load. If absent: true in staging and production, false in development."""
    retention_period: Annotated[Integer, Expressed(_insights_retention, {"enum": list(_INSIGHTS_RETENTION)})] | None = (
        None
    )
    """Days that load is kept: 7 (free of charge), a multiple of 31, or 731. If absent: 7."""
    kms_key_id: TextOrReference | None = None
    """ARN of the KMS key of the recorded statements. If absent: the account's key `aws/rds`."""


_MONITORING_INTERVALS: Final = (0, 1, 5, 10, 15, 30, 60)


def _monitoring_interval(value: int) -> int:
    if value not in _MONITORING_INTERVALS:
        raise bad_value("is not an interval of Enhanced Monitoring", "write 0 (off), 1, 5, 10, 15, 30 or 60 seconds")
    return value


class Monitoring(Model):
    """Enhanced Monitoring of every instance: figures of the operating system, in CloudWatch Logs."""

    interval: Annotated[Integer, Expressed(_monitoring_interval, {"enum": list(_MONITORING_INTERVALS)})] | None = None
    """Seconds between two measurements: 0 (off), 1, 5, 10, 15, 30 or 60. If absent: 60 in staging and production,
    0 in development."""
    role_arn: RoleArn | None = None
    """Existing role that lets RDS write the figures. If absent: one is made for the cluster."""


class Tls(Model):
    """Encryption of connections."""

    required: Flag | None = None
    """Refuse clients that do not encrypt: sets `rds.force_ssl` (Aurora PostgreSQL) or `require_secure_transport`
    (Aurora MySQL) in the parameter group that is made, unless `parameters` sets it. If absent: true."""


class Lifecycle(Model):
    """Terraform's own protection, which holds before AWS is even asked."""

    prevent_destroy: Flag | None = None
    """Refuse every plan that would destroy or replace the cluster or one of its instances. If absent: true in
    production, false elsewhere."""


class AwsRdsClusterSpec(Model):
    """The specification of an Aurora cluster."""

    subnet_ids: Annotated[tuple[TextOrReference, ...], EACH_VALUE_ONCE] | None = None
    """Subnets of the DB subnet group, two or more in different Availability Zones.
    If absent: the environment's `network.subnetIds`."""
    db_subnet_group_name: TextOrReference | None = None
    """An existing DB subnet group to use instead of `subnetIds`. If absent: one is made."""
    security_group_ids: Annotated[tuple[TextOrReference, ...], EACH_VALUE_ONCE] | None = None
    """Security groups that may connect: ingress sources of the managed security group. If absent: none beside the
    environment's `network.applicationSecurityGroupIds`."""
    allowed_cidr_blocks: Annotated[tuple[CidrBlock, ...], EACH_ONCE] | None = None
    """IPv4 networks that may connect, such as `10.0.0.0/16`. If absent: none."""
    associate_security_group_ids: Annotated[tuple[TextOrReference, ...], EACH_VALUE_ONCE] | None = None
    """Existing security groups to attach to the cluster beside the managed one. If absent: none."""
    database_name: Text | None = None
    """Name of the first database. Changing it later would replace the cluster. If absent: none is created."""
    manage_master_user_password: Flag | None = None
    """RDS makes the master password and keeps it in AWS Secrets Manager. If absent: true."""
    master_user_secret_kms_key_id: TextOrReference | None = None
    """KMS key of that secret. If absent: the account's key `aws/secretsmanager`."""
    username: Text | None = None
    """Name of the master user. Changing it later would replace the cluster. If absent: `master`."""
    password: Annotated[Text | None, BeforeValidator(_refuse_password), WithJsonSchema({"type": "null"})] = None
    """Refused: a password in a manifest is a password in Git. If absent: RDS makes one."""
    port: Port | None = None
    """Port for connections, 1150 to 65535. If absent: 3306 (Aurora MySQL) or 5432 (Aurora PostgreSQL)."""
    engine: EngineName
    """`aurora-mysql` or `aurora-postgresql`."""
    engine_version: VersionText
    """Full engine version, in quotes: `"14.7"` or `"8.0.mysql_aurora.3.05.2"`."""
    storage_encrypted: Flag | None = None
    """Encrypt the volume; false is possible in development only. Changing it later would replace the cluster.
    If absent: true."""
    kms_key_id: TextOrReference | None = None
    """ARN of the KMS key of the volume (an alias would replace the cluster on the next plan).
    If absent: the account's key `aws/rds`."""
    enabled_cloudwatch_logs_exports: Annotated[tuple[Text, ...], EACH_ONCE] | None = None
    """Log types to export. Aurora MySQL: audit, error, general, iam-db-auth-error, instance, slowquery;
    Aurora PostgreSQL: iam-db-auth-error, instance, postgresql. The parameters that fill a log are set with it, unless
    `parameters` sets them. If absent: none in development; elsewhere error and slowquery (Aurora MySQL, in production
    audit too) or postgresql (Aurora PostgreSQL)."""
    deletion_protection: Flag | None = None
    """RDS refuses to delete the cluster. If absent: true, but false in development."""
    preferred_maintenance_window: MaintenanceWindow | None = None
    """Weekly window in UTC for maintenance, `ddd:hh24:mi-ddd:hh24:mi`, 30 minutes or more. If absent: RDS picks one."""
    backup_retention_period: RetentionDays | None = None
    """Days of automated backups and point-in-time recovery, 1 to 35. If absent: 1 in development, 7 in staging,
    14 in production."""
    preferred_backup_window: BackupWindow | None = None
    """Daily window in UTC for backups, `hh24:mi-hh24:mi`, outside the maintenance window. If absent: RDS picks one."""
    copy_tags_to_snapshot: Flag | None = None
    """Snapshots carry the cluster's tags. If absent: true."""
    skip_final_snapshot: Flag | None = None
    """Delete the cluster without a last snapshot. If absent: true in development, false elsewhere."""
    final_snapshot_identifier: SnapshotName | None = None
    """Name of the last snapshot. If absent: the cluster's identifier with `-final`."""
    iam_database_authentication_enabled: Flag | None = None
    """IAM users and roles can log in as database users. If absent: true."""
    enable_http_endpoint: Flag | None = None
    """Enable the Data API. If absent: false."""
    serverless_v2_scaling: ServerlessV2Scaling | None = None
    """Capacity range; makes the instances `db.serverless` unless a later layer names a class.
    If absent: the instances are provisioned."""
    snapshot_identifier: Text | None = None
    """Cluster snapshot to create the cluster from; looked at once, when the cluster is created.
    If absent: the cluster starts empty."""
    replication_source_identifier: Text | None = None
    """ARN of the cluster or instance to replicate from. If absent: the cluster is no replica."""
    db_cluster_parameter_group_name: Text | None = None
    """An existing cluster parameter group to use. If absent: one of the right family is made."""
    parameters: tuple[Parameter, ...] | None = None
    """Parameters of the cluster parameter group that is made. If absent: the engine's defaults."""
    vpc_id: TextOrReference | None = None
    """VPC of the managed security group. If absent: the environment's `network.vpcId` for the environment's subnets,
    else the VPC of the first subnet, looked up by Terraform."""
    engine_mode: Literal["provisioned", "serverless"] | None = None
    """`provisioned`, also for Serverless v2. `serverless` (v1) is refused: AWS ended it. If absent: provisioned."""
    storage_type: Literal["aurora", "aurora-iopt1"] | None = None
    """`aurora` (Standard) or `aurora-iopt1` (I/O-Optimized). If absent: Standard."""

    cluster_identifier: Identifier | None = None
    """Identifier of the cluster at AWS. Changing it later would replace the cluster.
    If absent: `metadata.id`, else the environment's naming pattern."""
    instances: Instances | None = None
    """The instances. If absent: the environment class decides."""
    logs: Logs | None = None
    """How exported logs are kept. If absent: the environment class decides."""
    version_policy: Literal["pinned", "minor"] | None = None
    """Who moves the engine version: `pinned` (this file alone) or `minor` (RDS upgrades minor versions, and Terraform
    ignores the version). If absent: pinned."""
    delete_automated_backups: Flag | None = None
    """Delete the automated backups with the cluster. If absent: true in development, false elsewhere."""
    lifecycle: Lifecycle | None = None
    """Terraform's own protection. If absent: the environment class decides."""
    tls: Tls | None = None
    """Encryption of connections. If absent: required."""
    performance_insights: PerformanceInsights | None = None
    """Recording of load. If absent: the environment class decides."""
    monitoring: Monitoring | None = None
    """Enhanced Monitoring. If absent: the environment class decides."""


class Metadata(Model):
    """Who the cluster is."""

    name: Name
    """Name of the cluster in this workspace, and in Terraform addresses."""
    id: Identifier | None = None
    """Identifier of the cluster at AWS. If absent: the environment's naming pattern."""
    org: Text | None = None
    """Organization, for the tag `organization`. If absent: no such tag."""
    env: Text | None = None
    """The one environment that the cluster is for. If absent: every environment."""
    labels: dict[str, Text] = Field(default_factory=dict)
    """Tags of every resource of the cluster. If absent: none beside the environment's."""
    annotations: dict[str, Text] = Field(default_factory=dict)
    """Notes, and settings under `auroraform/`. If absent: none."""
    slug: Text | None = None
    """Project Planton's short name; not used here. If absent: nothing changes."""
    tags: tuple[Text, ...] = ()
    """Project Planton's search words; not used here. If absent: nothing changes."""
    group: Text | None = None
    """Project Planton's group in its graph; not used here. If absent: nothing changes."""
    relationships: tuple[dict[str, object], ...] = ()
    """Project Planton's graph edges; not used here. If absent: nothing changes."""


class AwsRdsCluster(Model):
    """One Aurora cluster."""

    api_version: Literal["aws.project-planton.org/v1"]
    """`aws.project-planton.org/v1`."""
    kind: Literal["AwsRdsCluster"]
    """`AwsRdsCluster`."""
    metadata: Metadata
    """Who the cluster is."""
    spec: AwsRdsClusterSpec
    """What the cluster is."""
    status: dict[str, object] | None = None
    """What Project Planton wrote back; not used here. If absent: nothing changes."""
