"""Every value tells where it comes from, and every Terraform address what made it."""

import json
from pathlib import Path
from typing import Final

import pytest

from auroraform.schemas.located import read
from auroraform.schemas.problems import Place
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.stacks.explanation.addresses import PARTS
from auroraform.stacks.explanation.explain import Answer, Explanation, explain, explain_address, made
from auroraform.stacks.explanation.rows import Json, Row, State, fields
from auroraform.stacks.explanation.shared import SHARED_PARTS
from auroraform.stacks.explanation.subject import is_inside
from auroraform.stacks.workspace import load
from support.workspaces import Files, environment, lines, manifest

ROOT: Final = Path(__file__).parents[3]
EXPECTED: Final = ROOT / "tests" / "golden" / "expected"
GOLDEN: Final = {
    **{f"cases/{path.name}": path for path in sorted((ROOT / "tests" / "golden" / "cases").iterdir())},
    **{f"examples/{path.name}": path for path in sorted((ROOT / "examples").iterdir())},
}

READERS: Final = """\
readerAutoscaling:
  maxCapacity: 6
  averageCpuUtilization: 60
  scaleOutCooldown: 60
  schedules:
    night: {schedule: rate(1 day), minCapacity: 2}
endpoints:
  reports: {type: ANY}
"""


def words(row: Row) -> list[str]:
    """A row in words: what holds, then what it overrode, each as value, layer and place."""
    held = f"{row.value} {row.state} {row.layer}".rstrip() + (f" {_at(row.place)}" if row.place else "")
    return [held, *(f"{word.value} {word.layer} {_at(word.place)}" for word in row.overrode)]


def _at(place: object) -> str:
    return str(place).rpartition(":")[0]


def found(answer: Answer) -> Explanation:
    assert lines(answer.problems) == []
    (explanation,) = answer.explanations
    return explanation


def rows(files: Files, path: str = "", **written: str) -> dict[str, Row]:
    return {row.path: row for row in found(explain(files.minimal(**written), "orders", "prod", path)).rows}


def layered(defaults: str = "", own: str = "", overrides: str = "", class_: str = "production") -> dict[str, str]:
    spec = f"defaults: {{{defaults}}}\noverrides: {{orders: {{{overrides}}}}}"
    return {"environments__prod": environment(class_=class_, spec=spec), "manifests__orders": manifest(own)}


class TestWords:
    def test_every_layer_is_named_with_its_file_and_line_in_order(self, files: Files) -> None:
        written = layered("copyTagsToSnapshot: false", "copyTagsToSnapshot: true", "copyTagsToSnapshot: false")
        assert words(rows(files, **written)["copyTagsToSnapshot"]) == [
            "False set overrides environments/prod.yaml:15",
            "True base <auroraform>/base.yaml:16",
            "False defaults environments/prod.yaml:14",
            "True manifest manifests/orders.yaml:8",
        ]

    def test_the_layer_of_the_class_is_named(self, files: Files) -> None:
        assert words(rows(files)["backupRetentionPeriod"]) == ["14 set class <auroraform>/production.yaml:15"]

    def test_a_removal_is_the_last_word(self, files: Files) -> None:
        row = rows(files, **layered(own="databaseName: orders", overrides="databaseName: null"))["databaseName"]
        assert words(row) == [
            "None removed overrides environments/prod.yaml:15",
            "orders manifest manifests/orders.yaml:8",
        ]

    def test_a_removal_is_overridden_like_a_value(self, files: Files) -> None:
        written = layered("databaseName: first", "databaseName: null", "databaseName: last")
        assert words(rows(files, **written)["databaseName"]) == [
            "last set overrides environments/prod.yaml:15",
            "first defaults environments/prod.yaml:14",
            "None manifest manifests/orders.yaml:8",
        ]

    def test_a_removal_that_puts_a_default_back_is_told_beside_it(self, files: Files) -> None:
        written = layered("backupRetentionPeriod: 20", "backupRetentionPeriod: null")
        assert words(rows(files, **written)["backupRetentionPeriod"]) == [
            "14 set class <auroraform>/production.yaml:15",
            "20 defaults environments/prod.yaml:14",
            "None manifest manifests/orders.yaml:8",
        ]

    def test_the_removal_of_a_group_is_told_by_its_parts(self, files: Files) -> None:
        scaling = "serverlessV2Scaling: {minCapacity: 1, maxCapacity: 8}"
        written = layered(scaling, "serverlessV2Scaling: null")
        got = rows(files, "serverlessV2Scaling", **written)
        assert {path: words(row) for path, row in got.items()} == {
            f"serverlessV2Scaling.{name}": [
                "None removed manifest manifests/orders.yaml:8",
                f"{value} defaults environments/prod.yaml:14",
            ]
            for name, value in (("minCapacity", 1), ("maxCapacity", 8))
        }

    def test_the_removal_of_a_group_that_nobody_set_is_told_once(self, files: Files) -> None:
        got = rows(files, "serverlessV2Scaling", **layered(own="serverlessV2Scaling: null"))
        assert {path: words(row) for path, row in got.items()} == {
            "serverlessV2Scaling": ["None removed manifest manifests/orders.yaml:8"]
        }

    def test_a_value_can_replace_a_group_and_a_group_a_value(self, files: Files) -> None:
        got = rows(files, "vpcId", **layered("vpcId: {value: vpc-1}", "vpcId: vpc-2", "vpcId: {value: vpc-3}"))
        assert {path: words(row) for path, row in got.items()} == {
            "vpcId.value": [
                "vpc-3 set overrides environments/prod.yaml:15",
                "vpc-1 defaults environments/prod.yaml:14",
                "vpc-2 manifest manifests/orders.yaml:8",
            ]
        }
        got = rows(files, "vpcId", **layered("vpcId: {value: vpc-1}", "vpcId: vpc-2"))
        assert {path: words(row) for path, row in got.items()} == {
            "vpcId": [
                "vpc-2 set manifest manifests/orders.yaml:8",
                "{'value': 'vpc-1'} defaults environments/prod.yaml:14",
            ]
        }

    def test_a_version_stays_text_and_a_number_a_number(self, files: Files) -> None:
        (files.minimal(manifests__orders=manifest("port: 6000").replace('"16.8"', "16.10")))
        answer = explain(files.root, "orders", "prod")
        values = {row.path: row.value for row in answer.explanations[0].rows}
        assert (values["engineVersion"], values["port"]) == ("16.10", 6000)
        assert [problem.code for problem in answer.problems] == ["AF108"]

    @pytest.mark.parametrize("password", ["hunter2", "{value: hunter2}"])
    def test_a_password_is_never_shown(self, files: Files, password: str) -> None:
        answer = explain(files.minimal(manifests__orders=manifest(f"password: {password}")), "orders")
        assert [problem.code for problem in answer.problems] == ["AF104"]
        (row,) = (row for row in answer.explanations[0].rows if row.path.startswith("password"))
        assert row.value == "********"


