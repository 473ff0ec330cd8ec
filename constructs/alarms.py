"""CloudWatch alarms."""

from auroraform.constructs.bindings import (
    CloudwatchCompositeAlarm,
    CloudwatchMetricAlarm,
    CloudwatchMetricAlarmMetricQuery,
    CloudwatchMetricAlarmMetricQueryMetric,
    Construct,
    ITerraformDependable,
)
from auroraform.constructs.naming import address, reference
from auroraform.schemas.resolved.alarms import Alarms, CompositeAlarm, MetricAlarm, MetricMath


class ClusterAlarms(Construct):
    """`aws_cloudwatch_metric_alarm.<label>_<key>`, and `aws_cloudwatch_composite_alarm.<label>_<severity>` over them.

    The composite alarms alone have actions, so that one incident tells once. Alarms that take missing data for a
    failure follow the instances: they would ring for a cluster that is still being made.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        label: str,
        alarms: Alarms,
        instances: list[ITerraformDependable],
        tags: dict[str, str],
    ) -> None:
        super().__init__(scope, id_)
        for alarm in alarms.metric_alarms:
            awaited = instances if alarm.treat_missing_data == "breaching" else None
            self._metric_alarm(label, alarm, awaited, tags)
        for composite in alarms.composite_alarms:
            self._composite_alarm(label, composite, tags)

    def _metric_alarm(
        self, label: str, alarm: MetricAlarm, awaited: list[ITerraformDependable] | None, tags: dict[str, str]
    ) -> None:
        is_plain = alarm.math is None
        made = CloudwatchMetricAlarm(
            self,
            alarm.key,
            alarm_name=alarm.name,
            alarm_description=alarm.description,
            namespace=alarm.namespace if is_plain else None,
            metric_name=alarm.metric_name if is_plain else None,
            dimensions=alarm.dimensions if is_plain else None,
            statistic=alarm.statistic if is_plain else None,
            period=alarm.period if is_plain else None,
            metric_query=_queries(alarm, alarm.math) if alarm.math is not None else None,
            evaluation_periods=alarm.evaluation_periods,
            datapoints_to_alarm=alarm.datapoints_to_alarm,
            comparison_operator=alarm.comparison_operator,
            threshold=alarm.threshold,
            treat_missing_data=alarm.treat_missing_data,
            depends_on=awaited,
            tags=tags,
        )
        address(made, label, alarm.key)

    def _composite_alarm(self, label: str, composite: CompositeAlarm, tags: dict[str, str]) -> None:
        names = (reference("aws_cloudwatch_metric_alarm", f"{label}_{key}", "alarm_name") for key in composite.alarms)
        made = CloudwatchCompositeAlarm(
            self,
            composite.key,
            alarm_name=composite.name,
            alarm_description=composite.description,
            alarm_rule=" OR ".join(f'ALARM("{name}")' for name in names),
            alarm_actions=[*composite.topics] or None,
            ok_actions=[*composite.topics] or None,
            tags=tags,
        )
        address(made, label, composite.key)


def _queries(alarm: MetricAlarm, math: MetricMath) -> list[CloudwatchMetricAlarmMetricQuery]:
    series = [
        CloudwatchMetricAlarmMetricQuery(
            id=query.id,
            metric=CloudwatchMetricAlarmMetricQueryMetric(
                namespace=alarm.namespace,
                metric_name=alarm.metric_name,
                dimensions=alarm.dimensions,
                stat=query.statistic,
                period=alarm.period,
            ),
        )
        for query in math.queries
    ]
    result = CloudwatchMetricAlarmMetricQuery(
        id=math.id, expression=math.expression, label=math.label, return_data=True
    )
    return [*series, result]
