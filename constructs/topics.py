"""SNS topics that alarms and events go to."""

from auroraform.constructs.bindings import Construct, SnsTopic, SnsTopicSubscription
from auroraform.constructs.kms_key import ManagedKmsKey
from auroraform.constructs.naming import address, reference
from auroraform.constructs.outputs import TopicOutputs
from auroraform.schemas.resolved.topics import MadeTopics


class AlarmTopics(Construct):
    """`aws_sns_topic.<label>_<severity>`, `aws_sns_topic_subscription.<label>_<severity>-<name>`, and their key.

    That is `aws_kms_key.<label>_topics`, with its alias, unless one exists. The policy stands in the topic itself: none
    is ever without it.
    """

    def __init__(self, scope: Construct, id_: str, *, label: str, topics: MadeTopics) -> None:
        super().__init__(scope, id_)
        if topics.kms_key is not None:
            ManagedKmsKey(self, "KmsKey", label=f"{label}_topics", key=topics.kms_key, tags={})
        for topic in topics.topics:
            made = SnsTopic(
                self, topic.severity, name=topic.name, kms_master_key_id=topics.kms_key_id, policy=topic.policy
            )
            address(made, label, topic.severity)
        for subscription in topics.subscriptions:
            key = f"{subscription.severity}-{subscription.name}"
            subscribed = SnsTopicSubscription(
                self,
                key,
                topic_arn=reference("aws_sns_topic", f"{label}_{subscription.severity}", "arn"),
                protocol=subscription.protocol,
                endpoint=subscription.endpoint,
            )
            address(subscribed, label, key)
        TopicOutputs(self, "Outputs", label=label, severities=[topic.severity for topic in topics.topics])