class TestCapacity:
    RANGE: Final = "serverlessV2Scaling: {minCapacity: 1, maxCapacity: 8}"
    CLASS: Final = "instances: {instanceClass: db.r6g.2xlarge}"

    def test_a_range_that_wins_shows_the_class_that_lost(self, files: Files) -> None:
        row = rows(files, **layered(own=self.RANGE))["instances.instanceClass"]
        assert words(row) == [
            "db.serverless derived manifests/orders.yaml:8",
            "db.r6g.large class <auroraform>/production.yaml:11",
        ]
        assert row.reason == "serverlessV2Scaling decides, as manifest is the later layer"

    def test_the_last_part_of_a_range_decides(self, files: Files) -> None:
        written = layered("serverlessV2Scaling: {minCapacity: 1}", self.CLASS, "serverlessV2Scaling: {maxCapacity: 8}")
        row = rows(files, **written)["instances.instanceClass"]
        assert row.reason == "serverlessV2Scaling decides, as overrides is the later layer"

    def test_a_class_that_is_back_can_lose_again(self, files: Files) -> None:
        written = layered(self.CLASS, self.RANGE, "instances: {instanceClass: null}")
        assert words(rows(files, **written)["instances.instanceClass"]) == [
            "db.serverless derived manifests/orders.yaml:8",
            "db.r6g.large class <auroraform>/production.yaml:11",
            "db.r6g.2xlarge defaults environments/prod.yaml:14",
            "None overrides environments/prod.yaml:15",
        ]

    def test_a_class_that_wins_shows_the_range_that_lost(self, files: Files) -> None:
        got = rows(files, "serverlessV2Scaling", **layered(own=self.RANGE, overrides=self.CLASS))
        assert {path: (words(row), row.reason) for path, row in got.items()} == {
            f"serverlessV2Scaling.{name}": (
                ["None lost environments/prod.yaml:15", f"{value} manifest manifests/orders.yaml:8"],
                "instances.instanceClass decides, as overrides is the later layer",
            )
            for name, value in (("minCapacity", 1), ("maxCapacity", 8))
        }
        assert words(rows(files, **layered(own=self.RANGE, overrides=self.CLASS))["instances.instanceClass"]) == [
            "db.r6g.2xlarge set overrides environments/prod.yaml:15",
            "db.r6g.large class <auroraform>/production.yaml:11",
        ]


class TestMembers:
    MEMBERS: Final = "instances: {members: {a: {}, b: {promotionTier: 2}}}"

    def test_members_that_win_show_the_count_that_lost(self, files: Files) -> None:
        row = rows(files, **layered(own=self.MEMBERS))["instances.count"]
        assert words(row) == ["None lost manifests/orders.yaml:8", "2 class <auroraform>/production.yaml:9"]
        assert row.reason == "instances.members decides, as manifest is the later layer"

    def test_a_count_that_wins_shows_the_members_that_lost(self, files: Files) -> None:
        got = rows(files, "instances.members", **layered(own=self.MEMBERS, overrides="instances: {count: 3}"))
        assert {path: (words(row), row.reason) for path, row in got.items()} == {
            f"instances.members.{path}": (
                ["None lost environments/prod.yaml:15", f"{value} manifest manifests/orders.yaml:8"],
                "instances.count decides, as overrides is the later layer",
            )
            for path, value in (("a", {}), ("b.promotionTier", 2))
        }

    def test_a_range_that_members_leave_without_use_is_told(self, files: Files) -> None:
        scaling = "serverlessV2Scaling: {minCapacity: 1, maxCapacity: 8}"
        own = "instances: {members: {a: {instanceClass: db.r6g.large}, b: {instanceClass: db.r6g.large}}}"
        row = rows(files, **layered(scaling, own))["serverlessV2Scaling.minCapacity"]
        assert words(row) == ["None lost manifests/orders.yaml:8", "1 defaults environments/prod.yaml:14"]
        assert row.reason == "instances.members.a.instanceClass decides, as manifest is the later layer"

    def test_a_member_of_which_nothing_is_said_is_shown_too(self, files: Files) -> None:
        got = rows(files, "instances.members", **layered("instances: {members: {a: {}}}", self.MEMBERS))
        assert {path: words(row) for path, row in got.items()} == {
            "instances.members.a": [
                "{} set manifest manifests/orders.yaml:8",
                "{} defaults environments/prod.yaml:14",
            ],
            "instances.members.b.promotionTier": ["2 set manifest manifests/orders.yaml:8"],
        }

    def test_that_a_member_is_there_says_nothing_of_its_fields(self, files: Files) -> None:
        written = layered("instances: {members: {a: {}, b: {}}}", "instances: {members: {a: {promotionTier: 3}}}")
        got = rows(files, "instances.members.a", **written)
        assert {path: words(row) for path, row in got.items()} == {
            "instances.members.a.promotionTier": ["3 set manifest manifests/orders.yaml:8"]
        }

    def test_a_member_that_is_removed_is_told(self, files: Files) -> None:
        written = layered("instances: {members: {c: {}}}", self.MEMBERS, "instances: {members: {c: null}}")
        assert words(rows(files, **written)["instances.members.c"]) == [
            "None removed overrides environments/prod.yaml:15",
            "{} defaults environments/prod.yaml:14",
        ]

    @pytest.mark.parametrize(("key", "path"), [("a", "instances.members.a"), ("b", "instances.members.b")])
    def test_an_address_names_the_member_that_made_it(self, files: Files, key: str, path: str) -> None:
        files.minimal(**layered(own=self.MEMBERS))
        explanation = found(explain_address(files.root, f"aws_rds_cluster_instance.orders_{key}"))
        value = {"a": {}, "b": {"promotionTier": 2}}[key]
        assert {row.path: words(row) for row in explanation.rows} == {
            path: [f"{value} set manifest manifests/orders.yaml:8"]
        }


