"""Who may do what to a state bucket and its key, as IAM policy documents.

The bucket's refuses and never allows: what somebody may do is said by the policies of their own role.
"""

from typing import Final

from auroraform.constructs.policy_documents import Json, account_administers, document
from auroraform.schemas.storage import StateStorage

_ENCRYPTION: Final = "s3:x-amz-server-side-encryption"
_KEY: Final = "s3:x-amz-server-side-encryption-aws-kms-key-id"
_CUSTOMER_KEY: Final = "s3:x-amz-server-side-encryption-customer-algorithm"


def bucket_policy(storage: StateStorage, key_arn: str) -> str:
    """The policy of the bucket: TLS only, and no other encryption than the bucket's."""
    bucket = f"arn:{storage.partition}:s3:::{storage.bucket}"
    everything: Json = [bucket, f"{bucket}/*"]
    objects = f"{bucket}/*"
    return document(
        # S3 User Guide, "Security best practices": plain HTTP, and TLS below 1.2.
        _deny("PlainHttp", "s3:*", everything, {"Bool": {"aws:SecureTransport": "false"}}),
        _deny("OldTls", "s3:*", everything, {"NumericLessThan": {"s3:TlsVersion": "1.2"}}),
        _deny("OtherEncryption", "s3:PutObject", objects, _other_encryption(storage, key_arn)),
        # SSE-C does not set the header that the statement above looks at.
        _deny("CustomerProvidedKey", "s3:PutObject", objects, {"Null": {_CUSTOMER_KEY: "false"}}),
    )


def key_policy(storage: StateStorage) -> str:
    """The policy of the key: the account administers it, and its roles are allowed by their own policies."""
    return document(account_administers(storage.partition, storage.account_id))


def _other_encryption(storage: StateStorage, key_arn: str) -> dict[str, Json]:
    """An upload that asks for an encryption by name, and not for the bucket's key.

    One that asks for none gets the bucket's default, so it must pass: `Null … false` is for those that ask.
    A negated operator also holds where the header is missing (IAM User Guide, "Condition operators"), which
    catches `aws:kms` without a key: S3 would take its own AWS managed key (S3 API reference, PutObject).
    """
    keys: list[Json] = [*dict.fromkeys((key_arn, *storage.key_spellings))]
    unlike: dict[str, Json] = {_KEY: keys}
    if storage.allows_sse_s3:
        unlike[_ENCRYPTION] = "AES256"
    return {"Null": {_ENCRYPTION: "false"}, "StringNotEquals": unlike}


def _deny(what: str, action: str, resource: Json, condition: dict[str, Json]) -> dict[str, Json]:
    return {
        "Sid": f"Deny{what}",
        "Effect": "Deny",
        "Principal": "*",
        "Action": action,
        "Resource": resource,
        "Condition": condition,
    }
