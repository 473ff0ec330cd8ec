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
        path: None for AWS's own, `/`.
        permissions_boundary: ARN of the policy that bounds what the role may be allowed; None for no bounds.
        source_account: the account that RDS must act for, so that no other account's cluster can take the role.
        source_arn: the cluster that RDS must act for.
    """

    name: str
    path: str | None
    permissions_boundary: str | None
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
