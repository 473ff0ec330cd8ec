"""Values that AWS would refuse at apply are refused before, and the good ones pass unchanged."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from auroraform.schemas.cidr import CidrBlock, CidrIpv4, CidrIpv6, is_everywhere
from auroraform.schemas.values import (
    BAD_VALUE,
    AccountId,
    BackupWindow,
    Identifier,
    InstanceClass,
    LogRetentionDays,
    MaintenanceWindow,
    Name,
    Port,
    Region,
    RetentionDays,
    RoleArn,
    SnapshotName,
)


def told(kind: Any, value: object) -> str:  # noqa: ANN401
    """What a refused value is told: the end of the sentence, and the advice."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    (error,) = caught.value.errors()
    assert error["type"] == BAD_VALUE
    return f"{error['ctx']['what']} -> {error['ctx']['advice']}"


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        pytest.param(Name, ["a", "orders", "app-production-db", "a1-2"], id="Name"),
        pytest.param(Identifier, ["a", "x" * 63, "prod-orders-1"], id="Identifier"),
        pytest.param(SnapshotName, ["A", "Orders-Final-1", "x" * 255], id="SnapshotName"),
        pytest.param(Region, ["eu-west-1", "us-gov-east-1", "eusc-de-east-1", "eu-west-9"], id="Region"),
        pytest.param(AccountId, ["111122223333", "000000000001"], id="AccountId"),
        pytest.param(
            RoleArn, ["arn:aws:iam::111122223333:role/x", "arn:aws-us-gov:iam::111122223333:role/a/b.c"], id="RoleArn"
        ),
        pytest.param(CidrBlock, ["10.0.0.0/16", "0.0.0.0/0", "192.168.1.7/32"], id="CidrBlock"),
        pytest.param(CidrIpv4, ["10.0.0.0/16", "0.0.0.0/0", "192.168.1.7/32"], id="CidrIpv4"),
        pytest.param(CidrIpv6, ["2001:db8::/32", "::/0", "2001:db8::7/128", "fd00::/8"], id="CidrIpv6"),
        pytest.param(MaintenanceWindow, ["sun:03:00-sun:03:30", "sun:23:45-mon:00:45"], id="MaintenanceWindow"),
        pytest.param(BackupWindow, ["01:00-01:30", "23:45-00:45"], id="BackupWindow"),
        pytest.param(Port, [1150, 65535], id="Port"),
        pytest.param(RetentionDays, [1, 35], id="RetentionDays"),
        pytest.param(LogRetentionDays, [1, 14, 365, 3653], id="LogRetentionDays"),
        pytest.param(InstanceClass, ["db.r6g.large", "db.serverless", "db.x2g.16xlarge"], id="InstanceClass"),
    ],
)
def test_a_good_value_passes_unchanged(kind: Any, values: list[object]) -> None:  # noqa: ANN401
    assert [TypeAdapter(kind).validate_python(value) for value in values] == values


