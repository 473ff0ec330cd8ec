"""The parts of a cluster: its network, who may connect, its parameters and where its data comes from."""

import json
from typing import Final

import pytest

from auroraform.schemas.resolved.insights import Monitoring, MonitoringRole, PerformanceInsights
from auroraform.schemas.resolved.lifecycle import Timeouts
from auroraform.schemas.resolved.logs import LogGroup
from auroraform.schemas.resolved.network import SubnetGroup, VpcId, VpcOfSubnet, VpcOfSubnetGroup
from auroraform.schemas.resolved.parameters import Parameter, ParameterGroup
from support.workspaces import Files, environment, lines, managed_group, manifest

KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab"
SOURCE: Final = "arn:aws:rds:eu-west-1:111122223333:cluster:source"
VPC: Final = "    vpcId: vpc-0a\n"
SUBNETS: Final = "    subnetIds: [subnet-0a, subnet-0b, subnet-0c]\n"


class TestNetwork:
    @pytest.mark.parametrize(
        ("without", "spec", "vpc"),
        [
            pytest.param("", "", VpcId("vpc-0a"), id="the environment's VPC for the environment's subnets"),
            pytest.param("", "subnetIds: [subnet-0c, subnet-0a]", VpcId("vpc-0a"), id="and for some of them"),
            pytest.param(VPC, "", VpcOfSubnet("subnet-0a"), id="looked up from the environment's first subnet"),
            pytest.param("", "subnetIds: [subnet-0a, subnet-z]", VpcOfSubnet("subnet-0a"), id="one foreign subnet"),
            pytest.param("", "subnetIds: [subnet-y, subnet-z]", VpcOfSubnet("subnet-y"), id="all subnets foreign"),
            pytest.param(SUBNETS, "subnetIds: [subnet-y, subnet-z]", VpcOfSubnet("subnet-y"), id="no subnets there"),
            pytest.param("", "dbSubnetGroupName: shared", VpcOfSubnetGroup("shared"), id="an existing subnet group"),
            pytest.param("", "vpcId: vpc-0b", VpcId("vpc-0b"), id="the manifest's own VPC"),
            pytest.param("", "vpcId: vpc-0b\nsubnetIds: [subnet-y, subnet-z]", VpcId("vpc-0b"), id="with subnets"),
            pytest.param("", "vpcId: vpc-0b\ndbSubnetGroupName: shared", VpcId("vpc-0b"), id="with a subnet group"),
            pytest.param("", "vpcId: {value: vpc-0b}", VpcId("vpc-0b"), id="in the long spelling"),
        ],
    )
    def test_the_security_group_stands_in_the_vpc_of_the_subnets(
        self, files: Files, without: str, spec: str, vpc: object
    ) -> None:
        text = environment()
        assert without in text
        group = files.security_group(environments__prod=text.replace(without, ""), manifests__orders=manifest(spec))
        assert group.vpc == vpc

    @pytest.mark.parametrize(
        ("spec", "group", "name"),
        [
            ("", SubnetGroup(name="prod-orders", subnet_ids=("subnet-0a", "subnet-0b", "subnet-0c")), None),
            (
                "subnetIds: [subnet-z, {value: subnet-y}]",
                SubnetGroup(name="prod-orders", subnet_ids=("subnet-z", "subnet-y")),
                None,
            ),
            ("dbSubnetGroupName: shared", None, "shared"),
            ("dbSubnetGroupName: {value: shared}", None, "shared"),
        ],
    )
    def test_a_subnet_group_is_made_or_an_existing_one_used(
        self, files: Files, spec: str, group: SubnetGroup | None, name: str | None
    ) -> None:
        found = files.cluster(manifests__orders=manifest(spec))
        assert (found.subnet_group, found.db_subnet_group_name) == (group, name)

    def test_an_empty_name_of_a_subnet_group_is_refused(self, files: Files) -> None:
        problems = files.problems(
            environments__prod=environment().replace(SUBNETS, ""), manifests__orders=manifest('dbSubnetGroupName: ""')
        )
        assert lines(problems) == [
            'manifests/orders.yaml:8:22 error[AF102] spec.dbSubnetGroupName: "" is not the name of a DB subnet group'
            " -> use lower-case letters, digits, spaces and ._-, at most 255 of them"
        ]

    def test_an_environment_with_a_single_subnet_is_refused(self, files: Files) -> None:
        text = environment().replace(SUBNETS, "    subnetIds: [subnet-0a]\n")
        assert lines(files.problems(environments__prod=text)) == [
            "environments/prod.yaml:12:16 error[AF106] spec.network.subnetIds: lists 1 of the at least two subnets that"
            " a DB subnet group needs -> list two or more in different Availability Zones, or name an existing"
            " dbSubnetGroupName"
        ]


