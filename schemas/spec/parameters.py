"""Parameters of the database, and switches that stand for some of them."""

from typing import Literal

from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Flag, Text


class Parameter(Model):
    """One parameter of the cluster parameter group."""

    name: Text
    """Name of the parameter, such as `rds.force_ssl`."""
    value: Text
    """Value, always text: `"1"`."""
    apply_method: Literal["immediate", "pending-reboot"] = "immediate"
    """When a change takes effect; static parameters need `pending-reboot`. If absent: immediate."""


class Tls(Model):
    """Encryption of connections."""

    required: Flag | None = None
    """Refuse clients that do not encrypt: sets `rds.force_ssl` (Aurora PostgreSQL) or `require_secure_transport`
    (Aurora MySQL) in the parameter group that is made, unless `parameters` sets it. If absent: true."""
