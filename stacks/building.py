"""Units become constructs, and constructs fragments. Importing this starts Node."""

import atexit
import json
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from auroraform.constructs.aurora_cluster import AuroraCluster
from auroraform.constructs.bindings import App, AwsProvider, Construct, TerraformStack
from auroraform.constructs.literals import literals
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.stacks.fragments import TYPED, Fragment, cut
from auroraform.stacks.layout import MANIFEST_FILE, Json, stack_path
from auroraform.stacks.resolve import ResolvedStack
from auroraform.stacks.stack import EnvironmentStack
from auroraform.stacks.units import Made, Refusal, Unit

_PROVIDER: Json = {"aws": [{}]}


class ClusterStack(TerraformStack):
    """One cluster where it can be synthesized by itself: beside a provider that says nothing."""

    def __init__(self, scope: Construct, id_: str, cluster: ResolvedCluster) -> None:
        super().__init__(scope, id_)
        AwsProvider(self, "aws")
        AuroraCluster(self, cluster.name, cluster=literals(cluster))


def build(units: Sequence[Unit]) -> list[Made]:
    """Synthesize units: a fragment for each, or what keeps it from being one.

    With a fault in any, only the faults are worth reading: CDKTF writes stacks one after the other, and stops.
    """
    scratch = _scratch()
    app = App(outdir=str(scratch), stack_traces=False)
    # Names of stacks begin with a letter, so that numbers are free for stacks that are none.
    stacks = [
        ClusterStack(app, str(number), unit) if isinstance(unit, ResolvedCluster) else EnvironmentStack(app, unit)
        for number, unit in enumerate(units)
    ]
    try:
        app.synth()
    except RuntimeError:
        # Asking every construct costs more than all the rest, so that it is done only where some refuse.
        refused = [_refusals(stack) for stack in stacks]
        if not any(refused):
            raise
        return [*refused]
    manifest = _load(scratch / MANIFEST_FILE)
    return [
        _cluster(unit, scratch, _listing(manifest, str(number)))
        if isinstance(unit, ResolvedCluster)
        else _frame(unit, scratch, manifest)
        for number, unit in enumerate(units)
    ]


@cache
def _scratch() -> Path:
    """One folder for all batches of this process: making and removing one each time costs as much as a resource."""
    folder = tempfile.TemporaryDirectory(prefix="auroraform-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _listing(manifest: dict[str, Json], stack: str) -> dict[str, Json]:
    listed = manifest["stacks"]
    listing = listed[stack] if isinstance(listed, dict) else None
    assert isinstance(listing, dict)  # noqa: S101 - what CDKTF writes
    return listing


def _refusals(stack: TerraformStack) -> tuple[Refusal, ...]:
    nodes = (construct.node for construct in stack.node.find_all())
    return tuple(Refusal(node.path.partition("/")[2], text) for node in nodes for text in node.validate())


def _frame(stack: ResolvedStack, folder: Path, manifest: dict[str, Json]) -> Fragment:
    document = _load(folder / stack_path(stack.name))
    del document["//"]
    _comment(document, TYPED, None)
    # All that a frame makes is shared parts.
    _comment(document, ("resource",), stack.shared.environment)
    return Fragment(cut(document), _listing(manifest, stack.name), manifest["version"])


def _cluster(cluster: ResolvedCluster, folder: Path, listing: dict[str, Json]) -> Fragment:
    document = _load(folder / str(listing["synthesizedStackPath"]))
    del document["//"], document["terraform"]
    # These are said for the whole stack. Those that a cluster brings along would be lost here, and nobody would see.
    if document.pop("provider") != _PROVIDER or listing["annotations"] or listing["dependencies"]:
        raise NotImplementedError(
            f"{cluster.name}: providers, annotations and dependencies belong to the frame of a stack"
        )
    _comment(document, TYPED, cluster.manifest)
    return Fragment(cut(document))


def _comment(document: dict[str, Json], sections: Sequence[str], file: str | None) -> None:
    """Put the file that resources come from where CDKTF put its own bookkeeping."""
    for section in sections:
        for resources in _objects(document.get(section)):
            for resource in _objects(resources):
                resource.pop("//", None)
                if file is not None:
                    resource["//"] = file


def _objects(value: Json) -> list[dict[str, Json]]:
    return [item for item in value.values() if isinstance(item, dict)] if isinstance(value, dict) else []


def _load(path: Path) -> dict[str, Json]:
    loaded: dict[str, Json] = json.loads(path.read_text(encoding="utf-8"))
    return loaded