class TestPassword:
    FROM: Final = "passwordFrom: {ssmParameter: /p}"
    MANAGED: Final = "manageMasterUserPassword: true"

    def test_a_password_that_is_brought_shows_that_rds_makes_none(self, files: Files) -> None:
        row = rows(files, **layered(own=self.FROM))["manageMasterUserPassword"]
        assert words(row) == ["None lost manifests/orders.yaml:8", "True base <auroraform>/base.yaml:8"]
        assert row.reason == "passwordFrom decides, as manifest is the later layer"

    def test_a_password_that_rds_makes_after_all_shows_the_one_that_lost(self, files: Files) -> None:
        got = rows(files, "passwordFrom", **layered(own=self.FROM, overrides=self.MANAGED))
        assert {path: (words(row), row.reason) for path, row in got.items()} == {
            "passwordFrom.ssmParameter": (
                ["None lost environments/prod.yaml:15", "/p manifest manifests/orders.yaml:8"],
                "manageMasterUserPassword decides, as overrides is the later layer",
            )
        }


ENVIRONMENT: Final = environment()
WITH_ZONES: Final = ENVIRONMENT.replace(
    "    applicationSecurityGroupIds",
    "    availabilityZones: {subnet-0a: eu-west-1a, subnet-0b: eu-west-1b, subnet-0c: eu-west-1c}\n"
    "    applicationSecurityGroupIds",
)
KEY_ARN: Final = "status.outputs.key_arn"
KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234"
_PLAN: Final = "backup: {rules: {daily: {schedule: cron(0 3 * * ? *), retentionDays: 35}}}"
_EXPORT: Final = "kmsKey: {create: true}\nbackups: {snapshots: {a: {}}, exports: {q: {snapshot: a, bucket: acme}}}"
DERIVED: Final[list[tuple[str, dict[str, str], str, Json, str]]] = [
    ("clusterIdentifier", {}, "", "prod-orders", "naming of the environment, by default: {environment}-{name}"),
    (
        "clusterIdentifier",
        {"environments__prod": environment(spec='naming: "{name}-x"')},
        "environments/prod.yaml:14",
        "orders-x",
        "naming of the environment: {name}-x",
    ),
    (
        "clusterIdentifier",
        {"manifests__orders": manifest(metadata="id: acme")},
        "manifests/orders.yaml:5",
        "acme",
        "metadata.id",
    ),
    ("port", {}, "manifests/orders.yaml:6", 5432, "the usual port of Aurora PostgreSQL"),
    (
        "finalSnapshotIdentifier",
        {},
        "",
        "prod-orders-YYYYMMDDhhmmss-final",
        "from clusterIdentifier and the time at which Terraform creates the cluster",
    ),
    (
        "preferredMaintenanceWindow",
        {},
        "environments/prod.yaml:7",
        "tue:01:50-tue:02:50",
        "from clusterIdentifier, in the night of the region of the environment",
    ),
    (
        "preferredBackupWindow",
        {"environments__prod": environment(spec='quietHours: {start: "10:00", end: "12:00"}')},
        "environments/prod.yaml:14",
        "10:10-10:40",
        "from clusterIdentifier, in quietHours of the environment",
    ),
    (
        "performanceInsights.retentionPeriod",
        {"manifests__orders": manifest("databaseInsights: {mode: advanced}")},
        "manifests/orders.yaml:8",
        465,
        "databaseInsights.mode is advanced",
    ),
    ("performanceInsights.retentionPeriod", {}, "<auroraform>/base.yaml:41", 7, "databaseInsights.mode is standard"),
    (
        "subnetIds",
        {},
        "environments/prod.yaml:12",
        ["subnet-0a", "subnet-0b", "subnet-0c"],
        "network.subnetIds of the environment",
    ),
    ("vpcId", {}, "environments/prod.yaml:11", "vpc-0a", "network.vpcId of the environment, whose subnets are used"),
    (
        "vpcId",
        {"manifests__orders": manifest("subnetIds: [subnet-1, subnet-2]")},
        "manifests/orders.yaml:8",
        "${data.aws_subnet.orders.vpc_id}",
        "looked up by Terraform from subnetIds[0]",
    ),
    (
        "vpcId",
        {"environments__prod": ENVIRONMENT.replace("    vpcId: vpc-0a\n", "")},
        "environments/prod.yaml:11",
        "${data.aws_subnet.orders.vpc_id}",
        "looked up by Terraform from network.subnetIds[0]",
    ),
    (
        "vpcId",
        {"manifests__orders": manifest("dbSubnetGroupName: shared")},
        "manifests/orders.yaml:8",
        "${data.aws_db_subnet_group.orders.vpc_id}",
        "looked up by Terraform from dbSubnetGroupName",
    ),
    (
        "vpcId",
        {"environments__prod": ENVIRONMENT.replace("vpcId: vpc-0a", "vpcTags: {Name: shop}")},
        "environments/prod.yaml:11",
        "${data.aws_vpc.network.id}",
        "network.vpcTags of the environment, whose subnets are used",
    ),
    (
        "subnetIds",
        {
            "environments__prod": ENVIRONMENT.replace(
                "subnetIds: [subnet-0a, subnet-0b, subnet-0c]", "subnetTags: {tier: db}"
            )
        },
        "environments/prod.yaml:12",
        "${data.aws_subnets.network.ids}",
        "network.subnetTags of the environment",
    ),
    (
        "instances.identifiers",
        {},
        "<auroraform>/production.yaml:9",
        ["prod-orders-1", "prod-orders-2"],
        "from clusterIdentifier and instances.count",
    ),
    (
        "instances.identifiers",
        {"manifests__orders": manifest("instances: {members: {b: {}, a: {}}}")},
        "manifests/orders.yaml:8",
        ["prod-orders-a", "prod-orders-b"],
        "from clusterIdentifier and instances.members",
    ),
    (
        "instances.promotionTiers",
        {"manifests__orders": manifest("instances: {members: {b: {}, a: {}, c: {promotionTier: 9}}}")},
        "",
        {"a": 0, "b": 1},
        "one is preferred as the writer, the others are next to it",
    ),
    (
        "instances.availabilityZones",
        {
            "manifests__orders": manifest("instances: {members: {1: {}, 2: {}, c: {availabilityZone: eu-west-1c}}}"),
            "environments__prod": WITH_ZONES,
        },
        "environments/prod.yaml:13",
        {"1": "eu-west-1a", "2": "eu-west-1b"},
        "in turn by their keys, from network.availabilityZones of the environment",
    ),
    (
        "instances.order",
        {},
        "<auroraform>/production.yaml:13",
        ["1", "2"],
        "by their tiers, one after the other, as instances.rolling says",
    ),
    (
        "instances.order",
        {"manifests__orders": manifest("instances: {count: 3, rolling: false}")},
        "manifests/orders.yaml:8",
        ["1", "2", "3"],
        "by their tiers, the first one alone, the others at once, as instances.rolling says",
    ),
    (
        "readerAutoscaling.minCapacity",
        {"manifests__orders": manifest(READERS)},
        "<auroraform>/production.yaml:9",
        1,
        "the instances but the writer",
    ),
    (
        "readerAutoscaling.minCapacity",
        {
            "manifests__orders": manifest(
                "instances: {instanceClass: db.r6g.large,\n  members: {a: {}, b: {}}}\n" + READERS
            )
        },
        "manifests/orders.yaml:9",
        1,
        "the instances but the writer",
    ),
    (
        "readerAutoscaling.scaleInCooldown",
        {"manifests__orders": manifest(READERS)},
        "manifests/orders.yaml:9",
        300,
        "AWS's own",
    ),
    (
        "readerAutoscaling.policies.cpu",
        {"manifests__orders": manifest(READERS)},
        "manifests/orders.yaml:10",
        "prod-orders-cpu",
        "from clusterIdentifier, for averageCpuUtilization",
    ),
    (
        "readerAutoscaling.schedules.night.name",
        {"manifests__orders": manifest(READERS)},
        "manifests/orders.yaml:13",
        "prod-orders-night",
        "from clusterIdentifier",
    ),
    (
        "endpoints.reports.identifier",
        {"manifests__orders": manifest(READERS)},
        "manifests/orders.yaml:15",
        "prod-orders-reports",
        "from clusterIdentifier",
    ),
    (
        "logs.groups.postgresql",
        {},
        "<auroraform>/production.yaml:69",
        "/aws/rds/cluster/prod-orders/postgresql",
        "where RDS writes the log of this name",
    ),
    ("parameters.rds.force_ssl", {}, "<auroraform>/base.yaml:22", "1", "tls.required is true"),
    (
        "parameters.slow_query_log",
        {
            "manifests__orders": manifest("enabledCloudwatchLogsExports: [error, slowquery]")
            .replace("aurora-postgresql", "aurora-mysql")
            .replace("16.8", "8.0.mysql_aurora.3.08.0")
        },
        "<auroraform>/production.yaml:43",
        "1",
        "slowQueries.enabled is true",
    ),
    (
        "parameters.general_log",
        {
            "manifests__orders": manifest("enabledCloudwatchLogsExports: [error, general]")
            .replace("aurora-postgresql", "aurora-mysql")
            .replace("16.8", "8.0.mysql_aurora.3.08.0")
        },
        "manifests/orders.yaml:8",
        "1",
        "fills the log general",
    ),
    (
        "parameters.log_min_duration_statement",
        {"manifests__orders": manifest("slowQueries: {thresholdSeconds: 0.25}")},
        "manifests/orders.yaml:8",
        "250",
        "slowQueries.thresholdSeconds",
    ),
    (
        "parameters.timezone",
        {"manifests__orders": manifest("timeZone: europe/paris")},
        "manifests/orders.yaml:8",
        "Europe/Paris",
        "timeZone",
    ),
    (
        "parameters.shared_preload_libraries",
        {"manifests__orders": manifest("auditing: {enabled: true}")},
        "manifests/orders.yaml:8",
        "pg_stat_statements,pgaudit",
        "auditing.enabled is true",
    ),
    (
        "spellings.Log_Statement",
        {"manifests__orders": manifest("clusterParameters: {Log_Statement: DDL}")},
        "manifests/orders.yaml:8",
        "log_statement=ddl",
        "what RDS makes of it",
    ),
    (
        "backups.plan",
        {"environments__prod": environment(spec=_PLAN)},
        "environments/prod.yaml:14",
        True,
        "the environment has a plan",
    ),
    (
        "backups.snapshots.a.identifier",
        {"manifests__orders": manifest("backups: {snapshots: {a: {}}}\nupgrade: {from: '15.10', changes: immediate}")},
        "manifests/orders.yaml:8",
        "prod-orders-a",
        "from clusterIdentifier; taken before the cluster changes",
    ),
    (
        "backups.exports.q.kmsKeyId",
        {"manifests__orders": manifest(_EXPORT)},
        "manifests/orders.yaml:8",
        "${aws_kms_key.orders.arn}",
        "kmsKey.create is true",
    ),
    (
        "backups.exports.q.roleName",
        {"manifests__orders": manifest(_EXPORT)},
        "manifests/orders.yaml:9",
        "prod-orders-eu-west-1-export-q",
        "made for the folder alone",
    ),
    ("applyMethods.rds.force_ssl", {}, "", "immediate", "dynamic"),
    (
        "applyMethods.max_connections",
        {"manifests__orders": manifest("clusterParameters: {max_connections: 500}")},
        "manifests/orders.yaml:8",
        "pending-reboot",
        "static",
    ),
    (
        "applyMethods.track_functions",
        {"manifests__orders": manifest("instanceParameters: {track_functions: pl}")},
        "manifests/orders.yaml:8",
        "pending-reboot",
        "already so by default, which RDS answers in this way",
    ),
    (
        "instanceParameterGroup.name",
        {"manifests__orders": manifest("instanceParameters: {work_mem: 65536}")},
        "",
        "prod-orders-aurora-postgresql16",
        "from clusterIdentifier and family",
    ),
    (
        "upgrade.dbInstanceParameterGroupName",
        {"manifests__orders": manifest('upgrade: {from: "15.10", changes: immediate}')},
        "manifests/orders.yaml:8",
        "default.aurora-postgresql16",
        "what the instances have in the new version",
    ),
    (
        "applyImmediately",
        {"manifests__orders": manifest('upgrade: {from: "15.10", changes: immediate}')},
        "manifests/orders.yaml:8",
        True,
        "upgrade.changes",
    ),
    (
        "monitoring.roleName",
        {},
        "<auroraform>/production.yaml:35",
        "rds-monitoring-eu-west-1-prod-orders",
        "made, as monitoring.roleArn is not set",
    ),
    (
        "monitoring.rolePath",
        {"environments__prod": environment(spec="iam: {path: /databases/}")},
        "environments/prod.yaml:14",
        "/databases/",
        "iam.path of the environment",
    ),
    (
        "monitoring.rolePermissionsBoundary",
        {"environments__prod": environment(spec="iam: {permissionsBoundary: 'arn:aws:iam::aws:policy/b'}")},
        "environments/prod.yaml:14",
        "arn:aws:iam::aws:policy/b",
        "iam.permissionsBoundary of the environment",
    ),
    (
        "applicationUsers.app.databases",
        {"manifests__orders": manifest("databaseName: orders\napplicationUsers: [{name: app, access: owner}]")},
        "manifests/orders.yaml:8",
        ["orders"],
        "databaseName",
    ),
    (
        "applicationUsers.app.schemas",
        {"manifests__orders": manifest("applicationUsers: [{name: app, access: owner, databases: [a]}]")},
        "manifests/orders.yaml:6",
        ["public"],
        "the usual schema of Aurora PostgreSQL",
    ),
    (
        "applicationUsers.app.policyName",
        {"manifests__orders": manifest("applicationUsers: [{name: app, access: owner, databases: [a]}]")},
        "manifests/orders.yaml:8",
        "prod-orders-eu-west-1-app",
        "from clusterIdentifier, the Region and the name",
    ),
    (
        "applicationUsers.script",
        {"manifests__orders": manifest("applicationUsers: [{name: app, access: owner, databases: [a]}]")},
        "manifests/orders.yaml:8",
        "stacks/prod/sql/orders.sql",
        "makes the users, once it is run",
    ),
    (
        "associatedRoles.s3Import.roleName",
        {"manifests__orders": manifest("associatedRoles: {s3Import: {buckets: [acme]}}")},
        "manifests/orders.yaml:8",
        "prod-orders-eu-west-1-s3Import",
        "made for the buckets of associatedRoles.s3Import",
    ),
    (
        "parameters.aws_default_s3_role",
        {
            "manifests__orders": manifest("associatedRoles: {s3Import: {buckets: [acme]}}")
            .replace("aurora-postgresql", "aurora-mysql")
            .replace("16.8", "8.0.mysql_aurora.3.08.0")
        },
        "manifests/orders.yaml:8",
        "${aws_iam_role.orders_s3.arn}",
        "by which Aurora MySQL knows a role",
    ),
    ("parameterGroup.family", {}, "manifests/orders.yaml:7", "aurora-postgresql16", "from engine and engineVersion"),
    ("parameterGroup.name", {}, "", "prod-orders-aurora-postgresql16", "from clusterIdentifier and family"),
    ("subnetGroup.name", {}, "", "prod-orders", "from clusterIdentifier"),
    ("securityGroup.name", {}, "", "aurora-prod-orders", "from clusterIdentifier"),
    (
        "securityGroup.sources.sg-0app",
        {"manifests__orders": manifest("securityGroupIds: [sg-1, sg-0app]")},
        "manifests/orders.yaml:8",
        "sg-0app",
        "securityGroupIds[1] and network.applicationSecurityGroupIds[0]",
    ),
    (
        "securityGroup.sources.cidr-10-0-0-0-16",
        {"manifests__orders": manifest("allowedCidrBlocks: [10.0.0.0/16]")},
        "manifests/orders.yaml:8",
        "10.0.0.0/16",
        "allowedCidrBlocks[0]",
    ),
    (
        "securityGroup.rules.office.fromPort",
        {"manifests__orders": manifest("port: 6432\nsecurityGroup: {rules: {office: {self: true}}}")},
        "manifests/orders.yaml:8",
        6432,
        "the port of the cluster",
    ),
    (
        "securityGroup.rules.office.description",
        {"manifests__orders": manifest("securityGroup: {rules: {office: {self: true}}}")},
        "",
        "from itself",
        "the source in words",
    ),
    (
        "securityGroup.egress.s3.toPort",
        {"manifests__orders": manifest("securityGroup: {egress: {s3: {prefixListId: pl-1, fromPort: 443}}}")},
        "manifests/orders.yaml:8",
        443,
        "a single port, as toPort is not set",
    ),
    (
        "securityGroup.sources.AwsSecurityGroup-db-ingress",
        {
            "manifests__orders": manifest("securityGroupIds: [{valueFrom: {name: db ingress}}]"),
            "environments__prod": environment(
                spec="references: {AwsSecurityGroup/db ingress: {status.outputs.security_group_id: {ssmParameter: /g}}}"
            ),
        },
        "manifests/orders.yaml:8",
        "${data.aws_ssm_parameter.AwsSecurityGroup_db_ingress_status_outputs_security_group_id.insecure_value}",
        "securityGroupIds[0]",
    ),
    (
        "subnetIds",
        {"manifests__orders": manifest("subnetTags: {tier: isolated}")},
        "manifests/orders.yaml:8",
        "${data.aws_subnets.by_tier_isolated.ids}",
        "looked up by subnetTags",
    ),
    (
        "vpcId",
        {"manifests__orders": manifest("subnetTags: {tier: isolated}")},
        "environments/prod.yaml:11",
        "vpc-0a",
        "network.vpcId of the environment, where subnetTags are looked up",
    ),
    *(
        (path, {"manifests__orders": manifest("kmsKey: {create: true}")}, place, value, reason)
        for path, place, value, reason in (
            ("kmsKey.alias", "", "alias/prod-orders", "from clusterIdentifier"),
            ("kmsKey.description", "", "Data of the Aurora cluster prod-orders", "from clusterIdentifier"),
            *(
                (field, "manifests/orders.yaml:8", "${aws_kms_key.orders.arn}", "kmsKey.create is true")
                for field in ("kmsKeyId", "masterUserSecretKmsKeyId", "performanceInsights.kmsKeyId")
            ),
        )
    ),
    (
        "kmsKeyId",
        {"manifests__orders": manifest("kmsKey:\n  create: true\n  uses: [volume]")},
        "manifests/orders.yaml:10",
        "${aws_kms_key.orders.arn}",
        "kmsKey.uses lists it",
    ),
    (
        "passwordFrom.ssmParameterArn",
        {"manifests__orders": manifest("passwordFrom: {ssmParameter: /orders/password}")},
        "manifests/orders.yaml:8",
        "arn:aws:ssm:eu-west-1:111122223333:parameter/orders/password",
        "from the name, in the account and Region of the environment",
    ),
    (
        "passwordFrom.version",
        {"manifests__orders": manifest("passwordFrom: {ssmParameter: /orders/password}")},
        "",
        1,
        "until somebody raises it",
    ),
    ("applyImmediately", {}, "environments/prod.yaml:6", False, "class of the environment is production"),
    (
        "applyImmediately",
        {"environments__prod": environment(spec="changes: immediate")},
        "environments/prod.yaml:14",
        True,
        "changes of the environment is immediate",
    ),
    ("tags.managed-by", {}, "", "auroraform", "on all that auroraform makes"),
    (
        "topics.critical",
        {"environments__prod": environment(spec="alarms:\n  topicArns: [arn:aws:sns:eu-west-1:111122223333:all]")},
        "environments/prod.yaml:15",
        ["arn:aws:sns:eu-west-1:111122223333:all"],
        "alarms.topicArns of the environment",
    ),
    (
        "events.subscriptions.all-cluster.eventCategories",
        {
            "environments__prod": environment(
                spec="alarms: {criticalTopicArns: [arn:aws:sns:eu-west-1:111122223333:all]}"
            )
        },
        "<auroraform>/production.yaml:46",
        ["deletion", "failover", "failure", "global-failover"],
        "events.clusterCategories of the severities that go to the topic",
    ),
    (
        "events.subscriptions.all-instances.name",
        {"environments__prod": environment(spec="alarms: {topicArns: [arn:aws:sns:eu-west-1:111122223333:all]}")},
        "<auroraform>/production.yaml:46",
        "prod-orders-all-instances-1-2",
        "from clusterIdentifier, the topic and the instances: other instances make another subscription",
    ),
    (
        "topics.warning",
        {
            "environments__prod": environment(
                spec="alarms:\n  warningTopicArns: [arn:aws:sns:eu-west-1:111122223333:day]\n  topics: {}"
            )
        },
        "environments/prod.yaml:16",
        ["arn:aws:sns:eu-west-1:111122223333:day", "${aws_sns_topic.shared_warning.arn}"],
        "alarms.warningTopicArns and alarms.topics of the environment",
    ),
    (
        "kmsKeyId",
        {
            "manifests__orders": manifest("kmsKeyId: {valueFrom: {name: volume}}"),
            "environments__prod": environment(
                spec="references: {AwsKmsKey/volume: {status.outputs.key_arn: {ssmParameter: /key}}}"
            ),
        },
        "environments/prod.yaml:14",
        "${data.aws_ssm_parameter.AwsKmsKey_volume_status_outputs_key_arn.insecure_value}",
        "what the reference means, by references of the environment",
    ),
    (
        "kmsKeyId",
        {
            "manifests__orders": manifest("kmsKeyId: {valueFrom: {name: volume, env: dev}}"),
            "environments__dev": environment("dev", spec=f"references: {{AwsKmsKey/volume: {{{KEY_ARN}: {KEY}}}}}"),
            "environments__prod": environment(spec=f"references: {{AwsKmsKey/volume: {{{KEY_ARN}: other}}}}"),
        },
        "manifests/orders.yaml:8",
        KEY,
        "what the reference means",
    ),
    (
        "associateSecurityGroupIds[0]",
        {
            "manifests__billing": manifest(name="billing"),
            "manifests__orders": manifest(
                "associateSecurityGroupIds: [{valueFrom: {kind: AwsRdsCluster, name: billing,"
                " fieldPath: status.outputs.rds_security_group}}]"
            ),
        },
        "manifests/orders.yaml:8",
        "${aws_security_group.billing.id}",
        "what the reference means",
    ),
]


