"""Rules between the fields of one resolved spec, which a model of single fields cannot hold.

Each rule is one row of `RULES`: it looks at the merged spec of one cluster in one environment and yields
findings. A rule that depends on the environment names it in its message. Sources are named where a rule
is not the provider's own: most would otherwise fail at apply, some after the old cluster is gone.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from auroraform.schemas.engines import ENGINES, Engine
from auroraform.schemas.environment import EnvironmentClass
from auroraform.schemas.manifest import AwsRdsClusterSpec
from auroraform.schemas.problems import Code
from auroraform.schemas.references import Reference, TextOrReference, literal
from auroraform.schemas.values import KMS_KEY_ARN
from auroraform.schemas.windows import parse_backup, parse_maintenance

SERVERLESS: Final = "db.serverless"
FEWEST_SUBNETS: Final = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of one field, before its place in a file is known."""

    code: Code
    path: tuple[str | int, ...]
    message: str
    help: str


@dataclass(frozen=True, slots=True)
class Situation:
    """What a rule may know beside the spec."""

    environment: str
    environment_class: EnvironmentClass
    environment_has_subnets: bool


Rule = Callable[[AwsRdsClusterSpec, Situation], Iterator[Finding]]


def findings(spec: AwsRdsClusterSpec, situation: Situation) -> list[Finding]:
    """Everything that is wrong between the fields of a spec."""
    return [finding for rule in RULES for finding in rule(spec, situation)]


def _engine(spec: AwsRdsClusterSpec) -> Engine:
    return ENGINES[spec.engine]


