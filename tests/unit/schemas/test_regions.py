"""Regions: the list, what somebody meant who is not in it, and what an ARN says."""

import re

import botocore.session
import pytest

from auroraform.schemas.regions import REGION, REGIONS, arn_parts, near, partition_of

SESSION = botocore.session.get_session()
PARTITIONS = SESSION.get_available_partitions()


@pytest.mark.parametrize("partition", PARTITIONS)
def test_the_list_has_every_region_of_the_sdk_and_its_partition(partition: str) -> None:
    known = SESSION.get_available_regions("rds", partition)
    assert {region for region in known if re.fullmatch(REGION, region)} <= REGIONS
    assert {partition_of(region) for region in known} <= {partition}


def test_nothing_else_is_in_the_list() -> None:
    known = {region for partition in PARTITIONS for region in SESSION.get_available_regions("ec2", partition)}
    assert known >= REGIONS


@pytest.mark.parametrize("region", sorted(REGIONS))
def test_every_region_of_the_list_has_the_shape_of_one(region: str) -> None:
    assert re.fullmatch(REGION, region)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("eu-west-11", "eu-west-1"),
        ("eu-wset-1", "eu-west-1"),
        ("us-esat-1", "us-east-1"),
        ("EU_WEST_1", "eu-west-1"),
        ("ap-souteast-2", "ap-southeast-2"),
        ("us-gov-west", "us-gov-west-1"),
        ("Ireland", None),
        ("", None),
    ],
)
def test_a_typing_error_is_told_what_was_meant(text: str, expected: str | None) -> None:
    assert near(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-0a", ("eu-west-1", "subnet-0a")),
        ("arn:aws-cn:rds:cn-north-1:111122223333:subgrp:shared", ("cn-north-1", "shared")),
        ("arn:aws:iam::111122223333:role/a/b", ("", "b")),
        ("subnet-0a", None),
        ("arn:aws:ec2", None),
    ],
)
def test_an_arn_says_its_region_and_ends_with_its_id(text: str, expected: tuple[str, str] | None) -> None:
    assert arn_parts(text) == expected
