"""The clusters as an ordinary CDKTF app in Python: imports as the documentation shows them, nothing made faster.

Usage: terraform_app.py LIBRARY PROVIDER CLUSTERS OUTPUT, such as `cdktf cdktf_cdktf_provider_aws clusters.json out`.
`cdktn`, the community's continuation, has the same classes under other names.
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

LIBRARY, PROVIDER, CLUSTERS, OUTPUT = sys.argv[1:]
cdktf = import_module(LIBRARY)


def resource(module: str, name: str) -> Any:  # noqa: ANN401 - the libraries of peers are not installed for mypy
    return getattr(import_module(f"{PROVIDER}.{module}"), name)


AwsProvider = resource("provider", "AwsProvider")
CloudwatchLogGroup = resource("cloudwatch_log_group", "CloudwatchLogGroup")
DbSubnetGroup = resource("db_subnet_group", "DbSubnetGroup")
IamRole = resource("iam_role", "IamRole")
IamRolePolicyAttachment = resource("iam_role_policy_attachment", "IamRolePolicyAttachment")
RdsCluster = resource("rds_cluster", "RdsCluster")
RdsClusterInstance = resource("rds_cluster_instance", "RdsClusterInstance")
RdsClusterParameterGroup = resource("rds_cluster_parameter_group", "RdsClusterParameterGroup")
RdsClusterParameterGroupParameter = resource("rds_cluster_parameter_group", "RdsClusterParameterGroupParameter")
SecurityGroup = resource("security_group", "SecurityGroup")
VpcSecurityGroupIngressRule = resource("vpc_security_group_ingress_rule", "VpcSecurityGroupIngressRule")


def add(stack: Any, c: dict[str, Any]) -> None:  # noqa: ANN401
    name, tags = c["name"], c["tags"]
    subnets = DbSubnetGroup(stack, f"{name}-subnets", name=c["id"], subnet_ids=c["subnets"], tags=tags)
    parameters = RdsClusterParameterGroup(
        stack,
        f"{name}-parameters",
        name=f"{c['id']}-parameters",
        family=c["family"],
        parameter=[
            RdsClusterParameterGroupParameter(name=key, value=value, apply_method="immediate")
            for key, value in c["parameters"].items()
        ],
        tags=tags,
    )
    group = SecurityGroup(stack, f"{name}-group", name=f"aurora-{c['id']}", vpc_id=c["vpc"], tags=tags)
    for index, source in enumerate(c["sources"]):
        VpcSecurityGroupIngressRule(
            stack,
            f"{name}-rule-{index}",
            security_group_id=group.id,
            cidr_ipv4=source.get("cidr"),
            referenced_security_group_id=source.get("group"),
            ip_protocol="tcp",
            from_port=c["port"],
            to_port=c["port"],
            tags=tags,
        )
    log = CloudwatchLogGroup(stack, f"{name}-log", name=c["log"], retention_in_days=365, tags=tags)
    cluster = RdsCluster(
        stack,
        name,
        cluster_identifier=c["id"],
        engine=c["engine"],
        engine_version=c["version"],
        database_name=c["database"],
        master_username="master",
        manage_master_user_password=True,
        port=c["port"],
        db_subnet_group_name=subnets.name,
        vpc_security_group_ids=[group.id],
        db_cluster_parameter_group_name=parameters.name,
        enabled_cloudwatch_logs_exports=["postgresql"],
        storage_encrypted=True,
        backup_retention_period=14,
        copy_tags_to_snapshot=True,
        skip_final_snapshot=False,
        final_snapshot_identifier=f"{c['id']}-final",
        deletion_protection=True,
        iam_database_authentication_enabled=True,
        tags=tags,
        depends_on=[log],
        lifecycle=cdktf.TerraformResourceLifecycle(prevent_destroy=True, ignore_changes=["availability_zones"]),
    )
    role = IamRole(stack, f"{name}-role", name=f"rds-{c['id']}", assume_role_policy=c["trust"], tags=tags)
    policy = IamRolePolicyAttachment(stack, f"{name}-policy", role=role.name, policy_arn=c["policy"])
    for index in range(c["instances"]):
        RdsClusterInstance(
            stack,
            f"{name}-{index + 1}",
            identifier=f"{c['id']}-{index + 1}",
            cluster_identifier=cluster.id,
            engine=c["engine"],
            instance_class=c["class"],
            promotion_tier=min(index, 1),
            performance_insights_enabled=True,
            monitoring_interval=60,
            monitoring_role_arn=role.arn,
            depends_on=[policy],
            tags=tags,
            lifecycle=cdktf.TerraformResourceLifecycle(prevent_destroy=True),
        )
    outputs = {
        "arn": cluster.arn,
        "id": cluster.id,
        "endpoint": cluster.endpoint,
        "reader_endpoint": cluster.reader_endpoint,
        "engine": cluster.engine,
        "engine_version": cluster.engine_version_actual,
        "port": cluster.port,
        "resource_id": cluster.cluster_resource_id,
        "parameter_group": cluster.db_cluster_parameter_group_name,
        "subnet_group": cluster.db_subnet_group_name,
        "security_group": group.id,
        "secret": cluster.master_user_secret.get(0).secret_arn,
    }
    for key, value in outputs.items():
        cdktf.TerraformOutput(stack, f"{name}-{key}", value=value)


app = cdktf.App(outdir=OUTPUT)
for environment, clusters in json.loads(Path(CLUSTERS).read_text(encoding="utf-8")).items():
    stack = cdktf.TerraformStack(app, environment)
    cdktf.S3Backend(stack, bucket="acme-state", key=f"{environment}/terraform.tfstate", region="eu-west-1")
    AwsProvider(stack, "aws", region="eu-west-1", allowed_account_ids=["111122223333"])
    for one in clusters:
        add(stack, one)
app.synth()
