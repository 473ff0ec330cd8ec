"""Roles that the cluster itself takes, to use other services of AWS."""

from typing import Annotated

from pydantic import Field

from auroraform.schemas.expressed import Expressed
from auroraform.schemas.models import Model
from auroraform.schemas.references import EACH_VALUE_ONCE, TextOrReference
from auroraform.schemas.scalars import Text
from auroraform.schemas.values import EACH_ONCE, bad_value, matching


def _not_empty(items: tuple[object, ...]) -> tuple[object, ...]:
    if not items:
        raise bad_value("names none", "name at least one, or delete the field")
    return items


# S3 User Guide, "General purpose bucket naming rules", as far as an ARN depends on them.
BucketName = Annotated[
    Text,
    matching(
        r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
        "is not the name of an S3 bucket",
        "write the name alone, without s3:// and without a path",
    ),
]


class GivenRole(Model):
    """A role that exists."""

    role_arn: TextOrReference
    """ARN of the role, which must trust `rds.amazonaws.com`."""


class BucketRole(Model):
    """A role for S3: one that exists, or one that is made for the buckets alone. Give `roleArn` or `buckets`."""

    role_arn: TextOrReference | None = None
    """ARN of an existing role, which must trust `rds.amazonaws.com`. If absent: one is made for `buckets`."""
    buckets: Annotated[tuple[BucketName, ...], EACH_ONCE, Expressed(_not_empty, {"minItems": 1})] | None = None
    """Names of the buckets. If absent: `roleArn` says who may do what."""
    kms_key_ids: Annotated[tuple[TextOrReference, ...], EACH_VALUE_ONCE] | None = None
    """ARNs of the KMS keys that objects in the buckets are encrypted with. If absent: S3's own keys."""


class AssociatedRoles(Model):
    """Roles that the cluster takes, one for each feature (AWS's feature names, in camel case)."""

    s3_import: BucketRole | None = None
    """Reads from S3: `aws_s3.table_import_from_s3` (Aurora PostgreSQL), `LOAD DATA FROM S3` (Aurora MySQL).
    If absent: none."""
    s3_export: BucketRole | None = None
    """Writes to S3: `aws_s3.query_export_to_s3` (Aurora PostgreSQL), `SELECT INTO OUTFILE S3` (Aurora MySQL).
    If absent: none."""
    lambda_: GivenRole | None = Field(default=None, alias="lambda")
    """Calls functions of AWS Lambda. If absent: none."""
    sage_maker: GivenRole | None = None
    """Asks models of SageMaker. If absent: none."""
    comprehend: GivenRole | None = None
    """Asks Amazon Comprehend. If absent: none."""
    bedrock: GivenRole | None = None
    """Asks models of Amazon Bedrock, on versions that can. If absent: none."""
