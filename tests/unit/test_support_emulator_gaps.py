"""Each gap is closed in the emulator and still open in moto; one that moto closes can leave `gaps`."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from botocore.awsrequest import AWSRequest
from botocore.exceptions import ClientError
from botocore.session import get_session
from moto import mock_aws

from auroraform.sandbox.emulator import (
    automated_backups,
    backup_selections,
    buckets,
    budgets,
    cluster_roles,
    clusters,
    composite_alarms,
    event_subscriptions,
    exports,
    parameter_groups,
    proxies,
    restore_testing,
    subnet_groups,
    taken_names,
)
from auroraform.sandbox.emulator.gaps import GAPS
from auroraform.sandbox.emulator.process import ACCOUNT_ID, REGION, Emulator
from support.fixtures import EmulatorOf

ROLE = "arn:aws:iam::111122223333:role/monitoring"
TOPIC = "arn:aws:sns:eu-west-1:111122223333:on-call"
CLUSTER = "arn:aws:rds:eu-west-1:111122223333:cluster:orders"
TAGS = [{"Key": "team", "Value": "checkout"}]
ABSENT = "absent"

# Type stubs are installed for EC2 only.
Aws = Callable[[str], Any]
Read = Callable[[Aws], object]
Gap = Callable[[], None]


def create_cluster(rds: Any, **settings: object) -> None:  # noqa: ANN401
    rds.create_db_cluster(
        DBClusterIdentifier="orders",
        Engine="aurora-postgresql",
        MasterUsername="root",
        ManageMasterUserPassword=True,
        **settings,
    )


def of_cluster(key: str, **settings: object) -> Read:
    def read(aws: Aws) -> object:
        create_cluster(aws("rds"), **settings)
        return aws("rds").describe_db_clusters()["DBClusters"][0].get(key, ABSENT)

    return read


def of_modified_cluster(key: str, *, created: dict[str, object] | None = None, **settings: object) -> Read:
    def read(aws: Aws) -> object:
        create_cluster(aws("rds"), **(created or {}))
        aws("rds").modify_db_cluster(DBClusterIdentifier="orders", **settings)
        return aws("rds").describe_db_clusters()["DBClusters"][0].get(key, ABSENT)

    return read


def master_user_of_replica(aws: Aws) -> object:
    create_cluster(aws("rds"))
    replica = {"DBClusterIdentifier": "replica", "Engine": "aurora-postgresql", "ReplicationSourceIdentifier": CLUSTER}
    try:
        return aws("rds").create_db_cluster(**replica)["DBCluster"]["MasterUsername"]
    except ClientError as error:
        return error.response["Error"]["Code"]


def of_instance(key: str, **settings: object) -> Read:
    def read(aws: Aws) -> object:
        create_cluster(aws("rds"))
        aws("rds").create_db_instance(
            DBInstanceIdentifier="orders-one",
            DBClusterIdentifier="orders",
            Engine="aurora-postgresql",
            DBInstanceClass="db.r6g.large",
            **settings,
        )
        return aws("rds").describe_db_instances()["DBInstances"][0].get(key, ABSENT)

    return read


def http_endpoint_switched(*calls: str) -> Read:
    def read(aws: Aws) -> object:
        create_cluster(aws("rds"))
        for call in calls:
            getattr(aws("rds"), call)(ResourceArn=CLUSTER)
        return aws("rds").describe_db_clusters()["DBClusters"][0]["HttpEndpointEnabled"]

    return read


FAMILY = "aurora-postgresql16"
PARAMETERS = [
    {"ParameterName": name, "ParameterValue": value, "ApplyMethod": "immediate"}
    for name, value in (("log_statement", "ddl"), ("work_mem", "4096"))
]


def of_parameters(*, reset: dict[str, object] | None = None) -> Callable[[Aws], list[dict[str, str]]]:
    def read(aws: Aws) -> list[dict[str, str]]:
        rds, name = aws("rds"), {"DBParameterGroupName": "orders"}
        rds.create_db_parameter_group(**name, DBParameterGroupFamily=FAMILY, Description="orders")
        rds.modify_db_parameter_group(**name, Parameters=PARAMETERS)
        if reset:
            rds.reset_db_parameter_group(**name, **reset)
        return list(rds.describe_db_parameters(**name)["Parameters"])

    return read


def of_cluster_parameters(*, reset: dict[str, object]) -> Callable[[Aws], list[dict[str, str]]]:
    def read(aws: Aws) -> list[dict[str, str]]:
        rds, name = aws("rds"), {"DBClusterParameterGroupName": "orders"}
        rds.create_db_cluster_parameter_group(**name, DBParameterGroupFamily=FAMILY, Description="orders")
        rds.modify_db_cluster_parameter_group(**name, Parameters=PARAMETERS)
        rds.reset_db_cluster_parameter_group(**name, **reset)
        return list(rds.describe_db_cluster_parameters(**name)["Parameters"])

    return read


def each(key: str, rows: Callable[[Aws], list[dict[str, str]]]) -> Read:
    return lambda aws: [row.get(key, ABSENT) for row in rows(aws)]


def of_subscription(key: str, call: str, **settings: object) -> Read:
    def read(aws: Aws) -> object:
        rds, name = aws("rds"), {"SubscriptionName": "orders"}
        rds.create_event_subscription(
            **name, SnsTopicArn=TOPIC, SourceType="db-cluster", SourceIds=["orders"], Enabled=True
        )
        getattr(rds, call)(**name, **settings)
        return rds.describe_event_subscriptions()["EventSubscriptionsList"][0].get(key, ABSENT)

    return read


def create_subnets(aws: Aws) -> list[str]:
    vpc = aws("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    made = [aws("ec2").create_subnet(VpcId=vpc, CidrBlock=f"10.0.{n}.0/24") for n in range(3)]
    return [subnet["Subnet"]["SubnetId"] for subnet in made]


def create_proxy(aws: Aws) -> list[str]:
    subnets = create_subnets(aws)
    aws("rds").create_db_proxy(
        DBProxyName="orders",
        EngineFamily="POSTGRESQL",
        Auth=[{"AuthScheme": "SECRETS"}],
        RoleArn=ROLE,
        VpcSubnetIds=subnets,
        RequireTLS=False,
    )
    return subnets


def of_modified_proxy(key: str, **settings: object) -> Read:
    def read(aws: Aws) -> object:
        create_proxy(aws)
        aws("rds").modify_db_proxy(DBProxyName="orders", **settings)
        return aws("rds").describe_db_proxies()["DBProxies"][0].get(key, ABSENT)

    return read


def initialization_query(aws: Aws) -> object:
    create_proxy(aws)
    group = {"DBProxyName": "orders", "TargetGroupName": "default"}
    aws("rds").modify_db_proxy_target_group(**group, ConnectionPoolConfig={"InitQuery": "SET x = 1"})
    (group,) = aws("rds").describe_db_proxy_target_groups(DBProxyName="orders")["TargetGroups"]
    return dict(group)["ConnectionPoolConfig"].get("InitQuery", ABSENT)


def create_proxy_endpoint(aws: Aws) -> dict[str, Any]:
    made: dict[str, Any] = aws("rds").create_db_proxy_endpoint(
        DBProxyName="orders",
        DBProxyEndpointName="orders-reader",
        VpcSubnetIds=create_proxy(aws),
        TargetRole="READ_ONLY",
        Tags=TAGS,
    )["DBProxyEndpoint"]
    return made


def of_proxy_endpoint(key: str, **change: object) -> Read:
    def read(aws: Aws) -> object:
        create_proxy_endpoint(aws)
        if change:
            aws("rds").modify_db_proxy_endpoint(DBProxyEndpointName="orders-reader", **change)
        (endpoint,) = aws("rds").describe_db_proxy_endpoints(DBProxyName="orders")["DBProxyEndpoints"]
        return endpoint.get(key, ABSENT)

    return read


def tags_of_proxy_endpoint(aws: Aws) -> object:
    arn = create_proxy_endpoint(aws)["DBProxyEndpointArn"]
    return aws("rds").list_tags_for_resource(ResourceName=arn)["TagList"]


def deleted_proxy_endpoint(aws: Aws) -> object:
    create_proxy_endpoint(aws)
    aws("rds").delete_db_proxy_endpoint(DBProxyEndpointName="orders-reader")
    with pytest.raises(ClientError) as refused:
        aws("rds").describe_db_proxy_endpoints(DBProxyEndpointName="orders-reader")
    return refused.value.response["Error"]["Code"]


def of_composite_alarm(key: str, **settings: object) -> Read:
    def read(aws: Aws) -> object:
        aws("cloudwatch").put_composite_alarm(AlarmName="both", AlarmRule="ALARM(a)", **settings)
        (alarm,) = aws("cloudwatch").describe_alarms(AlarmNames=["both"])["CompositeAlarms"]
        return alarm.get(key, ABSENT)

    return read


def plan_of(rule: str) -> dict[str, object]:
    return {"BackupPlanName": "daily", "Rules": [{"RuleName": rule, "TargetBackupVaultName": "vault"}]}


def updated_plan(aws: Aws) -> object:
    backup = aws("backup")
    identifier = backup.create_backup_plan(BackupPlan=plan_of("old"))["BackupPlanId"]
    backup.update_backup_plan(BackupPlanId=identifier, BackupPlan=plan_of("new"))
    return [rule["RuleName"] for rule in backup.get_backup_plan(BackupPlanId=identifier)["BackupPlan"]["Rules"]]


SELECTION = {"SelectionName": "orders", "IamRoleArn": ROLE, "Resources": [CLUSTER]}


def create_selection(aws: Aws) -> dict[str, str]:
    plan = aws("backup").create_backup_plan(BackupPlan=plan_of("daily"))["BackupPlanId"]
    made = aws("backup").create_backup_selection(BackupPlanId=plan, BackupSelection=SELECTION)
    return {"BackupPlanId": plan, "SelectionId": made["SelectionId"]}


def selection(aws: Aws) -> object:
    return aws("backup").get_backup_selection(**create_selection(aws))["BackupSelection"]


def listed_selections(aws: Aws) -> object:
    plan = create_selection(aws)["BackupPlanId"]
    rows = aws("backup").list_backup_selections(BackupPlanId=plan)["BackupSelectionsList"]
    return [(row["SelectionName"], row["BackupPlanId"] == plan) for row in rows]


def tags_of_vault(aws: Aws) -> object:
    backup = aws("backup")
    arn = backup.create_backup_vault(BackupVaultName="tagged", BackupVaultTags={"env": "prod"})["BackupVaultArn"]

    def strip(request: AWSRequest, **_: object) -> None:
        request.url = request.url.rstrip("/")

    backup.meta.events.register("before-sign.backup.ListTags", strip)
    try:
        return backup.list_tags(ResourceArn=arn)["Tags"]
    finally:
        backup.meta.events.unregister("before-sign.backup.ListTags", strip)


RESTORE_TESTING: Final = {"RestoreTestingPlanName": "weekly"}
TESTED: Final = {**RESTORE_TESTING, "RestoreTestingSelectionName": "orders"}


def create_restore_testing(aws: Aws) -> Any:  # noqa: ANN401 - as botocore has it
    backup = aws("backup")
    points = {"Algorithm": "LATEST_WITHIN_WINDOW", "IncludeVaults": ["*"], "RecoveryPointTypes": ["SNAPSHOT"]}
    plan = {**RESTORE_TESTING, "ScheduleExpression": "cron(0 6 ? * SUN *)", "RecoveryPointSelection": points}
    backup.create_restore_testing_plan(RestoreTestingPlan=plan)
    selected = {"ProtectedResourceType": "Aurora", "ProtectedResourceArns": [CLUSTER], "IamRoleArn": ROLE}
    name = {"RestoreTestingSelectionName": "orders"}
    backup.create_restore_testing_selection(**RESTORE_TESTING, RestoreTestingSelection=selected | name)
    return backup


def of_restore_testing_plan(aws: Aws) -> object:
    backup = create_restore_testing(aws)
    later = {"ScheduleExpression": "cron(0 7 ? * SUN *)"}
    backup.update_restore_testing_plan(**RESTORE_TESTING, RestoreTestingPlan=later)
    plan = backup.get_restore_testing_plan(**RESTORE_TESTING)["RestoreTestingPlan"]
    return plan["ScheduleExpression"], plan["StartWindowHours"]


def deleted_restore_testing_plan(aws: Aws) -> object:
    backup = create_restore_testing(aws)
    backup.delete_restore_testing_plan(**RESTORE_TESTING)
    with pytest.raises(ClientError) as refused:
        backup.get_restore_testing_plan(**RESTORE_TESTING)
    return refused.value.response["Error"]["Code"]


def of_restore_testing_selection(aws: Aws) -> object:
    backup = create_restore_testing(aws)
    backup.update_restore_testing_selection(**TESTED, RestoreTestingSelection={"ValidationWindowHours": 2})
    found = backup.get_restore_testing_selection(**TESTED)["RestoreTestingSelection"]
    return found["ProtectedResourceArns"], found["ValidationWindowHours"]


def deleted_restore_testing_selection(aws: Aws) -> object:
    backup = create_restore_testing(aws)
    backup.delete_restore_testing_selection(**TESTED)
    with pytest.raises(ClientError) as refused:
        backup.get_restore_testing_selection(**TESTED)
    return refused.value.response["Error"]["Code"]


def export(aws: Aws) -> Any:  # noqa: ANN401 - as botocore has it
    rds = aws("rds")
    user = {"MasterUsername": "root", "ManageMasterUserPassword": True}
    rds.create_db_cluster(DBClusterIdentifier="exported", Engine="aurora-mysql", **user)
    snapshot = rds.create_db_cluster_snapshot(DBClusterIdentifier="exported", DBClusterSnapshotIdentifier="exported-1")
    rds.start_export_task(
        ExportTaskIdentifier="q1",
        SourceArn=snapshot["DBClusterSnapshot"]["DBClusterSnapshotArn"],
        S3BucketName="acme",
        IamRoleArn=ROLE,
        KmsKeyId="k",
    )
    return rds


def state_of_export(aws: Aws) -> object:
    (task,) = export(aws).describe_export_tasks()["ExportTasks"]
    return task["Status"]


def canceled_export(aws: Aws) -> object:
    rds = export(aws)
    try:
        return rds.cancel_export_task(ExportTaskIdentifier="q1")["Status"]
    except ClientError as refused:
        return refused.response["Error"]["Code"]


def deleted_selection(aws: Aws) -> object:
    names = create_selection(aws)
    aws("backup").delete_backup_selection(**names)
    with pytest.raises(ClientError) as refused:
        aws("backup").get_backup_selection(**names)
    return refused.value.response["Error"]["Code"]


NOTIFICATION = {"NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 80.0}
SUBSCRIBER = {"SubscriptionType": "SNS", "Address": TOPIC}
BUDGET_ARN = "arn:aws:budgets::111122223333:budget/orders"


def budget(amount: str) -> dict[str, object]:
    limit = {"Amount": amount, "Unit": "USD"}
    return {"BudgetName": "orders", "BudgetType": "COST", "TimeUnit": "MONTHLY", "BudgetLimit": limit}


def create_budget(aws: Aws) -> None:
    told = [{"Notification": NOTIFICATION, "Subscribers": [SUBSCRIBER]}]
    aws("budgets").create_budget(
        AccountId=ACCOUNT_ID, Budget=budget("100"), NotificationsWithSubscribers=told, ResourceTags=TAGS
    )


def subscribers_of_budget(aws: Aws) -> object:
    create_budget(aws)
    return aws("budgets").describe_subscribers_for_notification(
        AccountId=ACCOUNT_ID, BudgetName="orders", Notification=NOTIFICATION
    )["Subscribers"]


def updated_budget(aws: Aws) -> object:
    create_budget(aws)
    aws("budgets").update_budget(AccountId=ACCOUNT_ID, NewBudget=budget("200"))
    return aws("budgets").describe_budget(AccountId=ACCOUNT_ID, BudgetName="orders")["Budget"]["BudgetLimit"]["Amount"]


def tags_of_budget(aws: Aws) -> object:
    create_budget(aws)
    aws("budgets").tag_resource(ResourceARN=BUDGET_ARN, ResourceTags=[{"Key": "env", "Value": "prod"}])
    aws("budgets").untag_resource(ResourceARN=BUDGET_ARN, ResourceTagKeys=["team"])
    return aws("budgets").list_tags_for_resource(ResourceARN=BUDGET_ARN)["ResourceTags"]


BUCKET = "acme-state"


def put_policy(aws: Aws, condition: dict[str, object]) -> None:
    aws("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    statement = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": condition}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    aws("s3").put_bucket_policy(Bucket=BUCKET, Policy=policy)


def upload_through_tls(aws: Aws) -> object:
    put_policy(aws, {"Bool": {"aws:SecureTransport": "false"}})
    try:
        aws("s3").put_object(Bucket=BUCKET, Key="state", Body=b"{}")
    except ClientError as error:
        return error.response["ResponseMetadata"]["HTTPStatusCode"]
    return "taken"


def kept_old_versions(aws: Aws) -> object:
    aws("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    expiration = {"NoncurrentDays": 90, "NewerNoncurrentVersions": 10}
    rule = {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": ""}, "NoncurrentVersionExpiration": expiration}
    aws("s3").put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [rule]})
    (shown,) = aws("s3").get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"]
    return shown["NoncurrentVersionExpiration"].get("NewerNoncurrentVersions", ABSENT)


def roles_of_a_cluster(engine: str, *features: str) -> Read:
    def read(aws: Aws) -> object:
        rds, identifier = aws("rds"), {"DBClusterIdentifier": "orders"}
        rds.create_db_cluster(**identifier, Engine=engine, MasterUsername="root", ManageMasterUserPassword=True)
        try:
            for number, feature in enumerate(features):
                rds.add_role_to_db_cluster(**identifier, RoleArn=f"{ROLE}{number}", FeatureName=feature)
            rds.remove_role_from_db_cluster(**identifier, RoleArn=f"{ROLE}0")
        except (ClientError, NotImplementedError) as error:
            return type(error).__name__
        return [role["RoleArn"] for role in rds.describe_db_clusters()["DBClusters"][0]["AssociatedRoles"]]

    return read


def modified_subnet_group(aws: Aws) -> object:
    rds, group, subnets = aws("rds"), {"DBSubnetGroupName": "orders"}, create_subnets(aws)
    rds.create_db_subnet_group(**group, DBSubnetGroupDescription="orders", SubnetIds=subnets)
    rds.modify_db_subnet_group(**group, SubnetIds=subnets[:2])
    return [len(found["Subnets"]) for found in rds.describe_db_subnet_groups()["DBSubnetGroups"]]


def snapshots_of_deleted_cluster(**settings: object) -> Read:
    def read(aws: Aws) -> object:
        create_cluster(aws("rds"))
        name = {"DBClusterIdentifier": "orders"}
        aws("rds").delete_db_cluster(**name, FinalDBSnapshotIdentifier="last", **settings)
        found = aws("rds").describe_db_cluster_snapshots()["DBClusterSnapshots"]
        return [snapshot["SnapshotType"] for snapshot in found]

    return read


def secret_after_the_same_again(aws: Aws) -> object:
    def secret() -> str:
        (cluster,) = rds.describe_db_clusters()["DBClusters"]
        arn: str = cluster["MasterUserSecret"]["SecretArn"]
        return arn

    rds = aws("rds")
    create_cluster(rds)
    first = secret()
    rds.modify_db_cluster(DBClusterIdentifier="orders", ManageMasterUserPassword=True)
    return "kept" if secret() == first else "another"


def second_cluster_of_a_name(aws: Aws) -> object:
    create_cluster(aws("rds"))
    return refusal_of(lambda: create_cluster(aws("rds")))


def second_subnet_group_of_a_name(aws: Aws) -> object:
    ec2 = aws("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    group = {"DBSubnetGroupName": "orders", "DBSubnetGroupDescription": "orders", "SubnetIds": [subnet]}
    aws("rds").create_db_subnet_group(**group)
    return refusal_of(lambda: aws("rds").create_db_subnet_group(**group))


def refusal_of(call: Callable[[], object]) -> str:
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "taken"


MONITORED: Final = {"MonitoringInterval": 60, "MonitoringRoleArn": ROLE}

# What is asked, and the answer with the gap closed.
CASES: Final[list[tuple[Gap, str, Read, object]]] = [
    (automated_backups.delete_automated_backups, "", snapshots_of_deleted_cluster(), ["manual"]),
    (
        automated_backups.delete_automated_backups,
        "said",
        snapshots_of_deleted_cluster(DeleteAutomatedBackups=True),
        ["manual"],
    ),
    (subnet_groups.keep_modified_subnet_groups, "", modified_subnet_group, [2]),
    (
        cluster_roles.provide_roles_of_clusters,
        "features",
        roles_of_a_cluster("aurora-postgresql", "s3Import", "Lambda"),
        [f"{ROLE}1"],
    ),
    (
        cluster_roles.provide_roles_of_clusters,
        "no features",
        roles_of_a_cluster("aurora-mysql", "", ""),
        [f"{ROLE}1"],
    ),
    (
        cluster_roles.provide_roles_of_clusters,
        "a feature of another engine",
        roles_of_a_cluster("aurora-mysql", "Lambda"),
        "ClientError",
    ),
    (
        clusters.keep_performance_insights,
        "a cluster",
        of_cluster("PerformanceInsightsEnabled", EnablePerformanceInsights=True),
        True,
    ),
    (
        clusters.keep_performance_insights,
        "a modified cluster",
        of_modified_cluster("PerformanceInsightsEnabled", EnablePerformanceInsights=True),
        True,
    ),
    (
        clusters.keep_performance_insights,
        "an instance",
        of_instance("PerformanceInsightsEnabled", EnablePerformanceInsights=True),
        True,
    ),
    (
        clusters.keep_performance_insights,
        "retention",
        of_cluster("PerformanceInsightsRetentionPeriod", PerformanceInsightsRetentionPeriod=465),
        465,
    ),
    (
        clusters.keep_performance_insights,
        "key",
        of_instance("PerformanceInsightsKMSKeyId", PerformanceInsightsKMSKeyId="key"),
        "key",
    ),
    (
        clusters.keep_performance_insights,
        "Database Insights",
        of_cluster("DatabaseInsightsMode", DatabaseInsightsMode="advanced"),
        "advanced",
    ),
    (clusters.keep_enhanced_monitoring_of_clusters, "interval", of_cluster("MonitoringInterval", **MONITORED), 60),
    (clusters.keep_enhanced_monitoring_of_clusters, "role", of_cluster("MonitoringRoleArn", **MONITORED), ROLE),
    (
        clusters.keep_engine_lifecycle_support,
        "",
        of_cluster("EngineLifecycleSupport", EngineLifecycleSupport="open-source-rds-extended-support"),
        "open-source-rds-extended-support",
    ),
    (
        taken_names.refuse_a_second_cluster_of_a_name,
        "",
        second_cluster_of_a_name,
        "DBClusterAlreadyExistsFault",
    ),
    (
        taken_names.refuse_a_second_subnet_group_of_a_name,
        "",
        second_subnet_group_of_a_name,
        "DBSubnetGroupAlreadyExists",
    ),
    (clusters.keep_the_managed_password, "", secret_after_the_same_again, "kept"),
    (clusters.take_master_user_of_source, "", master_user_of_replica, "root"),
    (
        clusters.keep_local_write_forwarding,
        "on",
        of_cluster("LocalWriteForwardingStatus", EnableLocalWriteForwarding=True),
        "enabled",
    ),
    (
        clusters.keep_local_write_forwarding,
        "off later",
        of_modified_cluster(
            "LocalWriteForwardingStatus",
            created={"EnableLocalWriteForwarding": True},
            EnableLocalWriteForwarding=False,
        ),
        "disabled",
    ),
    (
        clusters.store_global_write_forwarding,
        "",
        of_modified_cluster("GlobalWriteForwardingRequested", EnableGlobalWriteForwarding=True),
        True,
    ),
    (clusters.omit_unset_scaling_configuration, "", of_cluster("ScalingConfigurationInfo"), ABSENT),
    (clusters.keep_http_endpoint, "", of_cluster("HttpEndpointEnabled", EnableHttpEndpoint=True), True),
    (clusters.switch_http_endpoint, "on", http_endpoint_switched("enable_http_endpoint"), True),
    (
        clusters.switch_http_endpoint,
        "off",
        http_endpoint_switched("enable_http_endpoint", "disable_http_endpoint"),
        False,
    ),
    (
        clusters.accept_storage_types_of_aurora,
        "I/O-Optimized",
        of_cluster("StorageType", StorageType="aurora-iopt1"),
        "aurora-iopt1",
    ),
    (clusters.accept_storage_types_of_aurora, "Standard", of_cluster("AllocatedStorage", StorageType="aurora"), 1),
    (clusters.leave_out_standard_storage, "", of_cluster("StorageType"), ABSENT),
    (
        clusters.leave_out_standard_storage,
        "modified",
        of_modified_cluster("StorageType", created={"StorageType": "aurora-iopt1"}, StorageType="aurora"),
        ABSENT,
    ),
    (
        clusters.store_iam_authentication,
        "on",
        of_modified_cluster("IAMDatabaseAuthenticationEnabled", EnableIAMDatabaseAuthentication=True),
        True,
    ),
    (
        clusters.store_iam_authentication,
        "off",
        of_modified_cluster(
            "IAMDatabaseAuthenticationEnabled",
            created={"EnableIAMDatabaseAuthentication": True},
            EnableIAMDatabaseAuthentication=False,
        ),
        False,
    ),
    (
        clusters.store_exported_logs,
        "",
        of_modified_cluster(
            "EnabledCloudwatchLogsExports",
            created={"EnableCloudwatchLogsExports": ["instance", "postgresql"]},
            CloudwatchLogsExportConfiguration={
                "EnableLogTypes": ["iam-db-auth-error", "postgresql"],
                "DisableLogTypes": ["instance"],
            },
        ),
        ["iam-db-auth-error", "postgresql"],
    ),
    (
        clusters.answer_with_the_default_certificate_authority,
        "",
        of_instance("CACertificateIdentifier"),
        "rds-ca-rsa2048-g1",
    ),
    (
        parameter_groups.mark_parameters_as_set_by_the_user,
        "",
        each("Source", of_parameters()),
        ["user", "user"],
    ),
    (
        parameter_groups.reset_parameters,
        "of an instance",
        each("ParameterName", of_parameters(reset={"Parameters": PARAMETERS[:1]})),
        ["work_mem"],
    ),
    (
        parameter_groups.reset_parameters,
        "of a cluster",
        each("ParameterName", of_cluster_parameters(reset={"Parameters": PARAMETERS[1:]})),
        ["log_statement"],
    ),
    (
        parameter_groups.reset_parameters,
        "all",
        each("ParameterName", of_cluster_parameters(reset={"ResetAllParameters": True})),
        [],
    ),
    (
        event_subscriptions.modify_event_subscriptions,
        "",
        of_subscription("EventCategoriesList", "modify_event_subscription", EventCategories=["failover"]),
        ["failover"],
    ),
    (
        event_subscriptions.change_sources_of_event_subscriptions,
        "one more",
        of_subscription("SourceIdsList", "add_source_identifier_to_subscription", SourceIdentifier="shop"),
        ["orders", "shop"],
    ),
    (
        event_subscriptions.change_sources_of_event_subscriptions,
        "one less",
        of_subscription("SourceIdsList", "remove_source_identifier_from_subscription", SourceIdentifier="orders"),
        [],
    ),
    (proxies.modify_proxies, "a setting", of_modified_proxy("RequireTLS", RequireTLS=True), True),
    (proxies.modify_proxies, "the name", of_modified_proxy("DBProxyName", NewDBProxyName="shop"), "shop"),
    (proxies.keep_initialization_query, "", initialization_query, "SET x = 1"),
    (proxies.provide_proxy_endpoints, "made", of_proxy_endpoint("TargetRole"), "READ_ONLY"),
    (
        proxies.provide_proxy_endpoints,
        "modified",
        of_proxy_endpoint("VpcSecurityGroupIds", VpcSecurityGroupIds=["sg-app"]),
        ["sg-app"],
    ),
    (proxies.provide_proxy_endpoints, "tags", tags_of_proxy_endpoint, TAGS),
    (proxies.provide_proxy_endpoints, "deleted", deleted_proxy_endpoint, "DBProxyEndpointNotFoundFault"),
    (composite_alarms.provide_composite_alarms, "rule", of_composite_alarm("AlarmRule"), "ALARM(a)"),
    (
        composite_alarms.provide_composite_alarms,
        "suppressor",
        of_composite_alarm("ActionsSuppressorWaitPeriod", ActionsSuppressor="quiet", ActionsSuppressorWaitPeriod=60),
        60,
    ),
    (backup_selections.update_backup_plans, "", updated_plan, ["new"]),
    (backup_selections.provide_backup_selections, "made", selection, SELECTION),
    (backup_selections.provide_backup_selections, "listed", listed_selections, [("orders", True)]),
    (backup_selections.provide_backup_selections, "deleted", deleted_selection, "ResourceNotFoundException"),
    (backup_selections.read_tags_by_either_path, "", tags_of_vault, {"env": "prod"}),
    (restore_testing.provide_restore_testing, "plan", of_restore_testing_plan, ("cron(0 7 ? * SUN *)", 24)),
    (
        restore_testing.provide_restore_testing,
        "plan deleted",
        deleted_restore_testing_plan,
        "ResourceNotFoundException",
    ),
    (restore_testing.provide_restore_testing, "selection", of_restore_testing_selection, ([CLUSTER], 2)),
    (
        restore_testing.provide_restore_testing,
        "selection deleted",
        deleted_restore_testing_selection,
        "ResourceNotFoundException",
    ),
    (exports.write_states_of_exports_in_capitals, "", state_of_export, "COMPLETE"),
    (exports.keep_exports_that_are_done, "", canceled_export, "InvalidExportTaskStateFault"),
    (budgets.tell_subscribers_of_budgets, "", subscribers_of_budget, [SUBSCRIBER]),
    (budgets.update_budgets, "", updated_budget, "200"),
    (budgets.keep_tags_of_budgets, "", tags_of_budget, [{"Key": "env", "Value": "prod"}]),
    (buckets.heed_conditions_of_bucket_policies, "", upload_through_tls, "taken"),
    (buckets.keep_newest_old_versions, "", kept_old_versions, 10),
]
PARAMS: Final = [
    pytest.param(read, expected, id=f"{gap.__name__} {what}".rstrip()) for gap, what, read, expected in CASES
]


# Gaps whose tests have a file of their own.
ELSEWHERE: Final = {
    "provide_cluster_endpoints": "test_support_emulator_scaling.py",
    "keep_tags_of_scalable_targets": "test_support_emulator_scaling.py",
    "keep_descriptions_of_rules": "test_support_emulator_rules.py",
}


# A client takes longer to make than to ask, so the tests share them.
@contextmanager
def clients(**options: Any) -> Iterator[Aws]:  # noqa: ANN401
    session = get_session()
    with ExitStack() as open_clients:
        yield cache(lambda service: open_clients.enter_context(closing(session.create_client(service, **options))))


@pytest.fixture(scope="module")
def emulator_clients(emulator_of: EmulatorOf) -> Iterator[Aws]:
    with clients(**emulator_of(ACCOUNT_ID).client_options()) as aws:
        yield aws


@pytest.fixture(scope="module")
def moto_clients(no_aws_account: None) -> Iterator[Aws]:
    with clients(region_name=REGION) as aws:
        yield aws


@pytest.fixture
def aws(emulator: Emulator, emulator_clients: Aws) -> Aws:
    return emulator_clients


@pytest.fixture
def plain_aws(moto_clients: Aws) -> Iterator[Aws]:
    with mock_aws():
        yield moto_clients


def test_each_gap_says_what_moto_lacks_and_has_a_case() -> None:
    assert [gap.__name__ for gap in GAPS if "moto " not in (gap.__doc__ or "")] == []
    assert {gap.__name__ for gap, *_ in CASES} | {*ELSEWHERE} == {gap.__name__ for gap in GAPS}
    assert [file for file in ELSEWHERE.values() if not Path(__file__).with_name(file).is_file()] == []


@pytest.mark.parametrize(("read", "expected"), PARAMS)
def test_closed(aws: Aws, read: Read, expected: object) -> None:
    assert read(aws) == expected


@pytest.mark.parametrize(("read", "expected"), PARAMS)
def test_open_in_moto(plain_aws: Aws, read: Read, expected: object) -> None:
    try:
        answer = read(plain_aws)
    except (ClientError, KeyError, NotImplementedError):
        return  # moto crashed or lacks the call, which is a gap too
    assert answer != expected


def test_automated_snapshots_stay_where_they_are_wanted(aws: Aws) -> None:
    assert snapshots_of_deleted_cluster(DeleteAutomatedBackups=False)(aws) == ["automated", "manual"]


def test_a_condition_that_the_emulator_does_not_know_is_refused(aws: Aws) -> None:
    put_policy(aws, {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})
    with pytest.raises(ClientError, match="condition operator IpAddress"):
        aws("s3").put_object(Bucket=BUCKET, Key="state", Body=b"{}")
