"""Who may connect to the cluster, and where the cluster may connect to."""

from typing import Annotated, Final

from pydantic import Field

from auroraform.schemas.cidr import CidrIpv4, CidrIpv6
from auroraform.schemas.models import Model
from auroraform.schemas.references import TextOrReference
from auroraform.schemas.scalars import Flag, Integer, Text
from auroraform.schemas.values import Name, between, matching

# EC2 API reference, IpRange.
DESCRIPTION_CHARACTERS: Final = r"a-zA-Z0-9 ._:/()#,@\[\]+=&;{}!$*-"
LONGEST_DESCRIPTION: Final = 255

_PortNumber = Annotated[Integer, between(1, 65535)]


class SecurityGroupRule(Model):
    """One rule: exactly one of `cidrIpv4`, `cidrIpv6`, `prefixListId`, `securityGroupId` and `self`, and a port."""

    cidr_ipv4: CidrIpv4 | None = None
    """IPv4 network, such as `10.0.0.0/16`. If absent: another field says who."""
    cidr_ipv6: CidrIpv6 | None = None
    """IPv6 network, such as `2001:db8::/32`; only with `networkType: DUAL`. If absent: another field says who."""
    prefix_list_id: TextOrReference | None = None
    """Id of a prefix list, such as `pl-0a1b2c3d`, of the environment's Region. If absent: another field says who."""
    security_group_id: TextOrReference | None = None
    """Id of another security group. If absent: another field says who."""
    self_: Annotated[Flag | None, Field(alias="self")] = None
    """True: whatever else has this security group. If absent: another field says who."""
    description: (
        Annotated[
            Text,
            matching(
                rf"(?=.{{1,{LONGEST_DESCRIPTION}}}$)[{DESCRIPTION_CHARACTERS}]+",
                "is not a description that EC2 takes",
                f"use 1 to {LONGEST_DESCRIPTION} letters, digits, spaces and ._-:/()#,@[]+=&;{{}}!$*",
            ),
        ]
        | None
    ) = None
    """What the rule is for, for those who read the group at AWS. If absent: the source in words."""
    from_port: _PortNumber | None = None
    """First port, 1 to 65535. If absent: the cluster's port; egress must say one."""
    to_port: _PortNumber | None = None
    """Last port, 1 to 65535. If absent: `fromPort`."""

    def sources(self) -> tuple[str, ...]:
        """The fields that say who; there must be just one."""
        given = {
            "cidrIpv4": self.cidr_ipv4,
            "cidrIpv6": self.cidr_ipv6,
            "prefixListId": self.prefix_list_id,
            "securityGroupId": self.security_group_id,
            "self": self.self_ or None,
        }
        return tuple(field for field, value in given.items() if value is not None)


class SecurityGroup(Model):
    """The security group that is made for the cluster. Layers merge its rules by their names."""

    managed: Flag | None = None
    """Make the group. False: `associateSecurityGroupIds` are all that the cluster has, and the environment's
    `network.applicationSecurityGroupIds` are let in by those, if at all. If absent: true."""
    rules: dict[Name, SecurityGroupRule | None] | None = None
    """Who may connect, by a name that stands in the rule's Terraform address. If absent: nobody beside
    `securityGroupIds`, `allowedCidrBlocks` and the environment's `network.applicationSecurityGroupIds`."""
    egress: dict[Name, SecurityGroupRule | None] | None = None
    """Where the cluster may connect to, by a name that stands in the rule's Terraform address. Answers to those who
    connect need no rule. If absent: nowhere."""


def ingress_rules(group: SecurityGroup | None) -> dict[str, SecurityGroupRule]:
    """The rules for those who connect, by name."""
    return _given(group.rules if group else None)


def egress_rules(group: SecurityGroup | None) -> dict[str, SecurityGroupRule]:
    """The rules for where the cluster connects to, by name."""
    return _given(group.egress if group else None)


def _given(rules: dict[str, SecurityGroupRule | None] | None) -> dict[str, SecurityGroupRule]:
    # A layer takes a rule of an earlier one away by null; once layers are merged there is none.
    return {name: rule for name, rule in (rules or {}).items() if rule is not None}
