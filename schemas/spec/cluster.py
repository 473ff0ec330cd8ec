"""The specification of a cluster: Project Planton's fields, and what an Aurora cluster needs beyond them.

The fields up to `storage_type` are Project Planton's own, with its names and meaning; the rest are the
AWS provider's arguments, or groups of them.
"""

from typing import Annotated, Literal

from auroraform.schemas.engines import EngineName
from auroraform.schemas.models import Model
from auroraform.schemas.references import EACH_VALUE_ONCE, TextOrReference
from auroraform.schemas.scalars import Flag, Text, VersionText
from auroraform.schemas.spec.credentials import PlaintextPassword
from auroraform.schemas.spec.insights import Monitoring, PerformanceInsights
from auroraform.schemas.spec.instances import Instances, ServerlessV2Scaling
from auroraform.schemas.spec.lifecycle import Lifecycle
from auroraform.schemas.spec.logs import Logs
from auroraform.schemas.spec.parameters import Parameter, Tls
from auroraform.schemas.spec.roles import AssociatedRoles
from auroraform.schemas.spec.users import ApplicationUser
from auroraform.schemas.values import (
    EACH_ONCE,
    BackupWindow,
    CidrBlock,
    Identifier,
    MaintenanceWindow,
    Port,
    RetentionDays,
    SnapshotName,
)


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
    password: PlaintextPassword = None
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
    application_users: tuple[ApplicationUser, ...] | None = None
    """Users inside the database, each with a policy for IAM; a script beside the stack makes them.
    If absent: the master user alone."""
    associated_roles: AssociatedRoles | None = None
    """Roles that the cluster takes, to use other services. If absent: none."""
    performance_insights: PerformanceInsights | None = None
    """Recording of load. If absent: the environment class decides."""
    monitoring: Monitoring | None = None
    """Enhanced Monitoring. If absent: the environment class decides."""
