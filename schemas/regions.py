"""Facts about AWS Regions."""

from typing import Final

_PARTITIONS: Final = (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"))


def partition_of(region: str) -> str:
    """The partition that ARNs of a Region name (AWS General Reference, ARN format)."""
    return next((partition for prefix, partition in _PARTITIONS if region.startswith(prefix)), "aws")


# Where it is night cannot be told from AWS's own blocks of time for default windows: many of them lie in the day of
# their Region (02:00-10:00 UTC in Milan, 06:00-14:00 UTC in Mumbai; Amazon Aurora User Guide, "The Amazon RDS
# maintenance window"). These are the standard times of where the Regions are (IANA time zone database); no Region's
# changes are to be expected.
UTC_OFFSETS: Final[dict[str, float]] = {
    "af-south-1": 2,
    "ap-east-1": 8,
    "ap-east-2": 8,
    "ap-northeast-1": 9,
    "ap-northeast-2": 9,
    "ap-northeast-3": 9,
    "ap-south-1": 5.5,
    "ap-south-2": 5.5,
    "ap-southeast-1": 8,
    "ap-southeast-2": 10,
    "ap-southeast-3": 7,
    "ap-southeast-4": 10,
    "ap-southeast-5": 8,
    "ap-southeast-6": 12,
    "ap-southeast-7": 7,
    "ca-central-1": -5,
    "ca-west-1": -7,
    "cn-north-1": 8,
    "cn-northwest-1": 8,
    "eu-central-1": 1,
    "eu-central-2": 1,
    "eu-north-1": 1,
    "eu-south-1": 1,
    "eu-south-2": 1,
    "eu-west-1": 0,
    "eu-west-2": 0,
    "eu-west-3": 1,
    "il-central-1": 2,
    "me-central-1": 4,
    "me-south-1": 3,
    "mx-central-1": -6,
    "sa-east-1": -3,
    "us-east-1": -5,
    "us-east-2": -5,
    "us-gov-east-1": -5,
    "us-gov-west-1": -8,
    "us-west-1": -8,
    "us-west-2": -8,
}
# For Regions that are newer than the table: the middle of their part of the world.
_UTC_OFFSETS_BY_AREA: Final[dict[str, float]] = {
    "af": 2, "ap": 8, "ca": -6, "cn": 8, "eu": 1, "il": 2, "me": 3, "mx": -6, "sa": -3, "us": -6,
}  # fmt: skip


def utc_offset(region: str) -> int:
    """By how many minutes the clocks of a Region are ahead of UTC, in winter."""
    area = _UTC_OFFSETS_BY_AREA.get(region.partition("-")[0], 0)
    return int(UTC_OFFSETS.get(region, area) * 60)
