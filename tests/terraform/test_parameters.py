"""Parameter groups against a local AWS: they settle, and a new version changes just what belongs to it."""

from contextlib import closing
from pathlib import Path
from typing import Final

import boto3
import pytest

from auroraform.sandbox.emulator.network import Subnet, Vpc
from auroraform.sandbox.emulator.process import ACCOUNT_ID, Emulator
from auroraform.stacks.synth import synthesize
from support.terraform import Stack
from support.terraform_discovery import Tool
from support.terraform_json import PlanDocument
from support.workspaces import Files

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("parameters")]

NETWORK: Final = Vpc(
    id="vpc-0abc",
    subnets=(Subnet(id="subnet-abc123", cidr="10.0.0.0/24"), Subnet(id="subnet-def456", cidr="10.0.1.0/24")),
)
ENVIRONMENT: Final = f"""\
apiVersion: auroraform/v1
kind: Environment
metadata: {{name: dev}}
spec:
  class: development
  region: eu-west-1
  accountId: "{ACCOUNT_ID}"
  state: {{backend: local}}
  network: {{vpcId: vpc-0abc, subnetIds: [subnet-abc123, subnet-def456]}}
"""
MYSQL: Final = """\
apiVersion: aws.project-planton.org/v1
kind: AwsRdsCluster
metadata: {name: catalog}
spec:
  engine: aurora-mysql
  engineVersion: "5.7.mysql_aurora.2.12.5"
  timeZone: europe/paris
  slowQueries: {enabled: true, thresholdSeconds: 0.5}
  clusterParameters: {Binlog_Format: row, innodb_print_all_deadlocks: true}
  instanceParameters: {max_connections: 500, sql_mode: "STRICT_ALL_TABLES, NO_ZERO_DATE"}
"""
POSTGRESQL: Final = """\
apiVersion: aws.project-planton.org/v1
kind: AwsRdsCluster
metadata: {name: orders}
spec:
  engine: aurora-postgresql
  engineVersion: "15.10"
  auditing: {enabled: true}
  clusterParameters: {shared_preload_libraries: "pg_stat_statements, pg_cron", log_statement: DDL}
"""


def changed(plan: PlanDocument, address: str) -> set[str]:
    """The attributes that a plan changes."""
    before, _ = plan.resource(address).changed()
    return set(before)


class Workspace:
    """A workspace and its stack, of which each state is written, synthesized and planned in turn."""

    def __init__(self, folder: Path, emulator: Emulator, terraform: Tool) -> None:
        self._files, self._out = Files(folder / "workspace"), folder / "out"
        self._files.write(environments__dev=ENVIRONMENT)
        self._write(MYSQL, POSTGRESQL)
        self.stack = Stack.copy(self._synthesized, folder / "stack", terraform, emulator.environment())
        self.stack.init()

    @property
    def _synthesized(self) -> Path:
        return self._out / "stacks" / "dev"

    def _write(self, mysql: str, postgresql: str) -> None:
        self._files.write(manifests__catalog=mysql, manifests__orders=postgresql)
        assert synthesize(self._files.root, self._out).written is not None

    def edit(self, mysql: str, postgresql: str) -> PlanDocument:
        self._write(mysql, postgresql)
        text = (self._synthesized / "cdk.tf.json").read_text(encoding="utf-8")
        (self.stack.folder / "cdk.tf.json").write_text(text, encoding="utf-8")
        return self.stack.show(self.stack.plan())

    def apply(self) -> None:
        """Apply, and see that nothing is left to do; the output of the actual version is only known a plan later."""
        self.stack.apply()
        again = self.stack.show(self.stack.plan())
        assert again.actions() == {}
        outputs = {name for name, change in again.output_changes.items() if change.actions != ("no-op",)}
        assert outputs <= {f"{cluster}_rds_cluster_engine_version" for cluster in ("catalog", "orders")}


