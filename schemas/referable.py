"""The fields that may refer to something else, as a table: what they refer to, and how their text must look."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from auroraform.schemas.models import Model
from auroraform.schemas.references import Reference, TextOrReference, Value
from auroraform.schemas.values import ANY_KMS_KEY, KMS_KEY_ARN, ROLE_ARN

Path = tuple[str | int, ...]

_EACH: Final = "*"


@dataclass(frozen=True, slots=True)
class Shape:
    """What the text of a field must look like: the rest of the sentence `"x" is not …`, and the advice."""

    what: str
    pattern: re.Pattern[str]
    advice: str


@dataclass(frozen=True, slots=True)
class Home:
    """Why an ARN must be of the cluster's own Region, and what else its owner may have meant."""

    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference means where it does not say, as in Project Planton: a kind, and a field of it."""

    kind: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referable:
    """A field, or each element of one, that may refer to something else.

    Attributes:
        field: its path in the spelling of manifests; `*` stands for each element of a list or mapping.
        target: what it usually refers to; empty where a reference must say.
        shape: what its text must look like; None where any will do.
        home: an ARN must be of the cluster's Region, and why; None where any Region will do.
        takes_lists: one reference may stand for several values.
        is_awaited: the cluster is made after what the field refers to.
        is_secret: a parameter that keeps it may be encrypted, and no plan shows it.
    """

    field: str
    target: Target = Target()
    shape: Shape | None = None
    home: Home | None = None
    takes_lists: bool = False
    is_awaited: bool = True
    is_secret: bool = False


def _id(thing: str, prefix: str) -> Shape:
    return Shape(f"the id of a {thing}", re.compile(f"{prefix}-[a-z0-9]+"), f"write it as {prefix}-0a1b2c3d")


_KEY_PATTERN: Final = re.compile(KMS_KEY_ARN, re.ASCII)
_KEY_ADVICE: Final = "write it as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-…"
KMS_KEY: Final = Shape(
    "the ARN of a KMS key (AWS answers an alias or id with the ARN of its key)", _KEY_PATTERN, _KEY_ADVICE
)
_VOLUME_KEY: Final = Shape(
    "the ARN of a KMS key (AWS answers an alias or id with the ARN of its key, "
    "and Terraform would replace the cluster)",
    _KEY_PATTERN,
    _KEY_ADVICE,
)
# RDS never answers with what was asked for here, so that an alias does no harm.
_SECRET_KEY: Final = Shape("a KMS key", re.compile(ANY_KMS_KEY, re.ASCII), _KEY_ADVICE)
_KEY_HOME: Final = Home(
    "a key encrypts in its own Region only", "a multi-Region key has a replica with an ARN of its own there"
)
_SECRET: Final = Shape(
    "the ARN of a secret",
    re.compile(r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@!-]+", re.ASCII),
    "write it as arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf",
)
_PARAMETER: Final = Shape(
    "the name or ARN of an SSM parameter",
    re.compile(r"(arn:aws[a-z-]*:ssm:[a-z0-9-]+:\d{12}:parameter/)?[\w./-]+", re.ASCII),
    "write it as /shop/orders/password",
)
_PASSWORD_HOME: Final = Home(
    "Terraform reads it where the cluster is", "a replicated secret has an ARN of its own there"
)
_PROXY_HOME: Final = Home(
    "a proxy reads secrets of its own Region only", "a replicated secret has an ARN of its own there"
)
_KEY: Final = Target("AwsKmsKey", "status.outputs.key_arn")
_VPC: Final = Target("AwsVpc", "status.outputs.vpc_id")
_SUBNETS: Final = Target("AwsVpc", "status.outputs.private_subnets.[*].id")
_GROUP: Final = Target("AwsSecurityGroup", "status.outputs.security_group_id")
_ROLE: Final = Target("AwsIamRole", "status.outputs.role_arn")
_ROLE_NAME: Final = Target("AwsIamRole", "status.outputs.role_name")
_ROLE_SHAPE: Final = Shape(
    "the ARN of an IAM role",
    re.compile(ROLE_ARN, re.ASCII),
    "write it as arn:aws:iam::111122223333:role/name",
)
_SECRET_SHAPE: Final = Shape(
    "the ARN of a secret",
    re.compile(r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+", re.ASCII),
    "write it as arn:aws:secretsmanager:eu-west-1:111122223333:secret:name-AbCdEf",
)
_VAULT_SHAPE: Final = Shape(
    "the ARN of a backup vault",
    re.compile(r"arn:aws[a-z-]*:backup:[a-z0-9-]+:\d{12}:backup-vault:[\w-]{2,50}", re.ASCII),
    "write it as arn:aws:backup:eu-central-1:111122223333:backup-vault:aurora",
)
_SNAPSHOT_SHAPE: Final = Shape(
    "the ARN of a snapshot of a cluster",
    re.compile(r"arn:aws[a-z-]*:rds:[a-z0-9-]+:\d{12}:cluster-snapshot:[\w:-]+", re.ASCII),
    "write it as arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:nightly",
)
_SNAPSHOT_HOME: Final = Home("RDS exports a snapshot in its own Region only", "export it there, or copy it here first")
_VPC_ID, _SUBNET_ID, _GROUP_ID = _id("VPC", "vpc"), _id("subnet", "subnet"), _id("security group", "sg")
_PREFIX_LIST_ID: Final = _id("prefix list", "pl")


def _rules(field: str) -> tuple[Referable, ...]:
    """What rules of a security group refer to; the cluster waits for none of them."""
    return (
        Referable(field=f"{field}.*.prefixListId", shape=_PREFIX_LIST_ID, is_awaited=False),
        Referable(field=f"{field}.*.securityGroupId", target=_GROUP, shape=_GROUP_ID, is_awaited=False),
    )


SPEC: Final = (
    Referable(
        field="dbSubnetGroupName",
        # RDS keeps the name in lower case, and Terraform would replace the cluster for the difference.
        shape=Shape(
            "the name of a DB subnet group",
            re.compile(r"[a-z0-9._ -]{1,255}"),
            "use lower-case letters, digits, spaces and ._-, at most 255 of them",
        ),
    ),
    Referable(field="kmsKeyId", target=_KEY, shape=_VOLUME_KEY, home=_KEY_HOME),
    Referable(field="masterUserSecretKmsKeyId", target=_KEY, shape=_SECRET_KEY, home=_KEY_HOME),
    Referable(field="passwordFrom.secretArn", shape=_SECRET, home=_PASSWORD_HOME),
    Referable(field="passwordFrom.ssmParameter", shape=_PARAMETER, home=_PASSWORD_HOME),
    Referable(field="vpcId", target=_VPC, shape=_VPC_ID),
    Referable(field="performanceInsights.kmsKeyId", target=_KEY, shape=KMS_KEY, home=_KEY_HOME),
    Referable(field="logs.kmsKeyId", target=_KEY, shape=KMS_KEY, home=_KEY_HOME),
    Referable(field="subnetIds.*", target=_SUBNETS, shape=_SUBNET_ID, takes_lists=True),
    Referable(field="securityGroupIds.*", target=_GROUP, shape=_GROUP_ID, is_awaited=False),
    Referable(field="associateSecurityGroupIds.*", target=_GROUP, shape=_GROUP_ID),
    *_rules("securityGroup.rules"),
    *_rules("securityGroup.egress"),
    Referable(field="proxy.secrets.*.secretArn", shape=_SECRET, home=_PROXY_HOME, is_awaited=False),
    Referable(field="proxy.secrets.*.kmsKeyId", target=_KEY, shape=KMS_KEY, home=_KEY_HOME, is_awaited=False),
    Referable(field="proxy.subnetIds.*", target=_SUBNETS, shape=_SUBNET_ID, takes_lists=True, is_awaited=False),
    Referable(field="proxy.securityGroupIds.*", target=_GROUP, shape=_GROUP_ID, is_awaited=False),
    Referable(field="proxy.associateSecurityGroupIds.*", target=_GROUP, shape=_GROUP_ID, is_awaited=False),
    Referable(field="proxy.roleArn", target=_ROLE, shape=_ROLE_SHAPE, is_awaited=False),
    Referable(field="applicationUsers.*.dataApi.secretArn", shape=_SECRET_SHAPE, is_awaited=False),
    Referable(
        field="applicationUsers.*.dataApi.kmsKeyId", target=_KEY, shape=KMS_KEY, home=_KEY_HOME, is_awaited=False
    ),
    Referable(
        field="applicationUsers.*.roles.*",
        target=_ROLE_NAME,
        shape=Shape(
            "the name of an IAM role",
            re.compile(r"[\w+=,.@-]{1,64}", re.ASCII),
            "write the last part of its ARN alone",
        ),
        is_awaited=False,
    ),
    *(
        Referable(field=f"associatedRoles.{feature}.roleArn", target=_ROLE, shape=_ROLE_SHAPE)
        for feature in ("s3Import", "s3Export", "lambda", "sageMaker", "comprehend", "bedrock")
    ),
    *(
        Referable(field=f"associatedRoles.{feature}.kmsKeyIds.*", target=_KEY, shape=KMS_KEY, home=_KEY_HOME)
        for feature in ("s3Import", "s3Export")
    ),
    Referable(field="backups.exports.*.snapshotArn", shape=_SNAPSHOT_SHAPE, home=_SNAPSHOT_HOME, is_awaited=False),
    Referable(field="backups.exports.*.kmsKeyId", target=_KEY, shape=KMS_KEY, home=_KEY_HOME, is_awaited=False),
    Referable(field="backups.exports.*.roleArn", target=_ROLE, shape=_ROLE_SHAPE, is_awaited=False),
)
"""Those of a cluster's spec."""

