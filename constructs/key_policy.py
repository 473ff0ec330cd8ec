"""Who may do what with the KMS key of a cluster.

Made as text, before any of it becomes a literal: an escape inside of JSON would be escaped again.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from auroraform.constructs.policy_documents import Json, account_administers, document
from auroraform.schemas.regions import partition_of, suffix_of

RDS: Final = "rds"
BACKUP: Final = "backup"
SECRETS_MANAGER: Final = "secretsmanager"

_ADMINISTRATION: Final[Json] = [
    # KMS Developer Guide, "Allows key administrators to administer the KMS key": nothing that encrypts or decrypts.
    "kms:CancelKeyDeletion",
    "kms:Create*",
    "kms:Delete*",
    "kms:Describe*",
    "kms:Disable*",
    "kms:Enable*",
    "kms:Get*",
    "kms:List*",
    "kms:Put*",
    "kms:Revoke*",
    "kms:RotateKeyOnDemand",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:Update*",
]


def key_policy(
    *,
    region: str,
    account_id: str,
    services: Iterable[str],
    log_groups: str | None,
    administrators: Iterable[str],
    is_protected: bool,
    copying_accounts: Iterable[str] = (),
    restoring_accounts: Iterable[str] = (),
) -> str:
    """The policy of a key that encrypts a cluster and what belongs to it, as JSON.

    Args:
        region: the Region of the key.
        account_id: the account of the key, and of who may use it.
        services: what may use the key on behalf of those who may use the service, such as `rds`.
        log_groups: ARN of the log groups that the key may encrypt, with `*` in it; None for none.
        administrators: ARNs of roles that may administer the key.
        is_protected: nobody may delete or disable the key.
        copying_accounts: other accounts, where AWS Backup may read what is encrypted, to copy it.
        restoring_accounts: other accounts, where RDS may read what is encrypted, to restore or copy a snapshot.
    """
    return document(
        account_administers(partition_of(region), account_id),
        *_administrators([*administrators]),
        *_services([name for service in services for name in _service_names(service, region)], account_id),
        *_copies(partition_of(region), [*copying_accounts]),
        *_restores(region, [*restoring_accounts]),
        *_logs(log_groups, region),
        *_protection(is_protected=is_protected),
    )


def _administrators(roles: list[Json]) -> Iterator[Json]:
    if roles:
        yield _allow("RolesAdminister", {"AWS": roles}, _ADMINISTRATION)


def _services(names: list[Json], account_id: str) -> Iterator[Json]:
    """What AWS's own keys allow to their services, without what is not needed to use what exists."""
    who: Json = {"AWS": "*"}
    through: dict[str, Json] = {"kms:CallerAccount": account_id, "kms:ViaService": names}
    yield _allow(
        "ServicesUse",
        who,
        ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"],
        {"StringEquals": through},
    )
    # Amazon Aurora User Guide, "Authorizing use of a customer managed key": RDS works by grants, which it takes for
    # whoever makes a cluster. KMS tells those that a service takes for what is its own.
    yield _allow(
        "ServicesGrant",
        who,
        "kms:CreateGrant",
        {"Bool": {"kms:GrantIsForAWSResource": "true"}, "StringEquals": through},
    )


def _copies(partition: str, accounts: list[str]) -> Iterator[Json]:
    # AWS Backup Developer Guide, "Creating backup copies across AWS accounts": its service role over there reads. A
    # role that is named as principal must exist; one that is named in a condition need not.
    role = "role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup"
    roles: Json = [f"arn:{partition}:iam::{account}:{role}" for account in accounts]
    yield from _readers("Copies", partition, accounts, {"ArnEquals": {"aws:PrincipalArn": roles}})


def _restores(region: str, accounts: list[str]) -> Iterator[Json]:
    # Amazon Aurora User Guide, "Sharing encrypted snapshots", by way of RDS alone.
    names: Json = [*_service_names(RDS, region)]
    yield from _readers("Restores", partition_of(region), accounts, {"StringEquals": {"kms:ViaService": names}})


def _readers(what: str, partition: str, accounts: list[str], condition: dict[str, Json]) -> Iterator[Json]:
    if accounts:
        who: Json = {"AWS": [f"arn:{partition}:iam::{account}:root" for account in accounts]}
        yield _allow(f"{what}Read", who, ["kms:Decrypt", "kms:DescribeKey", "kms:ReEncryptFrom"], condition)
        grants: dict[str, Json] = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
        yield _allow(f"{what}Grant", who, "kms:CreateGrant", grants | condition)


def _logs(log_groups: str | None, region: str) -> Iterator[Json]:
    # Amazon CloudWatch Logs User Guide, "Encrypt log data using KMS": the service itself, for these groups alone.
    if log_groups is not None:
        yield _allow(
            "LogsUse",
            {"Service": f"logs.{region}.{suffix_of(region)}"},
            # Not DescribeKey, which AWS's example has too: there is nothing to encrypt in it, so that it never matches.
            ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
            {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": log_groups}},
        )


def _protection(*, is_protected: bool) -> Iterator[Json]:
    # Terraform's own protection ends with the block that says it: a key whose block is gone would be deleted at once.
    if is_protected:
        yield {
            "Sid": "NobodyDeletes",
            "Effect": "Deny",
            "Principal": {"AWS": "*"},
            "Action": ["kms:DisableKey", "kms:ScheduleKeyDeletion"],
            "Resource": "*",
        }


def _allow(what: str, who: Json, actions: Json, condition: Json = None) -> Json:
    statement: dict[str, Json] = {
        "Sid": what,
        "Effect": "Allow",
        "Principal": who,
        "Action": actions,
        "Resource": "*",
    }
    return statement | ({"Condition": condition} if condition is not None else {})


def _service_names(service: str, region: str) -> Iterator[str]:
    """The names by which KMS knows a service in a Region.

    Its documents give the same ending everywhere, others of AWS a Chinese one in China. A name that is not used there
    allows nothing.
    """
    yield from dict.fromkeys(f"{service}.{region}.{suffix}" for suffix in ("amazonaws.com", suffix_of(region)))