@pytest.mark.parametrize("case", DERIVED, ids=lambda case: f"{case[0]}: {case[4]}")
def test_a_derived_value_says_from_what_and_why(files: Files, case: tuple[str, dict[str, str], str, Json, str]) -> None:
    path, written, place, value, reason = case
    row = rows(files, **written)[path]
    assert (row.state, row.value, row.reason) == (State.DERIVED, value, reason)
    assert (_at(row.place) if row.place else "") == place


@pytest.mark.parametrize(
    ("path", "spec"),
    [
        ("clusterIdentifier", "clusterIdentifier: acme"),
        ("port", "port: 6000"),
        ("finalSnapshotIdentifier", "finalSnapshotIdentifier: last"),
        ("kmsKey.alias", "kmsKey: {create: true, alias: alias/mine}"),
        ("kmsKey.description", "kmsKey: {create: true, description: mine}"),
        ("masterUserSecretKmsKeyId", "kmsKey: {create: true}\nmasterUserSecretKmsKeyId: alias/mine"),
        ("passwordFrom.version", "passwordFrom: {ssmParameter: /p, version: 2}"),
        ("preferredMaintenanceWindow", "preferredMaintenanceWindow: sun:03:00-sun:04:00"),
        ("preferredBackupWindow", "preferredBackupWindow: 01:00-02:00"),
        ("performanceInsights.retentionPeriod", "performanceInsights: {retentionPeriod: 62}"),
        ("subnetIds", "subnetIds: [subnet-1, subnet-2]"),
        ("vpcId", "vpcId: vpc-1"),
        ("instances.instanceClass", "instances: {instanceClass: db.r6g.large}"),
        ("readerAutoscaling.minCapacity", READERS.replace("maxCapacity", "minCapacity: 1\n  maxCapacity")),
        ("readerAutoscaling.scaleOutCooldown", READERS),
    ],
)
def test_what_a_layer_says_is_not_derived(files: Files, path: str, spec: str) -> None:
    row = rows(files, manifests__orders=manifest(spec))[path]
    assert (row.state, row.layer, row.reason) == (State.SET, "manifest", "")


