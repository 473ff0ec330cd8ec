"""A gap in DB subnet groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.rds.models import DBSubnetGroup, RDSBackend

from auroraform.sandbox.emulator.patching import replace

if TYPE_CHECKING:
    from moto.ec2.models.subnets import Subnet


def keep_modified_subnet_groups() -> None:
    """moto loses a subnet group whose subnets are changed."""
    original = RDSBackend.modify_db_subnet_group

    def modify_db_subnet_group(
        self: RDSBackend, subnet_name: str, description: str, subnets: list[Subnet]
    ) -> DBSubnetGroup:
        changed = original(self, subnet_name, description, subnets)
        self.subnet_groups[changed.name] = changed
        return changed

    replace(RDSBackend, "modify_db_subnet_group", modify_db_subnet_group)
