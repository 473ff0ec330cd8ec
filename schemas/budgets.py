"""Budgets: how much a month may cost, and who is told when it will cost more.

Source: AWS Budgets API reference, Budget and Notification: ten notifications at most, each with ten addresses and one
topic.
"""

from typing import Annotated, Final

from pydantic import model_validator

from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Number, Text
from auroraform.schemas.values import EACH_ONCE, bad_value, between, matching, plain

MOST_NOTIFICATIONS: Final = 10
MOST_ADDRESSES: Final = 10

Percents = Annotated[tuple[Annotated[Number, between(1, 1000, " percent")], ...], EACH_ONCE]
Address = Annotated[
    Text,
    matching(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]+", "is not an e-mail address", "write it as databases@example.com"),
]


class Budget(Model):
    """A budget of AWS Budgets for every month: it tells, and switches nothing off.

    It counts what carries the tag of the environment or of the cluster, once the tag is activated as a cost allocation
    tag where the bill is paid (see docs/cost.md), and never the days before.
    """

    limit_amount: Annotated[Number, between(1, 1_000_000_000)]
    """How much a month may cost."""
    limit_unit: Annotated[Text, plain("[A-Z]{3}", "is not a currency", "write its code, such as USD")] | None = None
    """Currency of the bill. If absent: USD."""
    actual: Percents | None = None
    """Percentages of the limit; somebody is told when the month has cost more. If absent: 80 and 100."""
    forecasted: Percents | None = None
    """Percentages of the limit; somebody is told when the month is forecasted to cost more. AWS forecasts after five
    weeks. If absent: 100."""
    subscriber_email_addresses: Annotated[tuple[Address, ...], EACH_ONCE] | None = None
    """E-mail addresses of those who are told, ten at most, beside the first of the environment's topics for warnings.
    If absent: the topic alone."""

    @model_validator(mode="after")
    def _few_enough(self) -> "Budget":
        if self.actual == self.forecasted == ():
            raise bad_value("tells of nothing", "name a percentage in actual or in forecasted, or delete these")
        if len(self.actual or ()) + len(self.forecasted or ()) > MOST_NOTIFICATIONS:
            raise bad_value("tells of too many percentages", f"name {MOST_NOTIFICATIONS} or fewer in both together")
        if len(self.subscriber_email_addresses or ()) > MOST_ADDRESSES:
            raise bad_value("tells too many", f"name {MOST_ADDRESSES} addresses or fewer, or a mailing list")
        return self
