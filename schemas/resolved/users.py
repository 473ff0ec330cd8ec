"""Users inside the database."""

from dataclasses import dataclass

from auroraform.schemas.spec.users import Access


@dataclass(frozen=True, slots=True, kw_only=True)
class DataApi:
    """Use of the Data API, with the name and password in a secret.

    Attributes:
        kms_key_id: the key of the secret, where it is the owner's own.
        secrets_manager: the host of AWS Secrets Manager, for which alone the key is used.
    """

    secret_arn: str
    kms_key_id: str | None
    secrets_manager: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedRole:
    """A role that may be a user.

    Attributes:
        key: tells the attachment from others of the cluster in its Terraform address.
    """

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where a cluster is, as ARNs say it."""

    partition: str
    region: str
    id: str

    def arn(self, service: str, resource: str) -> str:
        """The ARN of something in this account and Region."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.id}:{resource}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationUser:
    """A user, and the policy of those who may be that user.

    Attributes:
        schemas: none where a database has none.
        data_api: None for a user who connects, and logs in with IAM.
    """

    name: str
    access: Access
    databases: tuple[str, ...]
    schemas: tuple[str, ...]
    account: Account
    policy_name: str
    data_api: DataApi | None
    roles: tuple[AttachedRole, ...]
