"""Who may connect to a cluster, and where it may connect to: one security group with one rule per source."""

from auroraform.constructs.bindings import (
    Construct,
    DataAwsDbSubnetGroup,
    DataAwsSubnet,
    SecurityGroup,
    TerraformResourceLifecycle,
    VpcSecurityGroupEgressRule,
    VpcSecurityGroupIngressRule,
)
from auroraform.constructs.naming import address, reference
from auroraform.schemas.resolved.network import SecurityGroup as SecurityGroupSpec
from auroraform.schemas.resolved.network import SecurityGroupRule, VpcId, VpcOfSubnet, VpcOfSubnetGroup

_Rule = type[VpcSecurityGroupIngressRule] | type[VpcSecurityGroupEgressRule]


class ClusterSecurityGroup(Construct):
    """`aws_security_group.<label>`, with `aws_vpc_security_group_ingress_rule.<label>_<key>` and its egress twin.

    Terraform removes the rule to everywhere that AWS puts into a new group, so that nothing leaves it but by a rule.

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
            description=group.description,
            vpc_id=self._vpc_id(group.vpc),
            tags=tags | {"Name": group.name},
            # A group in use cannot be deleted: the cluster moves to the new one first.
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
        )
        address(resource, label)
        self.id: str = reference("aws_security_group", label, "id")
        self._allow(self, VpcSecurityGroupIngressRule, group.ingress, tags)
        if group.egress:
            # Names of rules for the one way may be those of rules for the other.
            self._allow(Construct(self, "Egress"), VpcSecurityGroupEgressRule, group.egress, tags)

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

    def _allow(self, scope: Construct, kind: _Rule, rules: tuple[SecurityGroupRule, ...], tags: dict[str, str]) -> None:
        for rule in rules:
            resource = kind(
                scope,
                rule.key,
                security_group_id=self.id,
                description=rule.description,
                cidr_ipv4=rule.cidr_ipv4,
                cidr_ipv6=rule.cidr_ipv6,
                prefix_list_id=rule.prefix_list_id,
                referenced_security_group_id=self.id if rule.is_self else rule.referenced_security_group_id,
                ip_protocol="tcp",
                from_port=rule.from_port,
                to_port=rule.to_port,
                tags=tags,
            )
            address(resource, self._label, rule.key)
