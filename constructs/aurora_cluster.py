"""An Aurora cluster with everything that it needs to be connected to."""

from auroraform.constructs.alarms import ClusterAlarms
from auroraform.constructs.application_users import ClusterApplicationUsers
from auroraform.constructs.associated_roles import ClusterAssociatedRoles
from auroraform.constructs.bindings import (
    Construct,
    ITerraformDependable,
    Postcondition,
    RdsCluster,
    RdsClusterServerlessv2ScalingConfiguration,
    RdsClusterTimeouts,
    TerraformResourceLifecycle,
)
from auroraform.constructs.budget import MonthlyBudget
from auroraform.constructs.cluster_backups import ClusterExports, ClusterPlannedBackups, ClusterSnapshots
from auroraform.constructs.dashboard import ClusterDashboard
from auroraform.constructs.endpoints import ClusterEndpoints
from auroraform.constructs.events import ClusterEvents
from auroraform.constructs.instances import ClusterInstances
from auroraform.constructs.kms_key import ManagedKmsKey
from auroraform.constructs.log_groups import ClusterLogGroups
from auroraform.constructs.master_password import ClusterMasterPassword
from auroraform.constructs.naming import address
from auroraform.constructs.outputs import ClusterOutputs
from auroraform.constructs.parameter_group import ClusterParameterGroup, InstanceParameterGroup
from auroraform.constructs.proxy import ClusterProxy
from auroraform.constructs.reader_autoscaling import ClusterReaderAutoscaling
from auroraform.constructs.schedule import ClusterSchedule
from auroraform.constructs.secret_rotation import ClusterSecretRotation
from auroraform.constructs.security_group import ClusterSecurityGroup
from auroraform.constructs.subnet_group import ClusterSubnetGroup
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.instances import ServerlessV2Scaling
from auroraform.schemas.resolved.lifecycle import Timeouts


