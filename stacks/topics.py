"""Where alarms and events of a stack go: topics that exist, and topics that are made."""

from collections.abc import Iterator
from typing import Final

from auroraform.constructs.topic_policies import Publisher, topic_key_policy, topic_policy
from auroraform.schemas.environment import EnvironmentSpec
from auroraform.schemas.referable import ALARMS, texts
from auroraform.schemas.regions import partition_of
from auroraform.schemas.resolved.encryption import KmsKey
from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.shared import SHARED
from auroraform.schemas.resolved.topics import MadeTopics, ResolvedTopics, Topic
from auroraform.schemas.resolved.users import Account
from auroraform.schemas.topics import SEVERITIES, Severity
from auroraform.stacks.references import References

FIELDS: Final[dict[Severity, tuple[str, ...]]] = {
    "critical": ("topicArns", "criticalTopicArns"),
    "warning": ("topicArns", "warningTopicArns"),
}
"""The fields that name topics of a severity."""
_WAITING: Final = 30
"""Days until a key that is deleted is gone, AWS's longest: as long as anything is encrypted with it, nobody is told."""


def topics_of(where: EnvironmentSpec, references: References) -> ResolvedTopics:
    """The topics of each severity, as clusters refer to them; references that resolve to nothing are left out."""
    return ResolvedTopics(
        critical=_topics(where, references, "critical"), warning=_topics(where, references, "warning")
    )


def made_topics(stack: str, where: EnvironmentSpec, references: References) -> MadeTopics | None:
    """The topics to make in a stack; None where none are asked for."""
    if where.alarms.topics is None:
        return None
    account = Account(partition=partition_of(where.region), region=where.region, id=where.account_id)
    publishers = tuple(_publishers(account))
    named = next(iter(_resolved(where, references, "topics")), None)
    return MadeTopics(
        topics=tuple(_topic(topic_name(stack, severity), severity, account, publishers) for severity in SEVERITIES),
        kms_key_id=named or Expression(f"aws_kms_key.{SHARED}_topics.arn"),
        kms_key=_key(stack, account, publishers) if where.alarms.topics.kms_key_id is None else None,
    )


def topic_name(stack: str, severity: Severity) -> str:
    """The name of a topic that is made: that of a stack is unique in its account and Region."""
    return f"{stack}-alarms-{severity}"


def made_topic(severity: Severity) -> Expression:
    """The ARN of a topic that is made."""
    return Expression(f"aws_sns_topic.{SHARED}_{severity}.arn")


def _topics(where: EnvironmentSpec, references: References, severity: Severity) -> tuple[str, ...]:
    named = (arn for field in FIELDS[severity] for arn in _resolved(where, references, field))
    made = (made_topic(severity),) if where.alarms.topics is not None else ()
    return tuple(dict.fromkeys((*named, *made)))


def _resolved(where: EnvironmentSpec, references: References, field: str) -> Iterator[str]:
    for path, value, referable in texts(where.alarms, ALARMS):
        found = references.resolve(value, referable) if path[0] == field else ()
        yield from (one.value for one in found) if isinstance(found, tuple) else ()


def _publishers(account: Account) -> Iterator[Publisher]:
    yield Publisher("CloudWatch", "cloudwatch.amazonaws.com", account.arn("cloudwatch", "alarm:*"))
    # Not by kinds of sources: what RDS names when it looks whether it may publish is told nowhere.
    yield Publisher("RdsEvents", "events.rds.amazonaws.com", account.arn("rds", "*"))


def _topic(name: str, severity: Severity, account: Account, publishers: tuple[Publisher, ...]) -> Topic:
    policy = topic_policy(topic_arn=account.arn("sns", name), account_id=account.id, publishers=publishers)
    return Topic(severity=severity, name=name, policy=policy)


def _key(stack: str, account: Account, publishers: tuple[Publisher, ...]) -> KmsKey:
    return KmsKey(
        alias=f"alias/{stack}-alarm-topics",
        description=f"SNS topics for alarms and events of the stack {stack}",
        policy=topic_key_policy(partition=account.partition, account_id=account.id, publishers=publishers),
        enable_key_rotation=True,
        rotation_period_in_days=None,
        multi_region=False,
        deletion_window_in_days=_WAITING,
        prevent_destroy=False,
    )
