"""Rules between the fields of one resolved spec, which a model of single fields cannot hold.

Each rule is one row of `RULES`: it looks at the merged spec of one cluster in one environment and yields findings.
Those of `WHOLE_RULES` look at the resolved cluster too, for what depends on the keys or the number of its
instances. A rule that depends on the environment names it in its message. Most would otherwise fail at apply, some
after the old cluster is gone; what AWS alone can know for sure is a warning.

Sources: RDS API reference and Amazon Aurora User Guide, unless a rule or a table of facts (`engines`, `features`,
`versions`, `classes`, `reserved`, `parameters`) names another.
"""

from typing import Final

from auroraform.schemas.coherence import (
    alarms,
    autoscaling,
    backups,
    budgets,
    capacity,
    credentials,
    encryption,
    endpoints,
    events,
    insights,
    instances,
    lifecycle,
    logs,
    network,
    operation,
    parameters,
    proxy,
    roles,
    schedule,
    storage,
    upgrades,
    users,
    versions,
)
from auroraform.schemas.coherence.finding import Finding, Rule, Situation, WholeRule
from auroraform.schemas.coherence.network import arn_fault, one_zone, region_fault, text_fault, too_few_subnets
from auroraform.schemas.members import SERVERLESS
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec

__all__ = [
    "RULES",
    "SERVERLESS",
    "WHOLE_RULES",
    "Finding",
    "Rule",
    "Situation",
    "WholeRule",
    "arn_fault",
    "findings",
    "findings_of_whole",
    "one_zone",
    "region_fault",
    "text_fault",
    "too_few_subnets",
]

RULES: Final[tuple[Rule, ...]] = (
    versions.engine_version,
    versions.known_version,
    versions.engine_mode,
    instances.number,
    instances.roles,
    capacity.capacity,
    capacity.capacity_of_version,
    capacity.pausing,
    capacity.instance_class,
    capacity.takeover,
    instances.public_access,
    instances.certificates,
    autoscaling.metrics,
    autoscaling.schedules,
    endpoints.endpoints,
    proxy.secrets,
    proxy.password_types,
    proxy.encryption,
    proxy.pool,
    proxy.debug_logging,
    proxy.network,
    proxy.pausing,
    network.subnets,
    network.subnet_zones,
    instances.member_zones,
    instances.spread,
    instances.instance_windows,
    network.rule_sources,
    network.rule_ports,
    network.ipv6_sources,
    network.open_to_everybody,
    network.existing_groups_only,
    operation.windows,
    lifecycle.room_for_windows,
    lifecycle.extended_support,
    operation.log_exports,
    logs.new_log_types,
    logs.adopted_log_groups,
    events.known_categories,
    insights.advanced_mode,
    insights.class_with_insights,
    insights.capacity_for_insights,
    parameters.existing_groups,
    parameters.families,
    parameters.each_once,
    parameters.lacking_features,
    parameters.known_names,
    parameters.places,
    parameters.versions,
    parameters.values,
    parameters.apply_methods,
    parameters.empty_logs,
    parameters.kept_audit,
    parameters.time_zone,
    upgrades.upgrade,
    operation.data_api,
    credentials.username,
    credentials.database_name,
    credentials.master_password,
    credentials.needless_credentials,
    credentials.rotation,
    storage.encryption,
    encryption.described_key,
    encryption.two_keys,
    encryption.key_of_nothing,
    encryption.key_rotation,
    storage.storage_type,
    storage.origin,
    backups.plan,
    backups.copied_key,
    backups.shared_snapshots,
    backups.exported_snapshots,
    backups.export_keys,
    backups.exported_parts,
    users.names,
    users.databases,
    users.schemas,
    users.authentication,
    roles.given_or_made,
    roles.one_role_per_feature,
    roles.one_role_for_s3,
    roles.number_of_roles,
    roles.feature_of_version,
    roles.parameters_of_roles,
    schedule.production,
    schedule.replicas,
    schedule.hours,
    schedule.skipped_times,
    schedule.waiting_changes,
    schedule.room_for_windows,
    schedule.windows,
)

WHOLE_RULES: Final[tuple[WholeRule, ...]] = (
    autoscaling.bounds,
    autoscaling.declared_readers,
    endpoints.identifiers,
    endpoints.members,
    endpoints.reached,
    proxy.idle_connections,
    proxy.subnets,
    proxy.reader,
    proxy.budget,
    backups.snapshot_names,
    budgets.subscribers,
    alarms.periods,
    alarms.unknown_shares,
)


def findings(spec: AwsRdsClusterSpec, situation: Situation) -> list[Finding]:
    """Everything that is wrong between the fields of a spec."""
    return [finding for rule in RULES for finding in rule(spec, situation)]


def findings_of_whole(spec: AwsRdsClusterSpec, cluster: ResolvedCluster, situation: Situation) -> list[Finding]:
    """Everything that is wrong between a spec without faults and what it becomes."""
    return [finding for rule in WHOLE_RULES for finding in rule(spec, cluster, situation)]
