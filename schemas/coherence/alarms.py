"""Alarms: what CloudWatch takes of periods, and what is not known well enough for a threshold.

Source: CloudWatch API reference, PutMetricAlarm (EvaluationPeriods, DatapointsToAlarm, Period).
"""

from collections.abc import Iterable, Iterator
from typing import Final

from pydantic.alias_generators import to_camel

from auroraform.schemas.alarms.choice import Choice, Unknown, choices
from auroraform.schemas.alarms.facts import Facts
from auroraform.schemas.alarms.table import Row
from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.members import written
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec

_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR
_WEEK: Final = 7 * _DAY


def periods(spec: AwsRdsClusterSpec, _: ResolvedCluster, __: Situation) -> Iterator[Finding]:
    for chosen in choices(spec):
        if not isinstance(chosen, Choice):
            continue
        count, period = chosen.evaluation_periods, chosen.period
        if count * period > (_DAY if period < _HOUR else _WEEK):
            yield Finding(
                Code.CONFLICT,
                _path(chosen.row, "evaluationPeriods" if _says(spec, chosen.row, "evaluation_periods") else "period"),
                f"{count} periods of {period} seconds are longer than CloudWatch looks back, which is a day, or seven "
                "days for periods of an hour and more",
                "take fewer or shorter ones",
            )
        if (chosen.datapoints_to_alarm or 0) > count:
            yield Finding(
                Code.CONFLICT,
                _path(chosen.row, "datapointsToAlarm"),
                f"{chosen.datapoints_to_alarm} of {count} periods can never be beyond the threshold",
                f"write {count} or less, or raise evaluationPeriods",
            )


def unknown_shares(spec: AwsRdsClusterSpec, _: ResolvedCluster, __: Situation) -> Iterator[Finding]:
    """One finding for each cause, however many alarms need what is not known."""
    is_formula = Facts.of(spec).connections is not None
    causes: dict[str, list[Unknown]] = {}
    for chosen in choices(spec):
        if isinstance(chosen, Unknown):
            is_of_class = not (is_formula and chosen.share.what == "max_connections")
            causes.setdefault(chosen.member.instance_class or "" if is_of_class else "", []).append(chosen)
    for instance_class, found in causes.items():
        shares = _listed(dict.fromkeys(one.share.what for one in found))
        because = (
            f"how much {shares} {instance_class} has is not known here" if instance_class else f"{shares} is a formula"
        )
        fields = _listed(to_camel(one.row.field) for one in found)
        yield Finding(
            Code.NOT_IN_CATALOGUE,
            _cause(spec, instance_class),
            f"{because}, so that no alarm watches it",
            f"say it as total of {fields} in alarms, or write enabled: false there",
            Severity.WARNING,
        )


def _listed(words: Iterable[str]) -> str:
    *head, last = words
    return f"{', '.join(head)} and {last}" if head else last


def _says(spec: AwsRdsClusterSpec, row: Row, field: str) -> bool:
    return getattr(getattr(spec.alarms, row.field), field, None) is not None


def _path(row: Row, field: str) -> tuple[str, ...]:
    return ("alarms", to_camel(row.field), field)


def _cause(spec: AwsRdsClusterSpec, instance_class: str) -> tuple[str, ...]:
    classes = written(spec, "instanceClass", lambda one: one.instance_class)
    return next((path for path, name in classes if name == instance_class), ("alarms", "enabled"))
