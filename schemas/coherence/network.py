"""Where the cluster is: subnets, and texts that must be ids or names of what exists at AWS."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.problems import Code
from auroraform.schemas.referable import Referable
from auroraform.schemas.references import Reference
from auroraform.schemas.regions import partition_of
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec

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


def text_fault(referable: Referable, path: tuple[str | int, ...], text: str) -> Finding | None:
    """What is wrong with a text where the id or name of something at AWS is expected, if anything.

    Args:
        referable: the field.
        path: where the text stands.
        text: the text.
    """
    shape = referable.shape
    if shape is None or shape.pattern.fullmatch(text):
        return None
    return Finding(Code.BAD_VALUE, path, f'"{text}" is not {shape.what}', shape.advice)


def region_fault(referable: Referable, path: tuple[str | int, ...], text: str, region: str) -> Finding | None:
    """What is wrong with an ARN that must be of the cluster's own Region, if anything.

    Args:
        referable: the field.
        path: where the text stands.
        text: the text; a name that is no ARN has no Region.
        region: the Region of the cluster.
    """
    home = referable.home
    if home is None or not text.startswith("arn:"):
        return None
    _, partition, _, other, *_ = text.split(":")
    if other != region:
        return Finding(
            Code.BAD_VALUE,
            path,
            f'"{text}" is in {other}, and the cluster in {region}: {home.reason}',
            f"name one that is in {region}; {home.advice}",
        )
    if partition != partition_of(region):
        return Finding(
            Code.BAD_VALUE,
            path,
            f'"{text}" names the partition {partition}, and {region} is in {partition_of(region)}',
            f"begin it with arn:{partition_of(region)}:",
        )
    return None
