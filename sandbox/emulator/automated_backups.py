"""A gap in what RDS backs up by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from moto.rds.responses import RDSResponse

from auroraform.sandbox.emulator.patching import replace

if TYPE_CHECKING:
    from moto.core.responses import ActionResult


def delete_automated_backups() -> None:
    """moto keeps the automated snapshots of a cluster that is deleted, whether they were to stay or not."""
    original: Callable[[RDSResponse], ActionResult] = RDSResponse.delete_db_cluster

    def delete_db_cluster(self: RDSResponse) -> ActionResult:
        result = original(self)
        # RDS deletes them where nothing is said.
        if self.params.get("DeleteAutomatedBackups", True):
            kept, identifier = self.backend.cluster_snapshots, self.params["DBClusterIdentifier"]
            for name, snapshot in [*kept.items()]:
                if snapshot.snapshot_type == "automated" and snapshot.cluster.db_cluster_identifier == identifier:
                    del kept[name]
        return result

    replace(RDSResponse, "delete_db_cluster", delete_db_cluster)
