"""Facts about AWS Regions."""

from typing import Final

_PARTITIONS: Final = (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"))


def partition_of(region: str) -> str:
    """The partition that ARNs of a Region name (AWS General Reference, ARN format)."""
    return next((partition for prefix, partition in _PARTITIONS if region.startswith(prefix)), "aws")


def service_host(service: str, region: str) -> str:
    """The host of a service in a Region, as `kms:ViaService` names it."""
    return f"{service}.{region}.amazonaws.com{'.cn' if partition_of(region) == 'aws-cn' else ''}"
