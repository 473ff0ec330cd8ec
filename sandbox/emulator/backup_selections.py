"""The gaps of AWS Backup: what a plan saves, changes of a plan, and tags."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from moto.backup.exceptions import ResourceNotFoundException
from moto.backup.models import Plan
from moto.backup.responses import BackupResponse
from moto.core.utils import unix_time
from moto.moto_api._internal import mock_random

from auroraform.sandbox.emulator.patching import add_calls, replace

Selections = dict[str, dict[str, Any]]


def update_backup_plans() -> None:
    """moto lacks the call that changes a plan."""

    def update_backup_plan(self: BackupResponse) -> str:
        old = self.backup_backend.get_backup_plan(_plan(self), version_id=None)
        new = Plan(json.loads(self.body)["BackupPlan"], old.creator_request_id, self.backup_backend)
        for name in ("backup_plan_id", "backup_plan_arn", "creation_date"):
            replace(new, name, getattr(old, name))
        self.backup_backend.plans[new.backup_plan_id] = new
        return json.dumps(new.to_dict())

    add_calls(BackupResponse, update_backup_plan)


def read_tags_by_either_path() -> None:
    """moto finds tags where the path ends with a slash only, and the SDK that Terraform is made with writes none."""

    def list_tags(self: BackupResponse) -> str:
        arn = unquote(self.path.rstrip("/").rsplit("/", 1)[-1])
        return json.dumps({"Tags": self.backup_backend.list_tags(resource_arn=arn)})

    add_calls(BackupResponse, list_tags)


def provide_backup_selections() -> None:
    """moto lacks the selections of what a plan saves."""

    def create_backup_selection(self: BackupResponse) -> str:
        identifier = str(mock_random.uuid4())
        _selections(self)[identifier] = {
            "SelectionId": identifier,
            "BackupPlanId": _plan(self),
            "BackupSelection": json.loads(self.body)["BackupSelection"],
            "CreationDate": unix_time(),
        }
        return json.dumps(_selections(self)[identifier])

    def get_backup_selection(self: BackupResponse) -> str:
        return json.dumps(_selections(self)[_asked(self)])

    def list_backup_selections(self: BackupResponse) -> str:
        rows = [
            {**{name: value for name, value in one.items() if name != "BackupSelection"}, **one["BackupSelection"]}
            for one in _selections(self).values()
            if one["BackupPlanId"] == _plan(self)
        ]
        return json.dumps({"BackupSelectionsList": rows})

    def delete_backup_selection(self: BackupResponse) -> str:
        del _selections(self)[_asked(self)]
        return "{}"

    add_calls(
        BackupResponse,
        create_backup_selection,
        get_backup_selection,
        list_backup_selections,
        delete_backup_selection,
    )


def _selections(self: BackupResponse) -> Selections:
    # On the backend, so that a reset of moto empties it.
    selections: Selections = vars(self.backup_backend).setdefault("selections", {})
    return selections


def _plan(self: BackupResponse) -> str:
    return self.path.split("/plans/")[1].split("/")[0]


def _asked(self: BackupResponse) -> str:
    identifier = self.path.rstrip("/").rsplit("/", 1)[-1]
    if identifier not in _selections(self):
        raise ResourceNotFoundException(f"Cannot find Backup selection {identifier}")
    return identifier
