"""Rules between fields: each one speaks where it must, and stays silent at the nearest thing that is right."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pytest

from auroraform.schemas import coherence
from auroraform.schemas.coherence import RULES, Finding, Rule, Situation
from auroraform.schemas.environment import EnvironmentClass
from auroraform.schemas.located import read
from auroraform.schemas.manifest import AwsRdsClusterSpec
from auroraform.schemas.shape import check, show
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
    return f"[{finding.code}] {show(finding.path)}: {finding.message} -> {finding.help}"


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
_NOT_A_KEY: Final = (
    "is not the ARN of a KMS key (AWS answers an alias or id with the ARN of its key, and Terraform would replace the"
    " cluster) -> write it as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-…"
)
_ENCRYPTED: Final = (
    "[AF109] storageEncrypted: an unencrypted volume is not possible in prod, an environment of class {}"
    " -> delete it: volumes are encrypted by default; only class development may do without"
)
_FULL: Final = '-> write it as "8.0.mysql_aurora.3.08.0"'

CASES: Final = (
    Case(
        coherence.engine_version,
        'engineVersion: "16"',
        'engineVersion: "16.8"',
        ('[AF102] engineVersion: "16" is not a full Aurora PostgreSQL version -> write it as "16.8"',),
    ),
    Case(
        coherence.engine_version,
        'engineVersion: "8.0"',
        "engineVersion: 8.0.mysql_aurora.3.05.2",
        (f'[AF102] engineVersion: "8.0" is not a full Aurora MySQL version {_FULL}',),
        base=MYSQL.copy,
    ),
    Case(
        coherence.engine_mode,
        "engineMode: serverless",
        "engineMode: provisioned",
        (
            "[AF110] engineMode: AWS takes no new Serverless v1 clusters"
            " -> delete it and give serverlessV2Scaling: {minCapacity: …, maxCapacity: …}",
        ),
    ),
    Case(
        coherence.subnets,
        "subnetIds: [subnet-a, subnet-b]\ndbSubnetGroupName: databases",
        "dbSubnetGroupName: databases",
        (
            "[AF105] dbSubnetGroupName: an existing group and subnetIds exclude each other"
            " -> keep dbSubnetGroupName to use the group as it is, or subnetIds to have one made",
        ),
    ),
    Case(
        coherence.subnets,
        "subnetIds: [subnet-a]",
        "subnetIds: [subnet-a, subnet-b]",
        (
            "[AF106] subnetIds: lists 1 of the at least two subnets that a DB subnet group needs"
            f" -> {_BETTER_SUBNETS}, or name an existing dbSubnetGroupName",
        ),
    ),
    Case(
        coherence.subnets,
        "subnetIds: []",
        "subnetIds: [subnet-a, subnet-b]",
        (
            "[AF106] subnetIds: lists 0 of the at least two subnets that a DB subnet group needs"
            f" -> {_BETTER_SUBNETS}, or name an existing dbSubnetGroupName",
        ),
    ),
    Case(
        coherence.subnets,
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
        coherence.windows,
        "preferredMaintenanceWindow: sun:23:30-mon:00:30\npreferredBackupWindow: 00:00-01:00",
        "preferredMaintenanceWindow: sun:23:30-mon:00:30\npreferredBackupWindow: 00:30-01:30",
        (
            "[AF107] preferredBackupWindow: the backup window 00:00-01:00 overlaps the maintenance window"
            " sun:23:30-mon:00:30; RDS refuses that -> move one of them: the backup window recurs every day",
        ),
    ),
    Case(
        coherence.log_exports,
        "enabledCloudwatchLogsExports: [postgresql, error]",
        "enabledCloudwatchLogsExports: [postgresql, instance]",
        (
            '[AF102] enabledCloudwatchLogsExports[1]: Aurora PostgreSQL has no log type "error"'
            " -> choose from iam-db-auth-error, instance, postgresql",
        ),
    ),
    Case(
        coherence.log_exports,
        "enabledCloudwatchLogsExports: [postgresql, slow]",
        "enabledCloudwatchLogsExports: [audit, error, general, slowquery]",
        (
            f'[AF102] enabledCloudwatchLogsExports[0]: Aurora MySQL has no log type "postgresql" -> {_MYSQL_LOGS}',
            f'[AF102] enabledCloudwatchLogsExports[1]: Aurora MySQL has no log type "slow" -> {_MYSQL_LOGS}',
        ),
        base=MYSQL.copy,
    ),
    Case(
        coherence.username,
        "username: Admin",
        "username: administrator",
        ('[AF102] username: "Admin" is reserved by Aurora PostgreSQL -> take another name, such as master',),
    ),
    Case(
        coherence.username,
        "username: pg_boss",
        "username: pgboss",
        ('[AF102] username: "pg_boss" is reserved by Aurora PostgreSQL -> take another name, such as master',),
    ),
    Case(
        coherence.username,
        "username: rdsadmin",
        "username: admin",
        ('[AF102] username: "rdsadmin" is reserved by Aurora MySQL -> take another name, such as master',),
        base=MYSQL.copy,
    ),
    Case(
        coherence.username,
        f"username: {'u' * 17}",
        f"username: {'u' * 16}",
        (
            f'[AF102] username: "{"u" * 17}" is not a master user name of Aurora MySQL'
            " -> use letters, digits and underscores, a letter first, at most 16 characters",
        ),
        base=MYSQL.copy,
    ),
    Case(
        coherence.username,
        f"username: {'u' * 64}",
        f"username: {'u' * 63}",
        (
            f'[AF102] username: "{"u" * 64}" is not a master user name of Aurora PostgreSQL'
            " -> use letters, digits and underscores, a letter first, at most 63 characters",
        ),
    ),
    Case(
        coherence.database_name,
        "databaseName: order-items",
        "databaseName: order_items",
        (
            '[AF102] databaseName: "order-items" is not a database name of Aurora PostgreSQL'
            " -> use letters, digits and underscores, a letter first, at most 63 characters",
        ),
    ),
    Case(
        coherence.database_name,
        "databaseName: _orders",
        "databaseName: orders_",
        (
            '[AF102] databaseName: "_orders" is not a database name of Aurora MySQL'
            " -> use letters, digits and underscores, a letter first, at most 64 characters",
        ),
        base=MYSQL.copy,
    ),
    Case(
        coherence.master_password,
        "manageMasterUserPassword: false",
        "manageMasterUserPassword: true",
        (
            "[AF110] manageMasterUserPassword: without a password that RDS manages there would have to be one in a file"
            " -> delete it: RDS then makes the password and keeps it in AWS Secrets Manager",
        ),
    ),
    Case(
        coherence.master_password,
        "manageMasterUserPassword: false\nsnapshotIdentifier: orders-1",
        "manageMasterUserPassword: false\nreplicationSourceIdentifier: arn:aws:rds:eu-west-1:111122223333:cluster:a",
        (
            "[AF110] manageMasterUserPassword: without a password that RDS manages there would have to be one in a file"
            " -> delete it: RDS then makes the password and keeps it in AWS Secrets Manager",
        ),
        title="a replica takes its users from its source, a snapshot does not",
    ),
    Case(
        coherence.encryption,
        "storageEncrypted: false",
        "storageEncrypted: false",
        (_ENCRYPTED.format("production"),),
        fine_class="development",
    ),
    Case(
        coherence.encryption,
        "storageEncrypted: false",
        "storageEncrypted: true",
        (_ENCRYPTED.format("staging"),),
        class_="staging",
        title="in staging",
    ),
    Case(
        coherence.encryption,
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
        coherence.kms_keys,
        "kmsKeyId: alias/databases",
        f"kmsKeyId: {KEY}",
        (f'[AF102] kmsKeyId: "alias/databases" {_NOT_A_KEY}',),
    ),
    Case(
        coherence.kms_keys,
        "kmsKeyId: {value: 1234abcd-12ab}",
        f"kmsKeyId: {{value: {KEY}}}",
        (f'[AF102] kmsKeyId: "1234abcd-12ab" {_NOT_A_KEY}',),
    ),
    Case(
        coherence.capacity,
        "instances: {instanceClass: db.serverless}",
        "instances: {instanceClass: db.serverless}\nserverlessV2Scaling: {minCapacity: 1, maxCapacity: 2}",
        (
            "[AF105] instances.instanceClass: instances of class db.serverless need a capacity range"
            " -> add serverlessV2Scaling: {minCapacity: 0.5, maxCapacity: 8}",
        ),
    ),
    Case(
        coherence.capacity,
        "instances: {instanceClass: db.r6g.large}\nserverlessV2Scaling: {minCapacity: 1, maxCapacity: 2}",
        "instances: {count: 2}\nserverlessV2Scaling: {minCapacity: 1, maxCapacity: 2}",
        (
            "[AF105] instances.instanceClass: instances of class db.r6g.large are provisioned, but serverlessV2Scaling"
            " is given beside it -> keep one of the two (where two layers differ, the later one wins)",
        ),
        title="a class beside a range",
    ),
    Case(
        coherence.capacity,
        "serverlessV2Scaling: {minCapacity: 8.5, maxCapacity: 8}",
        "serverlessV2Scaling: {minCapacity: 8, maxCapacity: 8}",
        (
            "[AF105] serverlessV2Scaling.minCapacity: the minimum of 8.5 ACUs is above the maximum of 8"
            " -> make the minimum the smaller one",
        ),
    ),
    Case(
        coherence.parameters,
        'dbClusterParameterGroupName: shared\nparameters: [{name: rds.force_ssl, value: "1"}]',
        'dbClusterParameterGroupName: default.aurora-postgresql16\nparameters: [{name: rds.force_ssl, value: "1"}]',
        (
            '[AF105] parameters: the existing parameter group "shared" is used as it is; parameters cannot be added to'
            " it here -> delete dbClusterParameterGroupName to have a group with these parameters made",
        ),
    ),
    Case(
        coherence.parameters,
        'parameters: [{name: a, value: "1"}, {name: b, value: "1"}, {name: A, value: "2"}]',
        'parameters: [{name: a, value: "1"}, {name: b, value: "1"}]',
        (
            '[AF105] parameters[0].name: the parameter "a" is set more than once -> keep one of them',
            '[AF105] parameters[2].name: the parameter "A" is set more than once -> keep one of them',
        ),
    ),
    Case(
        coherence.origin,
        "snapshotIdentifier: orders-1\nreplicationSourceIdentifier: arn:aws:rds:eu-west-1:111122223333:cluster:a",
        "snapshotIdentifier: orders-1",
        (
            "[AF105] snapshotIdentifier: a cluster comes from a snapshot or replicates another one, not both"
            " -> keep snapshotIdentifier or replicationSourceIdentifier",
        ),
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
