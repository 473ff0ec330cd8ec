"""Rules between fields: each one speaks where it must, and stays silent at the nearest thing that is right."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pytest

from auroraform.schemas import coherence
from auroraform.schemas.coherence import (
    RULES,
    Finding,
    Rule,
    Situation,
    capacity,
    credentials,
    network,
    operation,
    roles,
    storage,
    users,
    versions,
)
from auroraform.schemas.environment import EnvironmentClass
from auroraform.schemas.located import read
from auroraform.schemas.problems import Severity
from auroraform.schemas.referable import SPEC
from auroraform.schemas.shape import check, show
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from support.workspaces import lines

POSTGRES: Final = {"engine": "aurora-postgresql", "engineVersion": '"16.8"'}
MYSQL: Final = {"engine": "aurora-mysql", "engineVersion": "8.0.mysql_aurora.3.08.0"}
KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab"
ROLE: Final = "arn:aws:iam::111122223333:role/r"
SECRET: Final = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf"  # noqa: S105 - a name


def spec(fields: str, base: dict[str, str]) -> AwsRdsClusterSpec:
    """A spec from YAML; what the base says is left out where the fields say it."""
    names = {line.partition(":")[0] for line in fields.splitlines()}
    text = "\n".join([f"{name}: {value}" for name, value in base.items() if name not in names] + [fields])
    (document,) = read(text.encode(), "f.yaml").documents
    model, problems = check(AwsRdsClusterSpec, document)
    assert lines(tuple(problems)) == []
    assert model is not None
    return model


def told(finding: Finding) -> str:
    severity = "" if finding.severity is Severity.ERROR else f"{finding.severity} "
    return f"{severity}[{finding.code}] {show(finding.path)}: {finding.message} -> {finding.help}"


@dataclass(frozen=True)
class Case:
    """One way to break a rule, and the near miss that it must let pass."""

    rule: Rule
    broken: str
    fine: str
    expected: tuple[str, ...]
    base: Callable[[], dict[str, str]] = POSTGRES.copy
    class_: EnvironmentClass = "production"
    fine_class: EnvironmentClass | None = None
    has_subnets: bool = True
    fine_has_subnets: bool | None = None
    title: str = ""

    def __str__(self) -> str:
        return f"{self.rule.__name__}: {self.title or self.broken.splitlines()[0]}"

    @property
    def broken_case(self) -> tuple[str, Situation]:
        return self.broken, Situation("prod", self.class_, self.has_subnets)

    @property
    def fine_case(self) -> tuple[str, Situation]:
        has_subnets = self.has_subnets if self.fine_has_subnets is None else self.fine_has_subnets
        return self.fine, Situation("prod", self.fine_class or self.class_, has_subnets)

    def findings(self, fields: str, situation: Situation) -> list[str]:
        return [told(finding) for finding in self.rule(spec(fields, self.base()), situation)]


_BETTER_SUBNETS: Final = "list two or more in different Availability Zones"
_MYSQL_LOGS: Final = "choose from audit, error, general, iam-db-auth-error, instance, slowquery"
_QUOTED: Final = ", so RDS may refuse it, and every statement must quote it -> take another name"
_SCALING: Final = "serverlessV2Scaling: {{minCapacity: {}, maxCapacity: {}}}"
_ENCRYPTED: Final = (
    "[AF109] storageEncrypted: an unencrypted volume is not possible in prod, an environment of class {}"
    " -> delete it: volumes are encrypted by default; only class development may do without"
)
_OWNER: Final = ", access: owner"
_RESERVED: Final = "is reserved by Aurora PostgreSQL -> name it after the application"
_FULL: Final = '-> write it as "8.0.mysql_aurora.3.08.0"'

CASES: Final = (
    Case(
        versions.engine_version,
        'engineVersion: "16"',
        'engineVersion: "16.8"',
        ('[AF102] engineVersion: "16" is not a full Aurora PostgreSQL version -> write it as "16.8"',),
    ),
    Case(
        versions.engine_version,
        'engineVersion: "8.0"',
        "engineVersion: 8.0.mysql_aurora.3.05.2",
        (f'[AF102] engineVersion: "8.0" is not a full Aurora MySQL version {_FULL}',),
        base=MYSQL.copy,
    ),
    Case(
        versions.engine_mode,
        "engineMode: serverless",
        "engineMode: provisioned",
        (
            "[AF110] engineMode: AWS takes no new Serverless v1 clusters"
            " -> delete it and give serverlessV2Scaling: {minCapacity: …, maxCapacity: …}",
        ),
    ),
    Case(
        network.subnets,
        "subnetIds: [subnet-a, subnet-b]\ndbSubnetGroupName: databases",
        "dbSubnetGroupName: databases",
        (
            "[AF105] dbSubnetGroupName: an existing group and subnetIds exclude each other"
            " -> keep dbSubnetGroupName to use the group as it is, or subnetIds to have one made",
        ),
    ),
    Case(
        network.subnets,
        "subnetIds: [subnet-a]",
        "subnetIds: [subnet-a, subnet-b]",
        (
            "[AF106] subnetIds: lists 1 of the at least two subnets that a DB subnet group needs"
            f" -> {_BETTER_SUBNETS}, or name an existing dbSubnetGroupName",
        ),
    ),
    Case(
        network.subnets,
        "subnetIds: []",
        "subnetIds: [subnet-a, subnet-b]",
        (
            "[AF106] subnetIds: lists 0 of the at least two subnets that a DB subnet group needs"
            f" -> {_BETTER_SUBNETS}, or name an existing dbSubnetGroupName",
        ),
    ),
    Case(
        network.subnets,
        "",
        "",
        (
            "[AF106] subnetIds: names no subnets, and neither does the environment prod"
            f" -> {_BETTER_SUBNETS}, here or as network.subnetIds of the environment",
        ),
        has_subnets=False,
        fine_has_subnets=True,
        title="none anywhere",
    ),
    Case(
        operation.windows,
        "preferredMaintenanceWindow: sun:23:30-mon:00:30\npreferredBackupWindow: 00:00-01:00",
        "preferredMaintenanceWindow: sun:23:30-mon:00:30\npreferredBackupWindow: 00:30-01:30",
        (
            "[AF107] preferredBackupWindow: the backup window 00:00-01:00 overlaps the maintenance window"
            " sun:23:30-mon:00:30; RDS refuses that -> move one of them: the backup window recurs every day",
        ),
    ),
    Case(
        operation.log_exports,
        "enabledCloudwatchLogsExports: [postgresql, error]",
        "enabledCloudwatchLogsExports: [postgresql, instance]",
        (
            '[AF102] enabledCloudwatchLogsExports[1]: Aurora PostgreSQL has no log type "error"'
            " -> choose from iam-db-auth-error, instance, postgresql",
        ),
    ),
    Case(
        operation.log_exports,
        "enabledCloudwatchLogsExports: [postgresql, slow]",
        "enabledCloudwatchLogsExports: [audit, error, general, slowquery]",
        (
            f'[AF102] enabledCloudwatchLogsExports[0]: Aurora MySQL has no log type "postgresql" -> {_MYSQL_LOGS}',
            f'[AF102] enabledCloudwatchLogsExports[1]: Aurora MySQL has no log type "slow" -> {_MYSQL_LOGS}',
        ),
        base=MYSQL.copy,
    ),
    Case(
        credentials.username,
        "username: Admin",
        "username: administrator",
        ('[AF102] username: "Admin" is reserved by Aurora PostgreSQL -> take another name, such as master',),
    ),
    Case(
        credentials.username,
        "username: pg_boss",
        "username: pgboss",
        ('[AF102] username: "pg_boss" is reserved by Aurora PostgreSQL -> take another name, such as master',),
    ),
    Case(
        credentials.username,
        "username: rdsadmin",
        "username: admin",
        ('[AF102] username: "rdsadmin" is reserved by Aurora MySQL -> take another name, such as master',),
        base=MYSQL.copy,
    ),
    Case(
        credentials.username,
        f"username: {'u' * 17}",
        f"username: {'u' * 16}",
        (
            f'[AF102] username: "{"u" * 17}" is not a master user name of Aurora MySQL'
            " -> use letters, digits and underscores, a letter first, at most 16 characters",
        ),
        base=MYSQL.copy,
    ),
    Case(
        credentials.username,
        f"username: {'u' * 64}",
        f"username: {'u' * 63}",
        (
            f'[AF102] username: "{"u" * 64}" is not a master user name of Aurora PostgreSQL'
            " -> use letters, digits and underscores, a letter first, at most 63 characters",
        ),
    ),
    Case(
        credentials.database_name,
        "databaseName: order-items",
        "databaseName: order_items",
        (
            '[AF102] databaseName: "order-items" is not a database name of Aurora PostgreSQL'
            " -> use letters, digits and underscores, a letter first, at most 63 characters",
        ),
    ),
    Case(
        credentials.database_name,
        "databaseName: _orders",
        "databaseName: orders_",
        (
            '[AF102] databaseName: "_orders" is not a database name of Aurora MySQL'
            " -> use letters, digits and underscores, a letter first, at most 64 characters",
        ),
        base=MYSQL.copy,
    ),
    Case(
        credentials.master_password,
        "manageMasterUserPassword: false",
        "manageMasterUserPassword: true",
        (
            "[AF110] manageMasterUserPassword: without a password that RDS manages there would have to be one in a file"
            " -> delete it: RDS then makes the password and keeps it in AWS Secrets Manager",
        ),
    ),
    Case(
        credentials.master_password,
        "manageMasterUserPassword: false\nsnapshotIdentifier: orders-1",
        "manageMasterUserPassword: false\nreplicationSourceIdentifier: arn:aws:rds:eu-west-1:111122223333:cluster:a",
        (
            "[AF110] manageMasterUserPassword: without a password that RDS manages there would have to be one in a file"
            " -> delete it: RDS then makes the password and keeps it in AWS Secrets Manager",
        ),
        title="a replica takes its users from its source, a snapshot does not",
    ),
    Case(
        storage.encryption,
        "storageEncrypted: false",
        "storageEncrypted: false",
        (_ENCRYPTED.format("production"),),
        fine_class="development",
    ),
    Case(
        storage.encryption,
        "storageEncrypted: false",
        "storageEncrypted: true",
        (_ENCRYPTED.format("staging"),),
        class_="staging",
        title="in staging",
    ),
    Case(
        storage.encryption,
        f"storageEncrypted: false\nkmsKeyId: {KEY}",
        f"storageEncrypted: true\nkmsKeyId: {KEY}",
        (
            "[AF105] kmsKeyId: a key and storageEncrypted: false exclude each other"
            " -> delete storageEncrypted: false, or the key",
        ),
        class_="development",
        title="a key for nothing",
    ),
    Case(
        capacity.capacity,
        "instances: {instanceClass: db.serverless}",
        "instances: {instanceClass: db.serverless}\nserverlessV2Scaling: {minCapacity: 1, maxCapacity: 2}",
        (
            "[AF105] instances.instanceClass: instances of class db.serverless need a capacity range"
            " -> add serverlessV2Scaling: {minCapacity: 0.5, maxCapacity: 8}",
        ),
    ),
    Case(
        capacity.capacity,
        "instances: {instanceClass: db.r6g.large}\nserverlessV2Scaling: {minCapacity: 1, maxCapacity: 2}",
        "instances: {count: 2}\nserverlessV2Scaling: {minCapacity: 1, maxCapacity: 2}",
        (
            "[AF105] instances.instanceClass: instances of class db.r6g.large are provisioned, but serverlessV2Scaling"
            " is given beside it -> keep one of the two (where two layers differ, the later one wins)",
        ),
        title="a class beside a range",
    ),
    Case(
        capacity.capacity,
        "serverlessV2Scaling: {minCapacity: 8.5, maxCapacity: 8}",
        "serverlessV2Scaling: {minCapacity: 8, maxCapacity: 8}",
        (
            "[AF105] serverlessV2Scaling.minCapacity: the minimum of 8.5 ACUs is above the maximum of 8"
            " -> make the minimum the smaller one",
        ),
    ),
    Case(
        operation.parameters,
        'dbClusterParameterGroupName: shared\nparameters: [{name: rds.force_ssl, value: "1"}]',
        'dbClusterParameterGroupName: default.aurora-postgresql16\nparameters: [{name: rds.force_ssl, value: "1"}]',
        (
            '[AF105] parameters: the existing parameter group "shared" is used as it is; parameters cannot be added to'
            " it here -> delete dbClusterParameterGroupName to have a group with these parameters made",
        ),
    ),
    Case(
        operation.parameters,
        'parameters: [{name: a, value: "1"}, {name: b, value: "1"}, {name: A, value: "2"}]',
        'parameters: [{name: a, value: "1"}, {name: b, value: "1"}]',
        (
            '[AF105] parameters[0].name: the parameter "a" is set more than once -> keep one of them',
            '[AF105] parameters[2].name: the parameter "A" is set more than once -> keep one of them',
        ),
    ),
    Case(
        storage.origin,
        "snapshotIdentifier: orders-1\nreplicationSourceIdentifier: arn:aws:rds:eu-west-1:111122223333:cluster:a",
        "snapshotIdentifier: orders-1",
        (
            "[AF105] snapshotIdentifier: a cluster comes from a snapshot or replicates another one, not both"
            " -> keep snapshotIdentifier or replicationSourceIdentifier",
        ),
    ),
    Case(
        versions.engine_version,
        'engineVersion: "16.8-limitless"',
        'engineVersion: "16.8"',
        (
            '[AF110] engineVersion: "16.8-limitless" is for Aurora Limitless Database, which is not made here'
            ' -> write the version without its end: "16.8"',
        ),
    ),
    Case(
        versions.known_version,
        'engineVersion: "16.99"',
        'engineVersion: "16.1"',
        (
            'warning [AF111] engineVersion: "16.99" is not among the Aurora PostgreSQL versions of 2026-08-19, the date'
            " of the list here -> all is well if AWS has it: aws rds describe-db-engine-versions"
            " --engine aurora-postgresql --engine-version 16.99",
        ),
        title="newer than the list; an old one is none of this rule's business",
    ),
    Case(
        versions.known_version,
        "engineVersion: 8.0.mysql_aurora.3.99.0",
        "engineVersion: 8.0.mysql_aurora.3.05.2",
        (
            'warning [AF111] engineVersion: "8.0.mysql_aurora.3.99.0" is not among the Aurora MySQL versions of'
            " 2026-08-19, the date of the list here -> all is well if AWS has it: aws rds describe-db-engine-versions"
            " --engine aurora-mysql --engine-version 8.0.mysql_aurora.3.99.0",
        ),
        base=MYSQL.copy,
    ),
    Case(
        operation.log_exports,
        "enabledCloudwatchLogsExports: [upgrade]",
        "enabledCloudwatchLogsExports: [iam-db-auth-error]",
        (
            '[AF102] enabledCloudwatchLogsExports[0]: Aurora PostgreSQL has no log type "upgrade"; RDS for PostgreSQL'
            " has -> delete it; there are iam-db-auth-error, instance, postgresql",
        ),
        title="of another engine of RDS",
    ),
    Case(
        credentials.username,
        "username: user",
        "username: users",
        (f'warning [AF112] username: "user" means something to Aurora PostgreSQL{_QUOTED}, such as master',),
        title="a word of SQL",
    ),
    Case(
        credentials.username,
        "username: ägir",
        "username: Aegir",
        (
            '[AF102] username: "ägir" is not a master user name of Aurora PostgreSQL'
            " -> use letters, digits and underscores, a letter first, at most 63 characters",
        ),
    ),
    Case(
        credentials.database_name,
        "databaseName: admin",
        "databaseName: postgres",
        ('[AF102] databaseName: "admin" is reserved by Aurora PostgreSQL -> take another name, such as app',),
    ),
    Case(
        credentials.database_name,
        "databaseName: RDSADMIN",
        "databaseName: admin",
        ('[AF102] databaseName: "RDSADMIN" is reserved by Aurora MySQL -> take another name, such as app',),
        base=MYSQL.copy,
    ),
    Case(
        credentials.database_name,
        "databaseName: Order",
        "databaseName: orders",
        (f'warning [AF112] databaseName: "Order" means something to Aurora PostgreSQL{_QUOTED}, such as app',),
        title="a word of SQL",
    ),
    Case(
        credentials.database_name,
        "databaseName: groups",
        "databaseName: user",
        (f'warning [AF112] databaseName: "groups" means something to Aurora MySQL{_QUOTED}, such as app',),
        base=MYSQL.copy,
        title="a word of one engine's SQL",
    ),
    Case(
        credentials.database_name,
        "databaseName: template1",
        "databaseName: template2",
        (f'warning [AF112] databaseName: "template1" means something to Aurora PostgreSQL{_QUOTED}, such as app',),
        title="the engine's own database",
    ),
    Case(
        credentials.database_name,
        f"databaseName: {'d' * 65}",
        f"databaseName: {'d' * 64}",
        (
            f'[AF102] databaseName: "{"d" * 65}" is not a database name of Aurora MySQL'
            " -> use letters, digits and underscores, a letter first, at most 64 characters",
        ),
        base=MYSQL.copy,
    ),
    Case(
        credentials.database_name,
        f"databaseName: {'d' * 64}",
        f"databaseName: {'d' * 63}",
        (
            f'[AF102] databaseName: "{"d" * 64}" is not a database name of Aurora PostgreSQL'
            " -> use letters, digits and underscores, a letter first, at most 63 characters",
        ),
    ),
    Case(
        storage.storage_type,
        'storageType: aurora-iopt1\nengineVersion: "14.6"',
        'storageType: aurora-iopt1\nengineVersion: "14.7"',
        (
            "warning [AF112] storageType: Aurora PostgreSQL 14.6 seems to be too old for I/O-Optimized storage"
            " -> take 13.10, 14.7, 15.2, 16.1 or newer, or delete it for Standard storage",
        ),
    ),
    Case(
        storage.storage_type,
        'storageType: aurora-iopt1\nengineVersion: "12.22"',
        'storageType: aurora\nengineVersion: "12.22"',
        (
            "warning [AF112] storageType: Aurora PostgreSQL 12.22 seems to be too old for I/O-Optimized storage"
            " -> take 13.10, 14.7, 15.2, 16.1 or newer, or delete it for Standard storage",
        ),
        title="Standard storage is for every version",
    ),
    Case(
        capacity.capacity_of_version,
        f"engineVersion: 5.7.mysql_aurora.2.12.5\n{_SCALING.format(1, 2)}",
        f"engineVersion: 8.0.mysql_aurora.3.02.0\n{_SCALING.format(1, 2)}",
        (
            "[AF110] serverlessV2Scaling: Aurora MySQL 5.7.mysql_aurora.2.12.5 has no Serverless v2"
            " -> name an instance class instead, or take 3.02.0 or newer",
        ),
        base=MYSQL.copy,
        title="no Serverless v2 at all",
    ),
    Case(
        capacity.capacity_of_version,
        f'engineVersion: "16.2"\n{_SCALING.format(0, 2)}',
        f'engineVersion: "16.2"\n{_SCALING.format(0.5, 2)}',
        (
            "[AF110] serverlessV2Scaling.minCapacity: Aurora PostgreSQL 16.2 cannot pause, so its minimum is 0.5 ACUs"
            " -> write 0.5, or take 13.15, 14.12, 15.7, 16.3 or newer",
        ),
        title="no pausing",
    ),
    Case(
        capacity.capacity_of_version,
        f"engineVersion: 8.0.mysql_aurora.3.05.2\n{_SCALING.format(8, 128.5)}",
        f"engineVersion: 8.0.mysql_aurora.3.05.2\n{_SCALING.format(8, 128)}",
        (
            "[AF110] serverlessV2Scaling.maxCapacity: Aurora MySQL 8.0.mysql_aurora.3.05.2 has 128 ACUs at most"
            " -> write 128, or take 3.06.0 or newer",
        ),
        base=MYSQL.copy,
        title="more than 128 ACUs",
    ),
    Case(
        capacity.pausing,
        "serverlessV2Scaling: {minCapacity: 0.5, maxCapacity: 2, secondsUntilAutoPause: 300}",
        "serverlessV2Scaling: {minCapacity: 0, maxCapacity: 2, secondsUntilAutoPause: 300}",
        (
            "[AF105] serverlessV2Scaling.secondsUntilAutoPause: a cluster with a minimum of 0.5 ACUs never pauses"
            " -> delete it, or write minCapacity: 0; a layer that raises the minimum can set this to null",
        ),
    ),
    Case(
        capacity.instance_class,
        "instances: {instanceClass: db.r99g.large}",
        "instances: {instanceClass: db.r8gd.xlarge}",
        (
            'warning [AF111] instances.instanceClass: "db.r99g.large" is not among the instance classes for Aurora'
            " PostgreSQL 16.8 of 2026-08-19, the date of the list here -> all is well if AWS has it:"
            " aws rds describe-orderable-db-instance-options --engine aurora-postgresql --engine-version 16.8"
            " --db-instance-class db.r99g.large",
        ),
    ),
    Case(
        capacity.instance_class,
        "instances: {instanceClass: db.r8gd.xlarge}",
        "instances: {instanceClass: db.serverless}",
        (
            'warning [AF111] instances.instanceClass: "db.r8gd.xlarge" is not among the instance classes for Aurora'
            " MySQL 8.0.mysql_aurora.3.08.0 of 2026-08-19, the date of the list here -> all is well if AWS has it:"
            " aws rds describe-orderable-db-instance-options --engine aurora-mysql"
            " --engine-version 8.0.mysql_aurora.3.08.0 --db-instance-class db.r8gd.xlarge",
        ),
        base=MYSQL.copy,
        title="of the other engine",
    ),
    Case(
        operation.lacking_features,
        'parameters: [{name: time_zone, value: x}, {name: Rds.babelfish_status, value: "on"}]',
        'parameters: [{name: aurora_parallel_query, value: "ON"}]',
        (
            '[AF110] parameters[1].name: Aurora MySQL has no Babelfish, which "Rds.babelfish_status" is a parameter of'
            " -> delete the parameter, or choose the other engine",
        ),
        base=MYSQL.copy,
    ),
    Case(
        operation.lacking_features,
        'parameters: [{name: aurora_parallel_query, value: "ON"}]',
        'parameters: [{name: babelfishpg_tds.port, value: "1433"}]',
        (
            '[AF110] parameters[0].name: Aurora PostgreSQL has no parallel query, which "aurora_parallel_query" is a'
            " parameter of -> delete the parameter, or choose the other engine",
        ),
    ),
    Case(
        operation.data_api,
        "enableHttpEndpoint: true\ninstances: {instanceClass: db.t4g.large}",
        "enableHttpEndpoint: true\ninstances: {instanceClass: db.r6g.large}",
        (
            "warning [AF112] enableHttpEndpoint: the Data API seems not to work on burstable classes such as"
            " db.t4g.large -> take another class, or serverlessV2Scaling",
        ),
    ),
    Case(
        operation.data_api,
        'enableHttpEndpoint: true\nengineVersion: "14.7"',
        'enableHttpEndpoint: false\nengineVersion: "14.7"',
        (
            "warning [AF112] enableHttpEndpoint: Aurora PostgreSQL 14.7 seems to be too old for the Data API"
            " -> take 13.11, 14.8, 15.3, 16.1 or newer, or delete it",
        ),
        title="too old",
    ),
    Case(
        users.names,
        "username: main\napplicationUsers: [{name: app, access: readonly}, {name: App, access: owner}, "
        "{name: Main, access: owner}]",
        "username: main\napplicationUsers: [{name: app, access: readonly}, {name: app2, access: owner}]",
        (
            '[AF105] applicationUsers[0].name: the user "app" is there more than once -> keep one, or name another',
            '[AF105] applicationUsers[1].name: the user "App" is there more than once -> keep one, or name another',
            '[AF105] applicationUsers[2].name: "Main" is the master user, who may do everything; the script runs as '
            "that user -> name the user after the application",
        ),
    ),
    Case(
        users.names,
        f"applicationUsers: [{{name: rds_iam{_OWNER}}}, {{name: pg_app{_OWNER}}}, {{name: Public{_OWNER}}}]",
        f"applicationUsers: [{{name: app_rds{_OWNER}}}, {{name: pgapp{_OWNER}}}, {{name: publics{_OWNER}}}]",
        (
            f'[AF102] applicationUsers[0].name: "rds_iam" {_RESERVED}',
            f'[AF102] applicationUsers[1].name: "pg_app" {_RESERVED}',
            f'[AF102] applicationUsers[2].name: "Public" {_RESERVED}',
        ),
    ),
    Case(
        users.names,
        f"applicationUsers: [{{name: AWS_LOAD_S3_ACCESS, access: owner}}, {{name: {'x' * 33}, access: owner}}, "
        "{name: read, access: readonly}]",
        f"applicationUsers: [{{name: {'x' * 32}, access: owner}}, {{name: reader, access: readonly}}]",
        (
            '[AF102] applicationUsers[0].name: "AWS_LOAD_S3_ACCESS" is reserved by Aurora MySQL'
            " -> name it after the application",
            f'[AF102] applicationUsers[1].name: "{"x" * 33}" has 33 characters; Aurora MySQL takes 32 -> shorten it',
            'warning [AF112] applicationUsers[2].name: "read" means something to Aurora MySQL, so every statement of '
            "yours must quote it -> take another name",
        ),
        base=MYSQL.copy,
    ),
    Case(
        users.databases,
        "applicationUsers: [{name: app, access: owner}, {name: b, access: owner, databases: []}]",
        f"databaseName: orders\napplicationUsers: [{{name: app{_OWNER}}}, {{name: b{_OWNER}, databases: [x]}}]",
        (
            '[AF101] applicationUsers[0]: names no database for "app", and the cluster has no databaseName'
            " -> add databases: [app]",
            '[AF101] applicationUsers[1].databases: names no database for "b", and the cluster has no databaseName'
            " -> add databases: [app]",
        ),
    ),
    Case(
        users.databases,
        "applicationUsers: [{name: app, access: owner, databases: [template1, a-b, ok]}]",
        "applicationUsers: [{name: app, access: owner, databases: [postgres, a_b, ok]}]",
        (
            '[AF102] applicationUsers[0].databases[0]: "template1" is the own database of Aurora PostgreSQL'
            " -> name a database of the application",
            '[AF102] applicationUsers[0].databases[1]: "a-b" is not a database name of Aurora PostgreSQL'
            " -> name a database of the application",
        ),
    ),
    Case(
        users.databases,
        f"applicationUsers: [{{name: app, access: owner, databases: [MySQL, {'x' * 65}]}}]",
        f"applicationUsers: [{{name: app, access: owner, databases: [mysqls, {'x' * 64}]}}]",
        (
            '[AF102] applicationUsers[0].databases[0]: "MySQL" is the own database of Aurora MySQL'
            " -> name a database of the application",
            f'[AF102] applicationUsers[0].databases[1]: "{"x" * 65}" is not a database name of Aurora MySQL'
            " -> name a database of the application",
        ),
        base=MYSQL.copy,
    ),
    Case(
        users.schemas,
        "applicationUsers: [{name: app, access: owner, schemas: [pg_x, a-b, information_schema]}, "
        "{name: b, access: owner, schemas: []}]",
        "applicationUsers: [{name: app, access: owner, schemas: [pgx, a_b, public]}]",
        (
            '[AF102] applicationUsers[0].schemas[0]: "pg_x" is a schema of Aurora PostgreSQL itself'
            " -> name a schema of the application",
            '[AF102] applicationUsers[0].schemas[1]: "a-b" is not a schema name of Aurora PostgreSQL'
            " -> name a schema of the application",
            '[AF102] applicationUsers[0].schemas[2]: "information_schema" is a schema of Aurora PostgreSQL itself'
            " -> name a schema of the application",
            '[AF102] applicationUsers[1].schemas: gives "b" no schema -> name one, or delete it for public',
        ),
    ),
    Case(
        users.schemas,
        "applicationUsers: [{name: app, access: owner, schemas: [app]}]",
        "applicationUsers: [{name: app, access: owner}]",
        (
            "[AF110] applicationUsers[0].schemas: a schema of Aurora MySQL is a database"
            " -> delete it, and list databases",
        ),
        base=MYSQL.copy,
    ),
    Case(
        users.authentication,
        "iamDatabaseAuthenticationEnabled: false\napplicationUsers: [{name: app, access: owner}]",
        "iamDatabaseAuthenticationEnabled: true\napplicationUsers: [{name: app, access: owner}]",
        (
            '[AF105] applicationUsers[0]: "app" logs in with IAM, which iamDatabaseAuthenticationEnabled: false '
            "switches off -> delete iamDatabaseAuthenticationEnabled: it is on by default",
        ),
    ),
    Case(
        users.authentication,
        f"applicationUsers: [{{name: app, access: owner, dataApi: {{secretArn: {SECRET}}}}}]",
        f"enableHttpEndpoint: true\napplicationUsers: [{{name: app, access: owner, dataApi: {{secretArn: {SECRET}}}}}]",
        (
            '[AF105] applicationUsers[0].dataApi: "app" uses the Data API, which is off'
            " -> add enableHttpEndpoint: true, or delete dataApi",
        ),
        title="the Data API is off",
    ),
    Case(
        roles.given_or_made,
        f"associatedRoles: {{s3Import: {{}}, s3Export: {{roleArn: {ROLE}, kmsKeyIds: [{KEY}]}}}}",
        f"associatedRoles: {{s3Import: {{roleArn: {ROLE}}}, s3Export: {{buckets: [acme], kmsKeyIds: [{KEY}]}}}}",
        (
            "[AF101] associatedRoles.s3Import: has no role -> give buckets to have one made, or roleArn",
            "[AF105] associatedRoles.s3Export.roleArn: an existing role is used as it is; buckets and keys are for one "
            "that is made -> keep roleArn, or buckets with their kmsKeyIds",
        ),
    ),
    Case(
        roles.one_role_per_feature,
        f"associatedRoles: {{s3Import: {{roleArn: {ROLE}}}, lambda: {{roleArn: {{value: {ROLE}}}}}}}",
        f"associatedRoles: {{s3Import: {{roleArn: {ROLE}}}, lambda: {{roleArn: {ROLE}2}}}}",
        (
            "[AF105] associatedRoles.lambda.roleArn: is the role of s3Import too; the AWS provider cannot tell the two "
            "associations apart -> take a role of its own for each feature",
        ),
    ),
    Case(
        roles.one_role_per_feature,
        "associatedRoles: {s3Import: {roleArn: {valueFrom: {name: r}}}, s3Export: {roleArn: {valueFrom: {name: r}}}, "
        "bedrock: {roleArn: {valueFrom: {name: r}}}}",
        "associatedRoles: {s3Import: {roleArn: {valueFrom: {name: r}}}, s3Export: {roleArn: {valueFrom: {name: r}}}}",
        (
            "[AF105] associatedRoles.bedrock.roleArn: is the role of s3Import too; the AWS provider cannot tell the "
            "two associations apart -> take a role of its own for each feature",
        ),
        base=MYSQL.copy,
        title="one role for S3 is Aurora MySQL's way",
    ),
    Case(
        roles.one_role_for_s3,
        f"associatedRoles: {{s3Import: {{buckets: [a-b]}}, s3Export: {{roleArn: {ROLE}}}}}",
        "associatedRoles: {s3Import: {buckets: [a-b]}, s3Export: {buckets: [c-d]}}",
        (
            "[AF105] associatedRoles.s3Export: Aurora MySQL takes one role for S3, for both ways (aws_default_s3_role)"
            " -> give buckets for both, or one roleArn for both",
        ),
        base=MYSQL.copy,
    ),
    Case(
        roles.one_role_for_s3,
        f"associatedRoles: {{s3Import: {{roleArn: {ROLE}2}}, s3Export: {{roleArn: {ROLE}}}}}",
        f"associatedRoles: {{s3Import: {{roleArn: {ROLE}}}, s3Export: {{roleArn: {{value: {ROLE}}}}}}}",
        (
            "[AF105] associatedRoles.s3Export: Aurora MySQL takes one role for S3, for both ways (aws_default_s3_role)"
            " -> give buckets for both, or one roleArn for both",
        ),
        base=MYSQL.copy,
        title="two roles",
    ),
    Case(
        roles.number_of_roles,
        "associatedRoles: {s3Import: {buckets: [a-b]}, s3Export: {buckets: [a-b]}, "
        + ", ".join(f"{name}: {{roleArn: {ROLE}{name}}}" for name in ("lambda", "sageMaker", "comprehend", "bedrock"))
        + "}",
        "associatedRoles: {s3Import: {buckets: [a-b]}, s3Export: {buckets: [a-b]}, "
        + ", ".join(f"{name}: {{roleArn: {ROLE}{name}}}" for name in ("lambda", "sageMaker", "comprehend"))
        + "}",
        (
            "warning [AF112] associatedRoles: names 6 roles; without a higher quota AWS takes 5 for a cluster"
            " -> delete one, or ask AWS for a higher quota",
        ),
    ),
    Case(
        roles.feature_of_version,
        f"engineVersion: 8.0.mysql_aurora.3.05.2\nassociatedRoles: {{bedrock: {{roleArn: {ROLE}}}}}",
        f"engineVersion: 8.0.mysql_aurora.3.06.0\nassociatedRoles: {{bedrock: {{roleArn: {ROLE}}}}}",
        (
            "warning [AF112] associatedRoles.bedrock: Aurora MySQL 8.0.mysql_aurora.3.05.2 seems to be too old for "
            "Amazon Bedrock -> take 3.06.0 or newer, or delete it",
        ),
        base=MYSQL.copy,
    ),
    Case(
        roles.parameters_of_roles,
        "dbClusterParameterGroupName: shared\nassociatedRoles: {s3Import: {buckets: [a-b]}}",
        "associatedRoles: {s3Import: {buckets: [a-b]}}",
        (
            "warning [AF112] associatedRoles.s3Import: Aurora MySQL takes the role that a parameter names, and the "
            'existing group "shared" is used as it is -> set aws_default_s3_role to the role\'s ARN there, or delete '
            "dbClusterParameterGroupName",
        ),
        base=MYSQL.copy,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_says_what_is_wrong_and_the_way_out(case: Case) -> None:
    assert case.findings(*case.broken_case) == list(case.expected)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_is_silent_at_the_near_miss(case: Case) -> None:
    assert case.findings(*case.fine_case) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_has_a_case_that_breaks_it_and_a_near_miss(rule: Rule) -> None:
    cases = [case for case in CASES if case.rule is rule]
    assert cases, "a rule without a case may never speak, and nobody would notice"
    assert all(case.expected for case in cases)
    assert all(case.broken_case != case.fine_case for case in cases)


def test_every_case_is_of_a_rule_that_runs() -> None:
    assert {case.rule for case in CASES} == set(RULES)


def test_all_rules_are_asked_and_all_findings_kept() -> None:
    broken = spec("engineMode: serverless\nusername: admin\ndatabaseName: a-b", POSTGRES)
    assert [
        finding.path
        for finding in coherence.findings(broken, Situation("prod", "production", environment_has_subnets=True))
    ] == [
        ("engineMode",),
        ("username",),
        ("databaseName",),
    ]


@pytest.mark.parametrize("base", [POSTGRES, MYSQL], ids=["PostgreSQL", "MySQL"])
def test_the_least_spec_breaks_no_rule(base: dict[str, str]) -> None:
    assert coherence.findings(spec("", base), Situation("prod", "production", environment_has_subnets=True)) == []


FIELDS: Final = {row.field: row for row in SPEC}
_A_KEY: Final = "is not the ARN of a KMS key (AWS answers an alias or id with the ARN of its key"
_KEY_HELP: Final = "write it as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-…"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("subnetIds.*", "Subnet-a", "is not the id of a subnet -> write it as subnet-0a1b2c3d"),
        ("vpcId", "", "is not the id of a VPC -> write it as vpc-0a1b2c3d"),
        ("securityGroupIds.*", "default", "is not the id of a security group -> write it as sg-0a1b2c3d"),
        ("kmsKeyId", "alias/databases", f"{_A_KEY}, and Terraform would replace the cluster) -> {_KEY_HELP}"),
        ("kmsKeyId", "1234abcd-12ab", f"{_A_KEY}, and Terraform would replace the cluster) -> {_KEY_HELP}"),
        ("performanceInsights.kmsKeyId", "alias/databases", f"{_A_KEY}) -> {_KEY_HELP}"),
        (
            "applicationUsers.*.dataApi.secretArn",
            "shop/search",
            "is not the ARN of a secret"
            " -> write it as arn:aws:secretsmanager:eu-west-1:111122223333:secret:name-AbCdEf",
        ),
        (
            "applicationUsers.*.roles.*",
            "arn:aws:iam::111122223333:role/app",
            "is not the name of an IAM role -> write the last part of its ARN alone",
        ),
        (
            "associatedRoles.lambda.roleArn",
            "lambda",
            "is not the ARN of an IAM role -> write it as arn:aws:iam::111122223333:role/name",
        ),
        (
            "dbSubnetGroupName",
            "Databases",
            "is not the name of a DB subnet group -> use lower-case letters, digits, spaces and ._-, at most 255 of"
            " them",
        ),
    ],
)
def test_a_text_that_names_nothing_at_aws_is_told(name: str, text: str, expected: str) -> None:
    finding = coherence.text_fault(FIELDS[name], ("here", 1), text)
    assert finding is not None
    assert told(finding) == f'[AF102] here[1]: "{text}" {expected}'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("subnetIds.*", "subnet-0a"),
        ("vpcId", "vpc-0a"),
        ("kmsKeyId", KEY),
        ("kmsKeyId", KEY.replace("aws:kms", "aws-us-gov:kms")),
        ("performanceInsights.kmsKeyId", KEY),
        ("applicationUsers.*.dataApi.secretArn", SECRET),
        ("applicationUsers.*.roles.*", "ci+cd@acme_shop-1.x"),
        ("associatedRoles.s3Import.roleArn", ROLE),
        ("dbSubnetGroupName", "team databases_1.x-y"),
        ("masterUserSecretKmsKeyId", "alias/secrets"),
    ],
)
def test_a_text_that_can_name_something_passes(name: str, text: str) -> None:
    assert coherence.text_fault(FIELDS[name], ("here",), text) is None
