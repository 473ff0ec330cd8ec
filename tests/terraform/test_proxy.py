"""RDS Proxy applied to a local AWS: it settles, an edit of the pool changes the pool alone, and it goes as it came."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import Any, Final

import boto3
import pytest

from support.applied import Orders, applied_orders
from support.fixtures import EmulatorOf
from support.terraform_discovery import Tool

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("proxy")]

ACCOUNT: Final = "777788889999"
SECRET: Final = f"arn:aws:secretsmanager:eu-west-1:{ACCOUNT}:secret:reports-AbCdEf"
SPEC: Final = f"""\
port: 5433
readerAutoscaling: {{minCapacity: 1, maxCapacity: 2, averageCpuUtilization: 60}}
allowedCidrBlocks: [10.1.0.0/16]
kmsKey: {{create: true}}
proxy:
  masterUser: true
  secrets: [{{secretArn: "{SECRET}", iamAuth: DISABLED}}]
  readOnlyEndpoint: true
  pool: {{maxConnectionsPercent: 80, initQuery: SET x = 1}}
"""

# Type stubs are installed for EC2 only.
Client = Any


@dataclass(frozen=True)
class Applied(Orders):
    """An account after the apply, and the stack that was applied."""

    clients: dict[str, Client]

    def proxy(self) -> Any:  # noqa: ANN401 - an answer of boto3
        (found,) = self.clients["rds"].describe_db_proxies()["DBProxies"]
        return found

    def rules(self, group: str) -> set[tuple[bool, int, str]]:
        """Of a security group by its name: whether a rule is for the way out, the port, and the other side."""
        ec2 = self.clients["ec2"]
        groups = {one["GroupId"]: one["GroupName"] for one in ec2.describe_security_groups()["SecurityGroups"]}
        rules = ec2.describe_security_group_rules()["SecurityGroupRules"]
        return {
            (
                rule["IsEgress"],
                rule["FromPort"],
                rule.get("CidrIpv4") or groups[rule["ReferencedGroupInfo"]["GroupId"]],
            )
            for rule in rules
            if groups[rule["GroupId"]] == group
        }


@pytest.fixture(scope="module")
def applied(emulator_of: EmulatorOf, tmp_path_factory: pytest.TempPathFactory, terraform: Tool) -> Iterator[Applied]:
    folder = tmp_path_factory.mktemp("proxy")
    emulator = emulator_of(ACCOUNT)
    orders = applied_orders(emulator, folder, terraform, SPEC)
    with ExitStack() as open_:
        clients = {
            name: open_.enter_context(closing(boto3.client(name, **emulator.client_options())))
            for name in ("rds", "ec2", "iam", "kms", "logs")
        }
        yield Applied(orders.files, orders.stack, clients)


def test_what_is_applied_settles(applied: Applied) -> None:
    assert applied.changes() == {}


def test_it_is_in_front_of_the_cluster_with_its_secrets(applied: Applied) -> None:
    proxy, rds = applied.proxy(), applied.clients["rds"]
    (cluster,) = rds.describe_db_clusters()["DBClusters"]
    assert {auth["SecretArn"]: auth["IAMAuth"] for auth in proxy["Auth"]} == {
        cluster["MasterUserSecret"]["SecretArn"]: "REQUIRED",
        SECRET: "DISABLED",
    }
    assert [proxy[name] for name in ("DBProxyName", "EngineFamily", "RequireTLS")] == ["dev-orders", "POSTGRESQL", True]
    targets = rds.describe_db_proxy_targets(DBProxyName="dev-orders")["Targets"]
    assert {target["RdsResourceId"] for target in targets if target["Type"] == "TRACKED_CLUSTER"} == {"dev-orders"}


def test_clients_reach_the_proxy_and_the_proxy_the_cluster(applied: Applied) -> None:
    assert applied.rules("aurora-dev-orders-proxy") == {
        (False, 5432, "10.1.0.0/16"),
        (True, 5433, "aurora-dev-orders"),
    }
    assert applied.rules("aurora-dev-orders") == {
        (False, 5433, "10.1.0.0/16"),
        (False, 5433, "aurora-dev-orders-proxy"),
    }


def test_its_role_reads_its_secrets_alone(applied: Applied) -> None:
    iam, rds = applied.clients["iam"], applied.clients["rds"]
    policy = iam.get_role_policy(RoleName="dev-orders-eu-west-1-proxy", PolicyName="proxy")["PolicyDocument"]
    document = policy if isinstance(policy, dict) else json.loads(policy)
    master = rds.describe_db_clusters()["DBClusters"][0]["MasterUserSecret"]
    read, decrypt = document["Statement"]
    assert (read["Action"], read["Resource"]) == (
        ["secretsmanager:GetSecretValue"],
        [master["SecretArn"], SECRET],
    )
    assert (decrypt["Action"], decrypt["Resource"], decrypt["Condition"]) == (
        ["kms:Decrypt"],
        [key["KeyArn"] for key in applied.clients["kms"].list_keys()["Keys"]],
        {"StringEquals": {"kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com"}},
    )


def test_outputs_say_where_it_is_and_who_it_is(applied: Applied) -> None:
    outputs, proxy = applied.stack.outputs(), applied.proxy()
    assert outputs["orders_rds_proxy_endpoint"].value == proxy["Endpoint"]
    assert str(outputs["orders_rds_proxy_reader_endpoint"].value).startswith("dev-orders-reader.endpoint.proxy-")
    assert str(proxy["DBProxyArn"]).endswith(f":db-proxy:{outputs['orders_rds_proxy_resource_id'].value}")


def test_an_edit_of_the_pool_changes_the_pool_alone(applied: Applied) -> None:
    applied.write(SPEC.replace("maxConnectionsPercent: 80", "maxConnectionsPercent: 60"))
    assert applied.changes() == {"aws_db_proxy_default_target_group.orders": ("update",)}
    applied.write(SPEC)


def test_a_subnet_that_comes_to_the_environment_leaves_it_alone(applied: Applied) -> None:
    applied.write(f"{SPEC}subnetIds: [subnet-0a, subnet-0b]\n")
    assert applied.changes() == {"aws_db_subnet_group.orders": ("update",)}
    applied.write(SPEC)


def test_subnets_of_its_own_replace_it(applied: Applied) -> None:
    applied.write(f"{SPEC}  subnetIds: [subnet-0a, subnet-0b]\n")
    changes = applied.changes()
    assert changes["aws_db_proxy.orders"] == ("delete", "create")
    assert not any(address.startswith(("aws_rds", "aws_kms", "aws_security_group")) for address in changes)
    applied.write(SPEC)


def test_taken_away_it_leaves_the_cluster_as_it_was_and_nothing_of_its_own(applied: Applied) -> None:
    applied.write(SPEC.partition("proxy:")[0])
    assert not any(address.startswith("aws_rds") for address in applied.changes())
    applied.stack.apply()
    assert applied.clients["rds"].describe_db_proxies()["DBProxies"] == []
    assert applied.clients["logs"].describe_log_groups()["logGroups"] == []
    assert applied.clients["iam"].list_roles()["Roles"] == []
    assert applied.rules("aurora-dev-orders") == {(False, 5433, "10.1.0.0/16")}
    assert applied.changes() == {}