def test_a_value_that_is_derived_after_a_removal_tells_the_removal(files: Files) -> None:
    assert words(rows(files, **layered(own="port: 6000", overrides="port: null"))["port"]) == [
        "5432 derived manifests/orders.yaml:6",
        "6000 manifest manifests/orders.yaml:8",
        "None overrides environments/prod.yaml:15",
    ]


def test_tags_of_the_cluster_are_over_those_of_the_environment(files: Files) -> None:
    got = rows(
        files,
        "tags",
        manifests__orders=manifest(metadata="org: acme\nlabels: {team: shop, cost: own}"),
        environments__prod=environment(spec="tags: {cost: all, tier: db}"),
    )
    assert {path: words(row) for path, row in got.items()} == {
        "tags.cost": ["own set manifest manifests/orders.yaml:6", "all environment environments/prod.yaml:14"],
        "tags.environment": ["prod set environment environments/prod.yaml:4"],
        "tags.managed-by": ["auroraform derived"],
        "tags.manifest": ["orders set manifest manifests/orders.yaml:4"],
        "tags.organization": ["acme set manifest manifests/orders.yaml:5"],
        "tags.team": ["shop set manifest manifests/orders.yaml:6"],
        "tags.tier": ["db set environment environments/prod.yaml:14"],
    }


