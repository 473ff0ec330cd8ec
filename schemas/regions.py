"""Facts about AWS Regions."""

from typing import Final

_CHINA: Final = "aws-cn"
_PARTITIONS: Final = (("cn-", _CHINA), ("us-gov-", "aws-us-gov"))


def partition_of(region: str) -> str:
    """The partition that ARNs of a Region name (AWS General Reference, ARN format)."""
    return next((partition for prefix, partition in _PARTITIONS if region.startswith(prefix)), "aws")


def suffix_of(region: str) -> str:
    """How the names of services end that AWS gives for a Region (AWS General Reference, endpoints in China)."""
    return "amazonaws.com.cn" if partition_of(region) == _CHINA else "amazonaws.com"
