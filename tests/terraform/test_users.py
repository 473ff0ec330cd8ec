"""Users and roles, applied to a local AWS: policies and associations live, settle, change and go."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any, Final, TypeAlias

import boto3
import pytest

from auroraform.sandbox.emulator.network import Subnet, Vpc
from auroraform.sandbox.emulator.process import Emulator
from auroraform.stacks.synth import synthesize
from support.terraform import Stack
from support.terraform_discovery import Tool
from support.workspaces import Files, environment, manifest

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("users")]

# Type stubs are installed for EC2 only.
Client: TypeAlias = Any

NETWORK: Final = Vpc(
    id="vpc-0a", subnets=(Subnet(id="subnet-0a", cidr="10.0.0.0/24"), Subnet(id="subnet-0b", cidr="10.0.1.0/24"))
)
DEV: Final = (
    environment("dev", "development")
    .replace(", subnet-0c]", "]")
    .replace("    applicationSecurityGroupIds: [sg-0app]\n", "")
)
SECRET: Final = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:search-AbCdEf"  # noqa: S105 - a name
POSTGRESQL: Final = f"""
databaseName: orders
enableHttpEndpoint: true
instances: {{instanceClass: db.r6g.large}}
applicationUsers:
  - {{name: app, access: readwrite, roles: [checkout]}}
  - {{name: search, access: readonly, dataApi: {{secretArn: "{SECRET}"}}}}
associatedRoles:
  s3Import: {{buckets: [acme-import]}}
  s3Export: {{buckets: [acme-export]}}
  lambda: {{roleArn: "arn:aws:iam::111122223333:role/checkout"}}
"""
MYSQL: Final = """
databaseName: shop
applicationUsers: [{name: app, access: owner}]
associatedRoles:
  s3Import: {buckets: [acme-import]}
  s3Export: {buckets: [acme-export]}
  lambda: {roleArn: "arn:aws:iam::111122223333:role/checkout"}
"""


def synthesized(files: Files, output: Path, postgresql: str, mysql: str) -> Path:
    shop = manifest(mysql, name="shop").replace("aurora-postgresql", "aurora-mysql")
    root = files.write(
        environments__dev=DEV,
        manifests__orders=manifest(postgresql),
        manifests__shop=shop.replace("16.8", "8.0.mysql_aurora.3.08.0"),
    )
    assert synthesize(root, output).written is not None
    return output / "stacks" / "dev"


def associated(rds: Client, cluster: str) -> dict[str, str]:
    """The roles of a cluster by their names, with their features."""
    (found,) = rds.describe_db_clusters(DBClusterIdentifier=cluster)["DBClusters"]
    return {role["RoleArn"].rpartition("/")[2]: role["FeatureName"] for role in found["AssociatedRoles"]}


def test_users_and_roles_live_settle_change_and_go(
    tmp_path: Path, files: Files, emulator: Emulator, terraform: Tool
) -> None:
    emulator.seed(NETWORK)
    options = emulator.client_options()
    with closing(boto3.client("iam", **options)) as iam, closing(boto3.client("rds", **options)) as rds:
        iam.create_role(RoleName="checkout", AssumeRolePolicyDocument="{}")
        source = synthesized(files, tmp_path / "out", POSTGRESQL, MYSQL)
        stack = Stack.copy(source, tmp_path / "work", terraform, emulator.environment())
        stack.init()
        stack.apply()
        again = stack.plan()
        assert not again.changed, stack.show(again).actions()

        resource_id = stack.outputs()["orders_rds_cluster_resource_id"].value
        policy = stack.outputs()["orders_user_app_policy_arn"].value
        version = iam.get_policy(PolicyArn=policy)["Policy"]["DefaultVersionId"]
        document = iam.get_policy_version(PolicyArn=policy, VersionId=version)["PolicyVersion"]["Document"]
        assert document["Statement"] == [
            {
                "Effect": "Allow",
                "Action": ["rds-db:connect"],
                "Resource": [f"arn:aws:rds-db:eu-west-1:111122223333:dbuser:{resource_id}/app"],
            }
        ]
        attached = iam.list_attached_role_policies(RoleName="checkout")["AttachedPolicies"]
        assert [one["PolicyArn"] for one in attached] == [policy]

        made = iam.get_role(RoleName="dev-orders-eu-west-1-s3Import")["Role"]
        (statement,) = made["AssumeRolePolicyDocument"]["Statement"]
        assert statement["Condition"]["ArnLike"]["aws:SourceArn"] == stack.outputs()["orders_rds_cluster_arn"].value
        assert associated(rds, "dev-orders") == {
            "dev-orders-eu-west-1-s3Import": "s3Import",
            "dev-orders-eu-west-1-s3Export": "s3Export",
            "checkout": "Lambda",
        }
        assert associated(rds, "dev-shop") == {"dev-shop-eu-west-1-s3": "", "checkout": ""}
        group = rds.describe_db_cluster_parameters(DBClusterParameterGroupName="dev-shop-aurora-mysql8-0")
        parameters = {row["ParameterName"]: row.get("ParameterValue") for row in group["Parameters"]}
        assert parameters["aws_default_s3_role"] == "arn:aws:iam::111122223333:role/dev-shop-eu-west-1-s3"

        fewer = POSTGRESQL.partition("  lambda:")[0]
        fewer = fewer.replace("  - {name: app, access: readwrite, roles: [checkout]}\n", "")
        changed = synthesized(files, tmp_path / "fewer", fewer, MYSQL) / "cdk.tf.json"
        (stack.folder / "cdk.tf.json").write_bytes(changed.read_bytes())
        plan = stack.plan()
        actions = stack.show(plan).actions()
        assert {address: action for address, action in actions.items() if action != ("no-op",)} == {
            "aws_iam_policy.orders_app": ("delete",),
            "aws_iam_role_policy_attachment.orders_checkout-app": ("delete",),
            "aws_rds_cluster_role_association.orders_lambda": ("delete",),
        }
        stack.apply(plan)
        assert "checkout" not in associated(rds, "dev-orders")
        assert iam.list_attached_role_policies(RoleName="checkout")["AttachedPolicies"] == []
        again = stack.plan()
        assert not again.changed, stack.show(again).actions()
        stack.destroy()
        assert [role["RoleName"] for role in iam.list_roles()["Roles"]] == ["checkout"]


def test_the_policy_of_the_data_api_names_the_cluster_and_the_secret(files: Files, tmp_path: Path) -> None:
    source = synthesized(files, tmp_path / "out", POSTGRESQL, MYSQL)
    stack = json.loads((source / "cdk.tf.json").read_text(encoding="utf-8"))
    document = json.loads(stack["resource"]["aws_iam_policy"]["orders_search"]["policy"])
    assert [statement["Resource"] for statement in document["Statement"]] == [
        ["${aws_rds_cluster.orders.arn}"],
        [SECRET],
    ]
