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
    parameters,
    storage,
    upgrades,
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
_FULL: Final = '-> write it as "8.0.mysql_aurora.3.08.0"'

_EXISTING: Final = (
    '[AF105] {}: the existing parameter group "shared" is used as it is; parameters cannot be added to it here'
    " -> delete dbClusterParameterGroupName to have a group with these parameters made"
)
_TWICE: Final = '[AF105] {}: the parameter "{}" is set more than once -> keep one of them'
_ASK: Final = "aws rds describe-db-cluster-parameters --db-cluster-parameter-group-name default.aurora-"

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
        parameters.existing_groups,
        'dbClusterParameterGroupName: shared\nparameters: [{name: rds.force_ssl, value: "1"}]',
        'dbClusterParameterGroupName: default.aurora-postgresql16\nparameters: [{name: rds.force_ssl, value: "1"}]',
        (_EXISTING.format("parameters"),),
    ),
    Case(
        parameters.existing_groups,
        "dbClusterParameterGroupName: shared\nclusterParameters: {work_mem: 8192}\ntimeZone: UTC\n"
        "auditing: {enabled: true}",
        "dbClusterParameterGroupName: shared\nclusterParameters: {}\nauditing: {enabled: false}",
        tuple(_EXISTING.format(field) for field in ("clusterParameters", "timeZone", "auditing")),
    ),
    Case(
        parameters.existing_groups,
        "instances: {dbParameterGroupName: shared}\ninstanceParameters: {work_mem: 8192}",
        "instances: {dbParameterGroupName: shared}\nclusterParameters: {work_mem: 8192}",
        (
            '[AF105] instanceParameters: the existing parameter group "shared" is used as it is; parameters cannot be'
            " added to it here -> delete instances.dbParameterGroupName to have a group with these parameters made",
        ),
    ),
    Case(
        parameters.families,
        "dbClusterParameterGroupName: default.aurora-postgresql14\n"
        "instances: {dbParameterGroupName: default.aurora-mysql8.0}",
        "dbClusterParameterGroupName: default.aurora-postgresql16\n"
        "instances: {dbParameterGroupName: own-aurora-postgresql14}",
        (
            '[AF105] dbClusterParameterGroupName: the parameter group "default.aurora-postgresql14" is not of the'
            " family of 16.8, which is aurora-postgresql16 -> write default.aurora-postgresql16, or delete it",
            '[AF105] instances.dbParameterGroupName: the parameter group "default.aurora-mysql8.0" is not of the family'
            " of 16.8, which is aurora-postgresql16 -> write default.aurora-postgresql16, or delete it",
        ),
    ),
    Case(
        parameters.each_once,
        'parameters: [{name: a, value: "1"}, {name: b, value: "1"}, {name: A, value: "2"}]',
        'parameters: [{name: a, value: "1"}, {name: b, value: "1"}]',
        (
            '[AF105] parameters[0].name: the parameter "a" is set more than once -> keep one of them',
            '[AF105] parameters[2].name: the parameter "A" is set more than once -> keep one of them',
        ),
    ),
    Case(
        parameters.each_once,
        'parameters: [{name: work_mem, value: "1"}]\nclusterParameters: {Work_Mem: 2, a: 1}\n'
        "instanceParameters: {A: 2, b: 1}",
        'parameters: [{name: work_mem, value: "1"}]\nclusterParameters: {a: 1}\ninstanceParameters: {b: 1}',
        (
            _TWICE.format("parameters[0].name", "work_mem"),
            _TWICE.format("clusterParameters.Work_Mem", "Work_Mem"),
            _TWICE.format("clusterParameters.a", "a"),
            _TWICE.format("instanceParameters.A", "A"),
        ),
        title="in whichever spelling",
    ),
    Case(
        parameters.each_once,
        "timeZone: UTC\nclusterParameters: {TimeZone: UTC}",
        "timeZone: UTC\nclusterParameters: {time_zone: UTC}",
        (
            '[AF105] clusterParameters.TimeZone: the parameter "TimeZone" is what timeZone sets -> keep timeZone, or'
            " the parameter",
        ),
    ),
    Case(
        parameters.known_names,
        "clusterParameters: {log_min_duration_statment: 1}\ninstanceParameters: {qqqqqq: 1}",
        "clusterParameters: {LOG_MIN_DURATION_STATEMENT: 1}\ninstanceParameters: {work_mem: 64}",
        (
            'warning [AF111] clusterParameters.log_min_duration_statment: "log_min_duration_statment" is not among the'
            " Aurora PostgreSQL parameters of 2023-06, the date of the list here -> did you mean"
            " log_min_duration_statement? Else all is well if AWS has it; it takes effect at the next reboot:"
            f" {_ASK}postgresql16",
            'warning [AF111] instanceParameters.qqqqqq: "qqqqqq" is not among the Aurora PostgreSQL parameters of'
            " 2023-06, the date of the list here -> all is well if AWS has it; it takes effect at the next reboot:"
            f" {_ASK}postgresql16",
        ),
    ),
    Case(
        parameters.places,
        "instanceParameters: {RDS.force_ssl: 1}",
        "clusterParameters: {rds.force_ssl: 1, work_mem: 64}\ninstanceParameters: {log_statement: ddl}",
        (
            '[AF110] instanceParameters.RDS.force_ssl: "rds.force_ssl" is a parameter of whole clusters: the DB'
            " parameter groups of instances do not have it -> move it to clusterParameters",
        ),
    ),
    Case(
        parameters.versions,
        'engineVersion: "16.8"\nclusterParameters: {force_parallel_mode: 0, log_line_prefix: "%t"}',
        'engineVersion: "15.10"\nclusterParameters: {force_parallel_mode: 0, idle_session_timeout: 1}',
        (
            '[AF110] clusterParameters.force_parallel_mode: "force_parallel_mode" cannot be set in Aurora PostgreSQL'
            " 16.8, but before 16 -> delete it",
            'warning [AF112] clusterParameters.log_line_prefix: RDS has been known to keep "log_line_prefix" to itself'
            " and to refuse a change of it -> delete it, or ask AWS whether 16.8 has it as modifiable",
        ),
    ),
    Case(
        parameters.versions,
        "engineVersion: 5.7.mysql_aurora.2.12.5\ninstanceParameters: {activate_all_roles_on_login: 1}",
        "engineVersion: 5.7.mysql_aurora.2.12.5\ninstanceParameters: {query_cache_size: 1}",
        (
            '[AF110] instanceParameters.activate_all_roles_on_login: "activate_all_roles_on_login" cannot be set in'
            " Aurora MySQL 5.7.mysql_aurora.2.12.5, but from 8.0 on -> delete it",
        ),
        base=MYSQL.copy,
    ),
    Case(
        parameters.values,
        'parameters: [{name: log_statement, value: everything}, {name: autovacuum, value: "2"}]\n'
        "clusterParameters: {work_mem: 64MB, max_connections: 5}\n"
        'instanceParameters: {max_standby_streaming_delay: "99"}',
        'parameters: [{name: log_statement, value: DDL}, {name: autovacuum, value: "off"}]\n'
        "clusterParameters: {work_mem: '{DBInstanceClassMemory/98304}', max_connections: 6}\n"
        'instanceParameters: {max_standby_streaming_delay: "1000"}',
        (
            '[AF102] parameters[0].value: "everything" is not a value of log_statement -> write none, ddl, mod or all',
            '[AF102] parameters[1].value: "2" is not a value of autovacuum -> write 0 or 1',
            '[AF102] clusterParameters.work_mem: "64MB" is not a value of work_mem -> write a whole number from 64 to'
            " 2147483647",
            '[AF102] clusterParameters.max_connections: "5" is not a value of max_connections -> write a whole number'
            " from 6 to 262143",
            'warning [AF112] instanceParameters.max_standby_streaming_delay: "99" is not known to be a value of'
            " max_standby_streaming_delay -> write a whole number from 1000 to 30000, unless this version takes more",
        ),
    ),
    Case(
        parameters.apply_methods,
        'parameters: [{name: work_mem, value: "64", applyMethod: immediate},'
        ' {name: max_connections, value: "500", applyMethod: immediate}]',
        'parameters: [{name: unknown, value: "64", applyMethod: immediate},'
        ' {name: max_connections, value: "500", applyMethod: pending-reboot}]',
        (
            '[AF105] parameters[1].applyMethod: "max_connections" is static: RDS changes it with a reboot, and refuses'
            " to do so at once -> delete applyMethod, or write pending-reboot",
        ),
    ),
    Case(
        parameters.empty_logs,
        "slowQueries: {enabled: false}\nauditing: {enabled: false}\nenabledCloudwatchLogsExports: [audit, slowquery]",
        "slowQueries: {enabled: false}\nauditing: {enabled: false}\nenabledCloudwatchLogsExports: [error]",
        (
            "[AF105] slowQueries.enabled: the log slowquery is exported, and would stay empty -> delete it, or leave"
            " slowquery out of enabledCloudwatchLogsExports",
            "[AF105] auditing.enabled: the log audit is exported, and would stay empty -> delete it, or leave audit"
            " out of enabledCloudwatchLogsExports",
        ),
        base=MYSQL.copy,
    ),
    Case(
        parameters.time_zone,
        "timeZone: Europe/Berlin",
        "timeZone: europe/paris",
        (
            'warning [AF112] timeZone: "Europe/Berlin" is not among the time zones that AWS documents for Aurora (as of'
            " 2023-06) -> take one with the same time from the list:"
            " https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.RegionsAndAvailabilityZones.html",
        ),
        base=MYSQL.copy,
    ),
    Case(
        upgrades.upgrade,
        'upgrade: {from: "14.x", changes: immediate}',
        'upgrade: {from: "14", changes: immediate}',
        (
            '[AF102] upgrade.from: "14.x" is not an Aurora PostgreSQL version -> write the version that the cluster has'
            ' now, as "16.8"',
        ),
    ),
    Case(
        upgrades.upgrade,
        'upgrade: {from: "16.4"}',
        'upgrade: {from: "15.10", changes: immediate}',
        (
            "warning [AF112] upgrade: 16.4 and 16.8 are of one major version, so there is no upgrade to declare;"
            " nothing comes of it, as AWS may refuse what goes with one -> delete it",
        ),
        title="within a major version",
    ),
    Case(
        upgrades.upgrade,
        'upgrade: {from: "17.4", changes: immediate}',
        "upgrade: {from: 14.10, changes: immediate}",
        (
            "[AF105] upgrade.from: 17.4 is newer than 16.8, and RDS does not go back to an older major version -> write"
            " the older version here, and the newer one as engineVersion",
        ),
        title="backwards",
    ),
    Case(
        upgrades.upgrade,
        "upgrade: {from: 5.7.mysql_aurora.2.12.5}\nversionPolicy: minor",
        'upgrade: {from: "5.7", changes: immediate}\nversionPolicy: pinned',
        (
            "[AF105] versionPolicy: Terraform ignores the version, so the upgrade would not happen -> write"
            " versionPolicy: pinned until the upgrade is done",
            "warning [AF112] upgrade: in prod the upgrade waits for the maintenance window, and the parameter groups of"
            " the new version do not: RDS has been known to refuse them until then -> write changes: immediate beside"
            " from, and apply it in quiet hours",
        ),
        base=MYSQL.copy,
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
        parameters.lacking_features,
        'parameters: [{name: time_zone, value: x}, {name: Rds.babelfish_status, value: "on"}]',
        'parameters: [{name: aurora_parallel_query, value: "ON"}]',
        (
            '[AF110] parameters[1].name: Aurora MySQL has no Babelfish, which "Rds.babelfish_status" is a parameter of'
            " -> delete the parameter, or choose the other engine",
        ),
        base=MYSQL.copy,
    ),
    Case(
        parameters.lacking_features,
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
        ("dbSubnetGroupName", "team databases_1.x-y"),
        ("masterUserSecretKmsKeyId", "alias/secrets"),
    ],
)
def test_a_text_that_can_name_something_passes(name: str, text: str) -> None:
    assert coherence.text_fault(FIELDS[name], ("here",), text) is None
