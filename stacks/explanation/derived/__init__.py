"""The values that no layer says, because they follow from others: what they are, from what, and why.

Each rule is one row of `RULES`. A rule only explains: the values are those of the resolved cluster.
"""

from collections.abc import Iterator
from typing import Final

from auroraform.stacks.explanation.derived import (
    alarms,
    autoscaling,
    backups,
    budgets,
    credentials,
    dashboard,
    encryption,
    endpoints,
    events,
    identity,
    insights,
    instances,
    lifecycle,
    logs,
    network,
    parameters,
    proxy,
    references,
    roles,
    schedule,
    tags,
    topics,
    users,
)
from auroraform.stacks.explanation.derived.rule import Rule
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject

RULES: Final[tuple[Rule, ...]] = (
    network.subnets,
    references.references,
    identity.port,
    network.vpc,
    identity.identifier,
    encryption.kms_key,
    credentials.password,
    lifecycle.final_snapshot,
    lifecycle.windows,
    instances.instances,
    instances.tiers,
    instances.zones,
    instances.order,
    autoscaling.autoscaling,
    endpoints.endpoints,
    proxy.proxy,
    logs.log_groups,
    parameters.parameters,
    insights.performance_insights,
    insights.monitoring,
    dashboard.dashboard,
    alarms.thresholds,
    parameters.parameter_group,
    parameters.apply_methods,
    parameters.upgrade,
    network.security_group,
    users.application_users,
    roles.associated_roles,
    backups.backups,
    schedule.schedule,
    budgets.budget,
    lifecycle.changes,
    topics.topics,
    events.event_subscriptions,
    tags.tags,
)


def derived_rows(subject: Subject) -> Iterator[Row]:
    """Every derived value of a cluster; none where something is wrong with it."""
    if subject.whole is not None:
        for rule in RULES:
            yield from rule(subject, subject.whole)
