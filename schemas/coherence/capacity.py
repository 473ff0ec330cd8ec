"""Capacity: an instance class or a Serverless v2 range, and what the engine version allows of either."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas import classes
from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.features import ABOVE_128_ACUS, PAUSING, SERVERLESS_V2
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec

SERVERLESS: Final = "db.serverless"
_LARGEST_ONCE: Final = 128


def capacity(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    scaling = spec.serverless_v2_scaling
    instance_class = spec.instances.instance_class if spec.instances else None
    if scaling is None and instance_class == SERVERLESS:
        yield Finding(
            Code.CONFLICT,
            ("instances", "instanceClass"),
            "instances of class db.serverless need a capacity range",
            "add serverlessV2Scaling: {minCapacity: 0.5, maxCapacity: 8}",
        )
    if scaling is not None and instance_class not in {None, SERVERLESS}:
        yield Finding(
            Code.CONFLICT,
            ("instances", "instanceClass"),
            f"instances of class {instance_class} are provisioned, but serverlessV2Scaling is given beside it",
            "keep one of the two (where two layers differ, the later one wins)",
        )
    if scaling is not None and scaling.min_capacity > scaling.max_capacity:
        yield Finding(
            Code.CONFLICT,
            ("serverlessV2Scaling", "minCapacity"),
            f"the minimum of {scaling.min_capacity:g} ACUs is above the maximum of {scaling.max_capacity:g}",
            "make the minimum the smaller one",
        )


def capacity_of_version(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    scaling, engine, version = spec.serverless_v2_scaling, ENGINES[spec.engine], spec.engine_version
    if scaling is None or not engine.accepts_version(version):
        return
    if not SERVERLESS_V2.is_in(spec.engine, version):
        yield Finding(
            Code.NOT_SUPPORTED,
            ("serverlessV2Scaling",),
            f"{engine.title} {version} has no Serverless v2",
            f"name an instance class instead, or take {SERVERLESS_V2.versions(spec.engine)}",
        )
        return
    if scaling.min_capacity == 0 and not PAUSING.is_in(spec.engine, version):
        yield Finding(
            Code.NOT_SUPPORTED,
            ("serverlessV2Scaling", "minCapacity"),
            f"{engine.title} {version} cannot pause, so its minimum is 0.5 ACUs",
            f"write 0.5, or take {PAUSING.versions(spec.engine)}",
        )
    if scaling.max_capacity > _LARGEST_ONCE and not ABOVE_128_ACUS.is_in(spec.engine, version):
        yield Finding(
            Code.NOT_SUPPORTED,
            ("serverlessV2Scaling", "maxCapacity"),
            f"{engine.title} {version} has {_LARGEST_ONCE} ACUs at most",
            f"write {_LARGEST_ONCE}, or take {ABOVE_128_ACUS.versions(spec.engine)}",
        )


def pausing(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    scaling = spec.serverless_v2_scaling
    if scaling is not None and scaling.seconds_until_auto_pause is not None and scaling.min_capacity > 0:
        # The AWS provider would drop it without a word.
        yield Finding(
            Code.CONFLICT,
            ("serverlessV2Scaling", "secondsUntilAutoPause"),
            f"a cluster with a minimum of {scaling.min_capacity:g} ACUs never pauses",
            "delete it, or write minCapacity: 0; a layer that raises the minimum can set this to null",
        )


def instance_class(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine, version = ENGINES[spec.engine], spec.engine_version
    name = spec.instances.instance_class if spec.instances else None
    if name is None or not engine.accepts_version(version) or classes.is_known(spec.engine, version, name):
        return
    yield Finding(
        Code.NOT_IN_CATALOGUE,
        ("instances", "instanceClass"),
        f'"{name}" is not among the instance classes for {engine.title} {version} of {classes.AS_OF}, '
        "the date of the list here",
        "all is well if AWS has it: aws rds describe-orderable-db-instance-options "
        f"--engine {spec.engine} --engine-version {version} --db-instance-class {name}",
        Severity.WARNING,
    )
