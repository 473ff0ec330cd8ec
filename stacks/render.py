"""Stacks as text: the constructs built, validated, synthesized into a scratch folder, and written canonically.

CDKTF itself validates and writes stack by stack, so that a fault in the last one leaves the others on
disk. Here nothing is written before every stack stands.
"""

import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from auroraform.schemas.problems import Code, Place, Problem
from auroraform.stacks.resolve import ResolvedStack

STACK_FILE: Final = "cdk.tf.json"
MANIFEST_FILE: Final = "manifest.json"
HEADER: Final = "Written by auroraform from manifests and environments. Edit those, not this file."

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Rendering:
    """The text of every file of the output folder by its path there, or what keeps it from being made."""

    files: dict[str, str]
    problems: tuple[Problem, ...] = ()


def stack_path(stack: str) -> str:
    """The path of a stack's file in the output folder; CDKTF and its tools expect it there."""
    return f"stacks/{stack}/{STACK_FILE}"


def render(stacks: Iterable[ResolvedStack]) -> Rendering:
    """Render stacks. Imports CDKTF, which starts Node: nothing that only validates may call this."""
    try:
        from auroraform.constructs.bindings import App  # noqa: PLC0415
        from auroraform.stacks.stack import EnvironmentStack  # noqa: PLC0415
    except (ValueError, OSError) as error:
        return Rendering({}, (no_node(error),))
    stacks = tuple(stacks)
    with tempfile.TemporaryDirectory(prefix="auroraform-") as scratch:
        app = App(outdir=scratch, stack_traces=False)
        for stack in stacks:
            EnvironmentStack(app, stack)
        try:
            app.synth()
        except RuntimeError:
            # CDKTF stops at the first stack with faults. Asking every construct costs more than all the rest, so that
            # it is done only where there are some.
            faults = [(n.path, text) for n in (c.node for c in app.node.find_all()) for text in n.validate()]
            if not faults:
                raise
            return Rendering({}, tuple(_refused(path, text, stacks) for path, text in faults))
        files = {stack_path(stack.name): _stack_text(Path(scratch, stack_path(stack.name)), stack) for stack in stacks}
        files[MANIFEST_FILE] = canonical(_load(Path(scratch, MANIFEST_FILE)))
    return Rendering(files)


def canonical(value: Json) -> str:
    """JSON as reviewers see it: keys sorted, two spaces, one line feed at the end."""
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _load(path: Path) -> Json:
    loaded: Json = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _stack_text(path: Path, stack: ResolvedStack) -> str:
    document = _load(path)
    assert isinstance(document, dict)  # noqa: S101 - what CDKTF writes
    manifests = {cluster.name: cluster.manifest for cluster in stack.clusters}
    for section in ("resource", "data"):
        for resources in _objects(document.get(section)):
            for resource in _objects(resources):
                _name_manifest(resource, manifests)
    document["//"] = HEADER
    return canonical(document)


def _objects(value: Json) -> list[dict[str, Json]]:
    return [item for item in value.values() if isinstance(item, dict)] if isinstance(value, dict) else []


def _name_manifest(resource: dict[str, Json], manifests: dict[str, str]) -> None:
    """Put the manifest's file where CDKTF put its own bookkeeping."""
    comment = resource.pop("//", None)
    metadata = comment.get("metadata") if isinstance(comment, dict) else None
    path = metadata.get("path") if isinstance(metadata, dict) else None
    if isinstance(path, str) and (file := manifests.get(path.split("/")[1])):
        resource["//"] = file


def no_node(error: Exception) -> Problem:
    """What is wrong when the bindings cannot be loaded."""
    return Problem(
        Code.NO_BINDINGS,
        Place("<auroraform>/bindings"),
        f"CDKTF cannot be started: {error}",
        help="check the environment variables JSII_NODE and AURORAFORM_BINDINGS*; without them the Node that "
        "was installed with auroraform is used",
    )


def _refused(path: str, text: str, stacks: tuple[ResolvedStack, ...]) -> Problem:
    parts = path.split("/")
    files = {(s.name, c.name): c.manifest for s in stacks for c in s.clusters}
    file = files.get((parts[0], parts[1]), "") if len(parts) > 1 else ""
    return Problem(Code.REFUSED_BY_CONSTRUCT, Place(file or path), text, path)
