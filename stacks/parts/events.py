"""Subscriptions to events of RDS: one for each topic and kind of source, as an account has room for few."""

import itertools
import re
from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence import Finding
from auroraform.schemas.coherence.events import by_source
from auroraform.schemas.event_categories import Source
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.resolved.events import EventSubscription
from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.instances import Instance
from auroraform.schemas.resolved.topics import ResolvedTopics
from auroraform.schemas.topics import SEVERITIES
from auroraform.schemas.topics import Severity as Tier
from auroraform.stacks.parts.context import Context, at_most, given
from auroraform.stacks.topics import made_topic, topics_of

LONGEST_NAME: Final = 254
_KINDS: Final[dict[Source, str]] = {"db-cluster": "cluster", "db-instance": "instances"}


def event_subscriptions(context: Context, members: tuple[Instance, ...]) -> tuple[EventSubscription, ...]:
    """What each topic is told; nothing where nobody is to be told, or there is nobody to tell."""
    events = given(context.spec.events)
    if not events.enabled:
        return ()
    tiers = tiers_of(topics_of(context.where, context.values.references))
    keys = _keys([*tiers])
    return tuple(
        EventSubscription(
            key=(key := f"{keys[topic]}-{_KINDS[source]}"),
            name=_name(context, key, source, members),
            sns_topic=topic,
            source_type=source,
            source_ids=_ids(context, source, members),
            event_categories=told,
        )
        for topic, heard in tiers.items()
        for source, _, categories in by_source(events)
        if (told := tuple(sorted(category for category, tier in categories.items() if tier in heard)))
    )


def tiers_of(topics: ResolvedTopics) -> dict[str, tuple[Tier, ...]]:
    """The topics, each with the severities that go to it."""
    by_tier: dict[Tier, tuple[str, ...]] = {"critical": topics.critical, "warning": topics.warning}
    arns = dict.fromkeys(arn for tier in SEVERITIES for arn in by_tier[tier])
    return {arn: tuple(tier for tier in SEVERITIES if arn in by_tier[tier]) for arn in arns}


def unheard(context: Context) -> Iterator[Finding]:
    """Events that somebody asks for where nobody can be told; what only the class asks for is a matter of AP406."""
    asks = context.where.class_ == "development" and given(context.spec.events).enabled
    if asks and not tiers_of(topics_of(context.where, context.values.references)):
        yield Finding(
            Code.NO_EFFECT,
            ("events", "enabled"),
            f"nobody is told: the environment {context.environment.name} has no topics",
            "name or make topics in alarms of the environment",
            Severity.WARNING,
        )


def _keys(topics: list[str]) -> dict[str, str]:
    """What tells subscriptions of different topics apart: the names of the topics, as far as they are known."""
    keys: dict[str, str] = {}
    for topic in topics:
        name = next((tier for tier in SEVERITIES if topic == made_topic(tier)), None) or _key(topic)
        # Names that differ in what a label cannot hold, or in the account, are told apart by a number.
        names = (name if number == 1 else f"{name}_{number}" for number in itertools.count(1))
        keys[topic] = next(one for one in names if one.lower() not in map(str.lower, keys.values()))
    return keys


def _key(topic: str) -> str:
    # Of an expression, what stands before the attribute names the reference.
    name = topic.split(".")[2] if isinstance(topic, Expression) else topic.rpartition(":")[2]
    # No hyphen: CDKTF would take some topics for numbers.
    return re.sub(r"[^A-Za-z0-9]", "_", name)


def _name(context: Context, key: str, source: Source, members: tuple[Instance, ...]) -> str:
    name = f"{context.identifier}-{key.replace('_', '-')}".lower()
    if source == "db-instance":
        # Another set of instances makes another subscription. RDS does not let go of an instance that is gone, and
        # Terraform deletes an instance before it changes what named it; what it replaces is gone before that.
        name = "-".join((name, *(one.key for one in members)))
    return at_most(LONGEST_NAME, name)


def _ids(context: Context, source: Source, members: tuple[Instance, ...]) -> tuple[str, ...]:
    label = context.written.name
    if source == "db-cluster":
        return (Expression(f"aws_rds_cluster.{label}.cluster_identifier"),)
    return tuple(Expression(f"aws_rds_cluster_instance.{label}_{one.key}.identifier") for one in members)
