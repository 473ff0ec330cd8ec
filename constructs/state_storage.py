"""The bucket that keeps Terraform states, the key that encrypts them, and the table of locks.

Plain resources instead of the provider's classes for bucket and table: those of S3 and DynamoDB are large, and every
synthesis of clusters would pay for their import.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from auroraform.constructs.bindings import Construct, TerraformDataSource, TerraformElement, TerraformResource
from auroraform.constructs.kms_key import ManagedKmsKey
from auroraform.constructs.naming import address
from auroraform.constructs.policy_documents import Json
from auroraform.constructs.state_policies import bucket_policy, key_policy
from auroraform.schemas.resolved.encryption import KmsKey
from auroraform.schemas.storage import StateStorage
from auroraform.schemas.values import KMS_KEY_ARN

_KEPT_DAYS: Final = 90
# Older ones stay while they are among the newest: a state that changes once a year can still go back.
_KEPT_VERSIONS: Final = 10
_UPLOAD_DAYS: Final = 7
_KEY_DELETION_DAYS: Final = 30  # the longest that KMS offers

_FOR_EVER: Final[Json] = {"prevent_destroy": True}
_BUCKET: Final = "${aws_s3_bucket.state.id}"
_FOUND_KEY: Final = "${data.aws_kms_key.state.arn}"


class _Part(NamedTuple):
    type: str
    label: str
    arguments: dict[str, Json]


class StateStorageResources(Construct):
    """`aws_s3_bucket.state`, `aws_kms_key.state`, `aws_dynamodb_table.lock`, and the settings of these."""

    def __init__(self, scope: Construct, id_: str, *, storage: StateStorage) -> None:
        super().__init__(scope, id_)
        key_arn = self._key(storage)
        for part in (*_bucket(storage, key_arn), *_lock_table(storage)):
            self._resource(part)

    def _key(self, storage: StateStorage) -> str:
        """Make the key or find it, and return its ARN."""
        if storage.key_id is None:
            return ManagedKmsKey(self, "Key", label="state", key=_made_key(storage), tags={}).arn
        if re.fullmatch(KMS_KEY_ARN, storage.key_id):
            return storage.key_id
        _fill(
            TerraformDataSource(self, "Key", terraform_resource_type="aws_kms_key"),
            _Part("aws_kms_key", "state", {"key_id": storage.key_id}),
        )
        return _FOUND_KEY

    def _resource(self, part: _Part) -> None:
        _fill(TerraformResource(self, f"{part.type}.{part.label}", terraform_resource_type=part.type), part)


def abandoned(storage: StateStorage) -> tuple[str, ...]:
    """Addresses of what is not made but may once have been, when the environment said something else.

    Taken out of the stack, it would be destroyed, and without its key no state can be read.
    """
    key = ("aws_kms_key.state", "aws_kms_alias.state") if storage.key_id is not None else ()
    table = ("aws_dynamodb_table.lock",) if storage.lock_table is None else ()
    return (*key, *table)


def _fill(element: TerraformElement, part: _Part) -> None:
    address(element, part.label)
    for name, value in part.arguments.items():
        element.add_override(name, value)


def _made_key(storage: StateStorage) -> KmsKey:
    return KmsKey(
        alias=storage.key_alias,
        description=f"Terraform states in the S3 bucket {storage.bucket}",
        policy=key_policy(storage),
        enable_key_rotation=True,
        rotation_period_in_days=None,
        multi_region=False,
        deletion_window_in_days=_KEY_DELETION_DAYS,
        prevent_destroy=True,
    )


def _bucket(storage: StateStorage, key_arn: str) -> Iterator[_Part]:
    yield _Part("aws_s3_bucket", "state", {"bucket": storage.bucket, "lifecycle": _FOR_EVER})
    yield _Part(
        "aws_s3_bucket_versioning",
        "state",
        {"bucket": _BUCKET, "versioning_configuration": {"status": "Enabled"}},
    )
    yield _Part(
        "aws_s3_bucket_server_side_encryption_configuration",
        "state",
        {
            "bucket": _BUCKET,
            "rule": {
                "apply_server_side_encryption_by_default": {"sse_algorithm": "aws:kms", "kms_master_key_id": key_arn},
                "bucket_key_enabled": True,
            },
        },
    )
    yield _Part(
        "aws_s3_bucket_public_access_block",
        "state",
        {
            "bucket": _BUCKET,
            "block_public_acls": True,
            "block_public_policy": True,
            "ignore_public_acls": True,
            "restrict_public_buckets": True,
        },
    )
    yield _Part(
        "aws_s3_bucket_ownership_controls",
        "state",
        {"bucket": _BUCKET, "rule": {"object_ownership": "BucketOwnerEnforced"}},
    )
    yield _Part(
        "aws_s3_bucket_policy",
        "state",
        {
            "bucket": _BUCKET,
            "policy": bucket_policy(storage, key_arn),
            # S3 answers OperationAborted to two changes of a bucket's access at once.
            "depends_on": ["aws_s3_bucket_public_access_block.state"],
        },
    )
    yield _Part(
        "aws_s3_bucket_lifecycle_configuration",
        "state",
        {
            "bucket": _BUCKET,
            "rule": {
                "id": "old-versions",
                "status": "Enabled",
                "filter": {"prefix": ""},
                "noncurrent_version_expiration": {
                    "noncurrent_days": _KEPT_DAYS,
                    "newer_noncurrent_versions": _KEPT_VERSIONS,
                },
                "abort_incomplete_multipart_upload": {"days_after_initiation": _UPLOAD_DAYS},
            },
            # Rules on old versions are refused, or without effect, before versioning is on.
            "depends_on": ["aws_s3_bucket_versioning.state"],
        },
    )


def _lock_table(storage: StateStorage) -> Iterator[_Part]:
    if storage.lock_table is None:
        return
    yield _Part(
        "aws_dynamodb_table",
        "lock",
        {
            "name": storage.lock_table,
            "billing_mode": "PAY_PER_REQUEST",
            # Terraform's S3 backend, "DynamoDB State Locking": this key and no other.
            "hash_key": "LockID",
            "attribute": {"name": "LockID", "type": "S"},
            "point_in_time_recovery": {"enabled": True},
            # By the AWS managed key, so that taking a lock needs no permission on a key.
            "server_side_encryption": {"enabled": True},
            "deletion_protection_enabled": True,
            "lifecycle": _FOR_EVER,
        },
    )
