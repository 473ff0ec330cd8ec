"""Which alarms a cluster gets, each with its threshold: the table's rows, and what a spec says instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auroraform.schemas.alarms.facts import Facts
from auroraform.schemas.alarms.table import ROWS, Role, Row, Share
from auroraform.schemas.members import Member
from auroraform.schemas.spec.alarms import Alarm, ShareAlarm
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.topics import Severity

_WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class Threshold:
    """A threshold in the metric's own unit.

    Attributes:
        basis: what it follows from; empty where it is what is written.
        member: the instance that it follows from; None for none.
    """

    value: float
    basis: str
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One alarm of a cluster."""

    row: Row
    threshold: Threshold
    severity: Severity
    period: int
    evaluation_periods: int
    datapoints_to_alarm: int | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """An alarm that is left out, as its share is not known for an instance."""

    row: Row
    share: Share
    member: Member


def choices(spec: AwsRdsClusterSpec, facts: Facts | None = None) -> Iterator[Choice | Unknown]:
    """The alarms of a cluster.

    Args:
        spec: a spec without faults.
        facts: what is known of the cluster, where that is more than the spec says.
    """
    alarms = spec.alarms
    if alarms is None or not alarms.enabled:
        return
    facts = facts or Facts.of(spec)
    for row in ROWS:
        written: Alarm = getattr(alarms, row.field) or _NOTHING
        if written.enabled is False or not row.applies.holds(facts):
            continue
        threshold = _threshold(row, written, facts)
        if isinstance(threshold, Unknown):
            yield threshold
            continue
        yield Choice(
            row,
            threshold,
            written.severity or alarms.severity or row.severity,
            written.period or row.period,
            written.evaluation_periods or row.evaluation_periods,
            written.datapoints_to_alarm,
        )


_NOTHING: Final = Alarm()


def _threshold(row: Row, written: Alarm, facts: Facts) -> Threshold | Unknown:
    if row.share is not None:
        return _least(row, row.share, written, facts)
    if written.threshold is not None:
        return Threshold(written.threshold, "")
    if callable(row.threshold):
        return Threshold(row.threshold(facts), "the maximum of the range")
    return Threshold(row.threshold, "the alarm's own")


def _least(row: Row, share: Share, written: Alarm, facts: Facts) -> Threshold | Unknown:
    """The threshold for the instance that has least: what is enough for it is enough for the others."""
    total = written.total if isinstance(written, ShareAlarm) else None
    found: list[Threshold] = []
    for member in facts.readers if row.role is Role.READER else facts.writers:
        if not share.counts(member):
            continue
        amount = share.amount(facts, member) if total is None else total
        if amount is None:
            return Unknown(row, share, member)
        percent = _percent(row, written, member)
        basis = f"{percent:g} percent of {share.sum.format(amount)}"
        if total is None:
            basis += f", the {share.what} of {share.source(facts, member)}"
        found.append(Threshold(round(amount * share.size * percent / _WHOLE), basis, member))
    return min(found, key=lambda threshold: threshold.value)


def _percent(row: Row, written: Alarm, member: Member) -> float:
    if written.threshold is not None:
        return written.threshold
    if member.is_serverless and row.of_serverless is not None:
        return row.of_serverless
    return row.threshold if isinstance(row.threshold, int | float) else 0
