"""Who may publish to a topic, and use the key that encrypts it.

Made as text, before any of it becomes a literal: an escape inside of JSON would be escaped again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from auroraform.constructs.policy_documents import Json, account_administers, document


@dataclass(frozen=True, slots=True)
class Publisher:
    """A service of AWS that publishes on behalf of the account.

    Attributes:
        sid: names its statements.
        service: its principal.
        source_arn: what it may act for, with `*` in it.
    """

    sid: str
    service: str
    source_arn: str


def topic_policy(*, topic_arn: str, account_id: str, publishers: Iterable[Publisher]) -> str:
    """The policy of a topic, as JSON: these publish, for the account alone; its own people by their IAM policies."""
    return document(
        *(_allow(f"{one.sid}Publishes", one, "sns:Publish", topic_arn, account_id) for one in publishers),
        {
            "Sid": "NobodyPublishesInTheClear",
            "Effect": "Deny",
            "Principal": {"AWS": "*"},
            "Action": "sns:Publish",
            "Resource": topic_arn,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
    )


def topic_key_policy(*, partition: str, account_id: str, publishers: Iterable[Publisher]) -> str:
    """The policy of a key that encrypts such topics, as JSON.

    Amazon SNS Developer Guide, "Enable compatibility between event sources from AWS services and encrypted topics":
    who publishes needs the key, and these services name what they act for (EventBridge alone does not).
    """
    actions: Json = ["kms:Decrypt", "kms:GenerateDataKey*"]
    return document(
        account_administers(partition, account_id),
        *(_allow(f"{one.sid}Uses", one, actions, "*", account_id) for one in publishers),
    )


def _allow(sid: str, publisher: Publisher, action: Json, resource: str, account_id: str) -> Json:
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": publisher.service},
        "Action": action,
        "Resource": resource,
        "Condition": {
            "StringEquals": {"aws:SourceAccount": account_id},
            "ArnLike": {"aws:SourceArn": publisher.source_arn},
        },
    }
