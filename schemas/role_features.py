"""The features for which a cluster takes a role, as a table.

Sources: Amazon Aurora User Guide, "Importing data from Amazon S3" and "Exporting data … to Amazon S3" (Aurora
PostgreSQL), "Creating an IAM policy to access Amazon S3 resources", "Associating an IAM role with an Amazon Aurora
MySQL DB cluster" and "Using Amazon Aurora machine learning" (Aurora MySQL); RDS API reference, AddRoleToDBCluster.

Aurora PostgreSQL knows a role by the name of its feature. Aurora MySQL has no such names: it takes the role that a
parameter of the cluster names. Its default role for S3 is for both ways, and the parameters of version 2 for one way
are for those who want two.
"""

from dataclasses import dataclass
from typing import Final

from auroraform.schemas.engines import EngineName


@dataclass(frozen=True, slots=True)
class RoleFeature:
    """What a role is for.

    Attributes:
        name: AWS's name of the feature.
        parameter: the parameter of Aurora MySQL that names the role.
    """

    name: str
    parameter: str


FEATURES: Final = {
    "s3Import": RoleFeature("s3Import", "aws_default_s3_role"),
    "s3Export": RoleFeature("s3Export", "aws_default_s3_role"),
    "lambda": RoleFeature("Lambda", "aws_default_lambda_role"),
    "sageMaker": RoleFeature("SageMaker", "aws_default_sagemaker_role"),
    "comprehend": RoleFeature("Comprehend", "aws_default_comprehend_role"),
    "bedrock": RoleFeature("Bedrock", "aws_default_bedrock_role"),
}
"""By the field of `associatedRoles`."""


def role_key(engine: EngineName, feature: str) -> str:
    """What tells the role of a feature from others: Aurora MySQL has one for both ways of S3."""
    return "s3" if engine == "aurora-mysql" and feature in {"s3Import", "s3Export"} else feature


@dataclass(frozen=True, slots=True)
class BucketActions:
    """What a role may do for one feature: on buckets, on the objects in them, and with the keys of these."""

    bucket: tuple[str, ...]
    objects: tuple[str, ...]
    keys: tuple[str, ...]


# KMS keys: S3 User Guide, "Using server-side encryption with AWS KMS keys": what is uploaded in parts is read, too.
_WRITE_KEYS: Final = ("kms:Decrypt", "kms:GenerateDataKey")

BUCKET_ACTIONS: Final[dict[EngineName, dict[str, BucketActions]]] = {
    "aurora-mysql": {
        "s3Import": BucketActions(("s3:ListBucket",), ("s3:GetObject", "s3:GetObjectVersion"), ("kms:Decrypt",)),
        "s3Export": BucketActions(
            ("s3:ListBucket",),
            (
                "s3:AbortMultipartUpload",
                "s3:DeleteObject",
                "s3:GetObject",
                "s3:ListMultipartUploadParts",
                "s3:PutObject",
            ),
            _WRITE_KEYS,
        ),
    },
    "aurora-postgresql": {
        "s3Import": BucketActions(("s3:ListBucket",), ("s3:GetObject",), ("kms:Decrypt",)),
        "s3Export": BucketActions((), ("s3:AbortMultipartUpload", "s3:PutObject"), _WRITE_KEYS),
    },
}
