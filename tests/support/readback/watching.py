"""What is told of clusters and shown of them: subscriptions to events, dashboards."""

from __future__ import annotations

import json
from typing import Any

from auroraform.constructs.dashboard_body import body
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.events import EventSubscription
from auroraform.stacks.resolve import ResolvedStack
from support.readback.account import Account, Things, tags


def declared_subscriptions(stack: ResolvedStack, account: Account) -> Things:
    return {
        subscription.name: {
            "topic": subscription.sns_topic,
            "sources": (subscription.source_type, _sources(cluster, subscription)),
            "categories": {*subscription.event_categories},
            "is enabled": True,
            "tags": stack.default_tags | cluster.tags,
        }
        for cluster in stack.clusters
        for subscription in cluster.event_subscriptions
    }


def held_subscriptions(account: Account) -> Things:
    return {
        found["CustSubscriptionId"]: {
            "topic": found["SnsTopicArn"],
            "sources": (found["SourceType"], {*found["SourceIdsList"]}),
            "categories": {*found["EventCategoriesList"]},
            "is enabled": found["Enabled"],
            "tags": tags(account.rds.list_tags_for_resource(ResourceName=found["EventSubscriptionArn"])["TagList"]),
        }
        for found in account.rds.describe_event_subscriptions()["EventSubscriptionsList"]
    }


def declared_dashboards(stack: ResolvedStack, account: Account) -> Things:
    return {
        cluster.dashboard.name: {"body": body(cluster.dashboard)}
        for cluster in stack.clusters
        if cluster.dashboard is not None
    }


def held_dashboards(account: Account) -> Things:
    return {name: {"body": _held_body(account, name)} for name in _names(account)}


def _sources(cluster: ResolvedCluster, subscription: EventSubscription) -> set[str]:
    """Who a subscription is about; in the stack they are references, so that they are made first."""
    if subscription.source_type == "db-cluster":
        return {cluster.cluster_identifier}
    return {instance.identifier for instance in cluster.instances}


def _names(account: Account) -> list[str]:
    return [found["DashboardName"] for found in account.cloudwatch.list_dashboards()["DashboardEntries"]]


def _held_body(account: Account, name: str) -> Any:  # noqa: ANN401 - any JSON
    return json.loads(account.cloudwatch.get_dashboard(DashboardName=name)["DashboardBody"])