class TestIds:
    """What is no id is told before AWS is asked, in manifests and environments alike."""

    def test_in_a_manifest(self, files: Files) -> None:
        spec = (
            "subnetIds: [subnet-a, {value: Subnet-b}]\nvpcId: main\nsecurityGroupIds: [default]\n"
            "associateSecurityGroupIds: [sg_0a]"
        )
        assert lines(files.problems(manifests__orders=manifest(spec))) == [
            f"manifests/orders.yaml:{rest}"
            for rest in (
                '8:25 error[AF102] spec.subnetIds[1]: "Subnet-b" is not the id of a subnet'
                " -> write it as subnet-0a1b2c3d",
                '9:10 error[AF102] spec.vpcId: "main" is not the id of a VPC -> write it as vpc-0a1b2c3d',
                '10:22 error[AF102] spec.securityGroupIds[0]: "default" is not the id of a security group'
                " -> write it as sg-0a1b2c3d",
                '11:31 error[AF102] spec.associateSecurityGroupIds[0]: "sg_0a" is not the id of a security group'
                " -> write it as sg-0a1b2c3d",
            )
        ]

    def test_in_an_environment(self, files: Files) -> None:
        text = environment().replace("vpc-0a", "main").replace("subnet-0b", "subnet_b").replace("sg-0app", "default")
        assert lines(files.problems(environments__prod=text)) == [
            f"environments/prod.yaml:{rest}"
            for rest in (
                '11:12 error[AF102] spec.network.vpcId: "main" is not the id of a VPC -> write it as vpc-0a1b2c3d',
                '12:28 error[AF102] spec.network.subnetIds[1]: "subnet_b" is not the id of a subnet'
                " -> write it as subnet-0a1b2c3d",
                '13:35 error[AF102] spec.network.applicationSecurityGroupIds[0]: "default" is not the id of a security'
                " group -> write it as sg-0a1b2c3d",
            )
        ]


