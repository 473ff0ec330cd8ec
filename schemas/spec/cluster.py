"""The specification of a cluster: Project Planton's fields, and what an Aurora cluster needs beyond them.

The fields up to `storage_type` are Project Planton's own, with its names and meaning; the rest are the
AWS provider's arguments, or groups of them.
"""

from typing import Annotated, Literal

from auroraform.schemas.budgets import Budget
from auroraform.schemas.cidr import CidrBlock
from auroraform.schemas.engines import EngineName
from auroraform.schemas.models import Model
from auroraform.schemas.references import EACH_VALUE_ONCE, TextOrReference
from auroraform.schemas.scalars import Flag, Text, VersionText
from auroraform.schemas.spec.alarms import ClusterAlarms
from auroraform.schemas.spec.autoscaling import ReaderAutoscaling
from auroraform.schemas.spec.backups import Backups
from auroraform.schemas.spec.credentials import MasterUserSecret, PasswordFrom, PlaintextPassword
from auroraform.schemas.spec.dashboard import Dashboard
from auroraform.schemas.spec.encryption import KmsKey
from auroraform.schemas.spec.endpoints import Endpoint
from auroraform.schemas.spec.events import Events
from auroraform.schemas.spec.insights import DatabaseInsights, Monitoring, PerformanceInsights
from auroraform.schemas.spec.instances import Instances, ServerlessV2Scaling
from auroraform.schemas.spec.lifecycle import Lifecycle, Timeouts
from auroraform.schemas.spec.logs import Logs
from auroraform.schemas.spec.network import SecurityGroup
from auroraform.schemas.spec.parameters import Auditing, Parameter, Parameters, SlowQueries, Tls, Upgrade
from auroraform.schemas.spec.proxy import Proxy
from auroraform.schemas.spec.roles import AssociatedRoles
from auroraform.schemas.spec.schedule import Schedule
from auroraform.schemas.spec.users import ApplicationUser
from auroraform.schemas.values import (
    EACH_ONCE,
    SOME,
    BackupWindow,
    Identifier,
    MaintenanceWindow,
    Name,
    Port,
    RetentionDays,
    SnapshotName,
    TimeZone,
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
    """IPv4 networks that may connect, such as `10.0.0.0/16`; IPv6 is for `securityGroup.rules`. If absent: none."""
    associate_security_group_ids: Annotated[tuple[TextOrReference, ...], EACH_VALUE_ONCE] | None = None
    """Existing security groups to attach to the cluster beside the managed one. If absent: none."""
    database_name: Text | None = None
    """Name of the first database. Changing it later would replace the cluster. If absent: none is created."""
    manage_master_user_password: Flag | None = None
    """RDS makes the master password, keeps it in AWS Secrets Manager and renews it. If absent: true, unless
    `passwordFrom` brings one or the cluster replicates another one."""
    master_user_secret_kms_key_id: TextOrReference | None = None
    """KMS key of that secret, in the cluster's Region. AWS refuses another one while it manages the password.
    If absent: the key of `kmsKey`, else the account's key `aws/secretsmanager`."""
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
    """ARN of the KMS key of the volume, in the cluster's Region (an alias would replace the cluster on the next plan).
    The key may be another account's whose policy lets this one use it. Changing it later would replace the cluster.
    If absent: the key of `kmsKey`, else the account's key `aws/rds`."""
    enabled_cloudwatch_logs_exports: Annotated[tuple[Text, ...], EACH_ONCE] | None = None
    """Log types to export. Aurora MySQL: audit, error, general, iam-db-auth-error, instance, slowquery;
    Aurora PostgreSQL: iam-db-auth-error, instance, postgresql. The parameters that fill a log are set with it, unless
    they are written. If absent: none in development; elsewhere error and slowquery (Aurora MySQL, in production
    audit too) or postgresql (Aurora PostgreSQL)."""
    deletion_protection: Flag | None = None
    """RDS refuses to delete the cluster. If absent: true, but false in development."""
    preferred_maintenance_window: MaintenanceWindow | None = None
    """Weekly window in UTC for maintenance, `ddd:hh24:mi-ddd:hh24:mi`, 30 minutes or more. If absent: an hour of the
    environment's `quietHours`, which depends on the cluster's identifier and keeps clear of the backup window."""
    backup_retention_period: RetentionDays | None = None
    """Days of automated backups and point-in-time recovery, 1 to 35. If absent: 1 in development, 7 in staging,
    14 in production."""
    preferred_backup_window: BackupWindow | None = None
    """Daily window in UTC for backups, `hh24:mi-hh24:mi`, outside the maintenance window. If absent: half an hour of
    the environment's `quietHours`, which depends on the cluster's identifier and keeps clear of the maintenance
    windows of the cluster and its members."""
    copy_tags_to_snapshot: Flag | None = None
    """Snapshots carry the cluster's tags. If absent: true."""
    skip_final_snapshot: Flag | None = None
    """Delete the cluster without a last snapshot. If absent: true in development, false elsewhere."""
    final_snapshot_identifier: SnapshotName | None = None
    """Name of the last snapshot; a later cluster of this identifier needs another one. If absent: Terraform names it
    when it creates the cluster, from the identifier and the time: `prod-orders-20260131235959-final`."""
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
    """Parameters of the cluster parameter group that is made, as a list; `clusterParameters` are the same by name.
    If absent: the engine's defaults, but for what `tls`, `slowQueries`, `auditing` and exported logs set."""
    vpc_id: TextOrReference | None = None
    """VPC of the managed security group, and of `subnetTags`. If absent: the environment's `network.vpcId` for the
    environment's subnets and for `subnetTags`, else the VPC of the first subnet, looked up by Terraform."""
    engine_mode: Literal["provisioned", "serverless"] | None = None
    """`provisioned`, also for Serverless v2. `serverless` (v1) is refused: AWS ended it. If absent: provisioned."""
    storage_type: Literal["aurora", "aurora-iopt1"] | None = None
    """`aurora` (Standard) or `aurora-iopt1` (I/O-Optimized). AWS lets a cluster change to I/O-Optimized once in 30
    days, and back at any time. To go back, write `aurora`: to leave it out changes nothing. If absent: Standard."""

    cluster_identifier: Identifier | None = None
    """Identifier of the cluster at AWS. Changing it later would replace the cluster.
    If absent: `metadata.id`, else the environment's naming pattern."""
    subnet_tags: Annotated[dict[str, Text | None], SOME] | None = None
    """Tags of the subnets, instead of `subnetIds`: looked up by Terraform in `vpcId`, else in the environment's VPC if
    that is known. If absent: `subnetIds` or the environment's `network` says which."""
    network_type: Literal["IPV4", "DUAL"] | None = None
    """`IPV4`, or `DUAL` for IPv6 too, which takes subnets with IPv6 addresses. Deleting it changes nothing: write
    `IPV4` to go back. If absent: IPv4 only."""
    security_group: SecurityGroup | None = None
    """The security group that is made. If absent: one with a rule for each of `securityGroupIds`, `allowedCidrBlocks`
    and the environment's `network.applicationSecurityGroupIds`, and no way out."""
    instances: Instances | None = None
    """The instances. If absent: the environment class decides."""
    reader_autoscaling: ReaderAutoscaling | None = None
    """Adds and removes readers with the load. If absent: the readers are the declared ones."""
    endpoints: dict[Name, Endpoint | None] | None = None
    """Custom endpoints by names of your own, five at most; a name becomes the end of the endpoint's identifier and of
    its host name, and changing it replaces the endpoint. If absent: there are the writer's and the readers' endpoint.
    """
    proxy: Proxy | None = None
    """RDS Proxy, a pool of connections in front of the cluster. If absent: clients connect to the cluster itself."""
    logs: Logs | None = None
    """How exported logs are kept. If absent: the environment class decides."""
    version_policy: Literal["pinned", "minor"] | None = None
    """Who moves the engine version: `pinned` (this file alone) or `minor` (RDS upgrades minor versions, and Terraform
    ignores the version). If absent: pinned."""
    engine_lifecycle_support: (
        Literal["open-source-rds-extended-support", "open-source-rds-extended-support-disabled"] | None
    ) = None
    """What happens at the end of standard support of the major version; looked at once, when the cluster is created.
    `open-source-rds-extended-support` keeps the version, for a fee; with `…-disabled` AWS upgrades the major version,
    and makes no new cluster of it. If absent: open-source-rds-extended-support."""
    delete_automated_backups: Flag | None = None
    """Delete the automated backups with the cluster. If absent: true in development, false elsewhere."""
    backups: Backups | None = None
    """Backups beside the automated ones. If absent: those of the environment's plan, if it has one."""
    lifecycle: Lifecycle | None = None
    """Terraform's own protection. If absent: the environment class decides."""
    kms_key: KmsKey | None = None
    """A KMS key made for the cluster. If absent: none is made."""
    password_from: PasswordFrom | None = None
    """Where a master password is kept that RDS does not manage. If absent: RDS makes the password, unless the cluster
    replicates another one."""
    master_user_secret: MasterUserSecret | None = None
    """The secret that RDS keeps the master password in. If absent: as RDS has it."""
    timeouts: Timeouts | None = None
    """How long Terraform waits. If absent: two hours for the cluster, 90 minutes for an instance."""
    tls: Tls | None = None
    """Encryption of connections. If absent: required."""
    cluster_parameters: Parameters | None = None
    """Parameters of the cluster parameter group that is made, by name; layers are merged. If absent: those of
    `parameters`."""
    instance_parameters: Parameters | None = None
    """Parameters of a DB parameter group for all instances, by name; they win over those of the cluster, and layers are
    merged. If absent: no such group is made."""
    slow_queries: SlowQueries | None = None
    """Statements that take long. If absent: the environment class decides."""
    auditing: Auditing | None = None
    """Logins and changes of structure and rights. If absent: on where the log `audit` is exported."""
    time_zone: TimeZone | None = None
    """Time zone of sessions that do not set one, such as `Europe/Paris`: the parameter `time_zone` (Aurora MySQL) or
    `timezone` (Aurora PostgreSQL). If absent: UTC."""
    upgrade: Upgrade | None = None
    """An upgrade to another major version that is under way. If absent: RDS refuses another major version."""
    application_users: tuple[ApplicationUser, ...] | None = None
    """Users inside the database, each with a policy for IAM; a script beside the stack makes them.
    If absent: the master user alone."""
    associated_roles: AssociatedRoles | None = None
    """Roles that the cluster takes, to use other services. If absent: none."""
    events: Events | None = None
    """Who is told of which events of RDS. If absent: the environment class decides."""
    budget: Budget | None = None
    """How much a month of the cluster may cost, and who is told. If absent: nobody is, but by the environment's."""
    schedule: Schedule | None = None
    """When the cluster runs, in development and staging; best said in `defaults` or `overrides` of the environment.
    If absent: always."""
    performance_insights: PerformanceInsights | None = None
    """Recording of load. If absent: the environment class decides."""
    database_insights: DatabaseInsights | None = None
    """What is shown of load. If absent: the standard mode."""
    monitoring: Monitoring | None = None
    """Enhanced Monitoring. If absent: the environment class decides."""
    alarms: ClusterAlarms | None = None
    """CloudWatch alarms. If absent: the environment class decides."""
    dashboard: Dashboard | None = None
    """A CloudWatch dashboard. If absent: the environment class decides."""
