"""The whole resolved cluster."""

from dataclasses import dataclass

from auroraform.schemas.engines import EngineName
from auroraform.schemas.resolved.insights import Monitoring, PerformanceInsights
from auroraform.schemas.resolved.instances import Instance, ServerlessV2Scaling
from auroraform.schemas.resolved.logs import LogGroup
from auroraform.schemas.resolved.network import SecurityGroup, SubnetGroup
from auroraform.schemas.resolved.parameters import ParameterGroup
from auroraform.schemas.resolved.roles import AssociatedRole
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
    application_users: tuple[ApplicationUser, ...]
    associated_roles: tuple[AssociatedRole, ...]
    enable_http_endpoint: bool
    snapshot_identifier: str | None
    replication_source_identifier: str | None
    apply_immediately: bool
    tags: dict[str, str]
