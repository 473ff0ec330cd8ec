"""The whole resolved cluster."""

from dataclasses import dataclass

from auroraform.schemas.engines import EngineName
from auroraform.schemas.resolved.alarms import Alarms
from auroraform.schemas.resolved.autoscaling import ReaderAutoscaling
from auroraform.schemas.resolved.backups import Backups
from auroraform.schemas.resolved.budgets import ResolvedBudget
from auroraform.schemas.resolved.credentials import MasterPassword, SecretRotation
from auroraform.schemas.resolved.dashboard import Dashboard
from auroraform.schemas.resolved.encryption import KmsKey
from auroraform.schemas.resolved.endpoints import Endpoint
from auroraform.schemas.resolved.events import EventSubscription
from auroraform.schemas.resolved.insights import Monitoring, PerformanceInsights
from auroraform.schemas.resolved.instances import Instance, ServerlessV2Scaling
from auroraform.schemas.resolved.lifecycle import FinalSnapshot, Timeouts
from auroraform.schemas.resolved.logs import LogGroup
from auroraform.schemas.resolved.network import SecurityGroup, SubnetGroup
from auroraform.schemas.resolved.parameters import MajorUpgrade, ParameterGroup
from auroraform.schemas.resolved.proxy import Proxy
from auroraform.schemas.resolved.roles import AssociatedRole
from auroraform.schemas.resolved.schedule import Schedule
from auroraform.schemas.resolved.topics import ResolvedTopics
from auroraform.schemas.resolved.users import ApplicationUser


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
    master_user_secret_rotation: SecretRotation | None
    master_password: MasterPassword | None
    """None where RDS manages the password, or where there is none to set."""
    port: int
    subnet_group: SubnetGroup | None
    db_subnet_group_name: str | None
    network_type: str | None
    security_group: SecurityGroup | None
    associated_security_group_ids: tuple[str, ...]
    parameter_group: ParameterGroup | None
    db_cluster_parameter_group_name: str | None
    instance_parameter_group: ParameterGroup | None
    db_parameter_group_name: str | None
    """An existing DB parameter group of every instance."""
    major_upgrade: MajorUpgrade | None
    log_groups: tuple[LogGroup, ...]
    storage_encrypted: bool
    kms_key_id: str | None
    kms_key: KmsKey | None
    """A key to make; what it encrypts refers to it."""
    storage_type: str | None
    serverless_v2_scaling: ServerlessV2Scaling | None
    instances: tuple[Instance, ...]
    reader_autoscaling: ReaderAutoscaling | None
    endpoints: tuple[Endpoint, ...]
    proxy: Proxy | None
    performance_insights: PerformanceInsights | None
    database_insights_mode: str
    monitoring: Monitoring | None
    alarms: Alarms
    dashboard: Dashboard | None
    backup_retention_period: int
    preferred_backup_window: str
    preferred_maintenance_window: str
    copy_tags_to_snapshot: bool
    skip_final_snapshot: bool
    final_snapshot: FinalSnapshot
    delete_automated_backups: bool
    backups: Backups
    engine_lifecycle_support: str
    deletion_protection: bool
    prevent_destroy: bool
    timeouts: Timeouts | None
    iam_database_authentication_enabled: bool
    application_users: tuple[ApplicationUser, ...]
    associated_roles: tuple[AssociatedRole, ...]
    schedule: Schedule | None
    budget: ResolvedBudget | None
    enable_http_endpoint: bool
    snapshot_identifier: str | None
    replication_source_identifier: str | None
    apply_immediately: bool
    topics: ResolvedTopics
    """Where alarms and events go."""
    event_subscriptions: tuple[EventSubscription, ...]
    tags: dict[str, str]
