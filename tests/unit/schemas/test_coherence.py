"""Rules between fields: each one speaks where it must, and stays silent at the nearest thing that is right."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pytest

from auroraform.schemas import coherence
from auroraform.schemas.backup import Backup, BackupCopy, BackupRule
from auroraform.schemas.coherence import (
    RULES,
    Finding,
    Rule,
    Situation,
    autoscaling,
    backups,
    capacity,
    credentials,
    encryption,
    endpoints,
    events,
    insights,
    instances,
    lifecycle,
    logs,
    network,
    operation,
    parameters,
    proxy,
    roles,
    schedule,
    storage,
    upgrades,
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
REGION: Final = "eu-west-1"
ZONES: Final = ("eu-west-1a", "eu-west-1b", "eu-west-1c")
KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab"
ROLE: Final = "arn:aws:iam::111122223333:role/r"
ACCOUNT: Final = "111122223333"
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
    zones: tuple[str, ...] = ()
    plan: Backup | None = None
    title: str = ""

    def __str__(self) -> str:
        return f"{self.rule.__name__}: {self.title or self.broken.splitlines()[0]}"

    @property
    def broken_case(self) -> tuple[str, Situation]:
        return self.broken, self.situation(self.class_, has_subnets=self.has_subnets)

    @property
    def fine_case(self) -> tuple[str, Situation]:
        has_subnets = self.has_subnets if self.fine_has_subnets is None else self.fine_has_subnets
        return self.fine, self.situation(self.fine_class or self.class_, has_subnets=has_subnets)

    def situation(self, class_: EnvironmentClass, *, has_subnets: bool) -> Situation:
        return Situation("prod", class_, has_subnets, REGION, self.zones, account_id=ACCOUNT, backup=self.plan)

    def findings(self, fields: str, situation: Situation) -> list[str]:
        return [told(finding) for finding in self.rule(spec(fields, self.base()), situation)]


_BETTER_SUBNETS: Final = "list two or more in different Availability Zones"
_MYSQL_LOGS: Final = "choose from audit, error, general, iam-db-auth-error, instance, slowquery"
_QUOTED: Final = ", so RDS may refuse it, and every statement must quote it -> take another name"
_RANGE: Final = "serverlessV2Scaling: {minCapacity: 1, maxCapacity: 8}"
_SCALING: Final = "serverlessV2Scaling: {{minCapacity: {}, maxCapacity: {}}}"
_COPIES: Final = Backup(
    rules={
        "daily": BackupRule(
            schedule="cron(0 3 * * ? *)",
            retention_days=35,
            copies=(BackupCopy(vault_arn="arn:aws:backup:eu-west-1:444455556666:backup-vault:aurora"),),
        )
    }
)
_EXPORTED: Final = "backups: {{exports: {{q1: {{bucket: acme, kmsKeyId: '%s', {}}}}}}}" % KEY  # noqa: UP031
_SNAPSHOT: Final = "arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:nightly"


_STOPPED: Final = 'schedule: {{timeZone: {}, start: "{}", stop: "{}"}}'
_AT_NIGHT: Final = "which is in UTC, the cluster is stopped, at least in summer or in winter:"
_MOVE: Final = "-> leave the window out, or move it"
_MEMBER_WINDOW: Final = "instances: {{members: {{a: {{preferredMaintenanceWindow: '{}:12:00-{}:13:00'}}}}}}"
_TOO_NEAR: Final = (
    "there are less than 2 hours, one way or the other: both take their time, and are tried for an hour"
    " -> move one of them: 2 hours or more from the other"
)
_ENCRYPTED: Final = (
    "[AF109] storageEncrypted: an unencrypted volume is not possible in prod, an environment of class {}"
    " -> delete it: volumes are encrypted by default; only class development may do without"
)
_DAILY: Final = "{schedule: rate(1 day), minCapacity: 2}"
_SCHEDULED: Final = (
    "readerAutoscaling: {{maxCapacity: 3, schedules: {{a: {{schedule: rate(1 day), minCapacity: 2, {}}}}}}}"
)
_MANAGED: Final = (
    "delete it: RDS then makes the password and keeps it in AWS Secrets Manager; or say where yours is kept:"
    " passwordFrom: {secretArn: …}"
)
_SECRET: Final = "secretArn: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf"  # noqa: S105 - its name
_REPLICA: Final = "replicationSourceIdentifier: arn:aws:rds:eu-west-1:111122223333:cluster:a"
_OF_SOURCE: Final = (
    "a cluster that replicates another one has the master user and the password of its source -> delete it, or set it"
    " to null here; where AWS refuses to replicate a cluster whose password RDS manages, give the source a passwordFrom"
)
_NOT_OWN: Final = (
    "there is no secret of RDS's own where passwordFrom brings the password -> delete it, or set it to null here; what"
    " passwordFrom names is encrypted and renewed where it is kept"
)
_ROTATION: Final = "masterUserSecret: {{rotation: {{{}}}}}"
_MADE: Final = "another key is made for this, as kmsKey.create is true"
_MADE_HELP: Final = "delete one of the two, or list in kmsKey.uses what the key is made for"
_OWNER: Final = ", access: owner"
_RESERVED: Final = "is reserved by Aurora PostgreSQL -> name it after the application"
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
        network.subnets,
        "subnetTags: {tier: database}\nsubnetIds: [subnet-a, subnet-b]\ndbSubnetGroupName: databases",
        "subnetTags: {tier: database}",
        (
            "[AF105] dbSubnetGroupName: an existing group and subnetIds exclude each other"
            " -> keep dbSubnetGroupName to use the group as it is, or subnetIds to have one made",
            "[AF105] subnetTags: dbSubnetGroupName says where the cluster is already"
            " -> keep dbSubnetGroupName, or subnetTags to have the subnets looked up",
            "[AF105] subnetTags: subnetIds says where the cluster is already"
            " -> keep subnetIds, or subnetTags to have the subnets looked up",
        ),
        has_subnets=False,
    ),
    Case(
        network.rule_sources,
        "securityGroup: {rules: {a: {}, b: {self: false}, c: {description: x}}, egress: {a: {fromPort: 443}}}",
        "securityGroup: {rules: {a: {self: true}, b: {cidrIpv4: 10.0.0.0/8}, c: {cidrIpv6: 'fd00::/8'}}}",
        (
            *(
                f"[AF101] securityGroup.rules.{name}: says nobody who may connect"
                " -> give cidrIpv4, cidrIpv6, prefixListId, securityGroupId or self: true"
                for name in "abc"
            ),
            "[AF101] securityGroup.egress.a: says nobody to connect to"
            " -> give cidrIpv4, cidrIpv6, prefixListId, securityGroupId or self: true",
        ),
        title="nobody",
    ),
    Case(
        network.rule_sources,
        "securityGroup: {rules: {egress: {prefixListId: pl-a, securityGroupId: sg-a, self: true}}}",
        "securityGroup: {rules: {a: {prefixListId: pl-a, self: false}, b: {securityGroupId: sg-a}, gone: null}}",
        tuple(
            f"[AF105] securityGroup.rules.egress.{field}: a rule has one source, and this one has prefixListId already"
            " -> make another rule of it (null undoes what an earlier layer says)"
            for field in ("securityGroupId", "self")
        ),
        title="two at once",
    ),
    Case(
        network.rule_ports,
        "securityGroup: {rules: {a: {self: true, toPort: 500}, b: {self: true, fromPort: 500, toPort: 400}}}",
        "securityGroup: {rules: {a: {self: true}, b: {self: true, fromPort: 400, toPort: 400}}}",
        (
            "[AF101] securityGroup.rules.a.toPort: has no fromPort beside it -> add fromPort",
            "[AF105] securityGroup.rules.b.toPort: the last port 400 is below the first one 500"
            " -> make the last port the higher one, or delete it for a single port",
        ),
    ),
    Case(
        network.rule_ports,
        "securityGroup: {egress: {a: {self: true}}}",
        "securityGroup: {egress: {a: {self: true, fromPort: 443}}, rules: {egress: {self: true}}}",
        (
            "[AF101] securityGroup.egress.a.fromPort: is missing: the cluster's own port is for those who connect to"
            " it -> add it, such as 443 for AWS's own services",
        ),
    ),
    Case(
        network.ipv6_sources,
        "networkType: IPV4\nsecurityGroup: {rules: {a: {cidrIpv6: 'fd00::/8'}}, egress: {a: {cidrIpv6: 'fd00::/8'}}}",
        "networkType: DUAL\nsecurityGroup: {rules: {a: {cidrIpv6: 'fd00::/8'}}, egress: {a: {cidrIpv6: 'fd00::/8'}}}",
        tuple(
            f"[AF105] securityGroup.{field}.a.cidrIpv6: the cluster has IPv4 addresses only, so that nothing connects"
            " by IPv6 -> write networkType: DUAL, or delete the rule (null undoes what an earlier layer says)"
            for field in ("rules", "egress")
        ),
    ),
    Case(
        network.open_to_everybody,
        "allowedCidrBlocks: [10.0.0.0/8, 0.0.0.0/0]\n"
        "securityGroup: {rules: {a: {cidrIpv6: '::/0'}, b: {cidrIpv4: 0.0.0.0/0}}}",
        "allowedCidrBlocks: [0.0.0.0/1]\nsecurityGroup: {egress: {a: {cidrIpv4: 0.0.0.0/0}}}",
        tuple(
            f"[AF114] {path}: {cidr} lets everybody in whose packets reach the VPC; prod is of class production"
            " -> name the networks or the security groups that connect"
            for path, cidr in (
                ("allowedCidrBlocks[1]", "0.0.0.0/0"),
                ("securityGroup.rules.a.cidrIpv6", "::/0"),
                ("securityGroup.rules.b.cidrIpv4", "0.0.0.0/0"),
            )
        ),
    ),
    Case(
        network.open_to_everybody,
        "allowedCidrBlocks: [0.0.0.0/0]",
        "allowedCidrBlocks: [10.0.0.0/8]",
        (
            "warning [AF114] allowedCidrBlocks[0]: 0.0.0.0/0 lets everybody in whose packets reach the VPC"
            " -> name the networks or the security groups that connect",
        ),
        class_="staging",
        title="outside of production",
    ),
    Case(
        network.existing_groups_only,
        "securityGroup: {managed: false}",
        "securityGroup: {managed: false}\nassociateSecurityGroupIds: [sg-a]",
        (
            "[AF105] securityGroup.managed: no security group would be left, and RDS would attach the VPC's default one"
            " -> name groups in associateSecurityGroupIds, or delete it to have a group made",
        ),
    ),
    Case(
        network.existing_groups_only,
        "associateSecurityGroupIds: [sg-a]\nsecurityGroupIds: [sg-b]\nallowedCidrBlocks: [10.0.0.0/8]\n"
        "securityGroup: {managed: false, rules: {a: {self: true}}, egress: {a: {self: true, fromPort: 1}}}",
        "associateSecurityGroupIds: [sg-a]\nsecurityGroupIds: []\nallowedCidrBlocks: []\n"
        "securityGroup: {managed: false, rules: {a: null}, egress: {}}",
        tuple(
            f"[AF105] {path}: there is no security group for these rules, as securityGroup.managed is false"
            " -> put them into the existing groups, or delete managed: false (null undoes what an earlier layer says)"
            for path in ("securityGroupIds", "allowedCidrBlocks", "securityGroup.rules", "securityGroup.egress")
        ),
        title="rules without a group",
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
            f" -> {_MANAGED}",
        ),
    ),
    Case(
        credentials.master_password,
        "manageMasterUserPassword: false\nsnapshotIdentifier: orders-1",
        "manageMasterUserPassword: false\nreplicationSourceIdentifier: arn:aws:rds:eu-west-1:111122223333:cluster:a",
        (
            "[AF110] manageMasterUserPassword: without a password that RDS manages there would have to be one in a file"
            f" -> {_MANAGED}",
        ),
        title="a replica takes its users from its source, a snapshot does not",
    ),
    Case(
        credentials.master_password,
        "manageMasterUserPassword: false",
        f"manageMasterUserPassword: false\npasswordFrom: {{{_SECRET}}}",
        (
            "[AF110] manageMasterUserPassword: without a password that RDS manages there would have to be one in a file"
            f" -> {_MANAGED}",
        ),
        title="a password that is brought",
    ),
    Case(
        credentials.master_password,
        f"manageMasterUserPassword: true\npasswordFrom: {{{_SECRET}}}",
        f"passwordFrom: {{{_SECRET}}}",
        (
            "[AF105] passwordFrom: RDS manages the password, as manageMasterUserPassword is true, and passwordFrom"
            " brings another one -> keep one of the two (where two layers differ, the later one wins)",
        ),
        title="two passwords",
    ),
    Case(
        credentials.master_password,
        "passwordFrom: {jsonKey: password}",
        "passwordFrom: {ssmParameter: /orders/password}",
        (
            "[AF101] passwordFrom: does not say where the password is kept"
            " -> add secretArn, or ssmParameter for the Parameter Store",
        ),
        title="kept nowhere",
    ),
    Case(
        credentials.master_password,
        f"passwordFrom: {{{_SECRET}, ssmParameter: /orders/password}}",
        f"passwordFrom: {{{_SECRET}}}",
        (
            "[AF105] passwordFrom.ssmParameter: a password is kept in a secret or in a parameter, not in both"
            " -> keep secretArn or ssmParameter; a layer that names the one can set the other to null",
        ),
        title="kept twice",
    ),
    Case(
        credentials.needless_credentials,
        f"{_REPLICA}\npasswordFrom: {{{_SECRET}}}\nmasterUserSecretKmsKeyId: {KEY}\nmasterUserSecret: {{}}",
        f"{_REPLICA}\nmanageMasterUserPassword: true",
        tuple(
            f"[AF105] {field}: {_OF_SOURCE}"
            for field in ("passwordFrom", "masterUserSecretKmsKeyId", "masterUserSecret")
        ),
        title="of a replica",
    ),
    Case(
        credentials.needless_credentials,
        f"passwordFrom: {{{_SECRET}}}\nmasterUserSecretKmsKeyId: {KEY}\nmasterUserSecret: {{}}",
        f"masterUserSecretKmsKeyId: {KEY}\nmasterUserSecret: {{}}",
        (f"[AF105] masterUserSecretKmsKeyId: {_NOT_OWN}", f"[AF105] masterUserSecret: {_NOT_OWN}"),
        title="of a password that is brought",
    ),
    Case(
        credentials.rotation,
        _ROTATION.format("duration: 3h"),
        _ROTATION.format("automaticallyAfterDays: 30, duration: 3h"),
        (
            "[AF101] masterUserSecret.rotation: does not say when the password is renewed"
            " -> add automaticallyAfterDays: 30, or a scheduleExpression",
        ),
    ),
    Case(
        credentials.rotation,
        _ROTATION.format("automaticallyAfterDays: 30, scheduleExpression: rate(10 days)"),
        _ROTATION.format("scheduleExpression: rate(10 days)"),
        (
            "[AF105] masterUserSecret.rotation.scheduleExpression: a schedule is a number of days or an expression, not"
            " both -> keep automaticallyAfterDays or scheduleExpression; a layer that sets the one can set the other to"
            " null",
        ),
        title="two schedules",
    ),
    Case(
        credentials.rotation,
        _ROTATION.format("scheduleExpression: 'cron(0 22 ? * SUN *)', duration: 3h"),
        _ROTATION.format("scheduleExpression: 'cron(0 21 ? * SUN *)', duration: 3h"),
        (
            "[AF105] masterUserSecret.rotation.duration: a window of 3h would reach into the next day or the next"
            " window of cron(0 22 ? * SUN *) -> write 2h or less, or begin earlier",
        ),
        title="over midnight",
    ),
    Case(
        credentials.rotation,
        _ROTATION.format("scheduleExpression: rate(4 hours), duration: 5h"),
        _ROTATION.format("scheduleExpression: rate(4 hours), duration: 4h"),
        (
            "[AF105] masterUserSecret.rotation.duration: a window of 5h would reach into the next day or the next"
            " window of rate(4 hours) -> write 4h or less, or begin earlier",
        ),
        title="into the next window",
    ),
    Case(
        encryption.described_key,
        "kmsKey: {deletionWindowInDays: 14, multiRegion: false}",
        "kmsKey: {deletionWindowInDays: 14, deletionProtection: true}",
        (
            "[AF101] kmsKey.multiRegion: describes a key, and nothing says whether one is made"
            " -> add create: true to kmsKey before the cluster exists; create: false where others may have one",
        ),
    ),
    Case(
        encryption.described_key,
        "kmsKey: {alias: alias/orders, uses: [volume]}",
        "kmsKey: {create: false, alias: alias/orders, uses: [volume]}",
        (
            "[AF101] kmsKey.uses: describes a key, and nothing says whether one is made"
            " -> add create: true to kmsKey before the cluster exists; create: false where others may have one",
        ),
        title="for other clusters",
    ),
    Case(
        encryption.two_keys,
        f"kmsKeyId: {KEY}\nkmsKey: {{create: true}}",
        f"kmsKeyId: {KEY}\nkmsKey: {{create: true, uses: [masterUserSecret]}}",
        (f"[AF105] kmsKeyId: {_MADE} -> {_MADE_HELP}",),
    ),
    Case(
        encryption.two_keys,
        f"performanceInsights: {{kmsKeyId: {KEY}}}\nmasterUserSecretKmsKeyId: {KEY}\n"
        "kmsKey: {create: true, uses: [masterUserSecret, performanceInsights]}",
        f"performanceInsights: {{kmsKeyId: {KEY}}}\nmasterUserSecretKmsKeyId: {KEY}\nkmsKey: {{create: true}}",
        (
            f"[AF105] performanceInsights.kmsKeyId: {_MADE} and kmsKey.uses has performanceInsights -> {_MADE_HELP}",
            f"[AF105] masterUserSecretKmsKeyId: {_MADE} and kmsKey.uses has masterUserSecret -> {_MADE_HELP}",
        ),
        title="by a list, not by silence",
    ),
    Case(
        encryption.key_of_nothing,
        "kmsKey: {create: true, uses: []}",
        "kmsKey: {create: false, uses: []}",
        (
            "[AF105] kmsKey.uses: a key is made, and nothing is encrypted with it"
            " -> list volume, performanceInsights or masterUserSecret, or write create: false",
        ),
    ),
    Case(
        encryption.key_of_nothing,
        "kmsKey: {create: true}\nstorageEncrypted: false",
        "kmsKey: {create: true, uses: [masterUserSecret]}\nstorageEncrypted: false",
        (
            "[AF105] kmsKey.create: a key for the volume and storageEncrypted: false exclude each other"
            " -> delete storageEncrypted: false, or the key",
        ),
        class_="development",
        title="no encryption",
    ),
    Case(
        encryption.key_rotation,
        "kmsKey: {create: true, enableKeyRotation: false, rotationPeriodInDays: 180}",
        "kmsKey: {create: true, rotationPeriodInDays: 180}",
        (
            "[AF105] kmsKey.rotationPeriodInDays: a key that is not renewed has no period"
            " -> delete it, or enableKeyRotation: false",
        ),
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
        parameters.kept_audit,
        "auditing: {enabled: true}\nenabledCloudwatchLogsExports: [error]",
        "auditing: {enabled: true}\nenabledCloudwatchLogsExports: [error, audit]",
        (
            "warning [AF113] auditing.enabled: the log audit is not exported, so that what is audited stays on each"
            " instance and goes with it -> write enabledCloudwatchLogsExports: [error, audit]",
        ),
        base=MYSQL.copy,
        class_="staging",
    ),
    Case(
        parameters.kept_audit,
        "auditing: {enabled: true}",
        "auditing: {enabled: true}\nenabledCloudwatchLogsExports: [postgresql]",
        (
            "warning [AF113] auditing.enabled: the log postgresql is not exported, so that what is audited stays on"
            " each instance and goes with it -> write enabledCloudwatchLogsExports: [postgresql]",
        ),
        class_="production",
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
        backups.plan,
        "backups: {plan: true}",
        "backups: {plan: false}",
        (
            "warning [AF116] backups.plan: the environment prod has no plan, so that AWS Backup does not save the "
            "cluster -> add backup to the environment, or delete it here",
        ),
    ),
    Case(
        backups.copied_key,
        "backups: {plan: true}",
        "backups: {plan: false}",
        (
            "warning [AF113] kmsKeyId: the plan of prod copies to the account 444455556666, and a snapshot that is "
            "encrypted with the account's key aws/rds can be copied to no other account: each copy would fail -> "
            "before the cluster exists, add kmsKey: {create: true}; for one that exists, write backups.plan: false or "
            "restore a snapshot with a key of its own",
        ),
        plan=_COPIES,
    ),
    Case(
        backups.copied_key,
        "kmsKey: {create: true, uses: [performanceInsights]}",
        "kmsKey: {create: true}",
        (
            "warning [AF113] kmsKeyId: the plan of prod copies to the account 444455556666, and a snapshot that is "
            "encrypted with the account's key aws/rds can be copied to no other account: each copy would fail -> "
            "before the cluster exists, add kmsKey: {create: true}; for one that exists, write backups.plan: false or "
            "restore a snapshot with a key of its own",
        ),
        plan=_COPIES,
    ),
    Case(
        backups.shared_snapshots,
        'backups: {snapshots: {a: {sharedAccounts: ["444455556666"]}}}',
        f'backups: {{snapshots: {{a: {{sharedAccounts: ["444455556666"]}}}}}}\nkmsKeyId: {KEY}',
        (
            "[AF105] backups.snapshots.a.sharedAccounts: RDS shares no snapshot that is encrypted with the account's "
            "key aws/rds -> delete it, or before the cluster exists add kmsKey: {create: true}",
        ),
    ),
    Case(
        backups.exported_snapshots,
        "backups: {exports: {q1: {bucket: acme}}}",
        "backups: {snapshots: {a: {}}, exports: {q1: {bucket: acme, snapshot: a}}}",
        ("[AF101] backups.exports.q1: exports nothing -> name one of backups.snapshots as snapshot, or snapshotArn",),
    ),
    Case(
        backups.exported_snapshots,
        "backups: {snapshots: {a: {}, b: {}}, exports: {q1: {bucket: acme, snapshot: c}}}",
        "backups: {snapshots: {a: {}, b: {}}, exports: {q1: {bucket: acme, snapshot: b}}}",
        ('[AF102] backups.exports.q1.snapshot: "c" is none of backups.snapshots -> choose from a, b',),
    ),
    Case(
        backups.exported_snapshots,
        f"backups: {{snapshots: {{a: {{}}}}, exports: {{q: {{bucket: acme, snapshot: a, snapshotArn: {_SNAPSHOT}}}}}}}",
        f"backups: {{snapshots: {{a: {{}}}}, exports: {{q: {{bucket: acme, snapshotArn: {_SNAPSHOT}}}}}}}",
        (
            "[AF105] backups.exports.q.snapshotArn: an export is of one snapshot, and snapshot names another one"
            " -> keep snapshot or snapshotArn",
        ),
    ),
    Case(
        backups.export_keys,
        "backups: {exports: {q1: {bucket: acme}}}",
        "backups: {exports: {q1: {bucket: acme}}}\nkmsKey: {create: true}",
        ("[AF101] backups.exports.q1: has no key, and RDS exports nothing without one -> add kmsKeyId",),
    ),
    Case(
        backups.exported_parts,
        _EXPORTED.format("exportOnly: [shop, shop.public.orders]"),
        _EXPORTED.format("exportOnly: [shop, shop.orders]"),
        (
            '[AF102] backups.exports.q1.exportOnly[1]: "shop.public.orders" names a schema, and a database of Aurora '
            "MySQL has none -> write it as shop or shop.orders",
        ),
        base=MYSQL.copy,
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
    Case(
        instances.number,
        "instances: {count: 2, members: {a: {}}}",
        "instances: {count: 2}",
        (
            "[AF105] instances.count: a number of instances and members by key exclude each other"
            " -> delete one of the two: with members 1, 2, … the instances of a count stay the same ones",
        ),
    ),
    Case(
        instances.number,
        "instances: {members: {a: null}}",
        "instances: {members: {a: {}, b: null}}",
        (
            "[AF102] instances.members: leaves no instance, and without one nobody can connect to the cluster"
            " -> write {} for a member of which nothing is particular: null removes it",
        ),
    ),
    Case(
        instances.number,
        f"instances: {{members: {{{', '.join(f'{n}: {{}}' for n in range(17))}}}}}",
        f"instances: {{members: {{{', '.join(f'{n}: {{}}' for n in range(16))}}}}}",
        (
            "[AF102] instances.members: are 17 instances; a cluster has 16 at most, a writer and fifteen readers"
            " -> remove some of them",
        ),
        title="too many",
    ),
    Case(
        instances.roles,
        "instances: {members: {a: {}, reader1: {}}}",
        "instances: {members: {a: {}, reporting: {}}}",
        (
            'warning [AF113] instances.members.reader1: is called "reader", but a failover moves the roles and leaves'
            " the names -> name it otherwise while it is new (another key is another instance), and prefer the writer"
            " by"
            " promotionTier: 0",
        ),
    ),
    Case(
        capacity.takeover,
        f"{_RANGE}\ninstances: {{members: {{1: {{}}, 2: {{promotionTier: 2}}}}}}",
        f"{_RANGE}\ninstances: {{members: {{1: {{}}, 2: {{promotionTier: 1}}, 3: {{promotionTier: 2}}}}}}",
        (
            "warning [AF113] instances.members.2.promotionTier: instance 2 is the first to take over, but in tier 2 it"
            " scales by its own load alone: after a failover it may begin far below what the writer had"
            " -> write promotionTier: 1, so that it keeps up with the writer",
        ),
        class_="staging",
        title="a reader far behind",
    ),
    Case(
        capacity.takeover,
        f"{_RANGE}\ninstances: {{members: {{1: {{}}, 2: {{promotionTier: 2}}}}}}",
        f"{_RANGE}\ninstances: {{members: {{1: {{}}, 2: {{promotionTier: 2}}}}}}",
        (
            "warning [AF113] instances.members.2.promotionTier: instance 2 is the first to take over, but in tier 2 it"
            " scales by its own load alone: after a failover it may begin far below what the writer had"
            " -> write promotionTier: 1, so that it keeps up with the writer",
        ),
        fine_class="development",
        title="nobody minds in development",
    ),
    Case(
        capacity.takeover,
        f"{_RANGE}\ninstances: {{members: {{1: {{instanceClass: db.r6g.2xlarge}}, 2: {{}}}}}}",
        f"{_RANGE}\ninstances: {{members: {{1: {{instanceClass: db.r6g.xlarge}}, 2: {{}}}}}}",
        (
            "warning [AF113] serverlessV2Scaling.maxCapacity: instance 2 takes over from 1 with at most 16 GiB of"
            " memory"
            " (8 ACUs); db.r6g.2xlarge has about 64 -> raise it towards 32, or let a provisioned instance take over"
            " first",
        ),
        title="a reader too small",
    ),
    Case(
        capacity.takeover,
        f"{_RANGE}\ninstances: {{members: {{1: {{instanceClass: db.r6g.2xlarge}}, 2: {{}}}}}}",
        f"{_RANGE}\ninstances: {{members: {{1: {{instanceClass: db.r6g.2xlarge}}, 2: {{}},"
        " 3: {instanceClass: db.r6g.2xlarge}}}",
        (
            "warning [AF113] serverlessV2Scaling.maxCapacity: instance 2 takes over from 1 with at most 16 GiB of"
            " memory"
            " (8 ACUs); db.r6g.2xlarge has about 64 -> raise it towards 32, or let a provisioned instance take over"
            " first",
        ),
        title="the larger one of a tier takes over",
    ),
    Case(
        capacity.capacity,
        "instances: {members: {1: {instanceClass: db.serverless}, 2: {instanceClass: db.r6g.large}}}",
        f"{_RANGE}\ninstances: {{members: {{1: {{instanceClass: db.serverless}}, 2: {{instanceClass:"
        f" db.r6g.large}}}}}}",
        (
            "[AF105] instances.members.1.instanceClass: instances of class db.serverless need a capacity range"
            " -> add serverlessV2Scaling: {minCapacity: 0.5, maxCapacity: 8}",
        ),
        title="a serverless member",
    ),
    Case(
        capacity.capacity,
        f"{_RANGE}\ninstances: {{members: {{1: {{instanceClass: db.r6g.large}}}}}}",
        f"{_RANGE}\ninstances: {{members: {{1: {{instanceClass: db.r6g.large}}, 2: {{}}}}}}",
        (
            "[AF105] serverlessV2Scaling: every member names a provisioned class, so that no instance would scale in"
            " this range -> delete it, or write instanceClass: db.serverless for one of instances.members",
        ),
        title="no member in the range",
    ),
    Case(
        capacity.capacity,
        f"{_RANGE}\ninstances: {{instanceClass: db.r6g.large, members: {{1: {{}}, 2: {{}}}}}}",
        f"{_RANGE}\ninstances: {{instanceClass: db.r6g.large, members: {{1: {{}}, 2: {{instanceClass:"
        f" db.serverless}}}}}}",
        (
            "[AF105] instances.instanceClass: instances of class db.r6g.large are provisioned, but serverlessV2Scaling"
            " is given beside it -> keep one of the two (where two layers differ, the later one wins)",
        ),
        title="a class of all members beside a range",
    ),
    Case(
        capacity.instance_class,
        "instances: {members: {1: {instanceClass: db.r99g.large}}}",
        "instances: {members: {1: {instanceClass: db.r8gd.xlarge}}}",
        (
            'warning [AF111] instances.members.1.instanceClass: "db.r99g.large" is not among the instance classes for'
            " Aurora PostgreSQL 16.8 of 2026-08-19, the date of the list here -> all is well if AWS has it:"
            " aws rds describe-orderable-db-instance-options --engine aurora-postgresql --engine-version 16.8"
            " --db-instance-class db.r99g.large",
        ),
        title="of a member",
    ),
    Case(
        operation.data_api,
        "enableHttpEndpoint: true\ninstances: {members: {1: {instanceClass: db.t4g.large}}}",
        "enableHttpEndpoint: true\ninstances: {instanceClass: db.t4g.large, members: {1: {instanceClass:"
        " db.r6g.large}}}",
        (
            "warning [AF112] enableHttpEndpoint: the Data API seems not to work on burstable classes such as"
            " db.t4g.large -> take another class, or serverlessV2Scaling",
        ),
        title="a burstable member",
    ),
    Case(
        instances.public_access,
        "instances: {publiclyAccessible: true, members: {1: {publiclyAccessible: true}, 2: {publiclyAccessible:"
        " false}}}",
        "instances: {publiclyAccessible: true, members: {1: {publiclyAccessible: true}, 2: {publiclyAccessible:"
        " false}}}",
        tuple(
            f"[AF109] instances.{path}publiclyAccessible: a database with a public address is not possible in prod, an"
            " environment of class production -> delete it, and let clients in through the VPC: by a security group, a"
            " peering or a VPN"
            for path in ("", "members.1.")
        ),
        fine_class="staging",
    ),
    Case(
        instances.certificates,
        "instances: {caCertificateIdentifier: rds-ca-2019, members: {1: {caCertificateIdentifier: rds-ca-rsa8192-g2}}}",
        "instances: {caCertificateIdentifier: rds-ca-rsa2048-g1, members: {1: {caCertificateIdentifier:"
        " rds-ca-ecc384-g1}}}",
        (
            '[AF110] instances.caCertificateIdentifier: "rds-ca-2019" expired in August 2024, so that clients refuse'
            " its"
            " certificates -> choose from rds-ca-rsa2048-g1, rds-ca-rsa4096-g1, rds-ca-ecc384-g1",
            'warning [AF111] instances.members.1.caCertificateIdentifier: "rds-ca-rsa8192-g2" is not among the'
            " certificate authorities known here: rds-ca-rsa2048-g1, rds-ca-rsa4096-g1, rds-ca-ecc384-g1"
            " -> all is well if AWS has it: aws rds describe-certificates",
        ),
    ),
    Case(
        network.subnet_zones,
        "subnetIds: [subnet-a, subnet-b]",
        # Those of the environment are told at the environment.
        "",
        (
            "[AF106] subnetIds: lists subnets of eu-west-1a alone, and a DB subnet group covers at least two"
            " Availability Zones -> list a subnet of another zone too; network.availabilityZones of the environment"
            " says"
            " where each one is",
        ),
        zones=("eu-west-1a",),
    ),
    Case(
        instances.member_zones,
        "instances: {members: {1: {availabilityZone: eu-west-1d}}}",
        "instances: {members: {1: {availabilityZone: eu-west-1c}}}",
        (
            '[AF102] instances.members.1.availabilityZone: "eu-west-1d" has no subnet of the cluster'
            " -> choose from eu-west-1a, eu-west-1b, eu-west-1c, or add a subnet that is there",
        ),
        zones=ZONES,
    ),
    Case(
        instances.member_zones,
        "instances: {members: {1: {availabilityZone: us-east-1a}}}",
        "instances: {members: {1: {availabilityZone: eu-west-1d}}}",
        (
            '[AF102] instances.members.1.availabilityZone: "us-east-1a" is not in eu-west-1, the Region of prod'
            " -> write it as eu-west-1a",
        ),
        title="another Region",
    ),
    Case(
        instances.spread,
        "instances: {members: {1: {}, 2: {availabilityZone: eu-west-1a}, 3: {}}}",
        "instances: {members: {1: {}, 2: {}}}",
        (
            "[AF109] instances.members: all 3 instances are in eu-west-1a; class production does not allow that: when"
            " the zone fails, nobody takes over -> give one of them, such as 3, availabilityZone: eu-west-1b",
        ),
        zones=("eu-west-1a", "eu-west-1b"),
        title="in turn, and yet in one zone",
    ),
    Case(
        instances.spread,
        "instances: {members: {a: {availabilityZone: eu-west-1a}, b: {availabilityZone: eu-west-1a}}}",
        "instances: {members: {a: {availabilityZone: eu-west-1a}, b: {}}}",
        (
            "[AF109] instances.members: all 2 instances are in eu-west-1a; class production does not allow that: when"
            " the zone fails, nobody takes over -> give one of them, such as b, availabilityZone: another zone",
        ),
        title="where only they say their zones",
    ),
    Case(
        instances.spread,
        "instances: {count: 1}",
        "instances: {count: 2}",
        (
            "warning [AF113] instances.count: a single instance is in one Availability Zone, and nobody takes over from"
            " it until RDS has made another -> have two, as class production does by default",
        ),
        title="a single one",
    ),
    Case(
        instances.spread,
        "instances: {members: {a: {}}}",
        "instances: {members: {a: {}}}",
        (
            "warning [AF113] instances.members: a single instance is in one Availability Zone, and nobody takes over"
            " from"
            " it until RDS has made another -> have two, as class production does by default",
        ),
        fine_class="staging",
        title="a single member",
    ),
    Case(
        instances.instance_windows,
        "preferredBackupWindow: 03:15-03:45\n"
        "instances: {members: {1: {preferredMaintenanceWindow: sun:03:00-sun:03:30}}}",
        "preferredBackupWindow: 03:30-04:00\n"
        "instances: {members: {1: {preferredMaintenanceWindow: sun:03:00-sun:03:30}}}",
        (
            "warning [AF112] instances.members.1.preferredMaintenanceWindow: the maintenance window sun:03:00-sun:03:30"
            " overlaps the cluster's backup window 03:15-03:45; RDS refuses that of a cluster, and maybe of an instance"
            " too -> move one of them: the backup window recurs every day",
        ),
        title="over the backups",
    ),
    Case(
        instances.instance_windows,
        "instances: {members: {1: {preferredMaintenanceWindow: sun:03:00-sun:04:00},"
        " 2: {preferredMaintenanceWindow: sun:03:30-sun:04:30}}}",
        "instances: {members: {1: {preferredMaintenanceWindow: sun:03:00-sun:04:00},"
        " 2: {preferredMaintenanceWindow: sun:04:00-sun:05:00}}}",
        (
            "warning [AF113] instances.members.2.preferredMaintenanceWindow: the maintenance window sun:03:30-sun:04:30"
            " overlaps that of instance 1: both may restart at once, and then nobody takes over -> move one of them",
        ),
        class_="staging",
        title="over each other",
    ),
    Case(
        autoscaling.metrics,
        "readerAutoscaling: {maxCapacity: 3}",
        "readerAutoscaling: {maxCapacity: 3, averageDatabaseConnections: 700}",
        (
            "[AF101] readerAutoscaling: tracks no metric and has no schedules, so that nothing ever adds a reader"
            " -> add averageCpuUtilization: 60, averageDatabaseConnections, or both",
        ),
    ),
    Case(
        autoscaling.metrics,
        "readerAutoscaling: {maxCapacity: 3, schedules: {a: null}}",
        f"readerAutoscaling: {{maxCapacity: 3, schedules: {{a: {_DAILY}}}}}",
        (
            "[AF101] readerAutoscaling: tracks no metric and has no schedules, so that nothing ever adds a reader"
            " -> add averageCpuUtilization: 60, averageDatabaseConnections, or both",
        ),
        title="a schedule that was taken away",
    ),
    Case(
        autoscaling.schedules,
        "readerAutoscaling: {maxCapacity: 3, schedules: {a: {schedule: rate(1 day)}}}",
        f"readerAutoscaling: {{maxCapacity: 3, schedules: {{a: {_DAILY}}}}}",
        (
            "[AF101] readerAutoscaling.schedules.a: sets neither minCapacity nor maxCapacity"
            " -> add one of the two, or both",
        ),
        title="nothing to change",
    ),
    Case(
        autoscaling.schedules,
        _SCHEDULED.format('startTime: "2026-12-01T00:00:00Z", endTime: "2026-12-01T01:00:00+01:00"'),
        _SCHEDULED.format('startTime: "2026-12-01T00:00:00Z", endTime: "2026-12-01T01:00:01+01:00"'),
        (
            "[AF105] readerAutoscaling.schedules.a.endTime: the schedule ends at 2026-12-01T01:00:00+01:00, no later"
            " than it starts at 2026-12-01T00:00:00Z -> make the end the later one",
        ),
        title="an end at the start, in another zone",
    ),
    Case(
        autoscaling.schedules,
        _SCHEDULED.format("timezone: Europe/Berlin"),
        _SCHEDULED.format("timezone: Europe/Berlin").replace("rate(1 day)", '"cron(0 6 * * ? *)"'),
        (
            "warning [AF116] readerAutoscaling.schedules.a.timezone: a rate is the same in every time zone"
            " -> delete it, or write the schedule as cron(…)",
        ),
        title="the time zone of a rate",
    ),
    Case(
        endpoints.endpoints,
        "endpoints: {" + ", ".join(f"e{n}: {{type: ANY}}" for n in range(6)) + "}",
        "endpoints: {" + ", ".join(f"e{n}: {{type: ANY}}" for n in range(5)) + ", e5: null}",
        ("[AF110] endpoints: a cluster takes 5 custom endpoints, and these are 6 -> delete some",),
        title="one too many",
    ),
    Case(
        endpoints.endpoints,
        'endpoints: {reports: {type: READER, members: ["1"], excludedMembers: ["2"]}}',
        'endpoints: {reports: {type: READER, excludedMembers: ["2"]}}',
        (
            "[AF105] endpoints.reports.excludedMembers: members and excludedMembers exclude each other"
            " -> keep members to name the instances, or excludedMembers to name all others",
        ),
        title="both lists",
    ),
    Case(
        proxy.secrets,
        "passwordFrom: {ssmParameter: /orders/password}\nproxy: {}",
        f'passwordFrom: {{ssmParameter: /orders/password}}\nproxy: {{secrets: [{{secretArn: "{SECRET}"}}]}}',
        (
            "[AF101] proxy.secrets: RDS keeps no secret of the master user for the proxy to log in with, as the"
            " password comes from passwordFrom -> name secrets that hold username and password as JSON: proxy:"
            " {secrets: [{secretArn: …}]}",
        ),
        title="a password that RDS does not keep",
    ),
    Case(
        proxy.secrets,
        "replicationSourceIdentifier: arn:aws:rds:eu-west-1:111122223333:cluster:other\nproxy: {masterUser: true}",
        "proxy: {masterUser: true}",
        (
            "[AF105] proxy.masterUser: RDS keeps no secret of the master user for the proxy to log in with, as a"
            " replica has the users of its source -> name secrets that hold username and password as JSON: proxy:"
            " {secrets: [{secretArn: …}]}, and delete masterUser",
        ),
        title="the master user of a replica",
    ),
    Case(
        proxy.secrets,
        "proxy: {masterUser: false}",
        f'proxy: {{masterUser: false, secrets: [{{secretArn: "{SECRET}"}}]}}',
        (
            "[AF101] proxy.secrets: names no user that the proxy could log in as, and masterUser is false"
            " -> add secrets: [{secretArn: …}], or delete masterUser",
        ),
        title="nobody to log in as",
    ),
    Case(
        proxy.secrets,
        f'proxy: {{secrets: [{{secretArn: "{SECRET}"}}, {{secretArn: {{value: "{SECRET}"}}, iamAuth: DISABLED}}]}}',
        f'proxy: {{secrets: [{{secretArn: "{SECRET}"}}, {{secretArn: "{SECRET}2"}}]}}',
        (
            "[AF105] proxy.secrets[1].secretArn: this secret is named twice; a proxy takes each once"
            " -> keep one of the two",
        ),
        title="a secret twice",
    ),
    Case(
        proxy.secrets,
        "proxy: {secrets: [" + ", ".join(f'{{secretArn: "{SECRET}{n}"}}' for n in range(201)) + "]}",
        "proxy: {secrets: [" + ", ".join(f'{{secretArn: "{SECRET}{n}"}}' for n in range(200)) + "]}",
        ("[AF110] proxy.secrets: a proxy takes 200 secrets, and these are 201 -> delete some",),
        title="too many secrets",
    ),
    Case(
        proxy.password_types,
        "proxy: {clientPasswordAuthType: MYSQL_NATIVE_PASSWORD}",
        "proxy: {clientPasswordAuthType: POSTGRES_MD5}",
        (
            "[AF110] proxy.clientPasswordAuthType: MYSQL_NATIVE_PASSWORD is not for Aurora PostgreSQL"
            " -> write one that begins with POSTGRES_, or delete it",
        ),
        title="another engine's",
    ),
    Case(
        proxy.password_types,
        f'proxy: {{requireTls: false, secrets: [{{secretArn: "{SECRET}",'
        " clientPasswordAuthType: MYSQL_CACHING_SHA2_PASSWORD}]}",
        f'proxy: {{secrets: [{{secretArn: "{SECRET}", clientPasswordAuthType: MYSQL_CACHING_SHA2_PASSWORD}}]}}',
        (
            "[AF105] proxy.secrets[0].clientPasswordAuthType: the proxy takes MYSQL_CACHING_SHA2_PASSWORD from clients"
            " with TLS only, and requireTls is false -> delete requireTls, or write MYSQL_NATIVE_PASSWORD",
        ),
        base=MYSQL.copy,
        title="without TLS",
    ),
    Case(
        proxy.encryption,
        "tls: {required: false}\nproxy: {requireTls: false}",
        "proxy: {requireTls: true}",
        (
            "[AF109] proxy.requireTls: passwords and data would cross the network in the clear, and prod is of class"
            " production -> delete it: every current driver encrypts when asked",
        ),
        title="in production",
    ),
    Case(
        proxy.encryption,
        "tls: {required: true}\nproxy: {requireTls: false}",
        "tls: {required: false}\nproxy: {requireTls: false}",
        (
            "[AF105] proxy.requireTls: the proxy encrypts for clients that do, and the cluster refuses all others, as"
            " tls.required is true -> delete it, or write tls: {required: false} too",
        ),
        class_="development",
        title="which the cluster refuses",
    ),
    Case(
        proxy.pool,
        "proxy: {pool: {sessionPinningFilters: [EXCLUDE_VARIABLE_SETS]}}",
        "proxy: {pool: {sessionPinningFilters: []}}",
        (
            "[AF110] proxy.pool.sessionPinningFilters: RDS Proxy has no session pinning filters for Aurora PostgreSQL"
            " -> delete it",
        ),
    ),
    Case(
        proxy.debug_logging,
        "proxy: {debugLogging: true}",
        "proxy: {debugLogging: false}",
        (
            "warning [AF113] proxy.debugLogging: statements go into the log with the data in them; RDS ends that after"
            " 24 hours, and plans after that begin it anew -> delete it once the fault is found",
        ),
    ),
    Case(
        proxy.network,
        "dbSubnetGroupName: shared\nproxy: {}",
        "dbSubnetGroupName: shared\nproxy: {subnetIds: [subnet-0a, subnet-0b]}",
        (
            "[AF101] proxy.subnetIds: is missing: the subnets of an existing DB subnet group are not known here, and"
            " may change any day -> list two or more subnets of the group in different Availability Zones",
        ),
        title="an existing subnet group",
    ),
    Case(
        proxy.network,
        "securityGroup: {rules: {proxy: {self: true}}}\nproxy: {}",
        "securityGroup: {egress: {proxy: {self: true, fromPort: 443}}}\nproxy: {}",
        (
            "[AF105] securityGroup.rules.proxy: is called like the rule that lets the proxy in, and would have its"
            " Terraform address -> take another name",
        ),
        title="a rule of its name",
    ),
    Case(
        proxy.network,
        "securityGroup: {managed: false}\nproxy: {securityGroupIds: [sg-1], allowedCidrBlocks: [10.0.0.0/16]}",
        "securityGroup: {managed: false}\nproxy: {associateSecurityGroupIds: [sg-1]}",
        (
            "[AF101] proxy.associateSecurityGroupIds: is missing: securityGroup.managed is false, so that no group is"
            " made for the proxy either -> name existing groups that clients may connect to, and that may connect to"
            " those of the cluster",
            *(
                f"[AF105] proxy.{field}: there is no security group for these rules, as securityGroup.managed is false"
                " -> put them into the existing groups (null undoes what an earlier layer says)"
                for field in ("securityGroupIds", "allowedCidrBlocks")
            ),
        ),
        title="existing groups only",
    ),
    Case(
        proxy.pausing,
        "serverlessV2Scaling: {minCapacity: 0, maxCapacity: 4}\ninstances: {count: 1}\nproxy: {}",
        "serverlessV2Scaling: {minCapacity: 0.5, maxCapacity: 4}\ninstances: {count: 1}\nproxy: {}",
        (
            "warning [AF116] serverlessV2Scaling.minCapacity: no instance ever pauses: the proxy keeps a connection"
            " open to each of them -> write 0.5 or more, or delete proxy",
        ),
    ),
    Case(
        lifecycle.room_for_windows,
        "preferredMaintenanceWindow: sun:03:00-mon:02:01",
        "preferredMaintenanceWindow: sun:03:00-mon:02:00",
        (
            "[AF107] preferredMaintenanceWindow: the maintenance window sun:03:00-mon:02:01 leaves no room for the"
            " daily backup window -> make it 23 hours or shorter",
        ),
    ),
    Case(
        lifecycle.room_for_windows,
        "preferredBackupWindow: 03:00-01:01",
        "preferredBackupWindow: 03:00-01:00",
        (
            "[AF107] preferredBackupWindow: the backup window 03:00-01:01, which recurs every day, leaves no room for"
            " the maintenance window -> make it 22 hours or shorter",
        ),
    ),
    Case(
        lifecycle.room_for_windows,
        "preferredBackupWindow: 03:00-01:01",
        "preferredBackupWindow: 03:00-01:01\npreferredMaintenanceWindow: sun:01:30-sun:02:00",
        (
            "[AF107] preferredBackupWindow: the backup window 03:00-01:01, which recurs every day, leaves no room for"
            " the maintenance window -> make it 22 hours or shorter",
        ),
        title="where both are said, the other rule holds",
    ),
    Case(
        lifecycle.extended_support,
        'engineVersion: "13.23"\nengineLifecycleSupport: open-source-rds-extended-support',
        'engineVersion: "14.22"\nengineLifecycleSupport: open-source-rds-extended-support',
        (
            "warning [AF113] engineVersion: the standard support of Aurora PostgreSQL 13.23 ended on 2026-02-28: AWS"
            " charges Extended Support for every vCPU and hour -> take a newer major version",
        ),
    ),
    Case(
        lifecycle.extended_support,
        "engineVersion: 5.7.mysql_aurora.2.12.5\nengineLifecycleSupport: open-source-rds-extended-support-disabled",
        "engineVersion: 8.0.mysql_aurora.3.08.0\nengineLifecycleSupport: open-source-rds-extended-support-disabled",
        (
            "warning [AF112] engineLifecycleSupport: the standard support of Aurora MySQL 5.7.mysql_aurora.2.12.5 ended"
            " on 2024-10-31: without Extended Support, RDS makes no new cluster of it, and upgrades the major version"
            " of one that it restores -> take a newer major version, or delete it",
        ),
        base=MYSQL.copy,
        title="opted out",
    ),
    Case(
        logs.new_log_types,
        'engineVersion: "14.7"\nenabledCloudwatchLogsExports: [postgresql, iam-db-auth-error]',
        'engineVersion: "14.22"\nenabledCloudwatchLogsExports: [postgresql, iam-db-auth-error]',
        (
            'warning [AF112] enabledCloudwatchLogsExports[1]: "iam-db-auth-error" was added to Aurora in 2025, and'
            " Aurora PostgreSQL 14.7 seems to be too old for it -> all is well if ExportableLogTypes names it:"
            " aws rds describe-db-engine-versions --engine aurora-postgresql --engine-version 14.7",
        ),
    ),
    Case(
        logs.new_log_types,
        "engineVersion: 8.0.mysql_aurora.3.05.2\nenabledCloudwatchLogsExports: [instance, error]",
        "engineVersion: 8.0.mysql_aurora.3.05.2\nenabledCloudwatchLogsExports: [audit, error]",
        (
            'warning [AF112] enabledCloudwatchLogsExports[0]: "instance" was added to Aurora in 2025, and Aurora MySQL'
            " 8.0.mysql_aurora.3.05.2 seems to be too old for it -> all is well if ExportableLogTypes names it:"
            " aws rds describe-db-engine-versions --engine aurora-mysql --engine-version 8.0.mysql_aurora.3.05.2",
        ),
        base=MYSQL.copy,
    ),
    Case(
        logs.adopted_log_groups,
        "enabledCloudwatchLogsExports: [postgresql]\nlogs: {adoptExisting: [postgresql, instance]}",
        "enabledCloudwatchLogsExports: [postgresql, instance]\nlogs: {adoptExisting: [postgresql]}",
        (
            '[AF105] logs.adoptExisting[1]: there is no log group for "instance", as that log is not exported'
            " -> add it to enabledCloudwatchLogsExports, or delete it here",
        ),
    ),
    Case(
        events.known_categories,
        "events: {clusterCategories: {fail-over: critical}}",
        "events: {clusterCategories: {failover: critical}}",
        (
            'warning [AF111] events.clusterCategories.fail-over: "fail-over" is not among the categories of events of a'
            " db-cluster of 2026-08-19, the date of the list here -> all is well if AWS has it; did you mean failover?",
        ),
    ),
    Case(
        insights.advanced_mode,
        "databaseInsights: {mode: advanced}\nperformanceInsights: {enabled: false}",
        "databaseInsights: {mode: standard}\nperformanceInsights: {enabled: false}",
        (
            "[AF105] databaseInsights.mode: the advanced mode shows what Performance Insights record, which are off"
            " -> add performanceInsights: {enabled: true}, or write mode: standard",
        ),
    ),
    Case(
        insights.advanced_mode,
        "databaseInsights: {mode: advanced}\nperformanceInsights: {enabled: true, retentionPeriod: 434}",
        "databaseInsights: {mode: advanced}\nperformanceInsights: {enabled: true, retentionPeriod: 465}",
        (
            "[AF105] performanceInsights.retentionPeriod: the advanced mode of Database Insights keeps load for 465"
            " days or more -> delete it for 465 days, which cost nothing beside that mode, or write mode: standard",
        ),
        title="too short a retention",
    ),
    Case(
        insights.class_with_insights,
        "performanceInsights: {enabled: true}\ninstances: {instanceClass: db.t3.medium}",
        "performanceInsights: {enabled: true}\ninstances: {instanceClass: db.t4g.medium}",
        (
            "[AF110] instances.instanceClass: Aurora MySQL has no Performance Insights on db.t3.medium -> take another"
            " class, such as db.t4g.medium, or write performanceInsights: {enabled: false}",
        ),
        base=MYSQL.copy,
    ),
    Case(
        insights.class_with_insights,
        "performanceInsights: {enabled: true}\ninstances: {instanceClass: db.t4g.small}",
        "performanceInsights: {enabled: false}\ninstances: {instanceClass: db.t4g.small}",
        (
            "[AF110] instances.instanceClass: Aurora MySQL has no Performance Insights on db.t4g.small -> take another"
            " class, such as db.t4g.medium, or write performanceInsights: {enabled: false}",
        ),
        base=MYSQL.copy,
    ),
    Case(
        insights.class_with_insights,
        "performanceInsights: {enabled: true}\n"
        "instances: {instanceClass: db.r6g.large, members: {a: {}, b: {instanceClass: db.t3.medium}}}",
        "performanceInsights: {enabled: true}\n"
        "instances: {instanceClass: db.t3.medium, members: {a: {instanceClass: db.r6g.large}}}",
        (
            "[AF110] instances.members.b.instanceClass: Aurora MySQL has no Performance Insights on db.t3.medium ->"
            " take another class, such as db.t4g.medium, or write performanceInsights: {enabled: false}",
        ),
        base=MYSQL.copy,
        title="a member's class, and one that no member has",
    ),
    Case(
        insights.capacity_for_insights,
        f"performanceInsights: {{enabled: true, retentionPeriod: 31}}\n{_SCALING.format(1.5, 8)}",
        f"performanceInsights: {{enabled: true, retentionPeriod: 31}}\n{_SCALING.format(2, 8)}",
        (
            "warning [AF113] serverlessV2Scaling.minCapacity: AWS advises a minimum of 2 ACUs or more where Performance"
            " Insights record load -> write 2, or keep to the load of 7 days in the standard mode",
        ),
    ),
    Case(
        insights.capacity_for_insights,
        f"performanceInsights: {{enabled: true}}\ndatabaseInsights: {{mode: advanced}}\n{_SCALING.format(0.5, 8)}",
        f"performanceInsights: {{enabled: true, retentionPeriod: 7}}\n{_SCALING.format(0.5, 8)}",
        (
            "warning [AF113] serverlessV2Scaling.minCapacity: AWS advises a minimum of 2 ACUs or more where Performance"
            " Insights record load -> write 2, or keep to the load of 7 days in the standard mode",
        ),
        title="what is free of charge warns nobody",
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
    Case(
        schedule.production,
        _STOPPED.format("Europe/Berlin", "08:00", "19:00"),
        _STOPPED.format("Europe/Berlin", "08:00", "19:00"),
        (
            "[AF109] schedule: a cluster that is stopped is not possible in prod, an environment of class production"
            " -> move it to defaults or overrides of the environments of class development and staging",
        ),
        fine_class="staging",
    ),
    Case(
        schedule.replicas,
        f"{_STOPPED.format('UTC', '08:00', '19:00')}\n{_REPLICA}",
        _REPLICA,
        (
            "[AF110] schedule: a cluster that replicates another one cannot be stopped by a schedule: AWS refuses it "
            "across Regions, and elsewhere the other one keeps its binary logs until this one is back -> delete it, or"
            " replicationSourceIdentifier",
        ),
    ),
    Case(
        schedule.hours,
        _STOPPED.format("UTC", "08:00", "09:59"),
        _STOPPED.format("UTC", "08:00", "10:00"),
        (f"[AF105] schedule.stop: between the start at 08:00 and the stop at 09:59 {_TOO_NEAR}",),
    ),
    Case(
        schedule.hours,
        _STOPPED.format("UTC", "00:30", "23:00"),
        _STOPPED.format("UTC", "00:30", "22:30"),
        (f"[AF105] schedule.stop: between the start at 00:30 and the stop at 23:00 {_TOO_NEAR}",),
        title="over midnight",
    ),
    Case(
        schedule.skipped_times,
        _STOPPED.format("Europe/Berlin", "08:00", "02:30"),
        _STOPPED.format("Europe/Berlin", "08:00", "03:00"),
        (
            "warning [AF113] schedule.stop: as summer time begins, clocks in Europe/Berlin skip 02:30 (2027-03-28, "
            "for example): there is no stop on that day -> take a time an hour earlier or later",
        ),
    ),
    Case(
        schedule.waiting_changes,
        _STOPPED.format("UTC", "08:00", "19:00"),
        "",
        (
            "warning [AF113] schedule: in prod changes wait for the maintenance window, and AWS drops what waits when "
            "the cluster stops -> write changes: immediate in the environment, or leave it out there",
        ),
    ),
    Case(
        schedule.room_for_windows,
        _STOPPED.format("Europe/Berlin", "08:00", "11:00"),
        _STOPPED.format("Europe/Berlin", "08:00", "11:30"),
        (
            "warning [AF113] schedule: the cluster runs for too short a time to hold its windows in summer and in "
            "winter: maintenance waits for the next start, and some days may have no backup -> let it run for four "
            "hours, or write preferredMaintenanceWindow and preferredBackupWindow",
        ),
    ),
    Case(
        schedule.windows,
        f"{_STOPPED.format('Europe/Berlin', '08:00', '19:00')}\npreferredMaintenanceWindow: mon:16:30-mon:17:30",
        f"{_STOPPED.format('Europe/Berlin', '08:00', '19:00')}\npreferredMaintenanceWindow: mon:16:00-mon:17:00",
        (
            f"warning [AF113] preferredMaintenanceWindow: in the window mon:16:30-mon:17:30, {_AT_NIGHT}"
            f" maintenance waits for the next start {_MOVE}",
        ),
        title="maintenance",
    ),
    Case(
        schedule.windows,
        f"{_STOPPED.format('Europe/Berlin', '08:00', '19:00')}\n{_MEMBER_WINDOW.format('sun', 'sun')}",
        f"{_STOPPED.format('Europe/Berlin', '08:00', '19:00')}\n{_MEMBER_WINDOW.format('fri', 'fri')}",
        (
            "warning [AF113] instances.members.a.preferredMaintenanceWindow: in the window sun:12:00-sun:13:00, "
            f"{_AT_NIGHT} maintenance waits for the next start {_MOVE}",
        ),
        title="maintenance of a member",
    ),
    Case(
        schedule.windows,
        f"{_STOPPED.format('Europe/Berlin', '08:00', '19:00')}\npreferredBackupWindow: 17:00-17:30",
        f"{_STOPPED.format('Europe/Berlin', '08:00', '19:00')}\npreferredBackupWindow: 16:30-17:00",
        (
            f"warning [AF113] preferredBackupWindow: in the window 17:00-17:30, {_AT_NIGHT} some days have no backup"
            f" {_MOVE}",
        ),
        title="backups",
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
        ("masterUserSecretKmsKeyId", "secrets", f"is not a KMS key -> {_KEY_HELP}"),
        (
            "passwordFrom.secretArn",
            "orders",
            "is not the ARN of a secret"
            " -> write it as arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf",
        ),
        (
            "passwordFrom.ssmParameter",
            "a b",
            "is not the name or ARN of an SSM parameter -> write it as /shop/orders/password",
        ),
        ("logs.kmsKeyId", "alias/databases", f"{_A_KEY}) -> {_KEY_HELP}"),
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
        *(
            ("masterUserSecretKmsKeyId", text)
            for text in (
                *(KEY, "alias/secrets", "arn:aws:kms:eu-west-1:111122223333:alias/secrets"),
                *("1234abcd-12ab-34cd-56ef-1234567890ab", "mrk-1234abcd12ab34cd56ef1234567890ab"),
            )
        ),
        ("passwordFrom.secretArn", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!cluster-1-AbCdEf"),
        *(
            ("passwordFrom.ssmParameter", text)
            for text in ("password", "/a/b", "arn:aws:ssm:eu-west-1:111122223333:parameter/a/b")
        ),
    ],
)
def test_a_text_that_can_name_something_passes(name: str, text: str) -> None:
    assert coherence.text_fault(FIELDS[name], ("here",), text) is None


ARN: Final = "arn:aws:ec2:{}:111122223333:"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "subnetIds.*",
            f"{ARN.format('eu-west-1')}subnet/subnet-0a",
            "is an ARN, and not the id of a subnet -> write subnet-0a",
        ),
        (
            "subnetIds.*",
            f"{ARN.format('eu-central-1')}subnet/subnet-0a",
            "is in eu-central-1, and the environment in eu-west-1 -> name one that is in eu-west-1",
        ),
        (
            "securityGroup.rules.*.prefixListId",
            f"{ARN.format('us-east-1')}prefix-list/pl-0a",
            "is in us-east-1, and the environment in eu-west-1 -> name one that is in eu-west-1",
        ),
        (
            "securityGroup.egress.*.securityGroupId",
            f"{ARN.format('eu-west-1')}security-group/sg-0a",
            "is an ARN, and not the id of a security group -> write sg-0a",
        ),
        (
            "dbSubnetGroupName",
            "arn:aws:rds:eu-west-1:111122223333:subgrp:shared",
            "is an ARN, and not the name of a DB subnet group -> write shared",
        ),
    ],
)
def test_an_arn_in_the_place_of_an_id_is_told_the_id_or_its_region(name: str, text: str, expected: str) -> None:
    finding = coherence.arn_fault(FIELDS[name], ("here", 1), text, "eu-west-1")
    assert finding is not None
    assert told(finding) == f'[AF102] here[1]: "{text}" {expected}'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("subnetIds.*", "subnet-0a"),
        ("subnetIds.*", f"{ARN.format('eu-west-1')}vpc/vpc-0a"),
        ("kmsKeyId", KEY.replace("eu-west-1", "us-east-1")),
        ("masterUserSecretKmsKeyId", KEY),
    ],
)
def test_other_text_is_left_to_the_rules_of_its_field(name: str, text: str) -> None:
    assert coherence.arn_fault(FIELDS[name], ("here",), text, "eu-west-1") is None


@pytest.mark.parametrize("name", sorted(row.field for row in SPEC if row.home is not None))
def test_an_arn_of_another_region_is_refused_with_the_reason(name: str) -> None:
    row = FIELDS[name]
    assert row.home is not None
    text = "arn:aws:kms:us-east-1:111122223333:key/mrk-1234"
    assert coherence.region_fault(row, ("here",), text, "us-east-1") is None
    finding = coherence.region_fault(row, ("here",), text, "eu-west-1")
    assert finding is not None
    assert told(finding) == (
        f'[AF102] here: "{text}" is in us-east-1, and the cluster in eu-west-1: {row.home.reason}'
        f" -> name one that is in eu-west-1; {row.home.advice}"
    )


def test_the_fields_that_must_be_of_the_clusters_region_are_known() -> None:
    assert {row.field: row.home.reason for row in SPEC if row.home is not None} == {
        **dict.fromkeys(
            (
                "applicationUsers.*.dataApi.kmsKeyId",
                "backups.exports.*.kmsKeyId",
                "proxy.secrets.*.kmsKeyId",
                "associatedRoles.s3Export.kmsKeyIds.*",
                "associatedRoles.s3Import.kmsKeyIds.*",
                "kmsKeyId",
                "logs.kmsKeyId",
                "masterUserSecretKmsKeyId",
                "performanceInsights.kmsKeyId",
            ),
            "a key encrypts in its own Region only",
        ),
        **dict.fromkeys(
            ("passwordFrom.secretArn", "passwordFrom.ssmParameter"), "Terraform reads it where the cluster is"
        ),
        "proxy.secrets.*.secretArn": "a proxy reads secrets of its own Region only",
        "backups.exports.*.snapshotArn": "RDS exports a snapshot in its own Region only",
    }
    assert {row.field for row in SPEC if row.field.lower().endswith("kmskeyid") and row.home is None} == set()


def test_an_arn_of_another_partition_is_refused_and_one_of_another_account_is_not() -> None:
    row = FIELDS["kmsKeyId"]
    finding = coherence.region_fault(row, ("here",), "arn:aws:kms:cn-north-1:111122223333:key/1", "cn-north-1")
    assert finding is not None
    assert told(finding) == (
        '[AF102] here: "arn:aws:kms:cn-north-1:111122223333:key/1" names the partition aws, and cn-north-1 is in aws-cn'
        " -> begin it with arn:aws-cn:"
    )
    assert coherence.region_fault(row, ("here",), "arn:aws:kms:eu-west-1:999900001111:key/1", "eu-west-1") is None
    assert coherence.region_fault(row, ("here",), "alias/secrets", "eu-west-1") is None