class TestSources:
    def sources(self, files: Files, spec: str) -> list[tuple[str, str, str | None, str | None]]:
        group = files.security_group(manifests__orders=manifest(spec))
        return [(s.key, s.description, s.referenced_security_group_id, s.cidr_ipv4) for s in group.ingress]

    def test_the_applications_of_the_environment_may_always_connect(self, files: Files) -> None:
        assert self.sources(files, "") == [("sg-0app", "from sg-0app", "sg-0app", None)]

    def test_groups_and_networks_of_the_manifest_join_them(self, files: Files) -> None:
        spec = "securityGroupIds: [sg-0b, {value: sg-0c}]\nallowedCidrBlocks: [10.0.0.0/16, 192.168.1.7/32]"
        assert self.sources(files, spec) == [
            ("sg-0b", "from sg-0b", "sg-0b", None),
            ("sg-0c", "from sg-0c", "sg-0c", None),
            ("sg-0app", "from sg-0app", "sg-0app", None),
            ("cidr-10-0-0-0-16", "from 10.0.0.0/16", None, "10.0.0.0/16"),
            ("cidr-192-168-1-7-32", "from 192.168.1.7/32", None, "192.168.1.7/32"),
        ]

    def test_a_group_that_both_name_makes_one_rule(self, files: Files) -> None:
        assert [key for key, *_ in self.sources(files, "securityGroupIds: [sg-0app]")] == ["sg-0app"]

    def test_the_key_of_a_rule_does_not_depend_on_the_others(self, files: Files) -> None:
        # It stands in the rule's address: with another key, Terraform would close and reopen the port.
        one = self.sources(files, "allowedCidrBlocks: [10.2.0.0/16]")[-1]
        assert one in self.sources(files, "securityGroupIds: [sg-0z]\nallowedCidrBlocks: [10.1.0.0/16, 10.2.0.0/16]")

    @pytest.mark.parametrize(
        ("name", "description"),
        [
            ("db ingress (#1)", "from AwsSecurityGroup-db ingress (#1)"),
            ("dé/<in>\t%?", "from AwsSecurityGroup-d-/-in----"),
            ("x" * 300, f"from AwsSecurityGroup-{'x' * 233}"),
        ],
    )
    def test_a_description_holds_what_ec2_takes(self, files: Files, name: str, description: str) -> None:
        table = f"references: {{{json.dumps(f'AwsSecurityGroup/{name}')}: {{status.outputs.security_group_id: sg-0b}}}}"
        group = files.security_group(
            environments__prod=environment(spec=table.replace("sg-0b", "{ssmParameter: /sg}")),
            manifests__orders=manifest(f"securityGroupIds: [{{valueFrom: {{name: {json.dumps(name)}}}}}]"),
        )
        described = group.ingress[0].description
        assert (described, len(described) <= 255) == (description, True)

    def test_rules_are_for_the_port_of_the_cluster(self, files: Files) -> None:
        found = files.cluster(manifests__orders=manifest("port: 6432\nallowedCidrBlocks: [10.0.0.0/16]"))
        ports = {(rule.from_port, rule.to_port) for rule in managed_group(found).ingress}
        assert (found.port, ports) == (6432, {(6432, 6432)})

    def test_groups_can_be_attached_as_they_are(self, files: Files) -> None:
        found = files.cluster(manifests__orders=manifest("associateSecurityGroupIds: [sg-0z, {value: sg-0y}]"))
        assert found.associated_security_group_ids == ("sg-0z", "sg-0y")
        assert [rule.key for rule in managed_group(found).ingress] == ["sg-0app"]


class TestParameters:
    ROWS: Final = (
        'parameters: [{name: work_mem, value: "64", applyMethod: pending-reboot}, {name: autovacuum, value: "0"}]'
    )
    OWN: Final = ParameterGroup(
        name="prod-orders-aurora-postgresql16",
        family="aurora-postgresql16",
        parameters=(
            Parameter(name="autovacuum", value="0", apply_method="immediate"),
            Parameter(name="log_min_duration_statement", value="1000", apply_method="immediate"),
            Parameter(name="rds.force_ssl", value="1", apply_method="immediate"),
            Parameter(name="work_mem", value="64", apply_method="pending-reboot"),
        ),
    )

    @pytest.mark.parametrize(
        ("spec", "group", "name"),
        [
            (ROWS, OWN, None),
            ("dbClusterParameterGroupName: shared", None, "shared"),
            ("dbClusterParameterGroupName: default.aurora-postgresql16", None, "default.aurora-postgresql16"),
            # AWS's own groups take no parameters, so that naming one beside parameters can only mean "on top of it".
            (f"dbClusterParameterGroupName: default.aurora-postgresql16\n{ROWS}", OWN, None),
            ("dbClusterParameterGroupName: shared\nparameters: []", None, "shared"),
        ],
    )
    def test_a_group_is_made_or_an_existing_one_used(
        self, files: Files, spec: str, group: ParameterGroup | None, name: str | None
    ) -> None:
        found = files.cluster(manifests__orders=manifest(spec))
        assert (found.parameter_group, found.db_cluster_parameter_group_name) == (group, name)

    def test_another_major_version_makes_another_group(self, files: Files) -> None:
        # The family is in the name: the new group is made beside the old one, which the cluster still uses.
        found = files.cluster(manifests__orders=manifest().replace("16.8", "17.4")).parameter_group
        assert found is not None
        assert (found.name, found.family) == ("prod-orders-aurora-postgresql17", "aurora-postgresql17")


