"""Custom endpoints: names of their own for some of the instances."""

from typing import Annotated, Literal, TypeVar

from auroraform.schemas.expressed import Expressed
from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Text
from auroraform.schemas.values import EACH_ONCE, bad_value

T = TypeVar("T")


def _some(items: tuple[T, ...]) -> tuple[T, ...]:
    # To RDS an empty list means no list, and so every instance.
    if not items:
        raise bad_value("names no instance", "name one or more, or delete it")
    return items


InstanceKeys = Annotated[tuple[Text, ...], EACH_ONCE, Expressed(_some, {"minItems": 1})]


class Endpoint(Model):
    """One custom endpoint: a host name that leads to one of its instances, another one for each connection."""

    type: Literal["READER", "ANY"]
    """Which instances it may lead to: `READER` (those that are readers at the time; after a failover the new writer
    no longer is one) or `ANY`."""
    members: InstanceKeys | None = None
    """Keys of the instances that it leads to, such as `["2"]`; instances that come later are not added. If absent:
    all but `excludedMembers`."""
    excluded_members: InstanceKeys | None = None
    """Keys of the instances that it does not lead to; instances that come later are added, those of autoscaling too.
    If absent: none is left out."""
