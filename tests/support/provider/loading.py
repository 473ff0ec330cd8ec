"""The schema of the provider that tests plan with: asked once for each version, kept in small pieces.

What Terraform prints has 13 MB, and takes seconds to print and to read; a stack needs a few types of 1,500.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from support.provider.schema import Block, Section, flatten
from support.terraform import Stack
from support.terraform_discovery import Tool

CACHE: Final = Path(__file__).resolve().parents[3] / ".cache" / "provider-schema"

_PROVIDERS: Final = {
    "aws": {"source": "hashicorp/aws", "version": ">= 5.100.0, < 7.0.0, != 6.24.0"},
    # Brings terraform_remote_state.
    "terraform": {"source": "terraform.io/builtin/terraform"},
}
_INDEX: Final = "index.json"

Everything = Mapping[tuple[Section, str], Any]


class KeptSchema:
    """A schema in a folder, one file for each type that was asked for, and one with the names of all."""

    def __init__(self, folder: Path, load: Callable[[], Everything]) -> None:
        self._folder = folder
        self._load = load
        self._blocks: dict[tuple[Section, str], Block | None] = {}

    def find(self, section: Section, name: str) -> Block | None:
        if (section, name) not in self._blocks:
            self._blocks[section, name] = self._read(section, name)
        return self._blocks[section, name]

    def _read(self, section: Section, name: str) -> Block | None:
        if name not in self._names.get(section, ()):
            return None
        kept = self._folder / f"{section}.{name}.json"
        if not kept.is_file():
            _write(kept, self._everything[section, name])
        return Block.read(json.loads(kept.read_text(encoding="utf-8")))

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        index = self._folder / _INDEX
        if not index.is_file():
            names: dict[str, list[str]] = {}
            for section, name in sorted(self._everything):
                names.setdefault(section, []).append(name)
            _write(index, names)
        found: dict[str, list[str]] = json.loads(index.read_text(encoding="utf-8"))
        return found

    @cached_property
    def _everything(self) -> Everything:
        return self._load()


def _write(path: Path, document: object) -> None:
    """Write all or nothing: other workers may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(document, file, separators=(",", ":"))
    Path(scratch).replace(path)


def installed_schema(tool: Tool, work: Path, cache: Path = CACHE) -> KeptSchema:
    """The schema of the provider that this tool picks.

    Args:
        tool: Terraform or OpenTofu.
        work: an empty folder, which stays.
        cache: where schemas are kept.
    """
    configuration = {"terraform": {"required_providers": _PROVIDERS}}
    (work / "main.tf.json").write_text(json.dumps(configuration), encoding="utf-8")
    stack = Stack(work, tool)
    stack.init()
    versions = json.loads(stack.run("version", "-json"))["provider_selections"]
    version = next(version for source, version in versions.items() if source.endswith("/hashicorp/aws"))
    return KeptSchema(
        cache / f"{tool.executable.stem}-{version}",
        lambda: flatten(json.loads(stack.run("providers", "schema", "-json"))),
    )
