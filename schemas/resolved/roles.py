"""Roles that the cluster takes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a role may do with what."""

    actions: tuple[str, ...]
    resources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeRole:
    """A role to make.

    Attributes:
        source_account: the account that RDS must act for, so that no other account's cluster can take the role.
        source_arn: the cluster that RDS must act for.
    """

    name: str
    source_account: str
    source_arn: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociatedRole:
    """The role of one feature: one that exists (its ARN), or one to make.

    Attributes:
        key: tells it from the other roles of the cluster in its Terraform address.
        feature_name: AWS's name of the feature; empty for Aurora MySQL, which has none.
    """

    key: str
    feature_name: str
    role: str | MadeRole
