"""Makes a small jsii assembly of the provider's whole one: same name, same version, only some modules."""

import codecs
import gzip
import io
import json
import re
import tarfile
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from auroraform.constructs.loading.json_stream import JsonStream

NAME = "@cdktf/provider-aws"

# Part of the cache's key: raise it when the same input shall give other bytes than before.
FORMAT = 1

_CHUNK = 1 << 18
_MANIFEST = "package/.jsii"
_PACKAGE_JSON = "package/package.json"
_INDEX = "package/lib/index.js"
_SYMBOL = re.compile(r"src/(?P<folder>[\w-]+)/index:")
_REFERENCE = re.compile(rf'"{re.escape(NAME)}\.(\w+)\.')


class LayoutError(Exception):
    """The provider's package is not laid out in the way that pruning knows."""


@dataclass(frozen=True)
class _Pruned:
    manifest: dict[str, object]
    folders: dict[str, str]
    files: dict[str, bytes]


def prune(tarball: Path, version: str, modules: Collection[str]) -> bytes:
    """Return a `.tgz` of the assembly in `tarball` that holds `modules` and what their types refer to.

    Args:
        tarball: The assembly that the provider's package brings.
        version: The version that the assembly must have.
        modules: Names of Python modules of the provider, such as `rds_cluster`.

    Raises:
        LayoutError: If the assembly is not what is expected here; the whole one may still work.
        OSError: If the tarball cannot be read.
    """
    wanted = set(modules)
    while True:
        try:
            pruned = _read(tarball, wanted)
        except (tarfile.TarError, EOFError, ValueError) as error:
            raise LayoutError(f"{tarball.name}: {error}") from error
        # Provider 21.22.1 has no reference from one module to another; one pass does then.
        referenced = {_module(name) for name in _REFERENCE.findall(json.dumps(pruned.manifest["types"]))}
        if referenced <= wanted:
            break
        wanted |= referenced
    _check(pruned, version, wanted)
    return _pack(pruned)


def modules_in(tarball: Path) -> frozenset[str]:
    """Return the names of the Python modules that a tarball made by `prune` serves."""
    with tarfile.open(tarball) as archive:
        file = archive.extractfile(_MANIFEST)
        manifest = json.load(file) if file else {}
    return frozenset(_module_of(fqn) for fqn in manifest["submodules"])


def _read(tarball: Path, wanted: Collection[str]) -> _Pruned:
    manifest: dict[str, object] | None = None
    folders: dict[str, str] = {}
    kept: frozenset[str] = frozenset()
    files: dict[str, bytes] = {}
    with tarfile.open(tarball, "r|gz") as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is None:
                continue
            if member.name == _MANIFEST:
                manifest = _read_manifest(file, wanted)
                folders = _folders(manifest["submodules"])
                kept = frozenset(folders.values())
            elif manifest is None:
                # Which folders to keep is known from the manifest only.
                raise LayoutError(f"{member.name} comes before {_MANIFEST} in {tarball.name}")
            elif member.name == _PACKAGE_JSON or _is_code_of(kept, member.name):
                files[member.name] = file.read()
    if manifest is None:
        raise LayoutError(f"no {_MANIFEST} in {tarball.name}")
    return _Pruned(manifest, folders, files)


def _read_manifest(file: IO[bytes], wanted: Collection[str]) -> dict[str, object]:
    # Parsed whole, the 130 MB would take 760 MB of memory.
    stream = JsonStream(codecs.iterdecode(iter(partial(file.read, _CHUNK), b""), "utf-8"))
    manifest: dict[str, object] = {"submodules": {}, "types": {}}
    for key in stream.members():
        if key in ("submodules", "types"):
            kept: dict[str, object] = {}
            for fqn in stream.members():
                value = stream.value()
                if _module_of(fqn) in wanted:
                    kept[fqn] = value
            manifest[key] = kept
        else:
            manifest[key] = stream.value()
    manifest.pop("readme", None)
    return manifest


def _module_of(fqn: str) -> str:
    return _module(fqn.removeprefix(f"{NAME}.").partition(".")[0])


def _module(submodule: str) -> str:
    """Return the Python name of a jsii submodule, by jsii-pacmak's rule: lexv2ModelsBot, lexv2_models_bot."""
    return re.sub(r"[A-Z]", lambda match: f"_{match[0]}", submodule).lower()


def _folders(submodules: object) -> dict[str, str]:
    """Map each submodule's jsii name to its folder, which is not always that name in kebab case."""
    folders = {}
    for fqn, submodule in submodules.items() if isinstance(submodules, dict) else ():
        symbol = submodule.get("symbolId") if isinstance(submodule, dict) else None
        match = _SYMBOL.fullmatch(str(symbol))
        if match is None:
            raise LayoutError(f"the submodule {fqn} has the unknown symbol {symbol!r}")
        folders[fqn.removeprefix(f"{NAME}.")] = match["folder"]
    return folders


def _is_code_of(folders: Collection[str], path: str) -> bool:
    parts = path.split("/")
    return parts[:2] == ["package", "lib"] and parts[2] in folders and path.endswith(".js")


def _check(pruned: _Pruned, version: str, wanted: Collection[str]) -> None:
    found = (pruned.manifest.get("name"), pruned.manifest.get("version"))
    if found != (NAME, version):
        raise LayoutError(f"the assembly is {found[0]} {found[1]}, not {NAME} {version}")
    if missing := set(wanted) - {_module(name) for name in pruned.folders}:
        raise LayoutError(f"the assembly has no module {', '.join(sorted(missing))}")
    expected = {_PACKAGE_JSON, *(f"package/lib/{folder}/index.js" for folder in pruned.folders.values())}
    if missing := expected - pruned.files.keys():
        raise LayoutError(f"the assembly has no {', '.join(sorted(missing))}")


def _pack(pruned: _Pruned) -> bytes:
    index = ['"use strict";', 'Object.defineProperty(exports, "__esModule", { value: true });']
    index += [f'exports.{name} = require("./{folder}");' for name, folder in sorted(pruned.folders.items())]
    files = {
        _MANIFEST: json.dumps(pruned.manifest).encode(),
        **dict(sorted(pruned.files.items())),
        _INDEX: "\n".join([*index, ""]).encode(),
    }
    buffer = io.BytesIO()
    # No times and no owners: two processes that make it at once make the same bytes.
    with (
        gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as compressed,
        tarfile.open(fileobj=compressed, mode="w") as archive,
    ):
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()
