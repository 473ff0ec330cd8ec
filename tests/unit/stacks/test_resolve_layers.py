"""What a cluster becomes where nobody says more, and which layer has the last word."""

from dataclasses import fields
from typing import Any, Final

import pytest

from auroraform.schemas.resolved.backups import Backups
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.insights import Monitoring, MonitoringRole, PerformanceInsights
from auroraform.schemas.resolved.instances import Instance
from auroraform.schemas.resolved.lifecycle import FinalSnapshot
from auroraform.schemas.resolved.logs import LogGroup
from auroraform.schemas.resolved.network import SecurityGroup, SecurityGroupRule, SubnetGroup, VpcId
from auroraform.schemas.resolved.parameters import Parameter, ParameterGroup
from auroraform.schemas.resolved.topics import ResolvedTopics
from auroraform.schemas.shape import check
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.stacks import defaults, shipped
from auroraform.stacks.cluster import layers_of
from auroraform.stacks.workspace import load
from support.workspaces import MANIFEST, Files, environment, lines, managed_group, manifest

CLASSES: Final = ("development", "staging", "production")
MYSQL: Final = MANIFEST.replace("aurora-postgresql", "aurora-mysql").replace('"16.8"', "8.0.mysql_aurora.3.08.0")
ENGINES: Final = {"aurora-postgresql": MANIFEST, "aurora-mysql": MYSQL}


def log_group(days: int, *, skip_destroy: bool) -> tuple[LogGroup, ...]:
    group = LogGroup(
        log_type="postgresql",
        name="/aws/rds/cluster/prod-orders/postgresql",
        retention_in_days=days,
        kms_key_id=None,
        log_group_class=None,
        skip_destroy=skip_destroy,
        is_adopted=False,
    )
    return (group,)


def instances(count: int, instance_class: str) -> tuple[Instance, ...]:
    return tuple(
        Instance(
            key=str(n),
            identifier=f"prod-orders-{n}",
            instance_class=instance_class,
            promotion_tier=0 if n == 1 else 1,
            availability_zone=None,
            preferred_maintenance_window=None,
            ca_cert_identifier=None,
            publicly_accessible=False,
            db_parameter_group_name=None,
            after=None if n == 1 else str(n - 1),
        )
        for n in range(1, count + 1)
    )


MONITORING: Final = Monitoring(
    interval=60,
    role=MonitoringRole(
        name="rds-monitoring-eu-west-1-prod-orders",
        path=None,
        permissions_boundary=None,
        policy_arn="arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
        source_account="111122223333",
        source_arn="arn:aws:rds:eu-west-1:111122223333:db:*",
    ),
)
INSIGHTS: Final = PerformanceInsights(retention_period=7, kms_key_id=None)

EVERYWHERE: Final[dict[str, Any]] = {
    "name": "orders",
    "manifest": "manifests/orders.yaml",
    "cluster_identifier": "prod-orders",
    "engine": "aurora-postgresql",
    "engine_version": "16.8",
    "ignore_engine_version": False,
    "auto_minor_version_upgrade": False,
    "database_name": None,
    "master_username": "master",
    "master_user_secret_kms_key_id": None,
    "master_user_secret_rotation": None,
    "master_password": None,
    "manage_master_user_password": True,
    "port": 5432,
    "subnet_group": SubnetGroup(name="prod-orders", subnet_ids=("subnet-0a", "subnet-0b", "subnet-0c")),
    "db_subnet_group_name": None,
    "security_group": SecurityGroup(
        name="aurora-prod-orders",
        description="Connections to the Aurora cluster orders",
        vpc=VpcId("vpc-0a"),
        ingress=(
            SecurityGroupRule(
                key="sg-0app",
                description="from sg-0app",
                from_port=5432,
                to_port=5432,
                referenced_security_group_id="sg-0app",
            ),
        ),
        egress=(),
    ),
    "network_type": None,
    "associated_security_group_ids": (),
    "db_cluster_parameter_group_name": None,
    "instance_parameter_group": None,
    "db_parameter_group_name": None,
    "major_upgrade": None,
    "storage_encrypted": True,
    "kms_key_id": None,
    "kms_key": None,
    "storage_type": None,
    "serverless_v2_scaling": None,
    "reader_autoscaling": None,
    "endpoints": (),
    "proxy": None,
    "preferred_backup_window": "01:10-01:40",
    "preferred_maintenance_window": "tue:01:50-tue:02:50",
    "database_insights_mode": "standard",
    "final_snapshot": FinalSnapshot(name="prod-orders", is_named_at_creation=True),
    "engine_lifecycle_support": "open-source-rds-extended-support",
    "timeouts": None,
    "copy_tags_to_snapshot": True,
    "iam_database_authentication_enabled": True,
    "application_users": (),
    "associated_roles": (),
    "backups": Backups(
        selection=None, restore_test=None, snapshots=(), are_first=False, exports=(), is_continuous=False
    ),
    "schedule": None,
    "budget": None,
    "enable_http_endpoint": False,
    "snapshot_identifier": None,
    "replication_source_identifier": None,
    "topics": ResolvedTopics(critical=(), warning=()),
    # Nobody to tell.
    "event_subscriptions": (),
    "tags": {"cluster": "prod-orders", "manifest": "orders"},
}
SLOW: Final = Parameter(name="log_min_duration_statement", value="1000", apply_method="immediate")
TLS: Final = Parameter(name="rds.force_ssl", value="1", apply_method="immediate")


