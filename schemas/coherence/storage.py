"""The volume: encryption, its type, and where its data comes from."""

from collections.abc import Iterator

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.features import IO_OPTIMIZED
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec


def encryption(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    if spec.storage_encrypted is not False:
        return
    if situation.environment_class != "development":
        yield Finding(
            Code.NOT_IN_PRODUCTION,
            ("storageEncrypted",),
            f"an unencrypted volume is not possible in {situation.environment}, "
            f"an environment of class {situation.environment_class}",
            "delete it: volumes are encrypted by default; only class development may do without",
        )
    if spec.kms_key_id is not None:
        yield Finding(
            Code.CONFLICT,
            ("kmsKeyId",),
            "a key and storageEncrypted: false exclude each other",
            "delete storageEncrypted: false, or the key",
        )


def storage_type(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine, version = ENGINES[spec.engine], spec.engine_version
    if spec.storage_type != "aurora-iopt1" or not engine.accepts_version(version):
        return
    if not IO_OPTIMIZED.is_in(spec.engine, version):
        yield Finding(
            Code.MAY_BE_REFUSED,
            ("storageType",),
            f"{engine.title} {version} seems to be too old for I/O-Optimized storage",
            f"take {IO_OPTIMIZED.versions(spec.engine)}, or delete it for Standard storage",
            Severity.WARNING,
        )


def origin(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    if spec.snapshot_identifier is not None and spec.replication_source_identifier is not None:
        yield Finding(
            Code.CONFLICT,
            ("snapshotIdentifier",),
            "a cluster comes from a snapshot or replicates another one, not both",
            "keep snapshotIdentifier or replicationSourceIdentifier",
        )
