"""Who is told when something is wrong: SNS topics that exist, and topics to make."""

from typing import Annotated, Final, Literal

from auroraform.schemas.models import Model
from auroraform.schemas.references import EACH_VALUE_ONCE, TextOrReference

Severity = Literal["critical", "warning"]
"""What wakes somebody, and what is read in working hours."""

SEVERITIES: Final[tuple[Severity, ...]] = ("critical", "warning")


class Topics(Model):
    """SNS topics that are made, one for each severity: what wakes somebody is subscribed to one of them alone."""

    kms_key_id: TextOrReference | None = None
    """ARN of the KMS key that encrypts them. Its policy must let `cloudwatch.amazonaws.com` and
    `events.rds.amazonaws.com` use it, or nobody is told; that of SNS itself never does. If absent: a key is made."""


class Alarms(Model):
    """Who is told when something is wrong."""

    topic_arns: Annotated[tuple[TextOrReference, ...], EACH_VALUE_ONCE] = ()
    """SNS topics for everything. If absent: those of each severity, and those that are made."""
    critical_topic_arns: Annotated[tuple[TextOrReference, ...], EACH_VALUE_ONCE] = ()
    """SNS topics for what cannot wait until the morning. If absent: the others."""
    warning_topic_arns: Annotated[tuple[TextOrReference, ...], EACH_VALUE_ONCE] = ()
    """SNS topics for what can. If absent: the others."""
    topics: Topics | None = None
    """Topics to make in each stack, `<stack>-alarms-critical` and `<stack>-alarms-warning`, encrypted, with policies
    that let CloudWatch and RDS publish; `{}` is enough. If absent: none is made."""