def parameter_group(*parameters: Parameter) -> ParameterGroup:
    return ParameterGroup(name="prod-orders-aurora-postgresql16", family="aurora-postgresql16", parameters=parameters)


CRITICAL: Final = (
    *("writer", "readers", "writer-connections", "reader-connections", "writer-local-storage"),
    "transaction-id-wraparound",
)
WARNING: Final = (
    *("writer-cpu", "reader-cpu", "writer-memory", "reader-memory", "reader-local-storage", "replica-lag"),
    *("deadlocks", "commit-latency", "transaction-ids", "volume-growth", "volume-size"),
)
BY_CLASS: Final[dict[str, tuple[Any, Any, Any]]] = {
    # attribute: development, staging, production
    "instances": (instances(1, "db.t4g.medium"), instances(2, "db.t4g.large"), instances(2, "db.r6g.large")),
    "backup_retention_period": (1, 7, 14),
    "deletion_protection": (False, True, True),
    "prevent_destroy": (False, False, True),
    "skip_final_snapshot": (True, False, False),
    "delete_automated_backups": (True, False, False),
    "log_groups": ((), log_group(30, skip_destroy=False), log_group(365, skip_destroy=True)),
    "apply_immediately": (True, False, False),
    "parameter_group": (parameter_group(TLS), parameter_group(SLOW, TLS), parameter_group(SLOW, TLS)),
    "performance_insights": (None, INSIGHTS, INSIGHTS),
    "monitoring": (None, MONITORING, MONITORING),
    # The alarms of each severity, which one alarm tells for.
    "alarms": ({}, {"warning": {*CRITICAL, *WARNING}}, {"critical": {*CRITICAL}, "warning": {*WARNING}}),
    # Its name.
    "dashboard": (None, "prod-orders-eu-west-1", "prod-orders-eu-west-1"),
}


@pytest.mark.parametrize("class_", CLASSES)
def test_the_least_manifest_becomes_just_this_in_each_class(files: Files, class_: str) -> None:
    column = CLASSES.index(class_)
    expected = EVERYWHERE | {attribute: row[column] for attribute, row in BY_CLASS.items()}
    found = files.cluster(environments__prod=environment(class_=class_))
    told = {
        "alarms": {composite.key: {*composite.alarms} for composite in found.alarms.composite_alarms},
        "dashboard": found.dashboard and found.dashboard.name,
    }
    assert {field.name: getattr(found, field.name) for field in fields(ResolvedCluster)} | told == expected


@pytest.mark.parametrize(
    ("class_", "log_types", "days"),
    [
        ("development", [], None),
        ("staging", ["error", "slowquery"], 30),
        ("production", ["audit", "error", "slowquery"], 365),
    ],
)
def test_mysql_has_its_own_port_family_and_logs(
    files: Files, class_: str, log_types: list[str], days: int | None
) -> None:
    found = files.cluster(manifests__orders=MYSQL, environments__prod=environment(class_=class_))
    assert [(group.log_type, group.name, group.retention_in_days) for group in found.log_groups] == [
        (log_type, f"/aws/rds/cluster/prod-orders/{log_type}", days) for log_type in log_types
    ]
    assert {found.port, *(rule.from_port for rule in managed_group(found).ingress)} == {3306}
    assert found.parameter_group is not None
    assert (found.parameter_group.name, found.parameter_group.family) == (
        "prod-orders-aurora-mysql8-0",
        "aurora-mysql8.0",
    )


