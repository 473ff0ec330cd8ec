"""The stacks that make state buckets: found, rendered and written like the others, and beside them.

They are no stacks of CDKTF's own list in the output folder. What deploys or cleans up stacks of clusters
must not find them: they come first, and they stay.
"""

import json
import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from auroraform.schemas.environment import S3State
from auroraform.schemas.problems import Code, Problem, has_errors, sort
from auroraform.stacks.layout import HEADER, STACK_FILE, canonical
from auroraform.stacks.output import replace
from auroraform.stacks.render import Rendering, no_node
from auroraform.stacks.storage import SharedStorage, storages
from auroraform.stacks.synth import unknown_environments, unwritable
from auroraform.stacks.workspace import Workspace, WrittenEnvironment, load

FOLDER: Final = "bootstrap"
LOCAL_STATE_FILE: Final = "local_state_override.tf.json"
"""Terraform lets it win over the backend in the stack's file, by the end of its name."""

_LOCAL_STATE: Final = canonical(
    {
        "//": "For the first apply, before the bucket exists. `auroraform bootstrap` removes this file.",
        "terraform": {"backend": {"local": {}}},
    }
)


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """What a run found and did.

    Attributes:
        problems: sorted by place.
        storages: the state buckets that were asked for; none where there is an error.
        without: environments that were asked for and keep no state in S3.
        changed: files that were written or removed, by their paths in the output folder.
    """

    problems: tuple[Problem, ...]
    storages: tuple[SharedStorage, ...] = ()
    without: tuple[WrittenEnvironment, ...] = ()
    changed: tuple[str, ...] = ()


def folder_of(shared: SharedStorage) -> str:
    """The folder of a state bucket's stack in the output folder.

    Named after the bucket, of which there is one in the world, so that it stays when environments come and go.
    """
    return f"{FOLDER}/{shared.storage.bucket}"


def synthesize(root: Path, output: Path, names: Collection[str] = (), *, local_state: bool = False) -> Bootstrap:
    """Check the environments of a workspace and write the stacks of their state buckets, or nothing.

    Args:
        root: the folder of the workspace.
        output: the folder to write to.
        names: environments wanted; none for all. A bucket's stack is the same whichever of its environments asks.
        local_state: keep the states of these stacks in local files, for the first apply.
    """
    workspace = load(root)
    found, problems = storages(workspace.environments)
    problems = (*_of_environments(workspace), *unknown_environments(names, workspace), *problems)
    if has_errors(problems):
        return Bootstrap(tuple(sort(problems)))
    wanted = tuple(shared for shared in found if not names or set(names) & set(shared.environments))
    rendering = _render(wanted)
    if rendering.problems:
        return Bootstrap(rendering.problems)
    try:
        changed = _write(output, rendering.files, wanted, local_state=local_state)
    except OSError as error:
        return Bootstrap((unwritable(error, output),))
    without = (e for e in workspace.environments if not isinstance(e.model.spec.state, S3State))
    return Bootstrap(tuple(sort(problems)), wanted, tuple(e for e in without if not names or e.name in names), changed)


def _of_environments(workspace: Workspace) -> list[Problem]:
    # The bucket comes first: there need not be a manifest yet.
    return [problem for problem in workspace.problems if problem.code != Code.NO_MANIFESTS]


def _render(wanted: Iterable[SharedStorage]) -> Rendering:
    try:
        from auroraform.constructs.bindings import App  # noqa: PLC0415
        from auroraform.stacks.bootstrap_stack import BootstrapStack  # noqa: PLC0415
    except (ValueError, OSError) as error:
        return Rendering({}, (no_node(error),))
    with tempfile.TemporaryDirectory(prefix="auroraform-") as scratch:
        app = App(outdir=scratch, stack_traces=False)
        for shared in wanted:
            BootstrapStack(app, shared)
        app.synth()
        return Rendering(
            {
                f"{folder_of(shared)}/{STACK_FILE}": _text(Path(scratch, "stacks", shared.storage.bucket, STACK_FILE))
                for shared in wanted
            }
        )


def _text(path: Path) -> str:
    document = json.loads(path.read_text(encoding="utf-8"))
    for section in ("resource", "data"):
        for resources in document.get(section, {}).values():
            for resource in resources.values():
                # CDKTF's own bookkeeping.
                resource.pop("//", None)
    return canonical(document | {"//": HEADER})


def _write(
    output: Path, files: dict[str, str], wanted: Iterable[SharedStorage], *, local_state: bool
) -> tuple[str, ...]:
    changed = {path for path, text in files.items() if replace(output / path, text)}
    for shared in wanted:
        path = f"{folder_of(shared)}/{LOCAL_STATE_FILE}"
        if replace(output / path, _LOCAL_STATE) if local_state else _remove(output / path):
            changed.add(path)
    return tuple(sorted(changed))


def _remove(file: Path) -> bool:
    if not file.is_file():
        return False
    file.unlink()
    return True
