"""Where the cluster is: subnets, and texts that must be ids or names of what exists at AWS."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.manifest import AwsRdsClusterSpec
from auroraform.schemas.problems import Code
from auroraform.schemas.references import Reference, TextOrReference
from auroraform.schemas.values import KMS_KEY_ARN

FEWEST_SUBNETS: Final = 2


def subnets(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    if spec.db_subnet_group_name is not None:
        if spec.subnet_ids is not None:
            yield Finding(
                Code.CONFLICT,
                ("dbSubnetGroupName",),
                "an existing group and subnetIds exclude each other",
                "keep dbSubnetGroupName to use the group as it is, or subnetIds to have one made",
            )
    elif spec.subnet_ids is None and not situation.environment_has_subnets:
        yield Finding(
            Code.TOO_FEW_SUBNETS,
            ("subnetIds",),
            f"names no subnets, and neither does the environment {situation.environment}",
            "list two or more in different Availability Zones, here or as network.subnetIds of the environment",
        )
    elif spec.subnet_ids is not None and not any(isinstance(value, Reference) for value in spec.subnet_ids):
        yield from too_few_subnets(len(spec.subnet_ids))


def too_few_subnets(count: int) -> Iterator[Finding]:
    """The fault of fewer subnets than a group needs, once references among them are resolved."""
    if count < FEWEST_SUBNETS:
        yield Finding(
            Code.TOO_FEW_SUBNETS,
            ("subnetIds",),
            f"lists {count} of the at least two subnets that a DB subnet group needs",
            "list two or more in different Availability Zones, or name an existing dbSubnetGroupName",
        )


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the text of a field must look like: the rest of the sentence `"x" is not …`, and the advice."""

    what: str
    pattern: re.Pattern[str]
    advice: str


def _id(thing: str, prefix: str) -> _Shape:
    return _Shape(f"the id of a {thing}", re.compile(f"{prefix}-[a-z0-9]+"), f"write it as {prefix}-0a1b2c3d")


_KMS_KEY: Final = _Shape(
    "the ARN of a KMS key (AWS answers an alias or id with the ARN of its key, "
    "and Terraform would replace the cluster)",
    re.compile(KMS_KEY_ARN, re.ASCII),
    "write it as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-…",
)

_SHAPES: Final = {
    "subnetIds": _id("subnet", "subnet"),
    "securityGroupIds": _id("security group", "sg"),
    "applicationSecurityGroupIds": _id("security group", "sg"),
    "associateSecurityGroupIds": _id("security group", "sg"),
    "vpcId": _id("VPC", "vpc"),
    # RDS keeps the name in lower case, and Terraform would replace the cluster for the difference.
    "dbSubnetGroupName": _Shape(
        "the name of a DB subnet group",
        re.compile(r"[a-z0-9._ -]{1,255}"),
        "use lower-case letters, digits, spaces and ._-, at most 255 of them",
    ),
    "kmsKeyId": _KMS_KEY,
    "performanceInsights": _Shape(
        "the ARN of a KMS key (AWS answers an alias or id with the ARN of its key)", _KMS_KEY.pattern, _KMS_KEY.advice
    ),
}


def text_fault(name: str, path: tuple[str | int, ...], text: str) -> Finding | None:
    """What is wrong with a text where the id or name of something at AWS is expected, if anything.

    Args:
        name: the field, in the spelling of the manifest.
        path: where the text stands.
        text: the text.
    """
    shape = _SHAPES.get(name)
    if shape is None or shape.pattern.fullmatch(text):
        return None
    return Finding(Code.BAD_VALUE, path, f'"{text}" is not {shape.what}', shape.advice)


def texts(spec: AwsRdsClusterSpec) -> Iterator[tuple[tuple[str | int, ...], TextOrReference]]:
    """Every value that may be a reference, with its path."""
    single: dict[str, TextOrReference | None] = {
        "dbSubnetGroupName": spec.db_subnet_group_name,
        "kmsKeyId": spec.kms_key_id,
        "masterUserSecretKmsKeyId": spec.master_user_secret_kms_key_id,
        "vpcId": spec.vpc_id,
    }
    lists: dict[str, tuple[TextOrReference, ...] | None] = {
        "subnetIds": spec.subnet_ids,
        "securityGroupIds": spec.security_group_ids,
        "associateSecurityGroupIds": spec.associate_security_group_ids,
    }
    for name, value in single.items():
        if value is not None:
            yield (name,), value
    if spec.performance_insights is not None and spec.performance_insights.kms_key_id is not None:
        yield ("performanceInsights", "kmsKeyId"), spec.performance_insights.kms_key_id
    for name, values in lists.items():
        for index, value in enumerate(values or ()):
            yield (name, index), value