@pytest.mark.parametrize("class_", CLASSES)
@pytest.mark.parametrize("engine", ENGINES)
def test_the_layers_of_defaults_leave_nothing_open(files: Files, class_: str, engine: str) -> None:
    found = files.cluster(manifests__orders=ENGINES[engine], environments__prod=environment(class_=class_))
    assert found.engine == engine
    assert found.instances


@pytest.mark.parametrize("class_", CLASSES)
@pytest.mark.parametrize("engine", [*ENGINES, None])
def test_the_tools_own_layers_hold_against_the_model_and_say_who_they_are(class_: Any, engine: str | None) -> None:  # noqa: ANN401
    layers = defaults.layers(class_, engine)
    assert dict.fromkeys(layer.name for layer in layers) == {"base defaults": None, f"defaults of class {class_}": None}
    for layer in layers:
        _, problems = check(AwsRdsClusterSpec, layer.tree, may_lack=())
        assert lines(tuple(problems)) == []
        assert shipped.is_builtin(layer.tree.place.file)
        assert shipped.source(layer.tree.place.file).startswith(b"#")
    assert not shipped.is_builtin("manifests/orders.yaml")


class TestPrecedence:
    """base < class < environment's defaults < manifest < environment's overrides."""

    LAYERS: Final = ("defaults", "manifest", "overrides")

    def cluster(self, files: Files, written: dict[str, str], class_: str = "production") -> ResolvedCluster:
        spec = f"defaults: {{{written.get('defaults', '')}}}\noverrides: {{orders: {{{written.get('overrides', '')}}}}}"
        return files.cluster(
            environments__prod=environment(class_=class_, spec=spec),
            manifests__orders=manifest(written.get("manifest", "")),
        )

    @pytest.mark.parametrize("last", range(4))
    @pytest.mark.parametrize(
        ("field", "attribute", "values"),
        [
            # The base says the first value.
            ("copyTagsToSnapshot", "copy_tags_to_snapshot", (True, False, True, False)),
            ("enableHttpEndpoint", "enable_http_endpoint", (False, True, False, True)),
            # The class says the first value.
            ("backupRetentionPeriod", "backup_retention_period", (14, 15, 16, 17)),
            ("deletionProtection", "deletion_protection", (True, False, True, False)),
            ("skipFinalSnapshot", "skip_final_snapshot", (False, True, False, True)),
        ],
    )
    def test_every_layer_beats_the_ones_before_it(
        self, files: Files, last: int, field: str, attribute: str, values: tuple[object, ...]
    ) -> None:
        written = {
            layer: f"{field}: {str(value).lower()}"
            for layer, value in zip(self.LAYERS[:last], values[1 : last + 1], strict=True)
        }
        assert getattr(self.cluster(files, written), attribute) == values[last]

    def test_the_layers_stand_in_this_order(self, files: Files) -> None:
        workspace = load(
            files.minimal(
                environments__prod=environment(spec="defaults: {port: 1200}\noverrides: {orders: {port: 1201}}")
            )
        )
        assert [layer.name for layer in layers_of(workspace.clusters[0], workspace.environments[0])] == [
            "base defaults",
            "defaults of class production",
            "defaults of class production",
            "environment defaults",
            "manifest",
            "environment overrides",
        ]

    def test_a_layer_that_says_nothing_is_left_out(self, files: Files) -> None:
        workspace = load(files.minimal(environments__prod=environment(class_="development")))
        assert [layer.name for layer in layers_of(workspace.clusters[0], workspace.environments[0])] == [
            "base defaults",
            "defaults of class development",
            "manifest",
        ]

    def test_mappings_merge_and_lists_replace(self, files: Files) -> None:
        found = self.cluster(
            files,
            {
                "defaults": "instances: {count: 3, instanceClass: db.r6g.xlarge}, allowedCidrBlocks: [10.0.0.0/16]",
                "manifest": "instances: {count: 4}\nallowedCidrBlocks: [10.1.0.0/16, 10.2.0.0/16]",
                "overrides": "allowedCidrBlocks: [10.3.0.0/16]",
            },
        )
        assert {(i.key, i.instance_class) for i in found.instances} == {(str(n), "db.r6g.xlarge") for n in range(1, 5)}
        assert [s.cidr_ipv4 for s in managed_group(found).ingress if s.cidr_ipv4] == ["10.3.0.0/16"]

    def test_an_override_touches_its_own_cluster_only(self, files: Files) -> None:
        outcome = files.outcome(
            manifests__billing=manifest(name="billing"),
            environments__prod=environment(spec="overrides: {orders: {port: 5433}}"),
        )
        assert {c.name: c.port for c in outcome.stacks[0].clusters} == {"billing": 5432, "orders": 5433}

    def test_the_engine_of_any_layer_picks_the_defaults_of_that_engine(self, files: Files) -> None:
        bare = manifest().partition("spec:")[0] + "spec: {}\n"
        found = files.cluster(
            manifests__orders=bare,
            environments__prod=environment(
                spec="defaults: {engine: aurora-mysql, engineVersion: 8.0.mysql_aurora.3.08.0}"
            ),
        )
        assert (found.engine, [group.log_type for group in found.log_groups]) == (
            "aurora-mysql",
            ["audit", "error", "slowquery"],
        )

    def test_null_removes_what_the_layers_before_said(self, files: Files) -> None:
        found = self.cluster(
            files, {"manifest": "databaseName: orders\nport: 5433", "overrides": "databaseName: null, port: null"}
        )
        assert (found.database_name, found.port) == (None, 5432)

    @pytest.mark.parametrize(
        "field",
        [
            "alarms", "backupRetentionPeriod", "copyTagsToSnapshot", "dashboard", "deleteAutomatedBackups",
            "deletionProtection", "enableHttpEndpoint", "iamDatabaseAuthenticationEnabled", "instances", "kmsKey",
            "lifecycle", "logs", "monitoring", "performanceInsights", "skipFinalSnapshot", "storageEncrypted", "tls",
            "username",
        ],
    )  # fmt: skip
    def test_a_field_that_is_left_empty_is_as_good_as_absent(self, files: Files, field: str) -> None:
        absent = files.cluster()
        assert files.cluster(manifests__orders=manifest(f"{field}:")) == absent


