"""Gaps in parameter groups of clusters and instances."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from moto.core.responses import ActionResult
from moto.rds.models import DBParameterGroup
from moto.rds.responses import RDSResponse

from auroraform.sandbox.emulator.patching import add_calls, replace


def mark_parameters_as_set_by_the_user() -> None:
    """moto keeps no Source for a parameter of an instance's group, and the provider reads those of "user"."""
    original = DBParameterGroup.update_parameters

    def update_parameters(self: DBParameterGroup, new_parameters: Iterable[dict[str, Any]]) -> None:
        original(self, [{"Source": "user", **parameter} for parameter in new_parameters])

    replace(DBParameterGroup, "update_parameters", update_parameters)


def reset_parameters() -> None:
    """moto lacks the calls that take parameters back to the engine's default: the removal of a parameter."""

    def reset_db_parameter_group(self: RDSResponse) -> ActionResult:
        name = self.params["DBParameterGroupName"]
        _forget(self.backend.describe_db_parameter_groups({"db_parameter_group_name": name})[0].parameters, self.params)
        return ActionResult({"DBParameterGroupName": name})

    def reset_db_cluster_parameter_group(self: RDSResponse) -> ActionResult:
        name = self.params["DBClusterParameterGroupName"]
        _forget(self.backend.describe_db_cluster_parameter_groups(group_name=name)[0].parameters, self.params)
        return ActionResult({"DBClusterParameterGroupName": name})

    add_calls(RDSResponse, reset_db_parameter_group, reset_db_cluster_parameter_group)


def _forget(kept: dict[str, Any], request: dict[str, Any]) -> None:
    names = [parameter["ParameterName"] for parameter in request.get("Parameters", [])]
    for name in [*kept] if request.get("ResetAllParameters") else names:
        kept.pop(name, None)
