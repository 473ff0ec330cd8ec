"""The gap of moto in rules of security groups is closed in the emulator, and still open in moto."""

from contextlib import closing
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from auroraform.sandbox.emulator.process import REGION

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

KINDS = ("group", "prefix list")


def described(ec2: "EC2Client", kind: str) -> set[str | None]:
    """The descriptions of a rule in and a rule out, for another group or a prefix list."""
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    group, other = (
        ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"] for name in ("a", "b")
    )
    source: Any = {"UserIdGroupPairs": [{"GroupId": other, "Description": "why"}]}
    if kind == "prefix list":
        made = ec2.create_managed_prefix_list(PrefixListName="p", MaxEntries=1, AddressFamily="IPv4")
        source = {"PrefixListIds": [{"PrefixListId": made["PrefixList"]["PrefixListId"], "Description": "why"}]}
    permission: Any = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, **source}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
    ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[permission])
    rules = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])["SecurityGroupRules"]
    return {rule.get("Description") for rule in rules if rule["IpProtocol"] == "tcp"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_description_is_kept(ec2: "EC2Client", kind: str) -> None:
    assert described(ec2, kind) == {"why"}


@pytest.mark.parametrize("kind", KINDS)
def test_moto_drops_it(no_aws_account: None, kind: str) -> None:
    with mock_aws(), closing(boto3.client("ec2", region_name=REGION)) as plain:
        assert described(plain, kind) == {None}