class TestImpliedParameters:
    """What other fields need in the parameter group; what is written there stays as it is."""

    def parameters(self, files: Files, spec: str, mysql: bool = True) -> dict[str, tuple[str, str]]:  # noqa: FBT001, FBT002
        text = manifest(spec)
        if mysql:
            text = text.replace("aurora-postgresql", "aurora-mysql").replace('"16.8"', "8.0.mysql_aurora.3.08.0")
        group = files.cluster(
            manifests__orders=text, environments__prod=environment(class_="development")
        ).parameter_group
        assert group is not None
        return {row.name: (row.value, row.apply_method) for row in group.parameters}

    TLS: Final = {"require_secure_transport": ("ON", "immediate")}
    # FILE is the default of RDS, which answers it with pending-reboot whatever it is told.
    FILE: Final = {"log_output": ("FILE", "pending-reboot")}
    SLOW: Final = FILE | {"long_query_time": ("1", "immediate"), "slow_query_log": ("1", "immediate")}
    GENERAL: Final = FILE | {"general_log": ("1", "immediate")}
    AUDIT: Final = {
        "server_audit_events": ("CONNECT,QUERY_DCL,QUERY_DDL", "immediate"),
        "server_audit_logging": ("1", "immediate"),
    }

    @pytest.mark.parametrize(
        ("spec", "expected"),
        [
            ("", TLS),
            ("tls: {required: true}", TLS),
            ("tls: {required: false}", {}),
            ("enabledCloudwatchLogsExports: [error, instance]", TLS),
            ("enabledCloudwatchLogsExports: [audit]", TLS | AUDIT),
            ("enabledCloudwatchLogsExports: [slowquery, general]", TLS | SLOW | GENERAL),
            (
                'parameters: [{name: Require_Secure_Transport, value: "off"}]',
                {"require_secure_transport": ("OFF", "immediate")},
            ),
            (
                "enabledCloudwatchLogsExports: [slowquery]\n"
                'parameters: [{name: slow_query_log, value: "0", applyMethod: pending-reboot}]',
                TLS | SLOW | {"slow_query_log": ("0", "pending-reboot")},
            ),
        ],
    )
    def test_mysql_gets_what_tls_and_its_logs_need(
        self, files: Files, spec: str, expected: dict[str, tuple[str, str]]
    ) -> None:
        found = self.parameters(files, spec)
        assert found == expected
        assert list(found) == sorted(found)

    @pytest.mark.parametrize(
        ("spec", "expected"),
        [
            ("enabledCloudwatchLogsExports: [postgresql]", {"rds.force_ssl": ("1", "immediate")}),
            ("tls: {required: false}", {}),
        ],
    )
    def test_postgresql_needs_a_parameter_for_tls_only(
        self, files: Files, spec: str, expected: dict[str, tuple[str, str]]
    ) -> None:
        assert self.parameters(files, spec, mysql=False) == expected

    def test_tls_that_is_left_empty_is_required(self, files: Files) -> None:
        assert self.parameters(files, "tls: {required: null}") == self.TLS


