"""What somebody changes in production behind Terraform's back, one thing of each kind that is read back.

This is proof in two directions: that the comparison sees a value that AWS changed, and that a plan shows just that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from support.readback.account import Account
from support.readback.table import THERE
from support.terraform_json import Change

Place = tuple[str, str, str]
_ORDERS: Final = "prod-orders"
_GROUP: Final = "aurora-prod-orders"
_LOG: Final = "/aws/rds/cluster/prod-catalog/audit"
_ROLE: Final = "rds-monitoring-eu-west-1-prod-orders"
_MONITORING: Final = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
_READERS: Final = {
    "ServiceNamespace": "rds",
    "ResourceId": f"cluster:{_ORDERS}",
    "ScalableDimension": "rds:cluster:ReadReplicaCount",
}


@dataclass(frozen=True)
class Tampering:
    """One change.

    Attributes:
        row: the kind of thing that is changed.
        do: changes it.
        seen: everything that the comparison must report, by row, thing and attribute.
        planned: what Terraform must plan for it, by address: the actions, and each attribute as it is and shall be.
        undo: puts it right where no plan can, since Terraform does not know of it.
    """

    row: str
    do: Callable[[Account], object]
    seen: frozenset[Place]
    planned: Mapping[str, Change] = field(default_factory=dict)
    undo: Callable[[Account], object] | None = None
