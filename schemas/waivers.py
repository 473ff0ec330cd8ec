"""Waivers: exceptions from a rule that somebody answers for until a day."""

from auroraform.schemas.models import Model
from auroraform.schemas.scalars import DateText, Text


class Waiver(Model):
    """An exception from one rule. What a rule asks of waivers, such as a reason, is told as a finding."""

    rule: Text
    """Code of the rule, such as `AP101`."""
    reason: Text | None = None
    """Why the rule does not hold here. If absent: the waiver does not hold, and that is told."""
    owner: Text | None = None
    """Who answers for it: a person or a team. If absent: the waiver does not hold, and that is told."""
    until: DateText | None = None
    """The last day on which it holds, as `2027-03-31`. If absent: the waiver does not hold, and that is told."""
    clusters: tuple[Text, ...] | None = None
    """Names of the clusters that it is for. If absent: all that it can be for."""
    environments: tuple[Text, ...] | None = None
    """Names of the environments that it is for. If absent: all that it can be for."""


class Waivers(Model):
    """Several waivers, as an annotation holds them."""

    waivers: tuple[Waiver, ...] = ()
    """The waivers. If absent: none."""
