"""The Terraform addresses of what a stack has once, beside its clusters, each with what made it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from auroraform.schemas.resolved.shared import SHARED
from auroraform.stacks.explanation.origins import alarm_origins, environment_row
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Setting

Made = Iterator[tuple[str, list[Row]]]
"""Keys, which tell addresses of one type apart, each with the rows that made the resource."""


@dataclass(frozen=True, slots=True)
class SharedPart:
    """One type of resource.

    Attributes:
        type: the beginning of the address.
        reason: what there is one for.
        made: the keys of a stack's resources of this type.
    """

    type: str
    reason: str
    made: Callable[[Setting], Made]


def shared_addresses(where: Setting) -> Iterator[tuple[str, str, list[Row]]]:
    """Address, reason and rows of everything that a stack has once, and of what is looked up for it."""
    for part in SHARED_PARTS:
        for key, rows in part.made(where):
            label = "_".join(filter(None, (SHARED, key)))
            yield f"{part.type}.{label}", part.reason, rows
    for lookup in where.stack.lookups:
        data = f"data.{lookup.type}.{lookup.label}"
        rows = [row for o in alarm_origins(where) if o.reads(data) for row in (o.row, o.entry) if row is not None]
        if rows:
            yield data, "looked up for the alarms of the environment", rows


def _topics(where: Setting) -> Made:
    topics = where.stack.shared.topics
    for topic in topics.topics if topics else ():
        yield topic.severity, [_asked(where)]


def _subscriptions(where: Setting) -> Made:
    topics = where.stack.shared.topics
    for one in topics.subscriptions if topics else ():
        row = environment_row(where, "alarms", "topics", "subscriptions", one.name, "protocol")
        yield f"{one.severity}-{one.name}", [row]


def _topics_key(where: Setting) -> Made:
    topics = where.stack.shared.topics
    if topics is not None and topics.kms_key is not None:
        yield "topics", [_asked(where)]


def _asked(where: Setting) -> Row:
    """The words that ask for topics, without those that say who listens: an endpoint may be a secret."""
    row = environment_row(where, "alarms", "topics")
    assert isinstance(row.value, dict)  # noqa: S101 - what the model takes
    return replace(row, value={name: value for name, value in row.value.items() if name != "subscriptions"})


_KEY: Final = "encrypts the topics, as alarms.topics.kmsKeyId is not set"

SHARED_PARTS: Final = (
    SharedPart("aws_sns_topic", "one for each severity, for alarms.topics of the environment", _topics),
    SharedPart("aws_sns_topic_subscription", "one for each of alarms.topics.subscriptions", _subscriptions),
    SharedPart("aws_kms_key", _KEY, _topics_key),
    SharedPart("aws_kms_alias", _KEY, _topics_key),
)
