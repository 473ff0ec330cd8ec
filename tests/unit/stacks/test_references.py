"""References: what they resolve to, what an unresolved one says, and what the stack looks up for them."""

from typing import Final

import pytest

from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.expressions import Expression, Lookup
from auroraform.schemas.resolved.network import VpcId, VpcOfSubnet
from auroraform.stacks.resolve import ResolvedStack
from support.workspaces import Files, environment, lines, managed_group, manifest

TABLE: Final = """\
references:
  AwsVpc/shop:
    status.outputs.vpc_id: vpc-0table
    status.outputs.private_subnets.[*].id: [subnet-0x, subnet-0y]
    status.outputs.one_subnet: [subnet-0x]
  AwsKmsKey/orders:
    status.outputs.key_arn: {ssmParameter: /orders/key}
  AwsSecurityGroup/apps:
    status.outputs.security_group_id: sg-0apps
  AwsSecurityGroup/wrong:
    status.outputs.security_group_id: apps
"""


def group_of(cluster: str, field: str, env: str = "") -> str:
    """A spec that names the security group of another cluster."""
    at = f", env: {env}" if env else ""
    path = "status.outputs.rds_security_group"
    return f"{field}: [{{valueFrom: {{kind: AwsRdsCluster, name: {cluster}{at}, fieldPath: {path}}}}}]"


def stack(files: Files, spec: str, **more: str) -> ResolvedStack:
    outcome = files.outcome(
        **{"manifests__orders": manifest(spec), "environments__prod": environment(spec=TABLE)} | more
    )
    assert lines(outcome.problems) == []
    return next(s for s in outcome.stacks if s.name == "prod")


def orders(files: Files, spec: str, **more: str) -> ResolvedCluster:
    return next(c for c in stack(files, spec, **more).clusters if c.name == "orders")


def problem(files: Files, spec: str, **more: str) -> str:
    found = files.problems(
        **{"manifests__orders": manifest(spec), "environments__prod": environment(spec=TABLE)} | more
    )
    assert len(found) == 1
    return lines(found)[0]


def test_a_text_of_the_table_is_the_text(files: Files) -> None:
    assert managed_group(orders(files, "vpcId: {valueFrom: {name: shop}}")).vpc == VpcId("vpc-0table")


def test_a_list_of_the_table_becomes_several_values(files: Files) -> None:
    group = orders(files, "subnetIds: [subnet-0a, {valueFrom: {name: shop}}]").subnet_group
    assert group is not None
    assert group.subnet_ids == ("subnet-0a", "subnet-0x", "subnet-0y")


def test_an_ssm_parameter_is_looked_up_once(files: Files) -> None:
    spec = "kmsKeyId: {valueFrom: {name: orders}}\nmasterUserSecretKmsKeyId: {valueFrom: {name: orders}}"
    resolved = stack(files, spec)
    label = "AwsKmsKey_orders_status_outputs_key_arn"
    assert resolved.lookups == (Lookup(type="aws_ssm_parameter", label=label, arguments={"name": "/orders/key"}),)
    key = resolved.clusters[0].kms_key_id
    assert key == f"data.aws_ssm_parameter.{label}.insecure_value"
    assert isinstance(key, Expression)


def test_a_cluster_of_the_same_stack_is_referred_to_directly(files: Files) -> None:
    spec = group_of("other", "associateSecurityGroupIds")
    cluster = orders(files, spec, manifests__other=manifest(name="other"))
    assert cluster.associated_security_group_ids == (Expression("aws_security_group.other.id"),)


