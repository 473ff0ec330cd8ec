"""The shapes of values that several fields share: identifiers, ids, ARNs, numbers in bounds.

Sources: RDS API reference (CreateDBCluster: identifiers, ports, retention), EC2 and IAM documentation (ids, ARNs).
The AWS provider checks few of these; the rest would fail at apply.
"""

import re
from typing import Annotated, Final, Literal, TypeVar

from pydantic_core import PydanticCustomError

from auroraform.schemas import clocks, regions
from auroraform.schemas.encoded import reference_in
from auroraform.schemas.expressed import Expressed, whole
from auroraform.schemas.parameters import time_zones
from auroraform.schemas.scalars import Integer, Text, VersionText
from auroraform.schemas.windows import DAYS, SHORTEST, TIME, parse_backup, parse_maintenance

BAD_VALUE: Final = "bad_value"

N = TypeVar("N", int, float)
T = TypeVar("T")


def bad_value(what: str, advice: str) -> PydanticCustomError:
    """The error of a value that has the right type but is not allowed.

    Args:
        what: the end of the sentence `"8.0" …`, such as `is not a Region`.
        advice: what to write instead.
    """
    return PydanticCustomError(BAD_VALUE, "{what}", {"what": what, "advice": advice})


def matching(pattern: str, what: str, advice: str) -> Expressed:
    """Text that matches a whole pattern."""
    # AWS takes no digits or letters of other scripts for an id.
    compiled = re.compile(pattern, re.ASCII)

    def check(value: str) -> str:
        if compiled.fullmatch(value) is None:
            raise bad_value(what, advice)
        return value

    return Expressed(check, whole(pattern))


def plain(pattern: str, what: str, advice: str) -> Expressed:
    """Text that matches a whole pattern, for places where nothing can be escaped: names, and arguments of backends."""
    matched = matching(pattern, what, advice)

    def check(value: str) -> str:
        number = reference_in(matched.check(value))
        if number is not None:
            raise bad_value(
                f"holds {number}, a number that CDKTF takes for a reference of its own", "write it otherwise"
            )
        return value

    return Expressed(check, matched.keywords)


def between(low: N, high: N, unit: str = "") -> Expressed:
    """A number within bounds, both allowed."""

    def check(value: N) -> N:
        if not low <= value <= high:
            raise bad_value("is out of bounds", f"write a number from {low} to {high}{unit}")
        return value

    return Expressed(check, {"minimum": low, "maximum": high})


def each_once(items: tuple[T, ...]) -> tuple[T, ...]:
    """A list in which nothing stands twice."""
    seen: list[T] = []
    for item in items:
        if item in seen:
            raise bad_value(f"holds {item!r} twice", "list each value once")
        seen.append(item)
    return items


EACH_ONCE: Final = Expressed(each_once, {"uniqueItems": True})


def _some(items: dict[str, T]) -> dict[str, T]:
    if not items:
        raise bad_value("is empty", "give one or more, or delete it")
    return items


SOME: Final = Expressed(_some, {"minProperties": 1})


def _maintenance(value: str) -> str:
    window = parse_maintenance(value)
    if window is None:
        raise bad_value("is not a maintenance window", "write it in UTC as sun:03:00-sun:04:00")
    if window.minutes < SHORTEST:
        raise bad_value(
            f"is {window.minutes} minutes long", f"make it {SHORTEST} minutes or more, as sun:03:00-sun:04:00"
        )
    return value.lower()


def _backup(value: str) -> str:
    windows = parse_backup(value)
    if not windows:
        raise bad_value("is not a backup window", "write it in UTC as 01:00-02:00")
    if windows[0].minutes < SHORTEST:
        raise bad_value(f"is {windows[0].minutes} minutes long", f"make it {SHORTEST} minutes or more, as 01:00-02:00")
    return value


IDENTIFIER: Final = r"[a-z](-?[a-z0-9])*"
_ADVICE: Final = "use lower-case letters, digits and single hyphens, a letter first, no hyphen at the end"


def _no_property(value: str) -> str:
    if value == "constructor":
        raise bad_value("is a name that every object has in JavaScript, where CDKTF runs", "take another name")
    return value


Name = Annotated[Text, plain(IDENTIFIER, "is not a name that AWS and Terraform take", _ADVICE), Expressed(_no_property)]
"""A name that becomes part of identifiers and of Terraform addresses."""

# Without hyphens: the last one of an identifier ends the cluster's, so that no two instances can have the same one.
MemberKey = Annotated[
    Text,
    plain(r"[a-z0-9]{1,15}", "is not the key of an instance", "use 1 to 15 lower-case letters and digits"),
    Expressed(_no_property),
]
"""What tells an instance from its siblings, in its identifier and its Terraform address."""
BackupKey = Annotated[
    Text,
    plain(r"[a-z0-9]{1,15}", "is not the key of a snapshot or an export", "use 1 to 15 lower-case letters and digits"),
    Expressed(_no_property),
]
"""The same for a snapshot or an export, likewise without hyphens."""

