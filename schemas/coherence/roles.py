"""Roles that the cluster takes: one for each feature, which the engine knows."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.features import BEDROCK
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.references import Reference, TextOrReference, Value
from auroraform.schemas.role_features import FEATURES, role_key
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.spec.roles import BucketRole, GivenRole

_ROLES: Final = "associatedRoles"
# Amazon Aurora User Guide, "Quotas and constraints": IAM roles of a DB cluster. Support raises it.
MOST_ROLES: Final = 5


def roles(spec: AwsRdsClusterSpec) -> dict[str, BucketRole | GivenRole]:
    """The roles by the name of their field, in the order of the model."""
    given = spec.associated_roles
    if given is None:
        return {}
    attributes = {field.alias or name: name for name, field in type(given).model_fields.items()}
    found = {feature: getattr(given, attributes[feature]) for feature in FEATURES}
    return {feature: role for feature, role in found.items() if role is not None}


def given_or_made(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    for feature, role in roles(spec).items():
        if not isinstance(role, BucketRole):
            continue
        if role.role_arn is None and role.buckets is None:
            yield Finding(
                Code.MISSING_FIELD, (_ROLES, feature), "has no role", "give buckets to have one made, or roleArn"
            )
        elif role.role_arn is not None and (role.buckets is not None or role.kms_key_ids is not None):
            yield Finding(
                Code.CONFLICT,
                (_ROLES, feature, "roleArn"),
                "an existing role is used as it is; buckets and keys are for one that is made",
                "keep roleArn, or buckets with their kmsKeyIds",
            )


def one_role_per_feature(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    """The AWS provider finds the role of a cluster by its ARN, and fails where it finds two."""
    first: dict[str, str] = {}
    for feature, role in roles(spec).items():
        if role.role_arn is None:
            continue
        other = first.setdefault(_meant(role.role_arn), feature)
        if role_key(spec.engine, other) != role_key(spec.engine, feature):
            yield Finding(
                Code.CONFLICT,
                (_ROLES, feature, "roleArn"),
                f"is the role of {other} too; the AWS provider cannot tell the two associations apart",
                "take a role of its own for each feature",
            )


def one_role_for_s3(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    given = roles(spec)
    reading, writing = given.get("s3Import"), given.get("s3Export")
    if spec.engine != "aurora-mysql" or reading is None or writing is None:
        return
    same = reading.role_arn is None and writing.role_arn is None
    if reading.role_arn is not None and writing.role_arn is not None:
        same = _meant(reading.role_arn) == _meant(writing.role_arn)
    if not same:
        yield Finding(
            Code.CONFLICT,
            (_ROLES, "s3Export"),
            "Aurora MySQL takes one role for S3, for both ways (aws_default_s3_role)",
            "give buckets for both, or one roleArn for both",
        )


def number_of_roles(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    count = len({role_key(spec.engine, feature) for feature in roles(spec)})
    if count > MOST_ROLES:
        yield Finding(
            Code.MAY_BE_REFUSED,
            (_ROLES,),
            f"names {count} roles; without a higher quota AWS takes {MOST_ROLES} for a cluster",
            "delete one, or ask AWS for a higher quota",
            Severity.WARNING,
        )


def feature_of_version(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine, version = ENGINES[spec.engine], spec.engine_version
    if "bedrock" in roles(spec) and engine.accepts_version(version) and not BEDROCK.is_in(spec.engine, version):
        yield Finding(
            Code.MAY_BE_REFUSED,
            (_ROLES, "bedrock"),
            f"{engine.title} {version} seems to be too old for Amazon Bedrock",
            f"take {BEDROCK.versions(spec.engine)}, or delete it",
            Severity.WARNING,
        )


def parameters_of_roles(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    group = spec.db_cluster_parameter_group_name
    if spec.engine != "aurora-mysql" or group is None or spec.parameters:
        return
    for feature in roles(spec):
        yield Finding(
            Code.MAY_BE_REFUSED,
            (_ROLES, feature),
            f'Aurora MySQL takes the role that a parameter names, and the existing group "{group}" is used as it is',
            f"set {FEATURES[feature].parameter} to the role's ARN there, or delete dbClusterParameterGroupName",
            Severity.WARNING,
        )


def _meant(value: TextOrReference) -> str:
    """What tells a value from others, whatever its spelling."""
    if isinstance(value, Reference):
        return repr(value)
    return value.value if isinstance(value, Value) else value
