"""The subnets that a cluster's instances may be placed in."""

from auroraform.constructs.bindings import Construct, DbSubnetGroup, Token
from auroraform.constructs.naming import address, reference
from auroraform.schemas.resolved.network import SubnetGroup


class ClusterSubnetGroup(Construct):
    """`aws_db_subnet_group.<label>`.

    Attributes:
        name: reference to the group's name, for clusters and instances.
    """

    def __init__(self, scope: Construct, id_: str, *, label: str, group: SubnetGroup, tags: dict[str, str]) -> None:
        super().__init__(scope, id_)
        resource = DbSubnetGroup(
            self,
            "Default",
            name=group.name,
            description=f"Subnets of the Aurora cluster {label}",
            subnet_ids=Token.as_list(group.subnet_ids) if isinstance(group.subnet_ids, str) else list(group.subnet_ids),
            tags=tags,
        )
        address(resource, label)
        self.name: str = reference("aws_db_subnet_group", label, "name")
