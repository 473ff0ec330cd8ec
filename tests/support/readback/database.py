"""Clusters, their instances, parameters and master passwords."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import ANY

from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.insights import MonitoringRole
from auroraform.schemas.resolved.parameters import ParameterGroup
from auroraform.stacks.resolve import ResolvedStack
from support.readback.account import Account, Attributes, Things, tags

DEFAULT_AUTHORITY = "rds-ca-rsa2048-g1"
_CLUSTER = (
    "Engine",
    "EngineMode",
    "EngineVersion",
    "EngineLifecycleSupport",
    "DatabaseName",
    "MasterUsername",
    "Port",
    "DBSubnetGroup",
    "DBClusterParameterGroup",
    "StorageEncrypted",
    "PerformanceInsightsEnabled",
    "PerformanceInsightsRetentionPeriod",
    "DatabaseInsightsMode",
    "BackupRetentionPeriod",
    "PreferredBackupWindow",
    "PreferredMaintenanceWindow",
    "CopyTagsToSnapshot",
    "DeletionProtection",
    "IAMDatabaseAuthenticationEnabled",
    "HttpEndpointEnabled",
)
_INSTANCE = (
    "DBClusterIdentifier",
    "Engine",
    "EngineVersion",
    "DBInstanceClass",
    "AvailabilityZone",
    "PromotionTier",
    "PubliclyAccessible",
    "AutoMinorVersionUpgrade",
    "CACertificateIdentifier",
    "CopyTagsToSnapshot",
    "MonitoringInterval",
    "MonitoringRoleArn",
    "StorageEncrypted",
)


def declared_clusters(stack: ResolvedStack, account: Account) -> Things:
    return {
        cluster.cluster_identifier: {
            "Engine": cluster.engine,
            "EngineMode": "provisioned",
            "EngineVersion": cluster.engine_version,
            "EngineLifecycleSupport": cluster.engine_lifecycle_support,
            "DatabaseName": cluster.database_name,
            "MasterUsername": cluster.master_username,
            "Port": cluster.port,
            "DBSubnetGroup": cluster.subnet_group.name if cluster.subnet_group else cluster.db_subnet_group_name,
            "DBClusterParameterGroup": _cluster_group(cluster),
            "StorageEncrypted": cluster.storage_encrypted,
            "PerformanceInsightsEnabled": cluster.performance_insights is not None,
            "PerformanceInsightsRetentionPeriod": cluster.performance_insights.retention_period
            if cluster.performance_insights
            else None,
            "DatabaseInsightsMode": cluster.database_insights_mode,
            "BackupRetentionPeriod": cluster.backup_retention_period,
            "PreferredBackupWindow": cluster.preferred_backup_window,
            "PreferredMaintenanceWindow": cluster.preferred_maintenance_window,
            "CopyTagsToSnapshot": cluster.copy_tags_to_snapshot,
            "DeletionProtection": cluster.deletion_protection,
            "IAMDatabaseAuthenticationEnabled": cluster.iam_database_authentication_enabled,
            "HttpEndpointEnabled": cluster.enable_http_endpoint,
            "logs": sorted(group.log_type for group in cluster.log_groups),
            "security groups": _security_groups(cluster),
            "members": {instance.identifier for instance in cluster.instances},
            "capacity": (cluster.serverless_v2_scaling.min_capacity, cluster.serverless_v2_scaling.max_capacity)
            if cluster.serverless_v2_scaling
            else None,
            "tags": stack.default_tags | cluster.tags,
        }
        for cluster in stack.clusters
    }


def held_clusters(account: Account) -> Things:
    names = {id_: group["GroupName"] for id_, group in account.security_groups().items()}
    return {
        found["DBClusterIdentifier"]: {
            **{name: found.get(name) for name in _CLUSTER},
            "logs": sorted(found["EnabledCloudwatchLogsExports"]),
            "security groups": [names[group["VpcSecurityGroupId"]] for group in found["VpcSecurityGroups"]],
            "members": {member["DBInstanceIdentifier"] for member in found["DBClusterMembers"]},
            "capacity": _capacity(found),
            "tags": tags(found["TagList"]),
        }
        for found in account.clusters()
    }


def _security_groups(cluster: ResolvedCluster) -> list[str]:
    managed = [cluster.security_group.name] if cluster.security_group else []
    return [*managed, *cluster.associated_security_group_ids]


def _capacity(found: dict[str, Any]) -> tuple[float, float] | None:
    scaling = found.get("ServerlessV2ScalingConfiguration")
    return (scaling["MinCapacity"], scaling["MaxCapacity"]) if scaling else None


def _cluster_group(cluster: ResolvedCluster) -> str | None:
    return cluster.parameter_group.name if cluster.parameter_group else cluster.db_cluster_parameter_group_name


def declared_instances(stack: ResolvedStack, account: Account) -> Things:
    return {
        instance.identifier: {
            "DBClusterIdentifier": cluster.cluster_identifier,
            "Engine": cluster.engine,
            "EngineVersion": cluster.engine_version,
            "DBInstanceClass": instance.instance_class,
            # Without a word on it, RDS decides.
            "AvailabilityZone": instance.availability_zone or ANY,
            "PromotionTier": instance.promotion_tier,
            "PubliclyAccessible": instance.publicly_accessible,
            "AutoMinorVersionUpgrade": cluster.auto_minor_version_upgrade,
            "CACertificateIdentifier": instance.ca_cert_identifier or DEFAULT_AUTHORITY,
            "CopyTagsToSnapshot": cluster.copy_tags_to_snapshot,
            "MonitoringInterval": cluster.monitoring.interval if cluster.monitoring else 0,
            "MonitoringRoleArn": _monitoring_role(cluster, account),
            "StorageEncrypted": cluster.storage_encrypted,
            "tags": stack.default_tags | cluster.tags,
        }
        for cluster in stack.clusters
        for instance in cluster.instances
    }


def held_instances(account: Account) -> Things:
    return {
        found["DBInstanceIdentifier"]: {
            **{name: found.get(name) for name in _INSTANCE},
            "tags": tags(found["TagList"]),
        }
        for found in account.rds.describe_db_instances()["DBInstances"]
    }


def _monitoring_role(cluster: ResolvedCluster, account: Account) -> str | None:
    role = cluster.monitoring.role if cluster.monitoring else None
    return account.role_arn(role.name) if isinstance(role, MonitoringRole) else role


def declared_parameter_groups(stack: ResolvedStack, account: Account) -> Things:
    return {
        group.name: {
            "family": group.family,
            "parameters": {row.name: (row.value, row.apply_method) for row in group.parameters},
            "tags": stack.default_tags | cluster.tags,
        }
        for cluster in stack.clusters
        for group in _groups(cluster)
    }


def held_parameter_groups(account: Account) -> Things:
    return dict(_held_parameter_groups(account))


def _groups(cluster: ResolvedCluster) -> list[ParameterGroup]:
    return [group for group in (cluster.parameter_group, cluster.instance_parameter_group) if group]


def _held_parameter_groups(account: Account) -> Iterator[tuple[str, Attributes]]:
    rds = account.rds
    for found in rds.describe_db_cluster_parameter_groups()["DBClusterParameterGroups"]:
        name = found["DBClusterParameterGroupName"]
        rows = rds.describe_db_cluster_parameters(DBClusterParameterGroupName=name)["Parameters"]
        yield name, _parameter_group(account, found, found["DBClusterParameterGroupArn"], rows)
    for found in rds.describe_db_parameter_groups()["DBParameterGroups"]:
        name = found["DBParameterGroupName"]
        # Those that AWS makes for whoever names none.
        if not name.startswith("default."):
            rows = rds.describe_db_parameters(DBParameterGroupName=name)["Parameters"]
            yield name, _parameter_group(account, found, found["DBParameterGroupArn"], rows)


def _parameter_group(account: Account, found: dict[str, Any], arn: str, rows: list[dict[str, Any]]) -> Attributes:
    return {
        "family": found["DBParameterGroupFamily"],
        "parameters": {row["ParameterName"]: (row["ParameterValue"], row["ApplyMethod"]) for row in rows},
        "tags": tags(account.rds.list_tags_for_resource(ResourceName=arn)["TagList"]),
    }


def declared_secrets(stack: ResolvedStack, account: Account) -> Things:
    """RDS keeps the password of every cluster that is managed, and of no other."""
    return {
        cluster.cluster_identifier: {"owner": "rds", "status": "active", "versions": [["AWSCURRENT"]]}
        for cluster in stack.clusters
        if cluster.manage_master_user_password
    }


def held_secrets(account: Account) -> Things:
    """The secrets, as far as a cluster knows that they are its own, by that cluster; others by their own name."""
    known = {
        cluster["MasterUserSecret"]["SecretArn"]: (
            cluster["DBClusterIdentifier"],
            cluster["MasterUserSecret"]["SecretStatus"],
        )
        for cluster in account.clusters()
        if "MasterUserSecret" in cluster
    }
    things: dict[str, Attributes] = {}
    for secret in account.secrets.list_secrets()["SecretList"]:
        name, status = known.get(secret["ARN"], (secret["Name"], "of no cluster"))
        versions = [list(stages) for stages in secret["SecretVersionsToStages"].values()]
        things[name] = {"owner": secret.get("OwningService"), "status": status, "versions": versions}
    return things
