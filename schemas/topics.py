"""Who is told when something is wrong: SNS topics that exist, and topics to make."""

import re
from typing import Annotated, Final, Literal

from pydantic import Field

from auroraform.schemas.expressed import Expressed
from auroraform.schemas.models import Model
from auroraform.schemas.references import EACH_VALUE_ONCE, TextOrReference
from auroraform.schemas.values import EACH_ONCE, Name, bad_value

Severity = Literal["critical", "warning"]
"""What wakes somebody, and what is read in working hours."""

SEVERITIES: Final[tuple[Severity, ...]] = ("critical", "warning")

Protocol = Literal["email", "https", "lambda", "sms", "sqs"]

ENDPOINTS: Final[dict[Protocol, tuple[str, re.Pattern[str], str]]] = {
    "email": (
        "an e-mail address",
        re.compile(r"[\w.%+=/-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}", re.ASCII),
        "write it as on-call@acme.example",
    ),
    "lambda": (
        "the ARN of a function",
        re.compile(r"arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[\w$-]+)?", re.ASCII),
        "write it as arn:aws:lambda:eu-west-1:111122223333:function:on-call",
    ),
    "sms": ("a telephone number", re.compile(r"\+[1-9]\d{6,14}", re.ASCII), "write it as +441632960123, in quotes"),
    "sqs": (
        "the ARN of a queue",
        re.compile(r"arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}", re.ASCII),
        "write it as arn:aws:sqs:eu-west-1:111122223333:on-call",
    ),
}
"""How an endpoint must look: the rest of the sentence `"x" is not …`, a pattern, and the advice. One of `https` is no
text: its path is what lets a sender in (PagerDuty, Opsgenie, Grafana), and so a secret."""


def _some_severity(severities: tuple[Severity, ...]) -> tuple[Severity, ...]:
    if not severities:
        raise bad_value("names no severity", "delete it, or name one")
    return severities


class Subscription(Model):
    """Who or what a topic tells."""

    protocol: Protocol
    """`email` (confirmed by a link in the first message), `https`, `lambda`, `sms` or `sqs`. Functions and queues need
    a policy of their own that lets SNS in."""
    endpoint: TextOrReference
    """The address, telephone number or ARN. A URL is never written out, as it usually holds a token: refer to an SSM
    parameter that keeps it."""
    severities: Annotated[tuple[Severity, ...], EACH_ONCE, Expressed(_some_severity, {"minItems": 1})] = SEVERITIES
    """What is told: `critical`, `warning` or both. If absent: both."""


class Topics(Model):
    """SNS topics that are made, one for each severity: what wakes somebody is subscribed to one of them alone."""

    kms_key_id: TextOrReference | None = None
    """ARN of the KMS key that encrypts them. Its policy must let `cloudwatch.amazonaws.com`, `events.rds.amazonaws.com`
    and `budgets.amazonaws.com` use it, or nobody is told; that of SNS itself never does. If absent: a key is made."""
    subscriptions: dict[Name, Subscription] = Field(default_factory=dict)
    """Who is told, by names of your own, which become part of Terraform addresses. If absent: whoever subscribes
    otherwise, to the ARNs in the outputs of the stack."""


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
    that let CloudWatch, RDS and Budgets publish; `{}` is enough. If absent: none is made."""
