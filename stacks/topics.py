"""Where alarms and events of a stack go: topics that exist, and topics that are made."""

from collections.abc import Iterator
from typing import Final

from auroraform.constructs.topic_policies import Publisher, topic_key_policy, topic_policy
from auroraform.schemas.coherence import Finding
from auroraform.schemas.environment import EnvironmentSpec
from auroraform.schemas.problems import Code
from auroraform.schemas.referable import ALARMS, texts
from auroraform.schemas.regions import partition_of
from auroraform.schemas.resolved.encryption import KmsKey
from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.shared import SHARED
from auroraform.schemas.resolved.topics import MadeTopics, ResolvedTopics, Topic, TopicSubscription
from auroraform.schemas.resolved.users import Account
from auroraform.schemas.topics import ENDPOINTS, SEVERITIES, Severity, Topics
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
    named = next(iter(_resolved(where, references, "topics", "kmsKeyId")), None)
    return MadeTopics(
        topics=tuple(_topic(topic_name(stack, severity), severity, account, publishers) for severity in SEVERITIES),
        kms_key_id=named or Expression(f"aws_kms_key.{SHARED}_topics.arn"),
        kms_key=_key(stack, account, publishers) if where.alarms.topics.kms_key_id is None else None,
        subscriptions=tuple(_subscriptions(where, where.alarms.topics, references)),
    )


def endpoint_faults(where: EnvironmentSpec, references: References) -> Iterator[Finding]:
    """What is wrong with the endpoints that topics are to tell: with their text, wherever it stands."""
    for name, subscription in (where.alarms.topics.subscriptions if where.alarms.topics else {}).items():
        path = ("topics", "subscriptions", name, "endpoint")
        for endpoint in _resolved(where, references, *path):
            if isinstance(endpoint, Expression):
                continue
            if subscription.protocol == "https":
                yield Finding(
                    Code.PLAINTEXT_PASSWORD,
                    path,
                    "a URL that takes messages holds a token, and would be in Git with it",
                    "keep it in an SSM parameter: {valueFrom: {kind: Secret, name: pager, fieldPath: url}}, and"
                    " Secret/pager: {url: {ssmParameter: /on-call/pager-url}} in references of the environment",
                )
                continue
            what, pattern, advice = ENDPOINTS[subscription.protocol]
            if pattern.fullmatch(endpoint) is None:
                yield Finding(Code.BAD_VALUE, path, f'"{endpoint}" is not {what}', advice)


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


def _resolved(where: EnvironmentSpec, references: References, *field: str) -> Iterator[str]:
    for path, value, referable in texts(where.alarms, ALARMS):
        found = references.resolve(value, referable) if path[: len(field)] == field else ()
        yield from (one.value for one in found) if isinstance(found, tuple) else ()


def _subscriptions(where: EnvironmentSpec, topics: Topics, references: References) -> Iterator[TopicSubscription]:
    for name, subscription in sorted(topics.subscriptions.items()):
        endpoint = next(_resolved(where, references, "topics", "subscriptions", name), None)
        for severity in SEVERITIES:
            if endpoint is not None and severity in subscription.severities:
                yield TopicSubscription(name=name, severity=severity, protocol=subscription.protocol, endpoint=endpoint)


def _publishers(account: Account) -> Iterator[Publisher]:
    yield Publisher("CloudWatch", "cloudwatch.amazonaws.com", account.arn("cloudwatch", "alarm:*"))
    # Not by kinds of sources: what RDS names when it looks whether it may publish is told nowhere.
    yield Publisher("RdsEvents", "events.rds.amazonaws.com", account.arn("rds", "*"))
    # Budgets belong to no Region.
    yield Publisher("Budgets", "budgets.amazonaws.com", f"arn:{account.partition}:budgets::{account.id}:*")


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