class TestInstanceFigures:
    @pytest.mark.parametrize(
        ("spec", "expected"),
        [
            ("performanceInsights: {enabled: false}", None),
            ("performanceInsights: {retentionPeriod: 62}", PerformanceInsights(retention_period=62, kms_key_id=None)),
            (f"performanceInsights: {{kmsKeyId: {KEY}}}", PerformanceInsights(retention_period=7, kms_key_id=KEY)),
        ],
    )
    def test_performance_insights(self, files: Files, spec: str, expected: PerformanceInsights | None) -> None:
        assert files.cluster(manifests__orders=manifest(spec)).performance_insights == expected

    @pytest.mark.parametrize("key", ["alias/databases", "main", '""'])
    def test_the_key_of_performance_insights_is_held_to_the_rule_of_keys(self, files: Files, key: str) -> None:
        problems = files.problems(manifests__orders=manifest(f"performanceInsights: {{kmsKeyId: {key}}}"))
        text = key.strip('"')
        assert lines(problems) == [
            f'manifests/orders.yaml:8:35 error[AF102] spec.performanceInsights.kmsKeyId: "{text}" is not the ARN of a'
            " KMS key (AWS answers an alias or id with the ARN of its key)"
            " -> write it as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-…"
        ]

    @pytest.mark.parametrize(
        ("spec", "mode", "days"),
        [
            ("", "standard", 7),
            ("databaseInsights: {mode: advanced}", "advanced", 465),
            ("databaseInsights: {mode: advanced}\nperformanceInsights: {retentionPeriod: 731}", "advanced", 731),
            ("databaseInsights: {mode: null}", "standard", 7),
        ],
    )
    def test_the_mode_of_database_insights_says_how_long_load_is_kept(
        self, files: Files, spec: str, mode: str, days: int
    ) -> None:
        found = files.cluster(manifests__orders=manifest(spec))
        assert found.database_insights_mode == mode
        assert found.performance_insights == PerformanceInsights(retention_period=days, kms_key_id=None)

    def test_monitoring_can_be_switched_off(self, files: Files) -> None:
        assert files.cluster(manifests__orders=manifest("monitoring: {interval: 0}")).monitoring is None

    def test_monitoring_can_use_a_role_that_exists(self, files: Files) -> None:
        role = "arn:aws:iam::111122223333:role/monitoring"
        found = files.cluster(manifests__orders=manifest(f"monitoring: {{interval: 5, roleArn: {role!r}}}"))
        assert found.monitoring == Monitoring(interval=5, role=role)

    @pytest.mark.parametrize(
        ("region", "partition"),
        [("eu-west-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-east-1", "aws-us-gov"), ("us-east-1", "aws")],
    )
    def test_the_policy_of_the_role_is_that_of_the_partition(self, files: Files, region: str, partition: str) -> None:
        found = files.cluster(environments__prod=environment().replace("eu-west-1", region)).monitoring
        assert found is not None
        assert found.role == MonitoringRole(
            name=f"rds-monitoring-{region}-prod-orders",
            path=None,
            permissions_boundary=None,
            policy_arn=f"arn:{partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
            source_account="111122223333",
            source_arn=f"arn:{partition}:rds:{region}:111122223333:db:*",
        )

    def test_the_role_has_the_path_and_the_boundary_of_the_environment(self, files: Files) -> None:
        iam = "iam: {path: /databases/, permissionsBoundary: 'arn:aws:iam::111122223333:policy/b'}"
        found = files.cluster(environments__prod=environment(spec=iam)).monitoring
        assert found is not None
        assert isinstance(found.role, MonitoringRole)
        assert (found.role.path, found.role.permissions_boundary) == (
            "/databases/",
            "arn:aws:iam::111122223333:policy/b",
        )

    def test_long_names_of_roles_are_cut_and_still_differ(self, files: Files) -> None:
        names = []
        for last in "ab":
            found = files.cluster(manifests__orders=manifest(name=f"{'x' * 50}{last}")).monitoring
            assert found is not None
            assert isinstance(found.role, MonitoringRole)
            names.append(found.role.name)
        assert [len(name) for name in names] == [64, 64]
        assert {name[:55] for name in names} == {f"rds-monitoring-eu-west-1-prod-{'x' * 25}"}
        assert names[0] != names[1]

    def test_a_name_of_64_characters_is_not_cut(self, files: Files) -> None:
        name = "x" * (64 - len("rds-monitoring-eu-west-1-prod-"))
        found = files.cluster(manifests__orders=manifest(name=name)).monitoring
        assert found is not None
        assert isinstance(found.role, MonitoringRole)
        assert found.role.name == f"rds-monitoring-eu-west-1-prod-{name}"


