"""Where clusters are, and who may connect to them."""

from __future__ import annotations

from typing import Any, Final

from auroraform.schemas.resolved.network import SecurityGroup, SecurityGroupRule, VpcId, VpcOfSubnet
from auroraform.stacks.resolve import ResolvedStack
from support.readback.account import Account, Things, tags

_ITSELF: Final = "itself"


def declared_subnet_groups(stack: ResolvedStack, account: Account) -> Things:
    return {
        cluster.subnet_group.name: {
            "subnets": set(cluster.subnet_group.subnet_ids),
            "tags": stack.default_tags | cluster.tags,
        }
        for cluster in stack.clusters
        if cluster.subnet_group
    }


def held_subnet_groups(account: Account) -> Things:
    return {
        found["DBSubnetGroupName"]: {
            "subnets": {subnet["SubnetIdentifier"] for subnet in found["Subnets"]},
            "tags": tags(account.rds.list_tags_for_resource(ResourceName=found["DBSubnetGroupArn"])["TagList"]),
        }
        for found in account.rds.describe_db_subnet_groups()["DBSubnetGroups"]
    }


def declared_security_groups(stack: ResolvedStack, account: Account) -> Things:
    return {
        group.name: {
            "description": group.description,
            "vpc": _vpc(group, account),
            "tags": stack.default_tags | cluster.tags | {"Name": group.name},
            **{
                f"rule {way} {_source(rule)} {rule.from_port}-{rule.to_port}": {
                    "description": rule.description,
                    "protocol": "tcp",
                    "tags": stack.default_tags | cluster.tags,
                }
                for way, rules in (("in", group.ingress), ("out", group.egress))
                for rule in rules
            },
        }
        for cluster in stack.clusters
        if (group := cluster.security_group)
    }


def held_security_groups(account: Account) -> Things:
    """The groups that carry tags: those without were there before."""
    groups = account.security_groups()
    things: dict[str, dict[str, object]] = {
        group["GroupName"]: {
            "description": group["Description"],
            "vpc": group["VpcId"],
            "tags": tags(group["Tags"]),
        }
        for group in groups.values()
        if group.get("Tags")
    }
    for rule in account.ec2.describe_security_group_rules()["SecurityGroupRules"]:
        name = groups.get(rule["GroupId"], {}).get("GroupName")
        if name in things:
            way = "out" if rule["IsEgress"] else "in"
            things[name][f"rule {way} {_held_source(rule)} {rule['FromPort']}-{rule['ToPort']}"] = {
                "description": rule.get("Description"),
                "protocol": rule["IpProtocol"],
                "tags": tags(rule["Tags"]),
            }
    return things


def _vpc(group: SecurityGroup, account: Account) -> str:
    if isinstance(group.vpc, VpcId):
        return group.vpc.id
    if isinstance(group.vpc, VpcOfSubnet):
        (subnet,) = account.ec2.describe_subnets(SubnetIds=[group.vpc.subnet_id])["Subnets"]
        return str(subnet["VpcId"])
    (found,) = account.rds.describe_db_subnet_groups(DBSubnetGroupName=group.vpc.name)["DBSubnetGroups"]
    return str(found["VpcId"])


def _source(rule: SecurityGroupRule) -> str | None:
    if rule.is_self:
        return _ITSELF
    return rule.cidr_ipv4 or rule.cidr_ipv6 or rule.prefix_list_id or rule.referenced_security_group_id


def _held_source(rule: dict[str, Any]) -> str | None:
    group = rule.get("ReferencedGroupInfo", {}).get("GroupId")
    if group is not None:
        return _ITSELF if group == rule["GroupId"] else str(group)
    return rule.get("CidrIpv4") or rule.get("CidrIpv6") or rule.get("PrefixListId")