Identifier = Annotated[
    Text,
    matching(rf"(?=.{{1,63}}$){IDENTIFIER}", "is not an RDS identifier of at most 63 characters", _ADVICE),
]
SnapshotName = Annotated[
    Text,
    matching(
        r"(?=.{1,255}$)[A-Za-z](-?[A-Za-z0-9])*",
        "is not a snapshot identifier",
        "use letters, digits and single hyphens, a letter first",
    ),
]


def _region(value: str) -> str:
    if re.fullmatch(regions.REGION, value, re.ASCII) is None:
        meant = regions.near(value)
        advice = f"did you mean {meant}?" if meant else "write it as eu-west-1"
        raise bad_value("is not the code of an AWS Region", advice)
    return value


Region = Annotated[Text, Expressed(_region, whole(regions.REGION))]
AvailabilityZone = Annotated[
    Text, matching(r"[a-z]{2}(-[a-z]+)+-\d[a-z]", "is not an Availability Zone", "write it as eu-west-1a")
]
SubnetId = Annotated[Text, matching(r"subnet-[a-z0-9]+", "is not the id of a subnet", "write it as subnet-0a1b2c3d")]
AccountId = Annotated[
    VersionText,
    matching(r"\d{12}", "is not an AWS account id", 'write its 12 digits in quotes: "111122223333"'),
]
ROLE_ARN: Final = r"arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]+"
RoleArn = Annotated[
    Text,
    plain(
        ROLE_ARN,
        "is not the ARN of an IAM role",
        "write it as arn:aws:iam::111122223333:role/name",
    ),
]
PolicyArn = Annotated[
    Text,
    plain(
        r"arn:aws[a-z-]*:iam::(\d{12}|aws):policy/[\w+=,.@/-]+",
        "is not the ARN of an IAM policy",
        "write it as arn:aws:iam::111122223333:policy/boundary",
    ),
]
RolePath = Annotated[
    Text,
    plain(
        r"(?=.{1,512}$)/([\w+=,.@-]+/)*",
        "is not a path of IAM roles",
        "write it with slashes at both ends, as /databases/",
    ),
]
_DAY: Final = "({})".format("|".join("".join(f"[{letter}{letter.upper()}]" for letter in day) for day in DAYS))
KMS_KEY_ARN: Final = r"arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/[A-Za-z0-9-]+"
ANY_KMS_KEY: Final = (
    rf"{KMS_KEY_ARN}|(arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{{12}}:)?alias/[\w/-]+|[0-9a-f-]{{36}}|mrk-[0-9a-f]{{32}}"
)
"""A key in any of AWS's spellings: its ARN or id, an alias or the ARN of one."""
MaintenanceWindow = Annotated[Text, Expressed(_maintenance, whole(f"{_DAY}:{TIME}-{_DAY}:{TIME}"))]
TimeOfDay = Annotated[Text, matching(TIME, "is not a time of day", 'write it in UTC as "21:00"')]
LocalTime = Annotated[Text, matching(TIME, "is not a time of day", 'write it in quotes as "08:00"')]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _some_day(days: tuple[Day, ...]) -> tuple[Day, ...]:
    if not days:
        raise bad_value("names no day", "delete it, or name a day")
    return days


Days = Annotated[tuple[Day, ...], EACH_ONCE, Expressed(_some_day, {"minItems": 1})]
BackupWindow = Annotated[Text, Expressed(_backup, whole(f"{TIME}-{TIME}"))]
Port = Annotated[Integer, between(1150, 65535)]
RetentionDays = Annotated[Integer, between(1, 35, " days")]

_LOG_RETENTION: Final = (
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
)  # fmt: skip


def _log_retention(value: int) -> int:
    if value not in _LOG_RETENTION:
        nearest = min(_LOG_RETENTION, key=lambda days: (abs(days - value), -days))
        raise bad_value("is not a retention that CloudWatch Logs offers", f"the nearest one is {nearest} days")
    return value


LogRetentionDays = Annotated[Integer, Expressed(_log_retention, {"enum": list(_LOG_RETENTION)})]

_INSTANCE_CLASS: Final = r"db\.(serverless|[a-z][a-z0-9]*\.[a-z0-9]+)"
InstanceClass = Annotated[
    Text, matching(_INSTANCE_CLASS, "is not an instance class", "write it as db.r6g.large or db.serverless")
]

TimeZone = Annotated[
    Text,
    matching(
        time_zones.PATTERN,
        "is not the name of a time zone",
        "write its IANA name, such as Europe/Paris, or UTC",
    ),
]


def _clock(value: str) -> str:
    if not clocks.is_known(value):
        meant = clocks.near(value)
        advice = f"did you mean {meant}?" if meant else "write its IANA name, such as Europe/Paris, or UTC"
        raise bad_value("is no time zone of the tz database", advice)
    return value


Clock = Annotated[TimeZone, Expressed(_clock)]
"""A time zone whose rules are known here."""
