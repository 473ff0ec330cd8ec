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
class IngressSource:
    """Who may connect: an IPv4 network or a security group, exactly one of the two."""

    key: str
    """Tells the rule from its siblings in its Terraform address; made from the source, never from its position."""
    description: str
    cidr_ipv4: str | None = None
    referenced_security_group_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroup:
    """The managed security group of a cluster: it lets the sources in on one port, and nothing out."""

    name: str
    vpc: VpcId | VpcOfSubnet | VpcOfSubnetGroup
    port: int
    sources: tuple[IngressSource, ...]
