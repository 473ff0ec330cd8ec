"""Who may connect to a cluster: one security group with one rule per source, and no way out."""

from auroraform.constructs.bindings import (
    Construct,
    DataAwsDbSubnetGroup,
    DataAwsSubnet,
    SecurityGroup,
    TerraformResourceLifecycle,
    VpcSecurityGroupIngressRule,
)
from auroraform.constructs.naming import address, reference
from auroraform.schemas.resolved.network import IngressSource, VpcId, VpcOfSubnet, VpcOfSubnetGroup
from auroraform.schemas.resolved.network import SecurityGroup as SecurityGroupSpec


class ClusterSecurityGroup(Construct):
    """`aws_security_group.<label>` and `aws_vpc_security_group_ingress_rule.<label>_<key>`.

    Terraform removes the rule to everywhere that AWS puts into a new group, so that nothing leaves it.

    Attributes:
        id: reference to the group's id.
    """

    def __init__(
        self, scope: Construct, id_: str, *, label: str, group: SecurityGroupSpec, tags: dict[str, str]
    ) -> None:
        super().__init__(scope, id_)
        self._label = label
        resource = SecurityGroup(
            self,
            "Default",
            name=group.name,
            # Never changes: a new description would replace the group.
            description=f"Connections to the Aurora cluster {label}",
            vpc_id=self._vpc_id(group.vpc),
            tags=tags | {"Name": group.name},
            # A group in use cannot be deleted: the cluster moves to the new one first.
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
        )
        address(resource, label)
        self.id: str = reference("aws_security_group", label, "id")
        for source in group.sources:
            self._allow(source, group.port, tags)

    def _vpc_id(self, vpc: VpcId | VpcOfSubnet | VpcOfSubnetGroup) -> str:
        if isinstance(vpc, VpcId):
            return vpc.id
        lookup = (
            DataAwsSubnet(self, "Subnet", id=vpc.subnet_id)
            if isinstance(vpc, VpcOfSubnet)
            else DataAwsDbSubnetGroup(self, "SubnetGroup", name=vpc.name)
        )
        address(lookup, self._label)
        return lookup.vpc_id

    def _allow(self, source: IngressSource, port: int, tags: dict[str, str]) -> None:
        rule = VpcSecurityGroupIngressRule(
            self,
            source.key,
            security_group_id=self.id,
            description=source.description,
            cidr_ipv4=source.cidr_ipv4,
            referenced_security_group_id=source.referenced_security_group_id,
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            tags=tags,
        )
        address(rule, self._label, source.key)