class TestLogs:
    def groups(self, files: Files, spec: str, class_: str = "production") -> dict[str, LogGroup]:
        found = files.cluster(manifests__orders=manifest(spec), environments__prod=environment(class_=class_))
        return {group.log_type: group for group in found.log_groups}

    def test_what_is_said_holds_for_every_group(self, files: Files) -> None:
        logs = f"{{retentionInDays: 90, kmsKeyId: {KEY}, logGroupClass: INFREQUENT_ACCESS, skipDestroy: false}}"
        found = self.groups(files, f"enabledCloudwatchLogsExports: [postgresql, instance]\nlogs: {logs}")
        assert list(found) == ["instance", "postgresql"]
        for log_type, group in found.items():
            assert group == LogGroup(
                log_type=log_type,
                name=f"/aws/rds/cluster/prod-orders/{log_type}",
                retention_in_days=90,
                kms_key_id=KEY,
                log_group_class="INFREQUENT_ACCESS",
                skip_destroy=False,
                is_adopted=False,
            )

    def test_groups_that_exist_are_adopted_one_by_one(self, files: Files) -> None:
        exports = "enabledCloudwatchLogsExports: [postgresql, instance]"
        found = self.groups(files, f"{exports}\nlogs: {{adoptExisting: [instance]}}")
        assert {name: group.is_adopted for name, group in found.items()} == {"instance": True, "postgresql": False}

    @pytest.mark.parametrize(("class_", "stay"), [("development", False), ("staging", False), ("production", True)])
    def test_logs_of_production_outlive_their_cluster(self, files: Files, class_: str, stay: bool) -> None:  # noqa: FBT001
        exports = "enabledCloudwatchLogsExports: [postgresql]"
        assert self.groups(files, exports, class_)["postgresql"].skip_destroy is stay


class TestWindows:
    def windows(self, files: Files, spec: str = "", where: str = "") -> tuple[str, str]:
        found = files.cluster(manifests__orders=manifest(spec), environments__prod=environment(spec=where))
        return found.preferred_maintenance_window, found.preferred_backup_window

    def test_they_lie_in_the_quiet_hours_of_the_environment(self, files: Files) -> None:
        where = 'quietHours: {start: "22:00", end: "00:00", days: [sat]}'
        assert self.windows(files, where=where) == ("sat:22:25-sat:23:25", "23:25-23:55")

    def test_else_in_the_nights_of_its_region(self, files: Files) -> None:
        found = files.cluster(environments__prod=environment().replace("eu-west-1", "ap-northeast-1"))
        assert (found.preferred_maintenance_window, found.preferred_backup_window) == (
            "mon:16:50-mon:17:50",
            "16:10-16:40",
        )

    def test_one_that_is_written_moves_the_other_out_of_its_way(self, files: Files) -> None:
        maintenance, backup = self.windows(files)
        spec = f"preferredMaintenanceWindow: sun:{backup[:5]}-sun:{backup[6:]}"
        assert self.windows(files, spec)[1] != backup
        assert self.windows(files, f"preferredBackupWindow: {maintenance[4:9]}-{maintenance[14:]}")[0] != maintenance

    def test_another_identifier_has_other_windows_and_another_name_alone_has_not(self, files: Files) -> None:
        first = self.windows(files, "clusterIdentifier: shop-a")
        assert self.windows(files, "clusterIdentifier: shop-b") != first
        named = files.cluster(manifests__orders=manifest("clusterIdentifier: shop-a", name="other"))
        assert (named.preferred_maintenance_window, named.preferred_backup_window) == first


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("", None),
        ("timeouts: {}", None),
        ("timeouts: {create: null}", None),
        ("timeouts: {create: 3h, delete: 90m}", Timeouts(create="3h", update=None, delete="90m")),
    ],
)
def test_terraform_waits_for_as_long_as_is_said(files: Files, spec: str, expected: Timeouts | None) -> None:
    assert files.cluster(manifests__orders=manifest(spec)).timeouts == expected


