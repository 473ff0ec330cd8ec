"""The instances of a cluster."""

from auroraform.constructs.bindings import (
    Construct,
    RdsClusterInstance,
    RdsClusterInstanceTimeouts,
    TerraformResourceLifecycle,
)
from auroraform.constructs.monitoring import ClusterMonitoringRole
from auroraform.constructs.naming import address, reference
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.insights import MonitoringRole
from auroraform.schemas.resolved.lifecycle import Timeouts


class ClusterInstances(Construct):
    """`aws_rds_cluster_instance.<label>_<key>`, one literal resource each.

    Keyed, not counted: removing one leaves the others where they are. What the cluster and its instances
    both know (engine, version policy, time of changes) comes from the cluster. Performance Insights are the cluster's:
    said here too, RDS could refuse them, and an instance that autoscaling adds would lack them. Enhanced Monitoring
    is said here and not there, as an instance that says nothing asks for none.
    """

    def __init__(self, scope: Construct, id_: str, *, cluster: ResolvedCluster) -> None:
        super().__init__(scope, id_)
        monitoring = cluster.monitoring
        role = monitoring.role if monitoring else None
        attachment = None
        if isinstance(role, MonitoringRole):
            made_role = ClusterMonitoringRole(self, "Monitoring", label=cluster.name, role=role, tags=cluster.tags)
            role, attachment = made_role.arn, made_role.attachment
        for instance in cluster.instances:
            made = RdsClusterInstance(
                self,
                instance.key,
                identifier=instance.identifier,
                cluster_identifier=reference("aws_rds_cluster", cluster.name, "id"),
                engine=cluster.engine,
                instance_class=instance.instance_class,
                promotion_tier=instance.promotion_tier,
                publicly_accessible=False,
                auto_minor_version_upgrade=cluster.auto_minor_version_upgrade,
                apply_immediately=cluster.apply_immediately,
                copy_tags_to_snapshot=cluster.copy_tags_to_snapshot,
                monitoring_interval=monitoring.interval if monitoring else 0,
                monitoring_role_arn=role,
                depends_on=[attachment] if attachment else None,
                tags=cluster.tags,
                lifecycle=TerraformResourceLifecycle(prevent_destroy=True) if cluster.prevent_destroy else None,
                timeouts=_timeouts(cluster.timeouts),
            )
            address(made, cluster.name, instance.key)


def _timeouts(timeouts: Timeouts | None) -> RdsClusterInstanceTimeouts | None:
    if timeouts is None:
        return None
    return RdsClusterInstanceTimeouts(create=timeouts.create, update=timeouts.update, delete=timeouts.delete)
