"""The gaps of exports to S3: how their states are written, and that what is done cannot be called off."""

from __future__ import annotations

import functools
from collections.abc import Callable

from moto.rds.exceptions import RDSClientError
from moto.rds.models import ExportTask, RDSBackend

from auroraform.sandbox.emulator.patching import replace

_DONE = "COMPLETE"


def write_states_of_exports_in_capitals() -> None:
    """moto writes the states of exports in small letters, and RDS in capitals."""
    original: Callable[..., None] = vars(ExportTask)["__init__"]

    @functools.wraps(original)
    def create(self: ExportTask, *arguments: object) -> None:
        original(self, *arguments)
        self.status = _DONE

    replace(ExportTask, "__init__", create)


def keep_exports_that_are_done() -> None:
    """moto calls off an export that is done, which RDS refuses."""
    original: Callable[[RDSBackend, str], ExportTask] = vars(RDSBackend)["cancel_export_task"]

    @functools.wraps(original)
    def cancel(self: RDSBackend, export_task_identifier: str) -> ExportTask:
        task = self.export_tasks.get(export_task_identifier)
        if task is not None and task.status == _DONE:
            raise RDSClientError(
                "InvalidExportTaskStateFault", f"{export_task_identifier} is {task.status} and cannot be canceled."
            )
        return original(self, export_task_identifier)

    replace(RDSBackend, "cancel_export_task", cancel)
