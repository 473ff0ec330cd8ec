"""The instances of a cluster."""

from auroraform.constructs.bindings import (
    Construct,
    RdsCluster,
    RdsClusterInstance,
    TerraformResourceLifecycle,
)
from auroraform.constructs.naming import address
from auroraform.schemas.resolved import ResolvedCluster


class ClusterInstances(Construct):
    """`aws_rds_cluster_instance.<label>_<key>`, one literal resource each.

    Keyed, not counted: removing one leaves the others where they are. What the cluster and its instances
    both know (engine, version policy, time of changes) comes from the cluster.
    """

    def __init__(self, scope: Construct, id_: str, *, cluster: ResolvedCluster, resource: RdsCluster) -> None:
        super().__init__(scope, id_)
        for instance in cluster.instances:
            made = RdsClusterInstance(
                self,
                instance.key,
                identifier=instance.identifier,
                cluster_identifier=resource.id,
                engine=cluster.engine,
                instance_class=instance.instance_class,
                promotion_tier=instance.promotion_tier,
                publicly_accessible=False,
                auto_minor_version_upgrade=cluster.auto_minor_version_upgrade,
                apply_immediately=cluster.apply_immediately,
                copy_tags_to_snapshot=cluster.copy_tags_to_snapshot,
                tags=cluster.tags,
                lifecycle=TerraformResourceLifecycle(prevent_destroy=True) if cluster.prevent_destroy else None,
            )
            address(made, cluster.name, instance.key)