class TestOrigin:
    """A cluster that is restored or replicates brings its users and databases with it."""

    WRITTEN: Final = "databaseName: shop\nusername: boss"

    @pytest.mark.parametrize(
        ("origin", "user", "database", "managed"),
        [
            ("", "boss", "shop", True),
            ("snapshotIdentifier: orders-2024", None, None, True),
            (f"replicationSourceIdentifier: {SOURCE}", None, None, False),
            (f"replicationSourceIdentifier: {SOURCE}\nmanageMasterUserPassword: false", None, None, False),
        ],
    )
    def test_a_new_cluster_alone_gets_a_user_and_a_database(
        self,
        files: Files,
        origin: str,
        user: str | None,
        database: str | None,
        managed: bool,  # noqa: FBT001
    ) -> None:
        found = files.cluster(manifests__orders=manifest(f"{self.WRITTEN}\n{origin}"))
        assert (found.master_username, found.database_name, found.manage_master_user_password) == (
            user,
            database,
            managed,
        )

    def test_the_origin_itself_is_kept(self, files: Files) -> None:
        restored = files.cluster(manifests__orders=manifest("snapshotIdentifier: orders-2024"))
        assert (restored.snapshot_identifier, restored.replication_source_identifier) == ("orders-2024", None)
        replica = files.cluster(manifests__orders=manifest(f"replicationSourceIdentifier: {SOURCE}"))
        assert (replica.snapshot_identifier, replica.replication_source_identifier) == (None, SOURCE)

    def test_the_secret_of_the_user_has_the_key_that_is_named(self, files: Files) -> None:
        found = files.cluster(manifests__orders=manifest(f"masterUserSecretKmsKeyId: {{value: {KEY}}}"))
        assert (found.master_username, found.master_user_secret_kms_key_id) == ("master", KEY)

    def test_the_secret_of_a_restored_cluster_has_the_key_that_is_named(self, files: Files) -> None:
        found = files.cluster(
            manifests__orders=manifest(f"snapshotIdentifier: orders-2024\nmasterUserSecretKmsKeyId: {KEY}")
        )
        assert KEY in repr(found)


def test_what_is_written_is_what_is_resolved(files: Files) -> None:
    found = files.cluster(
        manifests__orders=manifest(
            f"""
            kmsKeyId: {{value: {KEY}}}
            storageType: aurora-iopt1
            preferredMaintenanceWindow: Sun:03:00-Sun:04:00
            preferredBackupWindow: 01:00-02:00
            iamDatabaseAuthenticationEnabled: false
            enabledCloudwatchLogsExports: [postgresql, instance]
            logs: {{retentionInDays: 90}}
            lifecycle: {{preventDestroy: false}}
            """
        )
    )
    assert (found.kms_key_id, found.storage_type) == (KEY, "aurora-iopt1")
    assert found.preferred_maintenance_window == "sun:03:00-sun:04:00"
    assert found.preferred_backup_window == "01:00-02:00"
    assert (found.iam_database_authentication_enabled, found.prevent_destroy) == (False, False)
    assert [(group.log_type, group.retention_in_days) for group in found.log_groups] == [
        ("instance", 90),
        ("postgresql", 90),
    ]


@pytest.mark.parametrize(
    ("override", "own", "expected"),
    [
        (f"{{value: {KEY}}}", "{valueFrom: {name: main}}", KEY),
        (KEY, "{valueFrom: {name: main}}", KEY),
        (KEY, f"{{value: {KEY}-old}}", KEY),
        (f"{{value: {KEY}}}", f"{KEY}-old", KEY),
    ],
)
def test_any_spelling_of_a_value_replaces_any_other(files: Files, override: str, own: str, expected: str) -> None:
    outcome = files.outcome(
        environments__prod=environment(spec=f"overrides: {{orders: {{kmsKeyId: {override}}}}}"),
        manifests__orders=manifest(f"kmsKeyId: {own}"),
    )
    assert lines(outcome.problems) == []
    assert outcome.stacks[0].clusters[0].kms_key_id == expected
