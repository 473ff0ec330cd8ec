"""Roles that the cluster takes."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence.roles import roles
from auroraform.schemas.engines import EngineName
from auroraform.schemas.regions import partition_of
from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.roles import AssociatedRole, MadeRole, Statement
from auroraform.schemas.role_features import BUCKET_ACTIONS, FEATURES, role_key
from auroraform.schemas.spec.roles import BucketRole
from auroraform.stacks.parts.context import Context, at_most
from auroraform.stacks.parts.users import account

LONGEST_ROLE_NAME: Final = 64
_TAKES_NAMES: Final[EngineName] = "aurora-postgresql"


def associated_roles(context: Context) -> tuple[AssociatedRole, ...]:
    """The role of each feature."""
    engine = context.spec.engine
    by_key: dict[str, list[str]] = {}
    for feature in roles(context.spec):
        by_key.setdefault(role_key(engine, feature), []).append(feature)
    return tuple(
        AssociatedRole(
            key=key,
            feature_name=FEATURES[features[0]].name if engine == _TAKES_NAMES else "",
            role=context.values.one("associatedRoles", features[0], "roleArn") or _made(context, key, features),
        )
        for key, features in by_key.items()
    )


def role_parameters(context: Context) -> Iterator[tuple[str, str]]:
    """The parameters, with their values, by which Aurora MySQL knows the roles."""
    if context.spec.engine == _TAKES_NAMES:
        return
    parameters = {role_key(context.spec.engine, feature): FEATURES[feature].parameter for feature in FEATURES}
    for role in associated_roles(context):
        arn = role.role if isinstance(role.role, str) else role_arn(context.written.name, role.key)
        yield parameters[role.key], arn


def role_arn(label: str, key: str) -> Expression:
    """The ARN of a role that is made."""
    return Expression(f"aws_iam_role.{label}_{key}.arn")


def _made(context: Context, key: str, features: list[str]) -> MadeRole:
    where, iam = account(context), context.where.iam
    return MadeRole(
        # Roles belong to no Region, but identifiers are unique in one only.
        name=at_most(LONGEST_ROLE_NAME, f"{context.identifier}-{where.region}-{key}"),
        path=iam.path,
        permissions_boundary=iam.permissions_boundary,
        source_account=where.id,
        source_arn=where.arn("rds", f"cluster:{context.identifier}"),
        statements=tuple(statement for feature in features for statement in _statements(context, feature)),
    )


def _statements(context: Context, feature: str) -> Iterator[Statement]:
    role, actions = roles(context.spec)[feature], BUCKET_ACTIONS[context.spec.engine][feature]
    buckets = role.buckets or () if isinstance(role, BucketRole) else ()
    arns = tuple(f"arn:{partition_of(context.where.region)}:s3:::{bucket}" for bucket in buckets)
    keys = tuple(found.value for found in context.values.all("associatedRoles", feature, "kmsKeyIds"))
    for granted, resources in (
        (actions.bucket, arns),
        (actions.objects, tuple(f"{arn}/*" for arn in arns)),
        (actions.keys, keys),
    ):
        if granted and resources:
            yield Statement(actions=granted, resources=resources)
