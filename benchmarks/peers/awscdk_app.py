"""The clusters as an AWS CDK app in Python, for CloudFormation: awscdk_app.py CLUSTERS OUTPUT.

A template takes 200 outputs at most, so that sixteen clusters share a stack.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_rds as rds

CLUSTERS, OUTPUT = sys.argv[1:]
A_STACK: Final = 16


def add(stack: cdk.Stack, c: dict[str, Any]) -> None:
    name = c["name"]
    tags = [cdk.CfnTag(key=key, value=value) for key, value in c["tags"].items()]
    subnets = rds.CfnDBSubnetGroup(
        stack,
        f"{name}-subnets",
        db_subnet_group_name=c["id"],
        db_subnet_group_description=name,
        subnet_ids=c["subnets"],
        tags=tags,
    )
    parameters = rds.CfnDBClusterParameterGroup(
        stack, f"{name}-parameters", description=name, family=c["family"], parameters=c["parameters"], tags=tags
    )
    group = ec2.CfnSecurityGroup(stack, f"{name}-group", group_description=name, vpc_id=c["vpc"], tags=tags)
    for index, source in enumerate(c["sources"]):
        ec2.CfnSecurityGroupIngress(
            stack,
            f"{name}-rule-{index}",
            group_id=group.attr_group_id,
            cidr_ip=source.get("cidr"),
            source_security_group_id=source.get("group"),
            ip_protocol="tcp",
            from_port=c["port"],
            to_port=c["port"],
        )
    log = logs.CfnLogGroup(stack, f"{name}-log", log_group_name=c["log"], retention_in_days=365, tags=tags)
    cluster = rds.CfnDBCluster(
        stack,
        name,
        db_cluster_identifier=c["id"],
        engine=c["engine"],
        engine_version=c["version"],
        database_name=c["database"],
        master_username="master",
        manage_master_user_password=True,
        port=c["port"],
        db_subnet_group_name=subnets.ref,
        vpc_security_group_ids=[group.attr_group_id],
        db_cluster_parameter_group_name=parameters.ref,
        enable_cloudwatch_logs_exports=["postgresql"],
        storage_encrypted=True,
        backup_retention_period=14,
        copy_tags_to_snapshot=True,
        deletion_protection=True,
        enable_iam_database_authentication=True,
        tags=tags,
    )
    cluster.add_dependency(log)
    role = iam.CfnRole(
        stack,
        f"{name}-role",
        role_name=f"rds-{c['id']}",
        assume_role_policy_document=json.loads(c["trust"]),
        managed_policy_arns=[c["policy"]],
        tags=tags,
    )
    for index in range(c["instances"]):
        rds.CfnDBInstance(
            stack,
            f"{name}-{index + 1}",
            db_instance_identifier=f"{c['id']}-{index + 1}",
            db_cluster_identifier=cluster.ref,
            engine=c["engine"],
            db_instance_class=c["class"],
            promotion_tier=min(index, 1),
            enable_performance_insights=True,
            monitoring_interval=60,
            monitoring_role_arn=role.attr_arn,
            tags=tags,
        )
    outputs = {
        "arn": cluster.attr_db_cluster_arn,
        "id": cluster.ref,
        "endpoint": cluster.attr_endpoint_address,
        "reader-endpoint": cluster.attr_read_endpoint_address,
        "port": cluster.attr_endpoint_port,
        "resource-id": cluster.attr_db_cluster_resource_id,
        "parameter-group": parameters.ref,
        "subnet-group": subnets.ref,
        "security-group": group.attr_group_id,
        "secret": cluster.attr_master_user_secret_secret_arn,
        "role": role.attr_arn,
        "log": log.ref,
    }
    for key, value in outputs.items():
        cdk.CfnOutput(stack, f"{name}-output-{key}", value=value)


app = cdk.App(outdir=OUTPUT)
for environment, clusters in json.loads(Path(CLUSTERS).read_text(encoding="utf-8")).items():
    for start in range(0, len(clusters), A_STACK):
        stack = cdk.Stack(app, f"{environment}-{start // A_STACK}")
        for one in clusters[start : start + A_STACK]:
            add(stack, one)
app.synth()
