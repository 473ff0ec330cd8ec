"""The engine's settings: of a cluster, and of its instances."""

from auroraform.constructs.bindings import (
    Construct,
    DbParameterGroup,
    DbParameterGroupParameter,
    RdsClusterParameterGroup,
    RdsClusterParameterGroupParameter,
    TerraformResourceLifecycle,
)
from auroraform.constructs.naming import address, reference
from auroraform.schemas.resolved.parameters import ParameterGroup


class ClusterParameterGroup(Construct):
    """`aws_rds_cluster_parameter_group.<label>`.

    Attributes:
        name: reference to the group's name.
    """

    def __init__(self, scope: Construct, id_: str, *, label: str, group: ParameterGroup, tags: dict[str, str]) -> None:
        super().__init__(scope, id_)
        resource = RdsClusterParameterGroup(
            self,
            "Default",
            name=group.name,
            family=group.family,
            description=f"Parameters of the Aurora cluster {label}",
            parameter=[
                RdsClusterParameterGroupParameter(name=row.name, value=row.value, apply_method=row.apply_method)
                for row in group.parameters
            ]
            or None,
            tags=tags,
            # A major upgrade needs a group of the new family while the old one is still in use.
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
        )
        address(resource, label)
        self.name: str = reference("aws_rds_cluster_parameter_group", label, "name")


class InstanceParameterGroup(Construct):
    """`aws_db_parameter_group.<label>`, for all instances of a cluster.

    Attributes:
        name: reference to the group's name.
    """

    def __init__(self, scope: Construct, id_: str, *, label: str, group: ParameterGroup, tags: dict[str, str]) -> None:
        super().__init__(scope, id_)
        resource = DbParameterGroup(
            self,
            "Default",
            name=group.name,
            family=group.family,
            description=f"Parameters of the instances of the Aurora cluster {label}",
            parameter=[
                DbParameterGroupParameter(name=row.name, value=row.value, apply_method=row.apply_method)
                for row in group.parameters
            ]
            or None,
            tags=tags,
            # As above: the instances leave the old group while they are upgraded.
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
        )
        address(resource, label)
        self.name: str = reference("aws_db_parameter_group", label, "name")
