"""Who watches clusters."""

from __future__ import annotations

from typing import Any

from auroraform.schemas.resolved.alarms import MetricAlarm
from auroraform.stacks.resolve import ResolvedStack
from support.readback.account import Account, Things, tags


def declared_alarms(stack: ResolvedStack, account: Account) -> Things:
    return {
        alarm.name: {
            "description": alarm.description,
            "watches": _watched(alarm),
            "periods": (alarm.evaluation_periods, alarm.datapoints_to_alarm),
            "limit": (alarm.comparison_operator, alarm.threshold),
            "missing": alarm.treat_missing_data,
            # One alarm over those of a severity tells for all of them.
            "tells": set(),
            "tags": stack.default_tags | cluster.tags,
        }
        for cluster in stack.clusters
        for alarm in cluster.alarms.metric_alarms
    }


def held_alarms(account: Account) -> Things:
    pages = account.cloudwatch.get_paginator("describe_alarms").paginate()
    return {
        found["AlarmName"]: {
            "description": found["AlarmDescription"],
            "watches": _held_watched(found),
            "periods": (found["EvaluationPeriods"], found.get("DatapointsToAlarm")),
            "limit": (found["ComparisonOperator"], found["Threshold"]),
            "missing": found["TreatMissingData"],
            "tells": {*found["AlarmActions"], *found["OKActions"]},
            "tags": tags(account.cloudwatch.list_tags_for_resource(ResourceARN=found["AlarmArn"])["Tags"]),
        }
        for page in pages
        for found in page["MetricAlarms"]
    }


def declared_composite_alarms(stack: ResolvedStack, account: Account) -> Things:
    return {
        composite.name: {
            "description": composite.description,
            "rule": " OR ".join(f'ALARM("{cluster.cluster_identifier}-{key}")' for key in composite.alarms),
            "tells": {"beginning": [*composite.topics], "end": [*composite.topics]},
            "tags": stack.default_tags | cluster.tags,
        }
        for cluster in stack.clusters
        for composite in cluster.alarms.composite_alarms
    }


def held_composite_alarms(account: Account) -> Things:
    return {
        found["AlarmName"]: {
            "description": found["AlarmDescription"],
            "rule": found["AlarmRule"],
            "tells": {"beginning": found["AlarmActions"], "end": found["OKActions"]},
            "tags": tags(account.cloudwatch.list_tags_for_resource(ResourceARN=found["AlarmArn"])["Tags"]),
        }
        for found in account.cloudwatch.describe_alarms(AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]
    }


def _watched(alarm: MetricAlarm) -> set[tuple[object, ...]]:
    of_metric = (alarm.metric_name, alarm.namespace, frozenset(alarm.dimensions.items()), alarm.period)
    if alarm.math is None:
        return {(*of_metric, alarm.statistic)}
    return {(alarm.math.expression,), *((*of_metric, query.statistic) for query in alarm.math.queries)}


def _held_watched(found: dict[str, Any]) -> set[tuple[object, ...]]:
    queries = found.get("Metrics") or ()
    watched: set[tuple[object, ...]] = {(query["Expression"],) for query in queries if "Expression" in query}
    series = [query["MetricStat"] for query in queries if "MetricStat" in query]
    watched |= {_held_series(one["Metric"], one["Period"], one["Stat"]) for one in series}
    return watched or {_held_series(found, found["Period"], found["Statistic"])}


def _held_series(metric: dict[str, Any], period: int, statistic: str) -> tuple[object, ...]:
    dimensions = frozenset((one["Name"], one["Value"]) for one in metric["Dimensions"])
    return (metric["MetricName"], metric["Namespace"], dimensions, period, statistic)
