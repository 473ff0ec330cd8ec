"""What keeps the states of stacks: a bucket, a key and a table of locks, with every default filled in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StateStorage:
    """A state bucket to make, and what belongs to it.

    Attributes:
        bucket: name of the bucket.
        account_id: the account that it is in.
        partition: the partition of that account, such as `aws`.
        key_alias: alias of the KMS key to make.
        key_alias_arn: ARN of that alias.
        key_id: an existing key to use instead; None to make one.
        key_spellings: other ways in which Terraform names the key in its uploads.
        allows_sse_s3: whether uploads may ask for encryption by S3's own key.
        lock_table: name of the DynamoDB table to make for locks; None to make none.
    """

    bucket: str
    account_id: str
    partition: str
    key_alias: str
    key_alias_arn: str
    key_id: str | None
    key_spellings: tuple[str, ...]
    allows_sse_s3: bool
    lock_table: str | None
