"""What stands around clusters: their logs, the roles that RDS takes, readers that come and go, and outputs."""

from __future__ import annotations

from typing import Final

from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.insights import MonitoringRole
from auroraform.stacks.resolve import ResolvedStack
from support.readback.account import Account, Attributes, Things, tags

_RDS: Final = "rds"
# By the name of the output, what RDS says of the cluster.
_OUTPUTS: Final = {
    "rds_cluster_arn": "DBClusterArn",
    "rds_cluster_endpoint": "Endpoint",
    "rds_cluster_engine": "Engine",
    "rds_cluster_engine_version": "EngineVersion",
    "rds_cluster_id": "DBClusterIdentifier",
    "rds_cluster_parameter_group": "DBClusterParameterGroup",
    "rds_cluster_port": "Port",
    "rds_cluster_reader_endpoint": "ReaderEndpoint",
    "rds_cluster_resource_id": "DbClusterResourceId",
    "rds_subnet_group": "DBSubnetGroup",
}


def declared_log_groups(stack: ResolvedStack, account: Account) -> Things:
    return {
        group.name: {
            "retention": group.retention_in_days,
            "key": group.kms_key_id,
            "tags": stack.default_tags | cluster.tags,
        }
        for cluster in stack.clusters
        for group in cluster.log_groups
    }


def held_log_groups(account: Account) -> Things:
    return {
        found["logGroupName"]: {
            # Without one, logs are kept for ever.
            "retention": found.get("retentionInDays"),
            "key": found.get("kmsKeyId"),
            "tags": account.logs.list_tags_for_resource(resourceArn=found["logGroupArn"])["tags"],
        }
        for found in account.logs.describe_log_groups()["logGroups"]
    }


def declared_roles(stack: ResolvedStack, account: Account) -> Things:
    return {
        role.name: {
            "path": role.path or "/",
            "boundary": role.permissions_boundary,
            "taken by": ["monitoring.rds.amazonaws.com"],
            "policies": {role.policy_arn},
            "tags": stack.default_tags | cluster.tags,
        }
        for cluster in stack.clusters
        if cluster.monitoring and isinstance(role := cluster.monitoring.role, MonitoringRole)
    }


def held_roles(account: Account) -> Things:
    things: dict[str, Attributes] = {}
    for listed in account.iam.list_roles()["Roles"]:
        # Only this answer has the boundary and the tags.
        role = account.iam.get_role(RoleName=listed["RoleName"])["Role"]
        attached = account.iam.list_attached_role_policies(RoleName=role["RoleName"])["AttachedPolicies"]
        statements = role["AssumeRolePolicyDocument"]["Statement"]
        things[role["RoleName"]] = {
            "path": role["Path"],
            "boundary": role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
            "taken by": [statement["Principal"].get("Service") for statement in statements],
            "policies": {policy["PolicyArn"] for policy in attached},
            "tags": tags(role.get("Tags", [])),
        }
    return things


def declared_scaling(stack: ResolvedStack, account: Account) -> Things:
    return {
        f"cluster:{cluster.cluster_identifier}": {
            "bounds": (scaling.min_capacity, scaling.max_capacity),
            "policies": {row.name: (row.predefined_metric_type, row.target_value) for row in scaling.policies},
            "schedules": {action.name: action.schedule for action in scaling.scheduled_actions},
        }
        for cluster in stack.clusters
        if (scaling := cluster.reader_autoscaling)
    }


def held_scaling(account: Account) -> Things:
    scaling = account.autoscaling
    things: dict[str, Attributes] = {}
    for target in scaling.describe_scalable_targets(ServiceNamespace=_RDS)["ScalableTargets"]:
        of_target = {"ServiceNamespace": _RDS, "ResourceId": target["ResourceId"]}
        policies = scaling.describe_scaling_policies(**of_target)["ScalingPolicies"]
        actions = scaling.describe_scheduled_actions(**of_target)["ScheduledActions"]
        tracked = {policy["PolicyName"]: policy["TargetTrackingScalingPolicyConfiguration"] for policy in policies}
        things[target["ResourceId"]] = {
            "bounds": (target["MinCapacity"], target["MaxCapacity"]),
            "policies": {
                name: (
                    configured["PredefinedMetricSpecification"]["PredefinedMetricType"],
                    configured["TargetValue"],
                )
                for name, configured in tracked.items()
            },
            "schedules": {action["ScheduledActionName"]: action["Schedule"] for action in actions},
        }
    return things


def declared_outputs(stack: ResolvedStack, account: Account) -> Things:
    """What Terraform tells others of each cluster."""
    outputs = account.outputs()
    return {
        cluster.cluster_identifier: {
            name.removeprefix(f"{cluster.name}_"): value
            for name, value in outputs.items()
            if _owner(name, stack.clusters) == cluster.name
        }
        for cluster in stack.clusters
    }


def held_outputs(account: Account) -> Things:
    return {
        cluster["DBClusterIdentifier"]: {
            **{name: cluster[key] for name, key in _OUTPUTS.items()},
            "rds_cluster_master_user_secret_arn": cluster.get("MasterUserSecret", {}).get("SecretArn"),
            "rds_security_group": cluster["VpcSecurityGroups"][0]["VpcSecurityGroupId"],
        }
        for cluster in account.clusters()
    }


def _owner(output: str, clusters: tuple[ResolvedCluster, ...]) -> str:
    """The cluster of an output: of two that fit, the one with the longer name."""
    return max((cluster.name for cluster in clusters if output.startswith(f"{cluster.name}_")), key=len, default="")
