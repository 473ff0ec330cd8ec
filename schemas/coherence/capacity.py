"""Capacity: an instance class or a Serverless v2 range, and what the engine version allows of either."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas import classes
from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.features import ABOVE_128_ACUS, PAUSING, SERVERLESS_V2
from auroraform.schemas.members import KEEPING_UP, SERVERLESS, members, written
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec

_LARGEST_ONCE: Final = 128
_GIB_PER_ACU: Final = 2
_FAR: Final = 2
"""How many times smaller than the writer whoever takes over may be before it is told."""


def capacity(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    scaling = spec.serverless_v2_scaling
    if scaling is None:
        for path, name in written(spec, "instanceClass", lambda one: one.instance_class):
            if name == SERVERLESS:
                yield Finding(
                    Code.CONFLICT,
                    path,
                    "instances of class db.serverless need a capacity range",
                    "add serverlessV2Scaling: {minCapacity: 0.5, maxCapacity: 8}",
                )
        return
    yield from _unused_range(spec)
    if scaling.min_capacity > scaling.max_capacity:
        yield Finding(
            Code.CONFLICT,
            ("serverlessV2Scaling", "minCapacity"),
            f"the minimum of {scaling.min_capacity:g} ACUs is above the maximum of {scaling.max_capacity:g}",
            "make the minimum the smaller one",
        )


def _unused_range(spec: AwsRdsClusterSpec) -> Iterator[Finding]:
    """A range beside instances none of which would scale in it."""
    shared = spec.instances.instance_class if spec.instances else None
    found = members(spec)
    if any(member.is_serverless for member in found):
        return
    if shared not in {None, SERVERLESS} and not (found and all(member.written.instance_class for member in found)):
        yield Finding(
            Code.CONFLICT,
            ("instances", "instanceClass"),
            f"instances of class {shared} are provisioned, but serverlessV2Scaling is given beside it",
            "keep one of the two (where two layers differ, the later one wins)",
        )
    elif found:
        yield Finding(
            Code.CONFLICT,
            ("serverlessV2Scaling",),
            "every member names a provisioned class, so that no instance would scale in this range",
            "delete it, or write instanceClass: db.serverless for one of instances.members",
        )


def takeover(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    scaling, (writer, *readers) = spec.serverless_v2_scaling, members(spec) or (None,)
    if scaling is None or writer is None or not readers or situation.environment_class == "development":
        return
    reader, tier = readers[0], readers[0].promotion_tier
    if not all(other.is_serverless for other in readers if other.promotion_tier == tier):
        return
    memory, largest = classes.memory(writer.instance_class or ""), scaling.max_capacity * _GIB_PER_ACU
    # Amazon Aurora User Guide, "How Aurora Serverless v2 works", scaling.
    if tier > KEEPING_UP:
        yield Finding(
            Code.MAY_HURT,
            ("instances", "members", reader.key, "promotionTier"),
            f"instance {reader.key} is the first to take over, but in tier {tier} it scales by its own load alone: "
            "after a failover it may begin far below what the writer had",
            "write promotionTier: 1, so that it keeps up with the writer",
            Severity.WARNING,
        )
    elif memory is not None and largest * _FAR < memory:
        yield Finding(
            Code.MAY_HURT,
            ("serverlessV2Scaling", "maxCapacity"),
            f"instance {reader.key} takes over from {writer.key} with at most {largest:g} GiB of memory "
            f"({scaling.max_capacity:g} ACUs); {writer.instance_class} has about {memory:g}",
            f"raise it towards {memory / _GIB_PER_ACU:g}, or let a provisioned instance take over first",
            Severity.WARNING,
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
    for path, name in written(spec, "instanceClass", lambda one: one.instance_class):
        if not engine.accepts_version(version) or classes.is_known(spec.engine, version, name):
            continue
        yield Finding(
            Code.NOT_IN_CATALOGUE,
            path,
            f'"{name}" is not among the instance classes for {engine.title} {version} of {classes.AS_OF}, '
            "the date of the list here",
            "all is well if AWS has it: aws rds describe-orderable-db-instance-options "
            f"--engine {spec.engine} --engine-version {version} --db-instance-class {name}",
            Severity.WARNING,
        )
