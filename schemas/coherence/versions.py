"""Engine versions: whole ones, of a kind that can be made here, and known to the catalogue."""

from collections.abc import Iterator

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.versions import AS_OF, is_known


def engine_version(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine = ENGINES[spec.engine]
    if not engine.accepts_version(spec.engine_version):
        yield Finding(
            Code.BAD_VALUE,
            ("engineVersion",),
            f'"{spec.engine_version}" is not a full {engine.title} version',
            f'write it as "{engine.version_example}"',
        )
    elif spec.engine_version.endswith("-limitless"):
        # RDS API reference, CreateDBCluster: these need ClusterScalabilityType "limitless", which replaces instances.
        yield Finding(
            Code.NOT_SUPPORTED,
            ("engineVersion",),
            f'"{spec.engine_version}" is for Aurora Limitless Database, which is not made here',
            f'write the version without its end: "{spec.engine_version.removesuffix("-limitless")}"',
        )


def known_version(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine, version = ENGINES[spec.engine], spec.engine_version
    if engine.accepts_version(version) and not is_known(spec.engine, version):
        yield Finding(
            Code.NOT_IN_CATALOGUE,
            ("engineVersion",),
            f'"{version}" is not among the {engine.title} versions of {AS_OF}, the date of the list here',
            "all is well if AWS has it: "
            f"aws rds describe-db-engine-versions --engine {spec.engine} --engine-version {version}",
            Severity.WARNING,
        )


def engine_mode(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    if spec.engine_mode == "serverless":
        yield Finding(
            Code.NOT_SUPPORTED,
            ("engineMode",),
            "AWS takes no new Serverless v1 clusters",
            "delete it and give serverlessV2Scaling: {minCapacity: …, maxCapacity: …}",
        )