def parameters(emulator: Emulator, group: str, *, of_cluster: bool) -> dict[str, tuple[str, str]]:
    """Values and methods of a group, as the local AWS has them."""
    with closing(boto3.client("rds", **emulator.client_options())) as rds:
        if of_cluster:
            found = rds.describe_db_cluster_parameters(DBClusterParameterGroupName=group)
        else:
            found = rds.describe_db_parameters(DBParameterGroupName=group)
    return {row["ParameterName"]: (row["ParameterValue"], row["ApplyMethod"]) for row in found["Parameters"]}


def test_groups_settle_and_new_versions_change_just_what_is_theirs(
    tmp_path: Path, emulator: Emulator, terraform: Tool
) -> None:
    emulator.seed(NETWORK)
    workspace = Workspace(tmp_path, emulator, terraform)
    workspace.apply()
    assert parameters(emulator, "dev-catalog-aurora-mysql5-7", of_cluster=True) == {
        "binlog_format": ("ROW", "pending-reboot"),
        "innodb_print_all_deadlocks": ("1", "immediate"),
        "log_output": ("FILE", "pending-reboot"),
        "long_query_time": ("0.5", "immediate"),
        "require_secure_transport": ("ON", "immediate"),
        "slow_query_log": ("1", "immediate"),
        "time_zone": ("Europe/Paris", "immediate"),
    }
    assert parameters(emulator, "dev-catalog-aurora-mysql5-7", of_cluster=False) == {
        "max_connections": ("500", "immediate"),
        "sql_mode": ("STRICT_ALL_TABLES,NO_ZERO_DATE", "immediate"),
    }
    assert parameters(emulator, "dev-orders-aurora-postgresql15", of_cluster=True)["shared_preload_libraries"] == (
        "pg_stat_statements,pg_cron,pgaudit",
        "pending-reboot",
    )

    minor = workspace.edit(MYSQL, POSTGRESQL.replace("15.10", "15.12"))
    assert minor.actions() == {"aws_rds_cluster.orders": ("update",)}
    assert changed(minor, "aws_rds_cluster.orders") == {"engine_version"}

    new = (MYSQL.replace("5.7.mysql_aurora.2.12.5", "8.0.mysql_aurora.3.08.0"), POSTGRESQL.replace("15.10", "16.8"))
    declared = (f'{new[0]}  upgrade: {{from: "5.7"}}\n', f'{new[1]}  upgrade: {{from: "15.10"}}\n')
    major = workspace.edit(*declared)
    assert major.actions() == {
        "aws_db_parameter_group.catalog": ("create", "delete"),
        "aws_rds_cluster.catalog": ("update",),
        "aws_rds_cluster.orders": ("update",),
        "aws_rds_cluster_instance.catalog_1": ("update",),
        "aws_rds_cluster_parameter_group.catalog": ("create", "delete"),
        "aws_rds_cluster_parameter_group.orders": ("create", "delete"),
    }
    for cluster in ("catalog", "orders"):
        assert changed(major, f"aws_rds_cluster.{cluster}") == {
            "allow_major_version_upgrade",
            "db_cluster_parameter_group_name",
            "db_instance_parameter_group_name",
            "engine_version",
        }
    assert major.after("aws_rds_cluster.catalog")["allow_major_version_upgrade"] is True
    assert major.after("aws_rds_cluster.orders")["db_instance_parameter_group_name"] == "default.aurora-postgresql16"
    assert changed(major, "aws_rds_cluster_instance.catalog_1") == {"db_parameter_group_name"}
    workspace.apply()

    done = workspace.edit(*new)
    assert done.actions() == {"aws_rds_cluster.catalog": ("update",), "aws_rds_cluster.orders": ("update",)}
    for cluster in ("catalog", "orders"):
        assert changed(done, f"aws_rds_cluster.{cluster}") == {
            "allow_major_version_upgrade",
            "db_instance_parameter_group_name",
        }
    workspace.stack.destroy()