class AuroraCluster(Construct):
    """`aws_rds_cluster.<name>` and its parts.

    Attributes:
        resource: the cluster itself.
    """

    def __init__(self, scope: Construct, id_: str, *, cluster: ResolvedCluster) -> None:
        super().__init__(scope, id_)
        label, tags, insights = cluster.name, cluster.tags, cluster.performance_insights
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
        instance_group = cluster.db_parameter_group_name
        if cluster.instance_parameter_group is not None:
            instance_group = InstanceParameterGroup(
                self, "InstanceParameterGroup", label=label, group=cluster.instance_parameter_group, tags=tags
            ).name
        upgrade = cluster.major_upgrade
        security_groups = list(cluster.associated_security_group_ids)
        if cluster.security_group is not None:
            managed = ClusterSecurityGroup(self, "SecurityGroup", label=label, group=cluster.security_group, tags=tags)
            security_groups.insert(0, managed.id)
        if cluster.kms_key is not None:
            ManagedKmsKey(self, "KmsKey", label=label, key=cluster.kms_key, tags=tags)
        password = None
        if cluster.master_password is not None:
            password = ClusterMasterPassword(self, "MasterPassword", label=label, password=cluster.master_password)
        logs = ClusterLogGroups(self, "LogGroups", label=label, groups=cluster.log_groups, tags=tags)
        snapshots = ClusterSnapshots(
            self,
            "Snapshots",
            label=label,
            cluster_identifier=cluster.cluster_identifier,
            snapshots=cluster.backups.snapshots,
            are_first=cluster.backups.are_first,
            prevent_destroy=cluster.prevent_destroy,
            tags=tags,
        )

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
            master_password_wo=password.value if password else None,
            master_password_wo_version=cluster.master_password.version if cluster.master_password else None,
            port=cluster.port,
            db_subnet_group_name=subnet_group,
            network_type=cluster.network_type,
            vpc_security_group_ids=security_groups,
            db_cluster_parameter_group_name=parameter_group,
            # RDS takes both with a change of the major version only.
            allow_major_version_upgrade=True if upgrade else None,
            db_instance_parameter_group_name=(upgrade.db_instance_parameter_group_name or instance_group)
            if upgrade
            else None,
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
            final_snapshot_identifier=cluster.final_snapshot.identifier,
            delete_automated_backups=cluster.delete_automated_backups,
            engine_lifecycle_support=cluster.engine_lifecycle_support,
            deletion_protection=cluster.deletion_protection,
            performance_insights_enabled=insights is not None,
            performance_insights_retention_period=insights.retention_period if insights else None,
            performance_insights_kms_key_id=insights.kms_key_id if insights else None,
            database_insights_mode=cluster.database_insights_mode,
            iam_database_authentication_enabled=cluster.iam_database_authentication_enabled,
            enable_http_endpoint=cluster.enable_http_endpoint,
            snapshot_identifier=cluster.snapshot_identifier,
            replication_source_identifier=cluster.replication_source_identifier,
            apply_immediately=cluster.apply_immediately,
            tags=tags,
            depends_on=[*logs.resources, *snapshots.resources] or None,
            lifecycle=TerraformResourceLifecycle(
                prevent_destroy=True if cluster.prevent_destroy else None,
                ignore_changes=_ignored(cluster),
                postcondition=_demanded(cluster),
            ),
            timeouts=_timeouts(cluster.timeouts),
        )
        address(self.resource, label)
        if cluster.master_user_secret_rotation is not None:
            ClusterSecretRotation(self, "SecretRotation", label=label, rotation=cluster.master_user_secret_rotation)
        self._add_what_needs_it(cluster, instance_group)
        ClusterOutputs(
            self,
            "Outputs",
            label=label,
            has_group=cluster.security_group is not None,
            has_secret=cluster.manage_master_user_password,
            endpoints=[endpoint.key for endpoint in cluster.endpoints],
            users=tuple(user.name for user in cluster.application_users),
            proxy=cluster.proxy,
        )

    def _add_what_needs_it(self, cluster: ResolvedCluster, parameter_group: str | None) -> None:
        """Instances, and everything else that is made after the cluster."""
        label, tags = cluster.name, cluster.tags
        instances = ClusterInstances(self, "Instances", cluster=cluster, parameter_group=parameter_group).resources
        if cluster.reader_autoscaling is not None:
            ClusterReaderAutoscaling(
                self,
                "ReaderAutoscaling",
                label=label,
                autoscaling=cluster.reader_autoscaling,
                instances=instances,
                tags=tags,
            )
        if cluster.endpoints:
            ClusterEndpoints(
                self, "Endpoints", label=label, endpoints=cluster.endpoints, instances=instances, tags=tags
            )
        if cluster.proxy is not None:
            ClusterProxy(self, "Proxy", label=label, proxy=cluster.proxy, instances=instances, tags=tags)
        if cluster.application_users:
            ClusterApplicationUsers(self, "ApplicationUsers", label=label, users=cluster.application_users, tags=tags)
        if cluster.associated_roles:
            ClusterAssociatedRoles(self, "AssociatedRoles", label=label, roles=cluster.associated_roles, tags=tags)
        self._add_operation(cluster, instances)

    def _add_operation(self, cluster: ResolvedCluster, instances: list[ITerraformDependable]) -> None:
        """Whatever keeps it running: who is told of what, backups elsewhere, what it may cost, and when it runs."""
        label, tags = cluster.name, cluster.tags
        if cluster.event_subscriptions:
            ClusterEvents(self, "Events", label=label, subscriptions=cluster.event_subscriptions, tags=tags)
        if cluster.backups.selection is not None:
            ClusterPlannedBackups(
                self,
                "PlannedBackups",
                label=label,
                selection=cluster.backups.selection,
                test=cluster.backups.restore_test,
            )
        if cluster.backups.exports:
            ClusterExports(self, "Exports", label=label, exports=cluster.backups.exports, tags=tags)
        if cluster.budget is not None:
            MonthlyBudget(self, "Budget", label=label, budget=cluster.budget, tags=tags)
        if cluster.schedule is not None:
            ClusterSchedule(self, "Schedule", label=label, schedule=cluster.schedule, tags=tags)
        if cluster.alarms.metric_alarms:
            ClusterAlarms(self, "Alarms", label=label, alarms=cluster.alarms, instances=instances, tags=tags)
        if cluster.dashboard is not None:
            ClusterDashboard(self, "Dashboard", label=label, dashboard=cluster.dashboard)


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
        # RDS takes it at creation only. The provider sends nothing for a change, and would plan it for ever.
        "engine_lifecycle_support",
    ]
    if cluster.final_snapshot.is_named_at_creation:
        ignored.append("final_snapshot_identifier")
    if cluster.replication_source_identifier is not None:
        ignored.append("replication_source_identifier")
    if cluster.backups.is_continuous:
        # AWS Backup sets both for the sake of its own, and RDS refuses to set them otherwise.
        ignored += ["backup_retention_period", "preferred_backup_window"]
    if cluster.ignore_engine_version:
        ignored.append("engine_version")
    return ignored


def _demanded(cluster: ResolvedCluster) -> list[Postcondition] | None:
    """What must be true of the cluster in the state.

    A cluster that was imported was not created here, so that nothing has named its final snapshot. Without a name, its
    deletion would fail, after that of its instances.
    """
    if cluster.skip_final_snapshot or not cluster.final_snapshot.is_named_at_creation:
        return None
    return [
        Postcondition(
            condition="${self.skip_final_snapshot || self.final_snapshot_identifier != null}",
            error_message="Terraform did not create this cluster, so its final snapshot has no name: "
            f"write finalSnapshotIdentifier into {cluster.manifest}.",
        )
    ]


def _timeouts(timeouts: Timeouts | None) -> RdsClusterTimeouts | None:
    if timeouts is None:
        return None
    return RdsClusterTimeouts(create=timeouts.create, update=timeouts.update, delete=timeouts.delete)
