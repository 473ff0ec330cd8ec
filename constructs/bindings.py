"""The classes of CDKTF and of its AWS provider, loaded fast; the one place that knows how.

Importing `cdktf_cdktf_provider_aws` as it comes takes some twenty seconds, since it loads every AWS
resource there is. Here only the modules named by the import lines below are loaded, from a pruned copy of
the provider's jsii assembly. To add a class, add its import line: the set of modules is read from these.

Raises:
    ValueError: On import, if an `AURORAFORM_BINDINGS*` environment variable has a value that cannot be meant.
"""

# ruff: noqa: E402 - the provider must be prepared before the first import from it
from auroraform.constructs.loading.loader import prepare

prepare(__name__)

from cdktf import (
    App,
    CloudBackend,
    ITerraformDependable,
    LocalBackend,
    NamedCloudWorkspace,
    Postcondition,
    S3Backend,
    TaggedCloudWorkspaces,
    TerraformDataSource,
    TerraformElement,
    TerraformOutput,
    TerraformResource,
    TerraformResourceLifecycle,
    TerraformStack,
    Token,
)
from cdktf_cdktf_provider_aws.appautoscaling_policy import (
    AppautoscalingPolicy,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification,
)
from cdktf_cdktf_provider_aws.appautoscaling_scheduled_action import (
    AppautoscalingScheduledAction,
    AppautoscalingScheduledActionScalableTargetAction,
)
from cdktf_cdktf_provider_aws.appautoscaling_target import AppautoscalingTarget
from cdktf_cdktf_provider_aws.backup_plan import (
    BackupPlan,
    BackupPlanRule,
    BackupPlanRuleCopyAction,
    BackupPlanRuleCopyActionLifecycle,
    BackupPlanRuleLifecycle,
)
from cdktf_cdktf_provider_aws.backup_restore_testing_plan import (
    BackupRestoreTestingPlan,
    BackupRestoreTestingPlanRecoveryPointSelection,
)
from cdktf_cdktf_provider_aws.backup_restore_testing_selection import BackupRestoreTestingSelection
from cdktf_cdktf_provider_aws.backup_selection import BackupSelection
from cdktf_cdktf_provider_aws.backup_vault import BackupVault
from cdktf_cdktf_provider_aws.backup_vault_lock_configuration import BackupVaultLockConfiguration
from cdktf_cdktf_provider_aws.budgets_budget import (
    BudgetsBudget,
    BudgetsBudgetCostFilter,
    BudgetsBudgetNotification,
)
from cdktf_cdktf_provider_aws.cloudwatch_composite_alarm import CloudwatchCompositeAlarm
from cdktf_cdktf_provider_aws.cloudwatch_dashboard import CloudwatchDashboard
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import (
    CloudwatchMetricAlarm,
    CloudwatchMetricAlarmMetricQuery,
    CloudwatchMetricAlarmMetricQueryMetric,
)
from cdktf_cdktf_provider_aws.data_aws_db_subnet_group import DataAwsDbSubnetGroup
from cdktf_cdktf_provider_aws.data_aws_subnet import DataAwsSubnet
from cdktf_cdktf_provider_aws.db_cluster_snapshot import DbClusterSnapshot, DbClusterSnapshotTimeouts
from cdktf_cdktf_provider_aws.db_event_subscription import DbEventSubscription
from cdktf_cdktf_provider_aws.db_parameter_group import DbParameterGroup, DbParameterGroupParameter
from cdktf_cdktf_provider_aws.db_proxy import DbProxy, DbProxyAuth
from cdktf_cdktf_provider_aws.db_proxy_default_target_group import (
    DbProxyDefaultTargetGroup,
    DbProxyDefaultTargetGroupConnectionPoolConfig,
)
from cdktf_cdktf_provider_aws.db_proxy_endpoint import DbProxyEndpoint
from cdktf_cdktf_provider_aws.db_proxy_target import DbProxyTarget
from cdktf_cdktf_provider_aws.db_subnet_group import DbSubnetGroup
from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderAssumeRole, AwsProviderDefaultTags
from cdktf_cdktf_provider_aws.rds_cluster import (
    RdsCluster,
    RdsClusterServerlessv2ScalingConfiguration,
    RdsClusterTimeouts,
)
from cdktf_cdktf_provider_aws.rds_cluster_endpoint import RdsClusterEndpoint
from cdktf_cdktf_provider_aws.rds_cluster_instance import RdsClusterInstance, RdsClusterInstanceTimeouts
from cdktf_cdktf_provider_aws.rds_cluster_parameter_group import (
    RdsClusterParameterGroup,
    RdsClusterParameterGroupParameter,
)
from cdktf_cdktf_provider_aws.rds_cluster_role_association import RdsClusterRoleAssociation
from cdktf_cdktf_provider_aws.rds_export_task import RdsExportTask, RdsExportTaskTimeouts
from cdktf_cdktf_provider_aws.scheduler_schedule import (
    SchedulerSchedule,
    SchedulerScheduleFlexibleTimeWindow,
    SchedulerScheduleTarget,
    SchedulerScheduleTargetDeadLetterConfig,
    SchedulerScheduleTargetRetryPolicy,
)
from cdktf_cdktf_provider_aws.scheduler_schedule_group import SchedulerScheduleGroup
from cdktf_cdktf_provider_aws.secretsmanager_secret_rotation import (
    SecretsmanagerSecretRotation,
    SecretsmanagerSecretRotationRotationRules,
)
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sns_topic_subscription import SnsTopicSubscription
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from cdktf_cdktf_provider_aws.sqs_queue_policy import SqsQueuePolicy
from cdktf_cdktf_provider_aws.vpc_security_group_egress_rule import VpcSecurityGroupEgressRule
from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule

from constructs import Construct

__all__ = [
    "App",
    "AppautoscalingPolicy",
    "AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration",
    "AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification",
    "AppautoscalingScheduledAction",
    "AppautoscalingScheduledActionScalableTargetAction",
    "AppautoscalingTarget",
    "AwsProvider",
    "AwsProviderAssumeRole",
    "AwsProviderDefaultTags",
    "BackupPlan",
    "BackupPlanRule",
    "BackupPlanRuleCopyAction",
    "BackupPlanRuleCopyActionLifecycle",
    "BackupPlanRuleLifecycle",
    "BackupRestoreTestingPlan",
    "BackupRestoreTestingPlanRecoveryPointSelection",
    "BackupRestoreTestingSelection",
    "BackupSelection",
    "BackupVault",
    "BackupVaultLockConfiguration",
    "BudgetsBudget",
    "BudgetsBudgetCostFilter",
    "BudgetsBudgetNotification",
    "CloudBackend",
    "CloudwatchCompositeAlarm",
    "CloudwatchDashboard",
    "CloudwatchLogGroup",
    "CloudwatchMetricAlarm",
    "CloudwatchMetricAlarmMetricQuery",
    "CloudwatchMetricAlarmMetricQueryMetric",
    "Construct",
    "DataAwsDbSubnetGroup",
    "DataAwsSubnet",
    "DbClusterSnapshot",
    "DbClusterSnapshotTimeouts",
    "DbEventSubscription",
    "DbParameterGroup",
    "DbParameterGroupParameter",
    "DbProxy",
    "DbProxyAuth",
    "DbProxyDefaultTargetGroup",
    "DbProxyDefaultTargetGroupConnectionPoolConfig",
    "DbProxyEndpoint",
    "DbProxyTarget",
    "DbSubnetGroup",
    "ITerraformDependable",
    "IamPolicy",
    "IamRole",
    "IamRolePolicy",
    "IamRolePolicyAttachment",
    "KmsAlias",
    "KmsKey",
    "LocalBackend",
    "NamedCloudWorkspace",
    "Postcondition",
    "RdsCluster",
    "RdsClusterEndpoint",
    "RdsClusterInstance",
    "RdsClusterInstanceTimeouts",
    "RdsClusterParameterGroup",
    "RdsClusterParameterGroupParameter",
    "RdsClusterRoleAssociation",
    "RdsClusterServerlessv2ScalingConfiguration",
    "RdsClusterTimeouts",
    "RdsExportTask",
    "RdsExportTaskTimeouts",
    "S3Backend",
    "SchedulerSchedule",
    "SchedulerScheduleFlexibleTimeWindow",
    "SchedulerScheduleGroup",
    "SchedulerScheduleTarget",
    "SchedulerScheduleTargetDeadLetterConfig",
    "SchedulerScheduleTargetRetryPolicy",
    "SecretsmanagerSecretRotation",
    "SecretsmanagerSecretRotationRotationRules",
    "SecurityGroup",
    "SnsTopic",
    "SnsTopicSubscription",
    "SqsQueue",
    "SqsQueuePolicy",
    "TaggedCloudWorkspaces",
    "TerraformDataSource",
    "TerraformElement",
    "TerraformOutput",
    "TerraformResource",
    "TerraformResourceLifecycle",
    "TerraformStack",
    "Token",
    "VpcSecurityGroupEgressRule",
    "VpcSecurityGroupIngressRule",
]