def test_a_cluster_of_another_environment_is_read_from_its_state(files: Files) -> None:
    spec = group_of("orders", "securityGroupIds", "dev")
    resolved = stack(files, spec, environments__dev=environment("dev", "development"))
    assert [(lookup.type, lookup.label) for lookup in resolved.lookups] == [("terraform_remote_state", "dev")]
    source = managed_group(resolved.clusters[0]).ingress[0]
    assert source.key == "dev-orders-rds_security_group"
    assert source.referenced_security_group_id == "data.terraform_remote_state.dev.outputs.orders_rds_security_group"


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (
            "kmsKeyId: {valueFrom: {name: order}}",
            "manifests/orders.yaml:8:14 error[AF301] spec.kmsKeyId: nothing in the environment prod says what "
            "AwsKmsKey/order is -> did you mean AwsKmsKey/orders?",
        ),
        (
            "vpcId: {valueFrom: {name: shop, fieldPath: status.outputs.vpcid}}",
            "manifests/orders.yaml:8:11 error[AF301] spec.vpcId: the environment prod does not say what the field "
            '"status.outputs.vpcid" of AwsVpc/shop is -> did you mean status.outputs.vpc_id?',
        ),
        (
            "vpcId: {valueFrom: {name: shop, fieldPath: 'status.outputs.private_subnets.[*].id'}}",
            "manifests/orders.yaml:8:11 error[AF301] spec.vpcId: resolves to a list, and one value is needed "
            "-> refer to a single value",
        ),
        (
            "kmsKeyId: {valueFrom: {name: orders, env: qa}}",
            'manifests/orders.yaml:8:14 error[AF301] spec.kmsKeyId: there is no environment "qa" '
            "-> the environments are prod",
        ),
        (
            "securityGroupIds: [{valueFrom: {name: wrong}}]",
            'manifests/orders.yaml:8:23 error[AF102] spec.securityGroupIds[0]: "apps" is not the id of a security '
            "group -> write it as sg-0a1b2c3d",
        ),
        (
            "subnetIds: [{valueFrom: {name: shop, fieldPath: status.outputs.one_subnet}}]",
            "manifests/orders.yaml:8:14 error[AF106] spec.subnetIds: lists 1 of the at least two subnets that a DB "
            "subnet group needs -> list two or more in different Availability Zones, or name an existing "
            "dbSubnetGroupName",
        ),
        (
            group_of("orders", "securityGroupIds").replace("security_group", "securty_group"),
            "manifests/orders.yaml:8:23 error[AF301] spec.securityGroupIds[0]: a cluster has no field "
            '"status.outputs.rds_securty_group" -> did you mean status.outputs.rds_security_group?',
        ),
    ],
    ids=["name", "path", "list", "environment", "not an id", "one subnet", "output"],
)
def test_what_resolves_to_nothing_says_what_would_have(spec: str, expected: str, files: Files) -> None:
    assert problem(files, spec) == expected


def test_a_cluster_that_is_not_in_the_environment_is_said_to_be_elsewhere(files: Files) -> None:
    spec = group_of("other", "securityGroupIds")
    found = problem(
        files,
        spec + "\n",
        manifests__orders=manifest(spec, metadata="env: prod"),
        manifests__other=manifest(name="other", metadata="env: dev"),
        environments__dev=environment("dev", "development"),
    )
    assert found == (
        "manifests/orders.yaml:9:23 error[AF301] spec.securityGroupIds[0]: the cluster other is not in the environment "
        "prod -> it is in dev"
    )


def test_the_network_of_an_environment_is_looked_up_by_tags(files: Files) -> None:
    network = environment().replace("vpcId: vpc-0a", "vpcTags: {Name: shop}")
    network = network.replace("subnetIds: [subnet-0a, subnet-0b, subnet-0c]", "subnetTags: {tier: database}")
    resolved = stack(files, "", environments__prod=network)
    vpc = "data.aws_vpc.network.id"
    assert resolved.lookups == (
        Lookup(type="aws_vpc", label="network", arguments={"tags": {"Name": "shop"}}),
        Lookup(
            type="aws_subnets",
            label="network",
            arguments={
                "tags": {"tier": "database"},
                "filter": [{"name": "vpc-id", "values": [Expression(vpc)]}],
                "lifecycle": {
                    "postcondition": [
                        {
                            "condition": Expression("length(self.ids) >= 2"),
                            "error_message": "These tags find fewer than the 2 subnets that a DB subnet group needs.",
                        }
                    ]
                },
            },
        ),
    )
    (cluster,) = resolved.clusters
    assert managed_group(cluster).vpc == VpcId(Expression(vpc))
    assert cluster.subnet_group is not None
    assert cluster.subnet_group.subnet_ids == Expression("data.aws_subnets.network.ids")


def test_without_a_vpc_the_first_subnet_of_a_looked_up_list_tells_it(files: Files) -> None:
    network = environment().replace("    vpcId: vpc-0a\n", "")
    network = network.replace("subnetIds: [subnet-0a, subnet-0b, subnet-0c]", "subnetTags: {tier: database}")
    (cluster,) = stack(files, "", environments__prod=network).clusters
    assert managed_group(cluster).vpc == VpcOfSubnet(Expression("data.aws_subnets.network.ids[0]"))


def test_a_reference_of_the_network_that_resolves_to_nothing_stands_in_the_environment(files: Files) -> None:
    network = environment().replace("[sg-0app]", "[{valueFrom: {name: apps}}]")
    (found,) = lines(files.problems(environments__prod=network))
    assert found == (
        "environments/prod.yaml:13:35 error[AF301] spec.network.applicationSecurityGroupIds[0]: nothing in the "
        "environment prod says what AwsSecurityGroup/apps is -> add it to `references` of the environment; "
        "what can be referred to is AwsRdsCluster/orders"
    )
