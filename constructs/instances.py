"""The instances of a cluster."""

from auroraform.constructs.bindings import (
    Construct,
    ITerraformDependable,
    RdsClusterInstance,
    RdsClusterInstanceTimeouts,
    TerraformResourceLifecycle,
)
from auroraform.constructs.monitoring import ClusterMonitoringRole
from auroraform.constructs.naming import address, reference
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.insights import MonitoringRole
from auroraform.schemas.resolved.instances import Instance
from auroraform.schemas.resolved.lifecycle import Timeouts


class ClusterInstances(Construct):
    """`aws_rds_cluster_instance.<label>_<key>`, one literal resource each.

    Keyed, not counted: removing one leaves the others where they are. Each is made, and changed, after the one that it
    names. What the cluster and its instances both know (engine, version policy, time of changes) comes from the
    cluster. `parameter_group` is the name of the DB parameter group of those that name none.

    Performance Insights are the cluster's: said here too, RDS could refuse them, and an instance that autoscaling adds
    would lack them. Enhanced Monitoring is said here and not there, as an instance that says nothing asks for none.

    Attributes:
        resources: the instances.
    """

    def __init__(
        self, scope: Construct, id_: str, *, cluster: ResolvedCluster, parameter_group: str | None = None
    ) -> None:
        super().__init__(scope, id_)
        monitoring = cluster.monitoring
        role = monitoring.role if monitoring else None
        needed: list[ITerraformDependable] = []
        if isinstance(role, MonitoringRole):
            made_role = ClusterMonitoringRole(self, "Monitoring", label=cluster.name, role=role, tags=cluster.tags)
            role, needed = made_role.arn, [made_role.attachment]
        made: dict[str, RdsClusterInstance] = {}
        for instance in cluster.instances:
            made[instance.key] = RdsClusterInstance(
                self,
                instance.key,
                identifier=instance.identifier,
                cluster_identifier=reference("aws_rds_cluster", cluster.name, "id"),
                engine=cluster.engine,
                instance_class=instance.instance_class,
                promotion_tier=instance.promotion_tier,
                availability_zone=instance.availability_zone,
                preferred_maintenance_window=instance.preferred_maintenance_window,
                ca_cert_identifier=instance.ca_cert_identifier,
                publicly_accessible=instance.publicly_accessible,
                db_parameter_group_name=instance.db_parameter_group_name or parameter_group,
                auto_minor_version_upgrade=cluster.auto_minor_version_upgrade,
                apply_immediately=cluster.apply_immediately,
                copy_tags_to_snapshot=cluster.copy_tags_to_snapshot,
                monitoring_interval=monitoring.interval if monitoring else 0,
                monitoring_role_arn=role,
                depends_on=[*needed, *([made[instance.after]] if instance.after else [])] or None,
                tags=cluster.tags,
                lifecycle=_lifecycle(instance, prevent_destroy=cluster.prevent_destroy),
                timeouts=_timeouts(cluster.timeouts),
            )
            address(made[instance.key], cluster.name, instance.key)
        self.resources: list[ITerraformDependable] = [*made.values()]


def _lifecycle(instance: Instance, *, prevent_destroy: bool) -> TerraformResourceLifecycle | None:
    if instance.availability_zone is None:
        return TerraformResourceLifecycle(prevent_destroy=True) if prevent_destroy else None
    return TerraformResourceLifecycle(
        prevent_destroy=True if prevent_destroy else None,
        # Placing is an act of creation: an instance is replaced to be moved, so that no edit may move it.
        ignore_changes=["availability_zone"],
    )


def _timeouts(timeouts: Timeouts | None) -> RdsClusterInstanceTimeouts | None:
    if timeouts is None:
        return None
    return RdsClusterInstanceTimeouts(create=timeouts.create, update=timeouts.update, delete=timeouts.delete)
