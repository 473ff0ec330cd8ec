"""The KMS key that is made: whether one is, and what it encrypts."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.problems import Code
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.spec.encryption import KeyUse, KmsKey

_DESCRIBING: Final = (
    ("uses", "uses"),
    ("description", "description"),
    ("alias", "alias"),
    ("enableKeyRotation", "enable_key_rotation"),
    ("rotationPeriodInDays", "rotation_period_in_days"),
    ("multiRegion", "multi_region"),
    ("administrators", "administrators"),
)
"""The fields that no layer of the tool sets: somebody wrote them, and means a key."""


def described_key(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    key = spec.kms_key
    if key is None or key.create is not None:
        return
    for field, name in _DESCRIBING:
        if getattr(key, name) is not None:
            # Silence would give the cluster the account's key, and a key of its own could come with a new volume only.
            yield Finding(
                Code.MISSING_FIELD,
                ("kmsKey", field),
                "describes a key, and nothing says whether one is made",
                "add create: true to kmsKey before the cluster exists; create: false where others may have one",
            )
            return


def two_keys(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    """What has a key by name, and is to have the one that is made."""
    key = _made(spec)
    if key is None:
        return
    insights = spec.performance_insights
    named: tuple[tuple[KeyUse, tuple[str, ...], object], ...] = (
        ("volume", ("kmsKeyId",), spec.kms_key_id),
        ("performanceInsights", ("performanceInsights", "kmsKeyId"), insights.kms_key_id if insights else None),
        ("masterUserSecret", ("masterUserSecretKmsKeyId",), spec.master_user_secret_kms_key_id),
    )
    for use, path, value in named:
        # A key is made for the volume first of all: by silence alone it is not for something else.
        is_meant = use in key.uses if key.uses is not None else use == "volume"
        if value is not None and is_meant:
            yield Finding(
                Code.CONFLICT,
                path,
                f"another key is made for this, as kmsKey.create is true{_listed(key, use)}",
                "delete one of the two, or list in kmsKey.uses what the key is made for",
            )


def key_of_nothing(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    key = _made(spec)
    if key is None:
        return
    if key.uses is not None and not key.uses:
        yield Finding(
            Code.CONFLICT,
            ("kmsKey", "uses"),
            "a key is made, and nothing is encrypted with it",
            "list volume, performanceInsights or masterUserSecret, or write create: false",
        )
    if spec.storage_encrypted is False and (key.uses is None or "volume" in key.uses):
        yield Finding(
            Code.CONFLICT,
            ("kmsKey", "create"),
            "a key for the volume and storageEncrypted: false exclude each other",
            "delete storageEncrypted: false, or the key",
        )


def key_rotation(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    key = spec.kms_key
    if key is not None and key.enable_key_rotation is False and key.rotation_period_in_days is not None:
        yield Finding(
            Code.CONFLICT,
            ("kmsKey", "rotationPeriodInDays"),
            "a key that is not renewed has no period",
            "delete it, or enableKeyRotation: false",
        )


def _made(spec: AwsRdsClusterSpec) -> KmsKey | None:
    key = spec.kms_key
    return key if key is not None and key.create else None


def _listed(key: KmsKey, use: KeyUse) -> str:
    return f" and kmsKey.uses has {use}" if key.uses is not None else ""
