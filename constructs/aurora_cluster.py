"""An Aurora cluster with everything that it needs to be connected to."""

from auroraform.constructs.application_users import ClusterApplicationUsers
from auroraform.constructs.associated_roles import ClusterAssociatedRoles
from auroraform.constructs.bindings import (
    Construct,
    RdsCluster,
    RdsClusterServerlessv2ScalingConfiguration,
    TerraformResourceLifecycle,
)
from auroraform.constructs.instances import ClusterInstances
from auroraform.constructs.log_groups import ClusterLogGroups
from auroraform.constructs.naming import address
from auroraform.constructs.outputs import ClusterOutputs
from auroraform.constructs.parameter_group import ClusterParameterGroup
from auroraform.constructs.security_group import ClusterSecurityGroup
from auroraform.constructs.subnet_group import ClusterSubnetGroup
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.instances import ServerlessV2Scaling


class AuroraCluster(Construct):
    """`aws_rds_cluster.<name>` and its parts.

    Attributes:
        resource: the cluster itself.
    """

    def __init__(self, scope: Construct, id_: str, *, cluster: ResolvedCluster) -> None:
        super().__init__(scope, id_)
        label, tags = cluster.name, cluster.tags
        subnet_group = cluster.db_subnet_group_name
        if cluster.subnet_group is not None:
            subnet_group = ClusterSubnetGroup(
                self, "SubnetGroup", label=label, group=cluster.subnet_group, tags=tags
            ).name
        parameter_group = cluster.db_cluster_parameter_group_name
        if cluster.parameter_group is not None:
            parameter_group = ClusterParameterGroup(
                self, "ParameterGroup", label=label, group=cluster.parameter_group, tags=tags
            ).name
        security_group = ClusterSecurityGroup(
            self, "SecurityGroup", label=label, group=cluster.security_group, tags=tags
        )
        logs = ClusterLogGroups(self, "LogGroups", label=label, groups=cluster.log_groups, tags=tags)

        self.resource: RdsCluster = RdsCluster(
            self,
            "Default",
            cluster_identifier=cluster.cluster_identifier,
            engine=cluster.engine,
            engine_mode="provisioned",
            engine_version=cluster.engine_version,
            database_name=cluster.database_name,
            master_username=cluster.master_username,
            # True or absent: the provider refuses even `false` beside another kind of password.
            manage_master_user_password=cluster.manage_master_user_password or None,
            master_user_secret_kms_key_id=cluster.master_user_secret_kms_key_id,
            port=cluster.port,
            db_subnet_group_name=subnet_group,
            vpc_security_group_ids=[security_group.id, *cluster.associated_security_group_ids],
            db_cluster_parameter_group_name=parameter_group,
            enabled_cloudwatch_logs_exports=[group.log_type for group in cluster.log_groups] or None,
            storage_encrypted=cluster.storage_encrypted,
            kms_key_id=cluster.kms_key_id,
            storage_type=cluster.storage_type,
            serverlessv2_scaling_configuration=_scaling(cluster.serverless_v2_scaling),
            backup_retention_period=cluster.backup_retention_period,
            preferred_backup_window=cluster.preferred_backup_window,
            preferred_maintenance_window=cluster.preferred_maintenance_window,
            copy_tags_to_snapshot=cluster.copy_tags_to_snapshot,
            skip_final_snapshot=cluster.skip_final_snapshot,
            final_snapshot_identifier=cluster.final_snapshot_identifier,
            delete_automated_backups=cluster.delete_automated_backups,
            deletion_protection=cluster.deletion_protection,
            iam_database_authentication_enabled=cluster.iam_database_authentication_enabled,
            enable_http_endpoint=cluster.enable_http_endpoint,
            snapshot_identifier=cluster.snapshot_identifier,
            replication_source_identifier=cluster.replication_source_identifier,
            apply_immediately=cluster.apply_immediately,
            tags=tags,
            depends_on=logs.resources or None,
            lifecycle=TerraformResourceLifecycle(
                prevent_destroy=True if cluster.prevent_destroy else None,
                ignore_changes=_ignored(cluster),
            ),
        )
        address(self.resource, label)
        ClusterInstances(self, "Instances", cluster=cluster)
        if cluster.application_users:
            ClusterApplicationUsers(self, "ApplicationUsers", label=label, users=cluster.application_users, tags=tags)
        if cluster.associated_roles:
            ClusterAssociatedRoles(self, "AssociatedRoles", label=label, roles=cluster.associated_roles, tags=tags)
        ClusterOutputs(
            self,
            "Outputs",
            label=label,
            has_secret=cluster.manage_master_user_password,
            users=tuple(user.name for user in cluster.application_users),
        )


def _scaling(scaling: ServerlessV2Scaling | None) -> RdsClusterServerlessv2ScalingConfiguration | None:
    if scaling is None:
        return None
    return RdsClusterServerlessv2ScalingConfiguration(
        min_capacity=scaling.min_capacity,
        max_capacity=scaling.max_capacity,
        seconds_until_auto_pause=scaling.seconds_until_auto_pause,
    )


def _ignored(cluster: ResolvedCluster) -> list[str]:
    """Arguments that a plan must not act on."""
    ignored = [
        # Aurora spreads its storage over three zones itself; fewer in the state would replace the cluster.
        "availability_zones",
        # Restoring is an act of creation: a later edit must neither replace the cluster nor restore again.
        "snapshot_identifier",
    ]
    if cluster.replication_source_identifier is not None:
        ignored.append("replication_source_identifier")
    if cluster.ignore_engine_version:
        ignored.append("engine_version")
    return ignored
