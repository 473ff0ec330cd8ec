"""The Terraform addresses of a stack, each with what made it.

`PARTS` says for every type of resource what there is one of it for. A test holds it against the golden files: these
addresses are worked out without CDKTF.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from auroraform.schemas.parameters.written import CLUSTER_MAP, INSTANCE_MAP
from auroraform.schemas.resolved.backups import ExportRole
from auroraform.schemas.resolved.insights import MonitoringRole
from auroraform.schemas.resolved.network import VpcOfSubnet, VpcOfSubnetGroup
from auroraform.schemas.resolved.proxy import ProxyRole
from auroraform.schemas.resolved.roles import MadeRole
from auroraform.stacks.explanation.derived.alarms import alarm_rows, severity_rows
from auroraform.stacks.explanation.derived.autoscaling import METRICS
from auroraform.stacks.explanation.derived.instances import instance_row
from auroraform.stacks.explanation.derived.network import egress, first_subnet, ingress, subnet_source
from auroraform.stacks.explanation.derived.proxy import rows_of, sources
from auroraform.stacks.explanation.derived.roles import feature_rows
from auroraform.stacks.explanation.derived.schedule import fields_of, schedule_rows
from auroraform.stacks.explanation.origins import environment_row, network_origins, spec_origins, spec_row
from auroraform.stacks.explanation.rows import MANIFEST, Row, State
from auroraform.stacks.explanation.subject import Setting, Subject, Whole
from auroraform.stacks.network import LABEL

Made = Iterator[tuple[str, list[Row]]]
"""Keys, which tell addresses of one type and cluster apart, each with the rows that made the resource."""


@dataclass(frozen=True, slots=True)
class Part:
    """One type of resource.

    Attributes:
        type: the beginning of the address.
        reason: what there is one for.
        made: the keys of a cluster's resources of this type.
    """

    type: str
    reason: str
    made: Callable[[Subject, Whole], Made]


def cluster_addresses(subject: Subject) -> Iterator[tuple[str, str, list[Row]]]:
    """Address, reason and rows of everything that is made for a cluster."""
    if subject.whole is None:
        return
    for part in PARTS:
        for key, rows in part.made(subject, subject.whole):
            label = "_".join(filter(None, (subject.whole.cluster.name, key)))
            yield f"{part.type}.{label}", part.reason, rows
    yield from _lookups(subject, subject.whole)


def network_addresses(where: Setting) -> Iterator[tuple[str, str, list[Row]]]:
    """Address, reason and rows of everything that a stack looks up for the network of its environment."""
    for data in _data(where):
        rows = [
            environment_row(where, "network", field)
            for field, type_ in _NETWORK_TAGS
            if data == f"data.{type_}.{LABEL}" and where.in_environment("network", field)
        ]
        for origin in network_origins(where):
            if origin.reads(data):
                rows += [origin.row, *([origin.entry] if origin.entry else [])]
        if rows:
            yield data, "looked up for the network of the environment", rows


def _lookups(subject: Subject, whole: Whole) -> Iterator[tuple[str, str, list[Row]]]:
    for data in _data(subject):
        rows = [
            row
            for origin in spec_origins(subject, whole)
            if origin.reads(data)
            for row in (origin.row, origin.entry)
            if row is not None
        ]
        if rows:
            yield data, "looked up for a reference", rows
        elif whole.spec.subnet_tags is not None and _is_read(data, whole):
            yield data, "looked up by subnetTags", [subnet_source(subject)]


def _is_read(data: str, whole: Whole) -> bool:
    group = whole.cluster.subnet_group
    return group is not None and isinstance(group.subnet_ids, str) and group.subnet_ids.startswith(f"{data}.")


_NETWORK_TAGS: Final = (("vpcTags", "aws_vpc"), ("subnetTags", "aws_subnets"))


def _data(where: Setting) -> Iterator[str]:
    for lookup in where.stack.lookups:
        yield f"data.{lookup.type}.{lookup.label}"


def _cluster(subject: Subject, whole: Whole) -> Made:
    yield "", [Row("metadata.name", whole.cluster.name, State.SET, MANIFEST, subject.written.name_place)]


def _instances(subject: Subject, whole: Whole) -> Made:
    for instance in whole.cluster.instances:
        yield instance.key, [instance_row(subject, instance.key)]


def _autoscaling_target(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.reader_autoscaling is not None:
        yield "", [subject.rows["readerAutoscaling.maxCapacity"]]


def _autoscaling_policies(subject: Subject, whole: Whole) -> Made:
    autoscaling = whole.cluster.reader_autoscaling
    for policy in autoscaling.policies if autoscaling else ():
        yield policy.key, [subject.rows[f"readerAutoscaling.{METRICS[policy.key]}"]]


def _scheduled_actions(subject: Subject, whole: Whole) -> Made:
    autoscaling = whole.cluster.reader_autoscaling
    for action in autoscaling.scheduled_actions if autoscaling else ():
        yield action.key, [subject.rows[f"readerAutoscaling.schedules.{action.key}.schedule"]]


def _endpoints(subject: Subject, whole: Whole) -> Made:
    for endpoint in whole.cluster.endpoints:
        yield endpoint.key, [subject.rows[f"endpoints.{endpoint.key}.type"]]


def _proxy(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.proxy is not None:
        yield "", rows_of(subject)


def _reader_of_proxy(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.proxy is not None and whole.cluster.proxy.reader_endpoint_name is not None:
        yield "reader", [subject.rows["proxy.readOnlyEndpoint"]]


def _log_of_proxy(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.proxy is not None:
        yield "proxy", rows_of(subject)


def _role_of_proxy(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.proxy is not None and isinstance(whole.cluster.proxy.role, ProxyRole):
        yield "proxy", rows_of(subject)


def _group_of_proxy(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.proxy is not None and whole.cluster.proxy.security_group is not None:
        yield "proxy", rows_of(subject)


def _sources_of_proxy(subject: Subject, whole: Whole) -> Made:
    for key, rows in sources(subject, whole).items():
        yield f"proxy_{key}", rows


def _way_of_proxy(subject: Subject, whole: Whole) -> Made:
    for _, rows in _group_of_proxy(subject, whole):
        yield "proxy_cluster", rows


def _subnet_group(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.subnet_group is not None:
        yield "", [subnet_source(subject)]


def _parameter_group(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.parameter_group is not None:
        fields = ("parameters", "dbClusterParameterGroupName", "engine", "engineVersion")
        rows = [subject.rows[field] for field in fields if field in subject.rows]
        yield "", [*_of_map(subject, CLUSTER_MAP), *rows]


def _instance_parameter_group(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.instance_parameter_group is not None:
        rows = [subject.rows[field] for field in ("engine", "engineVersion")]
        yield "", [*_of_map(subject, INSTANCE_MAP), *rows]


def _of_map(subject: Subject, field: str) -> Iterator[Row]:
    return (row for path, row in subject.rows.items() if path.startswith(f"{field}.") and row.state is State.SET)


def _ingress_rules(subject: Subject, whole: Whole) -> Made:
    yield from ingress(subject, whole).items()


def _egress_rules(subject: Subject, whole: Whole) -> Made:
    yield from egress(subject, whole).items()


def _security_group(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.security_group is not None:
        yield from _cluster(subject, whole)


def _log_groups(subject: Subject, whole: Whole) -> Made:
    for index, log_type in enumerate(whole.spec.enabled_cloudwatch_logs_exports or ()):
        yield log_type, [spec_row(subject, ("enabledCloudwatchLogsExports", index))]


def _monitoring_role(subject: Subject, whole: Whole) -> Made:
    monitoring = whole.cluster.monitoring
    if monitoring is not None and isinstance(monitoring.role, MonitoringRole):
        yield "monitoring", [subject.rows["monitoring.interval"]]


def _dashboard(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.dashboard is not None:
        yield "", [subject.rows["dashboard.enabled"]]


def _kms_key(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.kms_key is not None:
        yield "", [subject.rows["kmsKey.create"]]


def _secret_rotation(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.master_user_secret_rotation is not None:
        yield "", [row for path, row in subject.rows.items() if path.startswith("masterUserSecret.rotation.")]


def _secret_of_password(subject: Subject, whole: Whole) -> Made:
    password = whole.cluster.master_password
    if password is not None and password.secret_arn is not None:
        yield "", [spec_row(subject, ("passwordFrom", "secretArn"))]


def _parameter_of_password(subject: Subject, whole: Whole) -> Made:
    password = whole.cluster.master_password
    if password is not None and password.ssm_parameter_arn is not None:
        yield "", [spec_row(subject, ("passwordFrom", "ssmParameter"))]


def _event_subscriptions(subject: Subject, whole: Whole) -> Made:
    for subscription in whole.cluster.event_subscriptions:
        yield subscription.key, [subject.rows["events.enabled"]]


def _users(subject: Subject, whole: Whole) -> Made:
    for index, user in enumerate(whole.cluster.application_users):
        yield user.name, [spec_row(subject, ("applicationUsers", index))]


def _user_roles(subject: Subject, whole: Whole) -> Made:
    for index, user in enumerate(whole.cluster.application_users):
        for position, role in enumerate(user.roles):
            yield role.key, [spec_row(subject, ("applicationUsers", index, "roles", position))]


def _associated_roles(subject: Subject, whole: Whole) -> Made:
    for role in whole.cluster.associated_roles:
        yield role.key, feature_rows(subject, whole, role.key)


def _made_roles(subject: Subject, whole: Whole) -> Made:
    for role in whole.cluster.associated_roles:
        if isinstance(role.role, MadeRole):
            yield role.key, feature_rows(subject, whole, role.key)


def _selection(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.backups.selection is not None:
        yield "", [environment_row(subject, "backup", "rules")]


def _restore_test(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.backups.restore_test is not None:
        yield "", [environment_row(subject, "backup", "restoreTesting")]


def _snapshots(subject: Subject, whole: Whole) -> Made:
    for snapshot in whole.cluster.backups.snapshots:
        yield snapshot.key, [spec_row(subject, ("backups", "snapshots", snapshot.key))]


def _exports(subject: Subject, whole: Whole) -> Made:
    for export in whole.cluster.backups.exports:
        yield export.key, [spec_row(subject, ("backups", "exports", export.key))]


def _export_roles(subject: Subject, whole: Whole) -> Made:
    for export in whole.cluster.backups.exports:
        if isinstance(export.role, ExportRole):
            yield f"export_{export.key}", [spec_row(subject, ("backups", "exports", export.key))]


def _schedule(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.schedule is not None:
        yield "", schedule_rows(subject)


def _scheduled_calls(subject: Subject, whole: Whole) -> Made:
    schedule = whole.cluster.schedule
    for call in schedule.calls if schedule else ():
        yield call.key, schedule_rows(subject, fields_of(call.key))


def _needs_of_schedule(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.schedule is not None:
        yield "schedule", schedule_rows(subject)


def _alarm_of_schedule(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.schedule is not None and whole.cluster.schedule.failure_topics:
        yield from _needs_of_schedule(subject, whole)


def _budget(subject: Subject, whole: Whole) -> Made:
    if whole.cluster.budget is not None:
        yield "", [subject.rows["budget.limitAmount"]]


def _metric_alarms(subject: Subject, whole: Whole) -> Made:
    for alarm in whole.cluster.alarms.metric_alarms:
        yield alarm.key, [subject.rows["alarms.enabled"], *alarm_rows(subject, alarm.key)]


def _composite_alarms(subject: Subject, whole: Whole) -> Made:
    for composite in whole.cluster.alarms.composite_alarms:
        yield composite.key, [subject.rows["alarms.enabled"], *severity_rows(subject)]


def _vpc_of_subnet(subject: Subject, whole: Whole) -> Made:
    group = whole.cluster.security_group
    if group is not None and isinstance(group.vpc, VpcOfSubnet):
        yield "", [first_subnet(subject)]


def _vpc_of_subnet_group(subject: Subject, whole: Whole) -> Made:
    group = whole.cluster.security_group
    if group is not None and isinstance(group.vpc, VpcOfSubnetGroup):
        yield "", [subnet_source(subject)]


_KEY: Final = "one for each manifest with kmsKey.create"
_PASSWORD: Final = "read by Terraform for the master password, and kept nowhere"  # noqa: S105 - a sentence
_ROLE: Final = "lets RDS write Enhanced Monitoring, as monitoring.roleArn is not set"
_EXPORT: Final = "lets RDS write the files of an export, as its roleArn is not set"
_BUCKETS: Final = "lets the cluster use the buckets, as roleArn is not set"
_SCHEDULE: Final = "lets EventBridge Scheduler stop and start the cluster"
_FAILURES: Final = "keeps the calls of the schedule that failed"

_PROXY: Final = "one for each manifest with proxy"
_PROXY_ROLE: Final = "lets the proxy read its secrets, as proxy.roleArn is not set"

PARTS: Final = (
    Part("aws_rds_cluster", "one for each manifest", _cluster),
    Part("aws_rds_cluster_instance", "one for each of instances.members, or as many as instances.count", _instances),
    Part("aws_appautoscaling_target", "one for each manifest with readerAutoscaling", _autoscaling_target),
    Part("aws_appautoscaling_policy", "one for each metric of readerAutoscaling", _autoscaling_policies),
    Part("aws_appautoscaling_scheduled_action", "one for each of readerAutoscaling.schedules", _scheduled_actions),
    Part("aws_rds_cluster_endpoint", "one for each of endpoints", _endpoints),
    Part("aws_db_proxy", _PROXY, _proxy),
    Part("aws_db_proxy_default_target_group", _PROXY, _proxy),
    Part("aws_db_proxy_target", _PROXY, _proxy),
    Part("aws_db_proxy_endpoint", "for proxy.readOnlyEndpoint", _reader_of_proxy),
    Part("aws_cloudwatch_log_group", "for the log of the proxy", _log_of_proxy),
    Part("aws_iam_role", _PROXY_ROLE, _role_of_proxy),
    Part("aws_iam_role_policy", _PROXY_ROLE, _role_of_proxy),
    Part("aws_security_group", "the proxy's own, unless securityGroup.managed is false", _group_of_proxy),
    Part("aws_vpc_security_group_ingress_rule", "one for each source that may connect to the proxy", _sources_of_proxy),
    Part("aws_vpc_security_group_ingress_rule", "lets the proxy connect to the cluster", _group_of_proxy),
    Part("aws_vpc_security_group_egress_rule", "lets the proxy connect to the cluster", _way_of_proxy),
    Part("aws_db_subnet_group", "one for each manifest without dbSubnetGroupName", _subnet_group),
    Part("aws_rds_cluster_parameter_group", "one for each manifest without a group of its own", _parameter_group),
    Part("aws_db_parameter_group", "one for each manifest with instanceParameters", _instance_parameter_group),
    Part("aws_cloudwatch_log_group", "one for each element of enabledCloudwatchLogsExports", _log_groups),
    Part("aws_cloudwatch_dashboard", "one for each manifest with dashboard.enabled", _dashboard),
    Part("aws_security_group", "one for each manifest, unless securityGroup.managed is false", _security_group),
    Part("aws_vpc_security_group_ingress_rule", "one for each source that may connect", _ingress_rules),
    Part("aws_vpc_security_group_egress_rule", "one for each rule of securityGroup.egress", _egress_rules),
    Part("aws_iam_role", _ROLE, _monitoring_role),
    Part("aws_iam_role_policy_attachment", _ROLE, _monitoring_role),
    Part("aws_kms_key", _KEY, _kms_key),
    Part("aws_kms_alias", _KEY, _kms_key),
    Part("aws_secretsmanager_secret_rotation", "for masterUserSecret.rotation", _secret_rotation),
    Part("ephemeral.aws_secretsmanager_secret_version", _PASSWORD, _secret_of_password),
    Part("ephemeral.aws_ssm_parameter", _PASSWORD, _parameter_of_password),
    Part("aws_db_event_subscription", "one for each topic and kind of source of events", _event_subscriptions),
    Part("aws_iam_policy", "one for each of applicationUsers", _users),
    Part("aws_iam_role_policy_attachment", "one for each of the roles of applicationUsers", _user_roles),
    Part("aws_rds_cluster_role_association", "one for each of associatedRoles", _associated_roles),
    Part("aws_iam_role", _BUCKETS, _made_roles),
    Part("aws_iam_role_policy", _BUCKETS, _made_roles),
    Part("aws_backup_selection", "for backup of the environment, unless backups.plan is false", _selection),
    Part("aws_backup_restore_testing_selection", "for backup.restoreTesting of the environment", _restore_test),
    Part("aws_db_cluster_snapshot", "one for each of backups.snapshots", _snapshots),
    Part("aws_rds_export_task", "one for each of backups.exports", _exports),
    Part("aws_iam_role", _EXPORT, _export_roles),
    Part("aws_iam_role_policy", _EXPORT, _export_roles),
    Part("aws_budgets_budget", "one for each manifest with a budget", _budget),
    Part("aws_scheduler_schedule_group", "one for each manifest with a schedule", _schedule),
    Part("aws_scheduler_schedule", "stops or starts the cluster, or mutes its alarms meanwhile", _scheduled_calls),
    Part("aws_iam_role", _SCHEDULE, _needs_of_schedule),
    Part("aws_iam_role_policy", _SCHEDULE, _needs_of_schedule),
    Part("aws_cloudwatch_metric_alarm", "tells of calls of the schedule that failed", _alarm_of_schedule),
    Part("aws_sqs_queue", _FAILURES, _needs_of_schedule),
    Part("aws_sqs_queue_policy", _FAILURES, _needs_of_schedule),
    Part("aws_cloudwatch_metric_alarm", "one for each alarm that is for such a cluster", _metric_alarms),
    Part("aws_cloudwatch_composite_alarm", "one for each severity of alarms, which tells", _composite_alarms),
    Part("data.aws_subnet", "finds the VPC, which nobody names, from the first subnet", _vpc_of_subnet),
    Part("data.aws_db_subnet_group", "finds the VPC, which nobody names, from the subnet group", _vpc_of_subnet_group),
)