@pytest.mark.parametrize(
    ("class_", "changes", "immediately"),
    [
        ("development", "", True),
        ("staging", "", False),
        ("production", "", False),
        ("development", "changes: maintenance-window", False),
        ("production", "changes: immediate", True),
    ],
)
def test_when_changes_reach_the_cluster(files: Files, class_: str, changes: str, immediately: bool) -> None:  # noqa: FBT001
    assert files.cluster(environments__prod=environment(class_=class_, spec=changes)).apply_immediately is immediately


@pytest.mark.parametrize(("policy", "by_rds"), [("pinned", False), ("minor", True)])
def test_one_policy_says_who_moves_the_version(files: Files, policy: str, by_rds: bool) -> None:  # noqa: FBT001
    found = files.cluster(manifests__orders=manifest(f"versionPolicy: {policy}"))
    assert (found.ignore_engine_version, found.auto_minor_version_upgrade) == (by_rds, by_rds)


class TestPlacesOfFindings:
    def test_a_fault_of_a_layer_stands_in_that_layer(self, files: Files) -> None:
        text = environment(spec="defaults: {serverlessV2Scaling: {minCapacity: 9, maxCapacity: 8}}")
        assert lines(files.problems(environments__prod=text)) == [
            "environments/prod.yaml:14:49 error[AF105] spec.serverlessV2Scaling.minCapacity: the minimum of 9 ACUs is"
            " above the maximum of 8 -> make the minimum the smaller one"
        ]

    def test_what_no_layer_says_is_missing_in_the_manifest(self, files: Files) -> None:
        text = environment().replace("    subnetIds: [subnet-0a, subnet-0b, subnet-0c]\n", "")
        assert lines(files.problems(environments__prod=text)) == [
            "manifests/orders.yaml:5:1 error[AF106] spec.subnetIds: names no subnets, and neither does the environment"
            " prod -> list two or more in different Availability Zones, here or as network.subnetIds of the environment"
        ]

    def test_a_required_field_that_no_layer_says_is_missing_in_the_manifest(self, files: Files) -> None:
        assert lines(files.problems(manifests__orders=manifest().replace("  engine: aurora-postgresql\n", ""))) == [
            "manifests/orders.yaml:5:1 error[AF101] spec.engine: is missing"
            " -> add it: `aurora-mysql` or `aurora-postgresql`."
        ]

    def test_a_fault_in_one_environment_of_two_is_told_for_that_one(self, files: Files) -> None:
        problems = files.problems(
            manifests__orders=manifest("storageEncrypted: false"),
            environments__dev=environment("dev", "development"),
        )
        assert lines(problems) == [
            "manifests/orders.yaml:8:21 error[AF109] spec.storageEncrypted: an unencrypted volume is not possible in"
            " prod, an environment of class production"
            " -> delete it: volumes are encrypted by default; only class development may do without"
        ]
