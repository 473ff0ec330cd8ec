"""How a cluster ends, what protects it from that, and how long Terraform waits."""

import re
from typing import Annotated, Final

from auroraform.schemas.expressed import Expressed, whole
from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Flag, Text
from auroraform.schemas.values import bad_value


class Lifecycle(Model):
    """Terraform's own protection, which holds before AWS is even asked."""

    prevent_destroy: Flag | None = None
    """Refuse every plan that would destroy or replace the cluster or one of its instances. If absent: true in
    production, false elsewhere."""


_DURATION: Final = r"(?=.)([0-9]{1,4}h)?([0-9]{1,5}m)?([0-9]{1,6}s)?"
_SHORTEST: Final = 30 * 60
_LONGEST: Final = 24 * 60 * 60


def _duration(value: str) -> str:
    match = re.fullmatch(_DURATION, value, re.ASCII)
    if match is None:
        raise bad_value("is not a duration", "write it in hours, minutes and seconds, as 90m or 2h30m")
    seconds = sum(int((part or "0s")[:-1]) * unit for part, unit in zip(match.groups(), (3600, 60, 1), strict=True))
    # Terraform marks what it gave up on while it was made as tainted, and the next apply would replace it.
    if not _SHORTEST <= seconds <= _LONGEST:
        raise bad_value("is out of bounds", "write a duration from 30m to 24h")
    return value


Duration = Annotated[Text, Expressed(_duration, whole(_DURATION))]


class Timeouts(Model):
    """How long Terraform waits for the cluster, and for each instance, before it gives up.

    Giving up stops nothing at AWS. But what Terraform gave up on while it was made, it replaces in the next apply.
    """

    create: Duration | None = None
    """For being made, or restored from a snapshot: 30m to 24h, as `90m` or `2h30m`. If absent: two hours for the
    cluster, 90 minutes for an instance."""
    update: Duration | None = None
    """For a change, such as an upgrade: 30m to 24h. If absent: two hours for the cluster, 90 minutes for an
    instance."""
    delete: Duration | None = None
    """For being deleted, with the final snapshot: 30m to 24h. If absent: two hours for the cluster, 90 minutes for an
    instance."""
