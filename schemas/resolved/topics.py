"""SNS topics: where alarms and events go, and topics to make."""

from dataclasses import dataclass

from auroraform.schemas.resolved.encryption import KmsKey
from auroraform.schemas.topics import Protocol, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedTopics:
    """ARNs of the topics for each severity; none where nobody is told."""

    critical: tuple[str, ...]
    warning: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic to make.

    Attributes:
        policy: who may publish, as JSON.
    """

    severity: Severity
    name: str
    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSubscription:
    """Who or what a topic that is made tells.

    Attributes:
        name: tells it from the other subscriptions of the topic.
        severity: that of the topic.
    """

    name: str
    severity: Severity
    protocol: Protocol
    endpoint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeTopics:
    """Topics to make, and what encrypts them.

    Attributes:
        kms_key: a key to make, to which `kms_key_id` refers; None for one that exists.
    """

    topics: tuple[Topic, ...]
    kms_key_id: str
    kms_key: KmsKey | None
    subscriptions: tuple[TopicSubscription, ...] = ()