def engine_version(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine = _engine(spec)
    if not engine.accepts_version(spec.engine_version):
        yield Finding(
            Code.BAD_VALUE,
            ("engineVersion",),
            f'"{spec.engine_version}" is not a full {engine.title} version',
            f'write it as "{engine.version_example}"',
        )


def engine_mode(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    if spec.engine_mode == "serverless":
        yield Finding(
            Code.NOT_SUPPORTED,
            ("engineMode",),
            "AWS takes no new Serverless v1 clusters",
            "delete it and give serverlessV2Scaling: {minCapacity: …, maxCapacity: …}",
        )


def subnets(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    if spec.db_subnet_group_name is not None:
        if spec.subnet_ids is not None:
            yield Finding(
                Code.CONFLICT,
                ("dbSubnetGroupName",),
                "an existing group and subnetIds exclude each other",
                "keep dbSubnetGroupName to use the group as it is, or subnetIds to have one made",
            )
    elif spec.subnet_ids is None and not situation.environment_has_subnets:
        yield Finding(
            Code.TOO_FEW_SUBNETS,
            ("subnetIds",),
            f"names no subnets, and neither does the environment {situation.environment}",
            "list two or more in different Availability Zones, here or as network.subnetIds of the environment",
        )
    elif spec.subnet_ids is not None and not any(isinstance(value, Reference) for value in spec.subnet_ids):
        yield from too_few_subnets(len(spec.subnet_ids))


def too_few_subnets(count: int) -> Iterator[Finding]:
    """The fault of fewer subnets than a group needs, once references among them are resolved."""
    if count < FEWEST_SUBNETS:
        yield Finding(
            Code.TOO_FEW_SUBNETS,
            ("subnetIds",),
            f"lists {count} of the at least two subnets that a DB subnet group needs",
            "list two or more in different Availability Zones, or name an existing dbSubnetGroupName",
        )


def windows(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    maintenance, backup = spec.preferred_maintenance_window, spec.preferred_backup_window
    if maintenance is None or backup is None:
        return
    weekly = parse_maintenance(maintenance)
    if weekly is not None and any(weekly.overlaps(daily) for daily in parse_backup(backup)):
        yield Finding(
            Code.OVERLAPPING_WINDOWS,
            ("preferredBackupWindow",),
            f"the backup window {backup} overlaps the maintenance window {maintenance}; RDS refuses that",
            "move one of them: the backup window recurs every day",
        )


def log_exports(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine = _engine(spec)
    for index, log_type in enumerate(spec.enabled_cloudwatch_logs_exports or ()):
        if log_type not in engine.log_types:
            yield Finding(
                Code.BAD_VALUE,
                ("enabledCloudwatchLogsExports", index),
                f'{engine.title} has no log type "{log_type}"',
                f"choose from {', '.join(engine.log_types)}",
            )


_USER: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,62}")
_LONGEST_MYSQL_USER: Final = 16


def username(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    name, engine = spec.username, _engine(spec)
    if name is None:
        return
    if name.lower() in engine.reserved_users or (engine.name == "aurora-postgresql" and name.startswith("pg_")):
        yield Finding(
            Code.BAD_VALUE,
            ("username",),
            f'"{name}" is reserved by {engine.title}',
            "take another name, such as master",
        )
    elif not _USER.fullmatch(name) or (engine.name == "aurora-mysql" and len(name) > _LONGEST_MYSQL_USER):
        longest = _LONGEST_MYSQL_USER if engine.name == "aurora-mysql" else 63
        yield Finding(
            Code.BAD_VALUE,
            ("username",),
            f'"{name}" is not a master user name of {engine.title}',
            f"use letters, digits and underscores, a letter first, at most {longest} characters",
        )


def database_name(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine = _engine(spec)
    if spec.database_name is not None and not engine.database_name.fullmatch(spec.database_name):
        yield Finding(
            Code.BAD_VALUE,
            ("databaseName",),
            f'"{spec.database_name}" is not a database name of {engine.title}',
            "use letters, digits and underscores, a letter first, at most "
            f"{64 if engine.name == 'aurora-mysql' else 63} characters",
        )


def master_password(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    if spec.manage_master_user_password is False and spec.replication_source_identifier is None:
        yield Finding(
            Code.NOT_SUPPORTED,
            ("manageMasterUserPassword",),
            "without a password that RDS manages there would have to be one in a file",
            "delete it: RDS then makes the password and keeps it in AWS Secrets Manager",
        )


def encryption(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    if spec.storage_encrypted is not False:
        return
    if situation.environment_class != "development":
        yield Finding(
            Code.NOT_IN_PRODUCTION,
            ("storageEncrypted",),
            f"an unencrypted volume is not possible in {situation.environment}, "
            f"an environment of class {situation.environment_class}",
            "delete it: volumes are encrypted by default; only class development may do without",
        )
    if spec.kms_key_id is not None:
        yield Finding(
            Code.CONFLICT,
            ("kmsKeyId",),
            "a key and storageEncrypted: false exclude each other",
            "delete storageEncrypted: false, or the key",
        )


_KEY: Final = re.compile(KMS_KEY_ARN)


def kms_keys(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    key = literal(spec.kms_key_id)
    if key is not None and not _KEY.fullmatch(key):
        yield Finding(
            Code.BAD_VALUE,
            ("kmsKeyId",),
            f'"{key}" is not the ARN of a KMS key (AWS answers an alias or id with the ARN of its key, and '
            "Terraform would replace the cluster)",
            "write it as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-…",
        )


def capacity(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    scaling = spec.serverless_v2_scaling
    instance_class = spec.instances.instance_class if spec.instances else None
    if scaling is None and instance_class == SERVERLESS:
        yield Finding(
            Code.CONFLICT,
            ("instances", "instanceClass"),
            "instances of class db.serverless need a capacity range",
            "add serverlessV2Scaling: {minCapacity: 0.5, maxCapacity: 8}",
        )
    if scaling is not None and instance_class not in {None, SERVERLESS}:
        yield Finding(
            Code.CONFLICT,
            ("instances", "instanceClass"),
            f"instances of class {instance_class} are provisioned, but serverlessV2Scaling is given beside it",
            "keep one of the two (where two layers differ, the later one wins)",
        )
    if scaling is not None and scaling.min_capacity > scaling.max_capacity:
        yield Finding(
            Code.CONFLICT,
            ("serverlessV2Scaling", "minCapacity"),
            f"the minimum of {scaling.min_capacity:g} ACUs is above the maximum of {scaling.max_capacity:g}",
            "make the minimum the smaller one",
        )


def parameters(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    group, rows = spec.db_cluster_parameter_group_name, spec.parameters or ()
    if group is not None and rows and not group.startswith("default."):
        yield Finding(
            Code.CONFLICT,
            ("parameters",),
            f'the existing parameter group "{group}" is used as it is; parameters cannot be added to it here',
            "delete dbClusterParameterGroupName to have a group with these parameters made",
        )
    counted = Counter(row.name.lower() for row in rows)
    for index, row in enumerate(rows):
        if counted[row.name.lower()] > 1:
            yield Finding(
                Code.CONFLICT,
                ("parameters", index, "name"),
                f'the parameter "{row.name}" is set more than once',
                "keep one of them",
            )


def origin(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    if spec.snapshot_identifier is not None and spec.replication_source_identifier is not None:
        yield Finding(
            Code.CONFLICT,
            ("snapshotIdentifier",),
            "a cluster comes from a snapshot or replicates another one, not both",
            "keep snapshotIdentifier or replicationSourceIdentifier",
        )


_IDS: Final = {
    "subnetIds": ("subnet", re.compile(r"subnet-[a-z0-9]+")),
    "securityGroupIds": ("security group", re.compile(r"sg-[a-z0-9]+")),
    "applicationSecurityGroupIds": ("security group", re.compile(r"sg-[a-z0-9]+")),
    "associateSecurityGroupIds": ("security group", re.compile(r"sg-[a-z0-9]+")),
    "vpcId": ("VPC", re.compile(r"vpc-[a-z0-9]+")),
}


def id_fault(name: str, path: tuple[str | int, ...], text: str) -> Finding | None:
    """What is wrong with a text where the id of something at AWS is expected, if anything.

    Args:
        name: the field, in the spelling of the manifest.
        path: where the text stands.
        text: the text.
    """
    thing, pattern = _IDS.get(name, ("", None))
    if pattern is None or pattern.fullmatch(text):
        return None
    return Finding(
        Code.BAD_VALUE,
        path,
        f'"{text}" is not the id of a {thing}',
        f"write it as {pattern.pattern.partition('-')[0]}-0a1b2c3d",
    )


def texts(spec: AwsRdsClusterSpec) -> Iterator[tuple[tuple[str | int, ...], TextOrReference]]:
    """Every value that may be a reference, with its path."""
    single: dict[str, TextOrReference | None] = {
        "dbSubnetGroupName": spec.db_subnet_group_name,
        "kmsKeyId": spec.kms_key_id,
        "masterUserSecretKmsKeyId": spec.master_user_secret_kms_key_id,
        "vpcId": spec.vpc_id,
    }
    lists: dict[str, tuple[TextOrReference, ...] | None] = {
        "subnetIds": spec.subnet_ids,
        "securityGroupIds": spec.security_group_ids,
        "associateSecurityGroupIds": spec.associate_security_group_ids,
    }
    for name, value in single.items():
        if value is not None:
            yield (name,), value
    if spec.performance_insights is not None and spec.performance_insights.kms_key_id is not None:
        yield ("performanceInsights", "kmsKeyId"), spec.performance_insights.kms_key_id
    for name, values in lists.items():
        for index, value in enumerate(values or ()):
            yield (name, index), value


RULES: Final[tuple[Rule, ...]] = (
    engine_version,
    engine_mode,
    subnets,
    windows,
    log_exports,
    username,
    database_name,
    master_password,
    encryption,
    kms_keys,
    capacity,
    parameters,
    origin,
)
