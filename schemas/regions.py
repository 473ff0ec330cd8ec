"""Facts about AWS Regions.

Sources: the Regions that AWS's SDKs know (`endpoints.json` of botocore); AWS General Reference, ARN format.
"""

import difflib
import re
from typing import Final

AS_OF: Final = "2026-08-19"

REGIONS: Final = frozenset((
    "af-south-1",
    "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2",
    "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1", "ca-west-1",
    "cn-north-1", "cn-northwest-1",
    "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3",
    "eu-isoe-west-1", "eusc-de-east-1",
    "il-central-1",
    "me-central-1", "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1", "us-east-2", "us-west-1", "us-west-2",
    "us-gov-east-1", "us-gov-west-1",
    "us-iso-east-1", "us-iso-west-1", "us-isob-east-1", "us-isob-west-1", "us-isof-east-1", "us-isof-south-1",
))  # fmt: skip

REGION: Final = r"[a-z]{2,4}(-[a-z]+)+-\d"
"""The pattern of codes of Regions, of those to come too."""

_CHINA: Final = "aws-cn"
_PARTITIONS: Final = (
    ("cn-", _CHINA),
    ("eusc-", "aws-eusc"),
    ("us-iso-", "aws-iso"),
    ("us-isob-", "aws-iso-b"),
    ("eu-isoe-", "aws-iso-e"),
    ("us-isof-", "aws-iso-f"),
    ("us-gov-", "aws-us-gov"),
)

_ARN: Final = re.compile(r"arn:aws[a-z-]*:[a-z0-9-]+:(?P<region>[a-z0-9-]*):\d*:(?P<resource>.+)", re.ASCII)


def partition_of(region: str) -> str:
    """The partition that ARNs of a Region name."""
    return next((partition for prefix, partition in _PARTITIONS if region.startswith(prefix)), "aws")


def near(text: str) -> str | None:
    """The Region that somebody who typed something else most likely meant, if there is one."""
    word = text.lower().replace("_", "-")
    found = difflib.get_close_matches(word, sorted(REGIONS), n=3, cutoff=0.8)
    # Two letters that changed places come first: us-esat-1 is not us-west-1.
    return min(found, key=lambda region: sorted(region) != sorted(word), default=None)


def arn_parts(text: str) -> tuple[str, str] | None:
    """The Region of an ARN, empty where it has none, and the id or name at its end; None for other text."""
    match = _ARN.fullmatch(text)
    return (match["region"], re.split("[/:]", match["resource"])[-1]) if match else None


def suffix_of(region: str) -> str:
    """How the names of services end that AWS gives for a Region (AWS General Reference, endpoints in China)."""
    return "amazonaws.com.cn" if partition_of(region) == _CHINA else "amazonaws.com"


_CONSOLES: Final = {
    "aws": "console.aws.amazon.com",
    _CHINA: "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
}


def console_of(region: str) -> str | None:
    """The address of the console for a Region; None where it is not known."""
    host = _CONSOLES.get(partition_of(region))
    return f"https://{host}" if host is not None else None


def service_host(service: str, region: str) -> str:
    """The host of a service in a Region, as `kms:ViaService` names it."""
    return f"{service}.{region}.{suffix_of(region)}"


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
