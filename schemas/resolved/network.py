"""Where a cluster is, and who may connect to it."""

from dataclasses import dataclass

from auroraform.schemas.resolved.expressions import Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class SubnetGroup:
    """A DB subnet group to make."""

    name: str
    subnet_ids: tuple[str, ...] | Expression
    """Ids, or an expression that gives a list of them."""


@dataclass(frozen=True, slots=True)
class VpcId:
    """A VPC that is known."""

    id: str


@dataclass(frozen=True, slots=True)
class VpcOfSubnet:
    """The VPC of a subnet, for Terraform to look up."""

    subnet_id: str


@dataclass(frozen=True, slots=True)
class VpcOfSubnetGroup:
    """The VPC of an existing DB subnet group, for Terraform to look up."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroupRule:
    """Who may connect, or be connected to: exactly one of the sources."""

    key: str
    """Tells the rule from its siblings in its Terraform address; a name or made from the source, never a position."""
    description: str
    from_port: int
    to_port: int
    cidr_ipv4: str | None = None
    cidr_ipv6: str | None = None
    prefix_list_id: str | None = None
    referenced_security_group_id: str | None = None
    is_self: bool = False
    """The source is the group itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroup:
    """The managed security group of a cluster: nothing passes but what a rule lets through."""

    name: str
    description: str
    vpc: VpcId | VpcOfSubnet | VpcOfSubnetGroup
    ingress: tuple[SecurityGroupRule, ...]
    egress: tuple[SecurityGroupRule, ...]
