"""SNS topics that alarms and events go to."""

from auroraform.constructs.bindings import Construct, SnsTopic
from auroraform.constructs.kms_key import ManagedKmsKey
from auroraform.constructs.naming import address
from auroraform.schemas.resolved.topics import MadeTopics


class AlarmTopics(Construct):
    """`aws_sns_topic.<label>_<severity>`, and `aws_kms_key.<label>_topics` with its alias where a key is made.

    The policy stands in the topic itself: none is ever without it.
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