_NAME = (
    "is not a name that AWS and Terraform take -> "
    "use lower-case letters, digits and single hyphens, a letter first, no hyphen at the end"
)
_IDENTIFIER = _NAME.replace("a name that AWS and Terraform take", "an RDS identifier of at most 63 characters")


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        pytest.param(Name, ["", "Orders", "1a", "a-", "a--b", "a_b", "a.b", "a\n", "ä", "a/../b"], _NAME, id="Name"),
        pytest.param(Identifier, ["", "x" * 64, "A", "a-", "a--b", "-a"], _IDENTIFIER, id="Identifier"),
        pytest.param(
            SnapshotName,
            ["", "1a", "a--b", "a-", "a_b", "x" * 256],
            "is not a snapshot identifier -> use letters, digits and single hyphens, a letter first",
            id="SnapshotName",
        ),
        pytest.param(
            Region,
            ["", "Ireland", "europe"],
            "is not the code of an AWS Region -> write it as eu-west-1",
            id="Region",
        ),
        pytest.param(
            Region,
            ["eu-west-11", "eu-west-1a", "EU-WEST-1", "eu_west_1", "eu-west1"],
            "is not the code of an AWS Region -> did you mean eu-west-1?",
            id="Region with a typing error",
        ),
        pytest.param(
            AccountId,
            ["", "11112222333", "1111222233334", "1111-2222-3333"],
            'is not an AWS account id -> write its 12 digits in quotes: "111122223333"',
            id="AccountId",
        ),
        pytest.param(
            AccountId,
            ["११११२२२२३३३३"],
            'is not an AWS account id -> write its 12 digits in quotes: "111122223333"',
            id="AccountId in other digits",
        ),
        pytest.param(
            RoleArn,
            [
                "",
                "role/x",
                "arn:aws:iam::111122223333:user/x",
                "arn:aws:iam::1:role/x",
                "arn:aws:iam::111122223333:role/",
            ],
            "is not the ARN of an IAM role -> write it as arn:aws:iam::111122223333:role/name",
            id="RoleArn",
        ),
        pytest.param(
            CidrBlock,
            ["", "ten", "10.0.0.0/33", "10.0.0/16", "10.0.0.256/32", "10.0.0.0/16 "],
            "is not an IPv4 network -> write it as 10.0.0.0/16",
            id="CidrBlock",
        ),
        pytest.param(
            CidrBlock,
            ["2001:db8::/32", "::/0", "2001:db8::1/32"],
            "is an IPv6 network -> give it a rule of its own, as securityGroup: {rules: {office: {cidrIpv6:"
            " 2001:db8::/32}}}, with networkType: DUAL",
            id="CidrBlock of IPv6",
        ),
        pytest.param(CidrIpv4, ["::/0"], "is an IPv6 network -> give it as cidrIpv6", id="CidrIpv4 of IPv6"),
        pytest.param(
            CidrIpv6,
            ["10.0.0.0/16", "::ffff:10.0.0.0/112", "::ffff:a00:1/128"],
            "is an IPv4 network -> give it as cidrIpv4",
            id="CidrIpv6 of IPv4",
        ),
        pytest.param(
            CidrIpv6,
            ["", "x", "2001:db8::/129", "2001:db8:::/32", "fe80::%eth0/64", "2001:db8::/32 ", "2001:db8::/ffff::"],
            "is not an IPv6 network -> write it as 2001:db8::/32",
            id="CidrIpv6",
        ),
        pytest.param(
            CidrIpv6,
            ["2001:db8::1/32", "2001:DB8:0:1::/32"],
            "has bits set behind its prefix length -> write the network itself: 2001:db8::/32",
            id="CidrIpv6 with host bits",
        ),
        pytest.param(
            CidrBlock,
            ["10.0.0.1/16", "10.0.255.255/16"],
            "has bits set behind its prefix length -> write the network itself: 10.0.0.0/16",
            id="CidrBlock with host bits",
        ),
        pytest.param(
            MaintenanceWindow,
            ["", "sun:03:00", "03:00-04:00", "son:03:00-son:04:00"],
            "is not a maintenance window -> write it in UTC as sun:03:00-sun:04:00",
            id="MaintenanceWindow",
        ),
        pytest.param(
            MaintenanceWindow,
            ["sun:03:00-sun:03:29", "sun:23:45-mon:00:14"],
            "is 29 minutes long -> make it 30 minutes or more, as sun:03:00-sun:04:00",
            id="MaintenanceWindow too short",
        ),
        pytest.param(
            BackupWindow,
            ["", "1:00-2:00", "sun:01:00-sun:02:00"],
            "is not a backup window -> write it in UTC as 01:00-02:00",
            id="BackupWindow",
        ),
        pytest.param(
            BackupWindow,
            ["01:00-01:29", "23:45-00:14"],
            "is 29 minutes long -> make it 30 minutes or more, as 01:00-02:00",
            id="BackupWindow too short",
        ),
        pytest.param(Port, [0, 1149, 65536], "is out of bounds -> write a number from 1150 to 65535", id="Port"),
        pytest.param(
            RetentionDays, [0, 36], "is out of bounds -> write a number from 1 to 35 days", id="RetentionDays"
        ),
        pytest.param(
            InstanceClass,
            ["", "r6g.large", "db.r6g", "db.R6G.large", "db.r6g.large\n"],
            "is not an instance class -> write it as db.r6g.large or db.serverless",
            id="InstanceClass",
        ),
    ],
)
def test_a_bad_value_is_told_what_it_is_not(kind: Any, values: list[object], expected: str) -> None:  # noqa: ANN401
    assert {value: told(kind, value) for value in values} == dict.fromkeys(values, expected)


@pytest.mark.parametrize(("days", "nearest"), [(0, 1), (2, 3), (10, 7), (11, 14), (13, 14), (366, 365), (9999, 3653)])
def test_a_log_retention_that_is_not_offered_is_told_the_nearest(days: int, nearest: int) -> None:
    what = f"is not a retention that CloudWatch Logs offers -> the nearest one is {nearest} days"
    assert told(LogRetentionDays, days) == what


def test_a_network_is_written_in_one_way() -> None:
    # A rule's address is made from its network, so two spellings must not make two rules.
    networks = TypeAdapter[Any](CidrBlock)
    assert networks.validate_python("10.0.0.0/255.255.0.0") == "10.0.0.0/16"
    assert networks.validate_python("10.0.0.7") == "10.0.0.7/32"


def test_an_ipv6_network_is_written_as_ec2_answers_it() -> None:
    networks = TypeAdapter[Any](CidrIpv6)
    assert networks.validate_python("2001:DB8:0:0::/64") == "2001:db8::/64"
    assert networks.validate_python("2001:db8::7") == "2001:db8::7/128"


def test_everywhere_is_all_of_either_kind() -> None:
    assert [is_everywhere(cidr) for cidr in ("0.0.0.0/0", "::/0", "0.0.0.0/1", "10.0.0.0/8", "::/1")] == [
        *(True, True, False, False, False)
    ]


def test_a_maintenance_window_is_written_as_rds_answers_it() -> None:
    # RDS answers in lower case: any other spelling would be a difference in every plan.
    assert TypeAdapter[Any](MaintenanceWindow).validate_python("Sun:03:00-SUN:04:00") == "sun:03:00-sun:04:00"
