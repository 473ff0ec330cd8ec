"""New output against what stands in the output folder: what is stale, missing or left over, and moved states."""

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from auroraform.schemas.problems import Code, Place, Problem, Severity


class Fault(StrEnum):
    """How a file of the output folder differs from what would be written."""

    STALE = "stale"
    MISSING = "missing"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Difference:
    """One file that is not as it would be written.

    Attributes:
        path: the file, in the output folder.
        diff: a unified diff from the file to what would be written.
    """

    path: str
    fault: Fault
    diff: str


def differences(folder: Path, files: dict[str, str], orphans: frozenset[str]) -> Iterator[Difference]:
    """What writing would change in a folder, in the order of the paths.

    Args:
        folder: the output folder.
        files: text by path in the folder.
        orphans: paths in the folder that writing would remove.
    """
    for path in sorted(files.keys() | orphans):
        old, new = _text(folder / path), files.get(path)
        if old == new:
            continue
        fault = Fault.MISSING if old is None else Fault.ORPHANED if new is None else Fault.STALE
        yield Difference(path, fault, _diff(path, old or "", new or ""))


def moved_states(folder: Path, files: dict[str, str]) -> Iterator[Problem]:
    """Stacks whose state would be looked for in another place than the output in the folder does.

    Terraform notices the new place at its next `init`, but a fresh checkout does not: it would find an empty
    state and plan every database anew.
    """
    for path, text in sorted(files.items()):
        old, new = _state(_text(folder / path)), _state(text)
        if old is not None and new is not None and old != new:
            file = (folder / path).absolute()
            yield Problem(
                Code.MOVED_STATE,
                Place(str(file)),
                f"the state moves from {old} to {new}; until it is there, Terraform finds none and plans every "
                "database anew",
                help=f"run `tofu init -migrate-state` (or terraform) in {file.parent} before any plan elsewhere; or "
                "undo the change of spec.state, naming or stackPer",
                severity=Severity.WARNING,
            )


def _state(text: str | None) -> str | None:
    """Where a stack keeps its state, from its file."""
    try:
        terraform = json.loads(text or "")["terraform"]
        if "cloud" in terraform:
            cloud = terraform["cloud"]
            workspaces = cloud["workspaces"]
            name = workspaces.get("name") or ",".join(workspaces["tags"])
            return f"{cloud['hostname']}/{cloud['organization']}/{name}"
        ((kind, block),) = terraform["backend"].items()
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return f"s3://{block.get('bucket')}/{block.get('key')}" if kind == "s3" else f"a local file ({block.get('path')})"


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _diff(path: str, old: str, new: str) -> str:
    lines = difflib.unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{path}", f"b/{path}", n=3
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
