"""CloudWatch alarms."""

from collections.abc import Iterable, Iterator
from typing import Final

from auroraform.schemas.alarms.choice import Choice, choices
from auroraform.schemas.alarms.table import NAMESPACE, Math, Role, Row
from auroraform.schemas.resolved.alarms import Alarms, CompositeAlarm, MetricAlarm, MetricMath, MetricQuery
from auroraform.schemas.topics import SEVERITIES
from auroraform.stacks.parts.context import Context, given
from auroraform.stacks.parts.proxy import proxy_name
from auroraform.stacks.topics import topics_of

_PLACEHOLDER: Final = "{alarm}"
_RESULT: Final = "result"
_OPERATORS: Final = {
    "above": "GreaterThanThreshold",
    "below": "LessThanThreshold",
    "at or above": "GreaterThanOrEqualToThreshold",
    "at or below": "LessThanOrEqualToThreshold",
}


def alarms(context: Context) -> Alarms:
    """The alarms, and one over those of each severity."""
    made = tuple(_metric_alarm(context, found) for found in choices(context.spec) if isinstance(found, Choice))
    return Alarms(metric_alarms=made, composite_alarms=tuple(_composite_alarms(context, made)))


def _metric_alarm(context: Context, chosen: Choice) -> MetricAlarm:
    row = chosen.row
    return MetricAlarm(
        key=row.key,
        # Shorter than 255 characters, as identifiers and keys are.
        name=f"{context.identifier}-{row.key}",
        description=_description(context, chosen),
        severity=chosen.severity,
        namespace=NAMESPACE,
        metric_name=row.metric,
        dimensions=_dimensions(context, row.role),
        statistic=row.statistic,
        math=_math(row, row.math) if row.math is not None else None,
        period=chosen.period,
        evaluation_periods=chosen.evaluation_periods,
        datapoints_to_alarm=chosen.datapoints_to_alarm,
        comparison_operator=_OPERATORS[row.comparison],
        threshold=chosen.threshold.value,
        treat_missing_data=row.missing,
    )


def _dimensions(context: Context, role: Role) -> dict[str, str]:
    if role is Role.PROXY:
        return {"ProxyName": proxy_name(context)}
    of_role = {"Role": role.value} if role is not Role.CLUSTER else {}
    return {"DBClusterIdentifier": context.identifier} | of_role


def _math(row: Row, math: Math) -> MetricMath:
    return MetricMath(
        id=_RESULT,
        expression=math.expression,
        label=row.title,
        queries=tuple(MetricQuery(id=series.id, statistic=series.statistic) for series in math.series),
    )


def _description(context: Context, chosen: Choice) -> str:
    row, basis = chosen.row, chosen.threshold.basis
    written = given(context.spec.alarms).runbook_url
    # A basis in percent says more than a number of bytes.
    limit = basis if row.share is not None else f"{chosen.threshold.value:.12g} {row.unit}"
    limit += ", or not reported" if row.missing == "breaching" else ""
    url = row.page if written is None else written.replace(_PLACEHOLDER, row.key)
    return f"{row.title[:1].upper()}{row.title[1:]} is {row.comparison} {limit}. {row.why} Runbook: {url}"


def _composite_alarms(context: Context, made: Iterable[MetricAlarm]) -> Iterator[CompositeAlarm]:
    told = topics_of(context.where, context.values.references)
    topics = {"critical": told.critical, "warning": told.warning}
    for severity in SEVERITIES:
        keys = tuple(alarm.key for alarm in made if alarm.severity == severity)
        if keys:
            yield CompositeAlarm(
                key=severity,
                name=f"{context.identifier}-{severity}",
                description=f"{severity.capitalize()} for {context.identifier}: one or more of its alarms "
                f"{', '.join(keys)}.",
                alarms=keys,
                topics=topics[severity],
                is_muted_at_times=context.spec.schedule is not None,
            )
