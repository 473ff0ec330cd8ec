"""Restore testing plans of AWS Backup and what they test, which moto lacks: kept in its backend."""

from __future__ import annotations

import json
from typing import Any

from moto.backup.exceptions import ResourceNotFoundException
from moto.backup.responses import BackupResponse
from moto.backup.urls import url_paths
from moto.core.utils import unix_time

from auroraform.sandbox.emulator.patching import add_calls

Things = dict[str, dict[str, Any]]

_PLAN = "/(?P<plan>[^/]+)"
_PATHS = ("/?$", f"{_PLAN}$", f"{_PLAN}/selections$", f"{_PLAN}/selections/(?P<selection>.+)$")


def provide_restore_testing() -> None:
    """moto lacks restore testing plans and their selections."""

    def create_restore_testing_plan(self: BackupResponse) -> str:
        body = json.loads(self.body)
        plan = {"StartWindowHours": 24, "ScheduleExpressionTimezone": "Etc/UTC", **body["RestoreTestingPlan"]}
        plan["RestoreTestingPlanArn"] = (
            f"arn:{self.partition}:backup:{self.region}:{self.current_account}:restore-testing-plan:"
            + plan["RestoreTestingPlanName"]
        )
        plan["CreationTime"] = unix_time()
        plan["RecoveryPointSelection"] = {
            "ExcludeVaults": [],
            "SelectionWindowDays": 30,
            **plan["RecoveryPointSelection"],
        }
        _plans(self)[plan["RestoreTestingPlanName"]] = plan
        tags = [{"Key": key, "Value": value} for key, value in (body.get("Tags") or {}).items()]
        self.backup_backend.tagger.tag_resource(plan["RestoreTestingPlanArn"], tags)
        return json.dumps(plan)

    def get_restore_testing_plan(self: BackupResponse) -> str:
        return json.dumps({"RestoreTestingPlan": _plan(self)})

    def update_restore_testing_plan(self: BackupResponse) -> str:
        plan = _plan(self) | json.loads(self.body)["RestoreTestingPlan"]
        _plans(self)[plan["RestoreTestingPlanName"]] = plan
        return json.dumps(plan)

    def delete_restore_testing_plan(self: BackupResponse) -> str:
        del _plans(self)[_plan(self)["RestoreTestingPlanName"]]
        return "{}"

    def create_restore_testing_selection(self: BackupResponse) -> str:
        plan = _plan(self)
        made = {
            "ProtectedResourceConditions": {"StringEquals": [], "StringNotEquals": []},
            "RestoreMetadataOverrides": {},
            "ValidationWindowHours": 0,
            **json.loads(self.body)["RestoreTestingSelection"],
            "RestoreTestingPlanName": plan["RestoreTestingPlanName"],
            "CreationTime": unix_time(),
        }
        _selections(self)[f"{plan['RestoreTestingPlanName']}/{made['RestoreTestingSelectionName']}"] = made
        return json.dumps(made | {"RestoreTestingPlanArn": plan["RestoreTestingPlanArn"]})

    def get_restore_testing_selection(self: BackupResponse) -> str:
        return json.dumps({"RestoreTestingSelection": _selections(self)[_selection(self)]})

    def update_restore_testing_selection(self: BackupResponse) -> str:
        key = _selection(self)
        _selections(self)[key] |= json.loads(self.body)["RestoreTestingSelection"]
        return json.dumps(_selections(self)[key] | {"RestoreTestingPlanArn": _plan(self)["RestoreTestingPlanArn"]})

    def delete_restore_testing_selection(self: BackupResponse) -> str:
        del _selections(self)[_selection(self)]
        return "{}"

    add_calls(
        BackupResponse,
        create_restore_testing_plan,
        get_restore_testing_plan,
        update_restore_testing_plan,
        delete_restore_testing_plan,
        create_restore_testing_selection,
        get_restore_testing_selection,
        update_restore_testing_selection,
        delete_restore_testing_selection,
    )
    for path in _PATHS:
        url_paths[f"{{0}}/restore-testing/plans{path}"] = BackupResponse.dispatch


def _plans(self: BackupResponse) -> Things:
    # On the backend, so that a reset of moto empties it.
    plans: Things = vars(self.backup_backend).setdefault("restore_testing_plans", {})
    return plans


def _selections(self: BackupResponse) -> Things:
    selections: Things = vars(self.backup_backend).setdefault("restore_testing_selections", {})
    return selections


def _plan(self: BackupResponse) -> dict[str, Any]:
    name = self.path.split("/plans/")[1].split("/")[0]
    if name not in _plans(self):
        raise ResourceNotFoundException(f"Cannot find Restore testing plan {name}")
    return _plans(self)[name]


def _selection(self: BackupResponse) -> str:
    key = self.path.split("/plans/")[1].replace("/selections/", "/").rstrip("/")
    if key not in _selections(self):
        raise ResourceNotFoundException(f"Cannot find Restore testing selection {key}")
    return key
