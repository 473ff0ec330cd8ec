"""The gaps of moto 5.2.5 that keep stacks from being applied, or show up as a difference in a second plan.

Each is closed by one function, whose docstring says what moto lacks. `test_support_emulator_gaps.py` has a case for
each or says which test has it, and fails when moto closes one itself; then the row here and the function can go.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from auroraform.sandbox.emulator import (
    automated_backups,
    backup_selections,
    buckets,
    budgets,
    cluster_endpoints,
    cluster_roles,
    clusters,
    composite_alarms,
    event_subscriptions,
    exports,
    parameter_groups,
    proxies,
    restore_testing,
    scalable_targets,
    security_group_rules,
    subnet_groups,
    taken_names,
)

GAPS: Final[tuple[Callable[[], None], ...]] = (
    clusters.keep_performance_insights,
    clusters.keep_enhanced_monitoring_of_clusters,
    clusters.keep_engine_lifecycle_support,
    clusters.keep_local_write_forwarding,
    clusters.keep_the_managed_password,
    clusters.take_master_user_of_source,
    clusters.store_global_write_forwarding,
    clusters.omit_unset_scaling_configuration,
    clusters.keep_http_endpoint,
    clusters.switch_http_endpoint,
    clusters.accept_storage_types_of_aurora,
    clusters.leave_out_standard_storage,
    clusters.store_iam_authentication,
    clusters.store_exported_logs,
    clusters.answer_with_the_default_certificate_authority,
    automated_backups.delete_automated_backups,
    subnet_groups.keep_modified_subnet_groups,
    parameter_groups.mark_parameters_as_set_by_the_user,
    parameter_groups.reset_parameters,
    event_subscriptions.modify_event_subscriptions,
    event_subscriptions.change_sources_of_event_subscriptions,
    proxies.modify_proxies,
    proxies.keep_initialization_query,
    proxies.provide_proxy_endpoints,
    composite_alarms.provide_composite_alarms,
    backup_selections.update_backup_plans,
    backup_selections.provide_backup_selections,
    backup_selections.read_tags_by_either_path,
    restore_testing.provide_restore_testing,
    exports.write_states_of_exports_in_capitals,
    exports.keep_exports_that_are_done,
    budgets.tell_subscribers_of_budgets,
    budgets.update_budgets,
    budgets.keep_tags_of_budgets,
    cluster_endpoints.provide_cluster_endpoints,
    cluster_roles.provide_roles_of_clusters,
    scalable_targets.keep_tags_of_scalable_targets,
    security_group_rules.keep_descriptions_of_rules,
    taken_names.refuse_a_second_cluster_of_a_name,
    taken_names.refuse_a_second_subnet_group_of_a_name,
    buckets.heed_conditions_of_bucket_policies,
    buckets.keep_newest_old_versions,
)


def close_all() -> None:
    for close in GAPS:
        close()