NETWORK: Final = (
    Referable(field="vpcId", target=_VPC, shape=_VPC_ID),
    Referable(field="subnetIds.*", target=_SUBNETS, shape=_SUBNET_ID, takes_lists=True),
    Referable(field="applicationSecurityGroupIds.*", target=_GROUP, shape=_GROUP_ID),
)
"""Those of an environment's network."""

BACKUP: Final = (
    Referable(field="vault.kmsKeyId", target=_KEY, shape=KMS_KEY, home=_KEY_HOME),
    Referable(field="rules.*.copies.*.vaultArn", shape=_VAULT_SHAPE),
)
"""Those of an environment's backup."""
_TOPIC: Final = Target("AwsSnsTopic", "status.outputs.topic_arn")
_TOPIC_SHAPE: Final = Shape(
    "the ARN of a standard SNS topic (RDS publishes to no FIFO topic)",
    re.compile(r"arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}", re.ASCII),
    "write it as arn:aws:sns:eu-west-1:111122223333:on-call",
)
_TOPIC_HOME: Final = Home(
    "CloudWatch and RDS publish in their own Region only", "subscribe what listens elsewhere to a topic there"
)

ALARMS: Final = (
    *(
        Referable(field=f"{field}.*", target=_TOPIC, shape=_TOPIC_SHAPE, home=_TOPIC_HOME)
        for field in ("topicArns", "criticalTopicArns", "warningTopicArns")
    ),
    Referable(
        field="topics.kmsKeyId",
        target=_KEY,
        shape=Shape("the ARN of a KMS key", _KEY_PATTERN, _KEY_ADVICE),
        home=_KEY_HOME,
    ),
    Referable(field="topics.subscriptions.*.endpoint", is_secret=True),
)
"""Those of an environment's alarms."""


def texts(model: Model, table: tuple[Referable, ...]) -> Iterator[tuple[Path, TextOrReference, Referable]]:
    """Every value of a model that may be a reference, with its path and its row of the table."""
    for row in table:
        for path, value in _values(model, row.field.split("."), ()):
            yield path, value, row


def _values(value: object, parts: list[str], path: Path) -> Iterator[tuple[Path, TextOrReference]]:
    if not parts:
        # Whatever else the field may hold is no text.
        if isinstance(value, str | Value | Reference):
            yield path, value
        return
    head, *rest = parts
    if head == _EACH:
        items = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, tuple) else ()
        for key, item in items:
            yield from _values(item, rest, (*path, key))
    elif isinstance(value, Model):
        yield from _values(getattr(value, _attributes(type(value))[head]), rest, (*path, head))


@cache
def _attributes(model: type[Model]) -> dict[str, str]:
    return {field.alias or name: name for name, field in model.model_fields.items()}