def test_values_stand_in_the_order_of_the_model_and_what_it_does_not_know_behind(files: Files) -> None:
    paths = list(rows(files))
    known = [path for path in paths if path in fields()]
    assert known == [path for path in fields() if path in known]
    assert paths[:2] == ["subnetIds", "manageMasterUserPassword"]
    inside = [path.partition(".")[2] for path in paths if path.startswith("instances.")]
    assert inside == [
        *("count", "instanceClass", "publiclyAccessible", "rolling"),
        *("identifiers", "promotionTiers", "order"),
    ]
    of_group = ["securityGroup.managed", "securityGroup.name", "securityGroup.sources.sg-0app"]
    assert [path for path in paths if path.startswith("securityGroup.")] == of_group
    assert paths[-9:] == [
        "subnetGroup.name",
        "parameterGroup.family",
        "parameterGroup.name",
        "applyMethods.log_min_duration_statement",
        "applyMethods.rds.force_ssl",
        "applyImmediately",
        "tags.environment",
        "tags.managed-by",
        "tags.manifest",
    ]


def test_every_field_of_the_model_is_known_by_the_name_that_manifests_use() -> None:
    top = [path for path in fields() if "." not in path]
    assert top == [field.alias for field in AwsRdsClusterSpec.model_fields.values()]
    assert {"instances.count", "parameters.applyMethod", "kmsKeyId.valueFrom.fieldPath"} < set(fields())


