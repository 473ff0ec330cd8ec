"""Names that are taken: where RDS refuses a second of the name, moto puts it in the place of the first."""

from __future__ import annotations

from typing import Any

from moto.rds.exceptions import RDSClientError
from moto.rds.models import DBCluster, DBSubnetGroup, RDSBackend

from auroraform.sandbox.emulator.patching import replace


def refuse_a_second_cluster_of_a_name() -> None:
    """moto lets a new cluster take the place of one that has its identifier."""
    original = RDSBackend.create_db_cluster

    def create(self: RDSBackend, kwargs: dict[str, Any]) -> DBCluster:
        if kwargs["db_cluster_identifier"] in self.clusters:
            raise RDSClientError("DBClusterAlreadyExistsFault", "DB Cluster already exists")
        return original(self, kwargs)

    replace(RDSBackend, "create_db_cluster", create)


def refuse_a_second_subnet_group_of_a_name() -> None:
    """moto lets a new subnet group take the place of one that has its name."""
    original = RDSBackend.create_subnet_group

    def create(self: RDSBackend, subnet_name: str, *arguments: Any, **parameters: Any) -> DBSubnetGroup:  # noqa: ANN401
        if subnet_name in self.subnet_groups:
            raise RDSClientError("DBSubnetGroupAlreadyExists", f"The DB subnet group '{subnet_name}' already exists.")
        return original(self, subnet_name, *arguments, **parameters)

    replace(RDSBackend, "create_subnet_group", create)
