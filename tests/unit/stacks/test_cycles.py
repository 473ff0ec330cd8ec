"""Circles of references are told with the way round; what only looks like one is not."""

import pytest

from auroraform.stacks.synth import validate
from support.workspaces import Files, environment, lines, manifest


def needs(name: str, other: str, field: str, output: str, env: str = "") -> str:
    at = f", env: {env}" if env else ""
    reference = f"{{valueFrom: {{kind: AwsRdsCluster, name: {other}{at}, fieldPath: status.outputs.{output}}}}}"
    value = reference if field == "dbSubnetGroupName" else f"[{reference}]"
    return manifest(f"{field}: {value}", name=name)


WAY_OUT = "write one of the values out, or let a security group of neither be the common one"


def test_two_clusters_that_need_each_other(files: Files) -> None:
    problems = files.problems(
        manifests__orders=needs("orders", "reports", "dbSubnetGroupName", "rds_subnet_group"),
        manifests__reports=needs("reports", "orders", "dbSubnetGroupName", "rds_subnet_group"),
    )
    assert lines(problems) == [
        "manifests/orders.yaml:8:23 error[AF303] spec.dbSubnetGroupName: closes a circle, of which nothing could be "
        f"made first: orders in prod needs reports in prod needs orders in prod -> {WAY_OUT}"
    ]


def test_a_cluster_that_needs_itself(files: Files) -> None:
    problems = files.problems(manifests__orders=needs("orders", "orders", "dbSubnetGroupName", "rds_subnet_group"))
    assert lines(problems) == [
        "manifests/orders.yaml:8:23 error[AF303] spec.dbSubnetGroupName: closes a circle, of which nothing could be "
        f"made first: orders in prod needs orders in prod -> {WAY_OUT}"
    ]


def test_stacks_that_read_each_other(files: Files) -> None:
    problems = files.problems(
        manifests__orders=needs("orders", "reports", "securityGroupIds", "rds_security_group"),
        manifests__reports=needs("reports", "orders", "securityGroupIds", "rds_security_group"),
        environments__prod=environment(spec="stackPer: cluster"),
    )
    assert lines(problems) == [
        "manifests/orders.yaml:8:23 error[AF303] spec.securityGroupIds[0]: closes a circle, of which nothing could be "
        "made first: the stack prod-orders needs the stack prod-reports needs the stack prod-orders "
        f"-> {WAY_OUT}"
    ]


@pytest.mark.parametrize("field", ["securityGroupIds", "associateSecurityGroupIds"])
def test_clusters_of_one_stack_may_let_each_other_in(field: str, files: Files) -> None:
    files.minimal(
        manifests__orders=needs("orders", "reports", field, "rds_security_group"),
        manifests__reports=needs("reports", "orders", field, "rds_security_group"),
    )
    assert lines(validate(files.root).problems) == []


def test_a_chain_is_no_circle(files: Files) -> None:
    problems = files.problems(
        manifests__a=needs("a", "orders", "dbSubnetGroupName", "rds_subnet_group"),
        manifests__b=needs("b", "a", "dbSubnetGroupName", "rds_subnet_group"),
    )
    assert lines(problems) == []