def test_the_place_of_a_document_ends_with_its_last_line() -> None:
    text = b"a: 1\n---\nb: 2\nc:\n  - d\n  - e\n---\nf: 3\n"
    document = read(text, "x.yaml").documents[1]
    assert [line for line in range(1, 9) if is_inside(Place("x.yaml", line), document)] == [3, 4, 5, 6]
    assert not is_inside(Place("y.yaml", 4), document)


class TestAddresses:
    @pytest.mark.parametrize(
        ("address", "reason"),
        [
            ("aws_sns_topic.shared_critical", "one for each severity, for alarms.topics of the environment"),
            ("aws_kms_key.shared_topics", "encrypts the topics, as alarms.topics.kmsKeyId is not set"),
            ("aws_sns_topic_subscription.shared_warning-team", "one for each of alarms.topics.subscriptions"),
        ],
    )
    def test_what_a_stack_has_once_names_the_words_of_its_environment(
        self, files: Files, address: str, reason: str
    ) -> None:
        team = "team: {protocol: email, endpoint: team@acme.example}"
        files.minimal(environments__prod=environment(spec=f"alarms: {{topics: {{subscriptions: {{{team}}}}}}}"))
        explanation = found(explain_address(files.root, address))
        assert (explanation.written, explanation.reason) == (None, reason)
        # Nobody's address: it might be a secret.
        asked = "email" if "subscription" in address else "{}"
        assert [words(row) for row in explanation.rows] == [[f"{asked} set environment environments/prod.yaml:14"]]

    @pytest.mark.parametrize("case", GOLDEN)
    def test_they_are_those_of_the_golden_files(self, case: str) -> None:
        got: dict[str, set[str]] = {
            path.name.removesuffix(".tf.json"): set() for path in (EXPECTED / case).glob("*.json")
        }
        for address, explanation in made(load(GOLDEN[case])):
            got[explanation.where.stack.name].add(address)
        assert got == {stack: addresses(EXPECTED / case / f"{stack}.tf.json") for stack in got}

    def test_there_is_a_golden_file_for_every_type(self) -> None:
        golden = {address.rpartition(".")[0] for path in EXPECTED.glob("*/*/*.json") for address in addresses(path)}
        assert {part.type for part in (*PARTS, *SHARED_PARTS)} <= golden

    @pytest.mark.parametrize(
        ("address", "path", "expected"),
        [
            ("aws_rds_cluster.orders", "metadata.name", ["orders set manifest manifests/orders.yaml:4"]),
            ("aws_security_group.orders", "metadata.name", ["orders set manifest manifests/orders.yaml:4"]),
            (
                "aws_rds_cluster_instance.orders_3",
                "instances.count",
                ["3 set overrides environments/prod.yaml:14", "2 class <auroraform>/production.yaml:9"],
            ),
            (
                "aws_db_subnet_group.orders",
                "network.subnetIds",
                ["['subnet-0a', 'subnet-0b', 'subnet-0c'] set environment environments/prod.yaml:12"],
            ),
            (
                "aws_vpc_security_group_ingress_rule.orders_sg-0app",
                "network.applicationSecurityGroupIds[0]",
                ["sg-0app set environment environments/prod.yaml:13"],
            ),
            (
                "aws_vpc_security_group_ingress_rule.orders_sg-2",
                "securityGroupIds[1]",
                ["sg-2 set manifest manifests/orders.yaml:10"],
            ),
            (
                "aws_vpc_security_group_ingress_rule.orders_cidr-10-0-0-0-16",
                "allowedCidrBlocks[0]",
                ["10.0.0.0/16 set manifest manifests/orders.yaml:11"],
            ),
            (
                "aws_cloudwatch_log_group.orders_instance",
                "enabledCloudwatchLogsExports[1]",
                [
                    "instance set manifest manifests/orders.yaml:12",
                    "['postgresql'] class <auroraform>/production.yaml:69",
                ],
            ),
            (
                "aws_iam_role.orders_monitoring",
                "monitoring.interval",
                ["60 set class <auroraform>/production.yaml:35"],
            ),
            (
                "aws_appautoscaling_target.orders",
                "readerAutoscaling.maxCapacity",
                ["6 set manifest manifests/orders.yaml:14"],
            ),
            (
                "aws_appautoscaling_policy.orders_cpu",
                "readerAutoscaling.averageCpuUtilization",
                ["60 set manifest manifests/orders.yaml:15"],
            ),
            (
                "aws_appautoscaling_scheduled_action.orders_night",
                "readerAutoscaling.schedules.night.schedule",
                ["rate(1 day) set manifest manifests/orders.yaml:18"],
            ),
            (
                "aws_rds_cluster_endpoint.orders_reports",
                "endpoints.reports.type",
                ["ANY set manifest manifests/orders.yaml:20"],
            ),
        ],
    )
    def test_an_address_names_the_words_that_made_it(
        self, files: Files, address: str, path: str, expected: list[str]
    ) -> None:
        files.minimal(
            manifests__orders=manifest(
                "securityGroupIds:\n- sg-1\n- sg-2\nallowedCidrBlocks: [10.0.0.0/16]\n"
                f"enabledCloudwatchLogsExports: [postgresql, instance]\n{READERS}"
            ),
            environments__prod=environment(spec="overrides: {orders: {instances: {count: 3}}}"),
        )
        explanation = found(explain_address(files.root, address))
        assert {row.path: words(row) for row in explanation.rows} == {path: expected}
        assert explanation.written is not None

    def test_a_group_that_is_asked_for_twice_names_both(self, files: Files) -> None:
        files.minimal(manifests__orders=manifest("securityGroupIds: [sg-0app]"))
        rule = found(explain_address(files.root, "aws_vpc_security_group_ingress_rule.orders_sg-0app"))
        assert [row.path for row in rule.rows] == ["securityGroupIds[0]", "network.applicationSecurityGroupIds[0]"]

    def test_a_rule_with_a_name_names_the_words_of_each_layer(self, files: Files) -> None:
        files.minimal(
            manifests__orders=manifest("securityGroup: {rules: {vpn: {description: ours}}}"),
            environments__prod=environment(spec="defaults: {securityGroup: {rules: {vpn: {cidrIpv4: 10.0.0.0/8}}}}"),
        )
        rule = found(explain_address(files.root, "aws_vpc_security_group_ingress_rule.orders_vpn"))
        assert {row.path: words(row) for row in rule.rows} == {
            "securityGroup.rules.vpn.cidrIpv4": ["10.0.0.0/8 set defaults environments/prod.yaml:14"],
            "securityGroup.rules.vpn.description": ["ours set manifest manifests/orders.yaml:8"],
        }

    def test_a_lookup_of_subnets_names_their_tags(self, files: Files) -> None:
        files.minimal(manifests__orders=manifest("subnetTags: {tier: isolated}"))
        lookup = found(explain_address(files.root, "data.aws_subnets.by_tier_isolated"))
        assert (lookup.reason, {row.path: words(row) for row in lookup.rows}) == (
            "looked up by subnetTags",
            {"subnetTags": ["{'tier': 'isolated'} set manifest manifests/orders.yaml:8"]},
        )

    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            ("aws_iam_policy.orders_app", "applicationUsers[0]"),
            ("aws_iam_role_policy_attachment.orders_checkout-app", "applicationUsers[0].roles[1]"),
            ("aws_rds_cluster_role_association.orders_s3Import", "associatedRoles.s3Import"),
            ("aws_iam_role_policy.orders_s3Import", "associatedRoles.s3Import"),
        ],
    )
    def test_what_is_made_for_users_and_features_names_them(self, files: Files, address: str, expected: str) -> None:
        user = "{name: app, access: owner, databases: [a], roles: [shop, checkout]}"
        files.minimal(
            manifests__orders=manifest(
                f"applicationUsers: [{user}]\nassociatedRoles: {{s3Import: {{buckets: [acme]}}}}"
            )
        )
        (row,) = found(explain_address(files.root, address)).rows
        assert row.path == expected
        assert row.place is not None

    @pytest.mark.parametrize(
        ("address", "path"),
        [
            ("aws_backup_plan.shared", "backup.rules"),
            ("aws_backup_vault.shared", "backup.vault"),
            ("aws_backup_vault_lock_configuration.shared", "backup.vault.lock"),
            ("aws_kms_key.shared_backup", "backup.vault"),
            ("aws_iam_role.shared_backup", "backup.rules"),
            ("aws_iam_role_policy_attachment.shared_restore", "backup.restoreTesting"),
            ("aws_backup_restore_testing_plan.shared", "backup.restoreTesting"),
            ("aws_backup_selection.orders", "backup.rules"),
            ("aws_backup_restore_testing_selection.orders", "backup.restoreTesting"),
            ("aws_db_cluster_snapshot.orders_a", "backups.snapshots.a"),
            ("aws_rds_export_task.orders_q", "backups.exports.q"),
            ("aws_iam_role.orders_export_q", "backups.exports.q"),
        ],
    )
    def test_what_is_made_for_backups_names_them(self, files: Files, address: str, path: str) -> None:
        plan = _PLAN.replace("backup: {", "backup: {vault: {lock: {minRetentionDays: 7}}, ").removesuffix("}")
        files.minimal(
            manifests__orders=manifest(_EXPORT),
            environments__prod=environment(spec=f"{plan}, restoreTesting: {{schedule: cron(0 6 ? * SUN *)}}}}"),
        )
        (row,) = found(explain_address(files.root, address)).rows
        assert row.path == path
        assert row.place is not None

    def test_a_lookup_for_the_plan_names_the_reference(self, files: Files) -> None:
        references = "references: {AwsKmsKey/vault: {status.outputs.key_arn: {ssmParameter: /key}}}"
        plan = _PLAN.replace("backup: {", "backup: {vault: {kmsKeyId: {valueFrom: {name: vault}}}, ")
        files.minimal(environments__prod=environment(spec=f"{plan}\n{references}"))
        lookup = found(explain_address(files.root, "data.aws_ssm_parameter.AwsKmsKey_vault_status_outputs_key_arn"))
        assert lookup.reason == "looked up for the backup plan of the environment"
        assert [row.path for row in lookup.rows][:1] == ["backup.vault.kmsKeyId"]

    def test_a_lookup_of_the_network_is_the_environments_own(self, files: Files) -> None:
        files.minimal(environments__prod=ENVIRONMENT.replace("vpcId: vpc-0a", "vpcTags: {Name: shop}"))
        lookup = found(explain_address(files.root, "data.aws_vpc.network"))
        assert lookup.written is None
        assert {row.path: words(row) for row in lookup.rows} == {
            "network.vpcTags": ["{'Name': 'shop'} set environment environments/prod.yaml:11"]
        }

    def test_a_lookup_for_a_reference_names_the_reference_and_its_meaning(self, files: Files) -> None:
        references = "references: {AwsKmsKey/volume: {status.outputs.key_arn: {ssmParameter: /key}}}"
        files.minimal(
            manifests__orders=manifest("kmsKeyId: {valueFrom: {name: volume}}"),
            environments__prod=environment(spec=references),
        )
        lookup = found(explain_address(files.root, "data.aws_ssm_parameter.AwsKmsKey_volume_status_outputs_key_arn"))
        assert [words(row) for row in lookup.rows] == [
            ["{'valueFrom': {'name': 'volume'}} set manifest manifests/orders.yaml:8"],
            ["{'ssmParameter': '/key'} set environment environments/prod.yaml:14"],
        ]


def addresses(path: Path) -> set[str]:
    """The addresses of a stack as Terraform has them."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return {
        f"{prefix}{type_}.{label}"
        for section, prefix in (("resource", ""), ("data", "data."), ("ephemeral", "ephemeral."))
        for type_, labels in document.get(section, {}).items()
        for label in labels
    }
