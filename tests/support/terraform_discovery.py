"""Find Terraform or OpenTofu on this machine, and a local mirror that saves downloading the AWS provider."""

from __future__ import annotations

import os
import platform
import shutil
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from auroraform.sandbox.terraform import TOOL_VARIABLE

# A search that finds nothing must end soon: depth bounds the usual machine, the cap the unusual one.
SEARCH_DEPTH = 3
SEARCH_CAP = 20_000

_USUAL_ROOTS = tuple(map(Path, ("/opt", "/srv", "/usr/local/lib", "/usr/local/share", "/usr/share", "/usr/lib")))
_SYSTEM_DATA_FOLDERS = (Path("/usr/local/share"), Path("/usr/share"))
_GO_ARCHITECTURES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


class ToolError(Exception):
    """The tool that the caller named is no program."""


def _go_platform() -> str:
    machine = platform.machine().lower()
    return f"{platform.system().lower()}_{_GO_ARCHITECTURES.get(machine, machine)}"


@dataclass(frozen=True)
class Machine:
    """Everything discovery depends on, so that a test describes a machine instead of patching this one."""

    env: Mapping[str, str]
    home: Path
    roots: tuple[Path, ...] = _USUAL_ROOTS
    data_folders: tuple[Path, ...] = _SYSTEM_DATA_FOLDERS
    platform: str = field(default_factory=_go_platform)

    @classmethod
    def current(cls) -> Machine:
        return cls(env=dict(os.environ), home=Path.home())


@dataclass(frozen=True)
class Plugins:
    """Where `init` takes the provider from: arguments for it, and variables for every command."""

    init_arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    local: bool = False


@dataclass(frozen=True)
class Tool:
    executable: Path
    plugins: Plugins

    @property
    def registry(self) -> str:
        return registry_of(self.executable)


def registry_of(executable: Path) -> str:
    """The host that `hashicorp/aws` means to this tool, and so the mirror's folder that it looks into."""
    return "registry.opentofu.org" if "tofu" in executable.name else "registry.terraform.io"


def find_tool(machine: Machine | None = None) -> Path | None:
    tool = discover(machine or Machine.current())
    return tool.executable if tool else None


def discover(machine: Machine) -> Tool | None:
    """The named tool, else `tofu` before `terraform`, but one with a local provider before one without."""
    if named := machine.env.get(TOOL_VARIABLE):
        executable = shutil.which(named, path=machine.env.get("PATH", ""))
        if executable is None:
            raise ToolError(f"{TOOL_VARIABLE}={named} is not a program")
        return _equip(machine, Path(executable))
    tools = [_equip(machine, executable) for executable in _on_path(machine)]
    return next((tool for tool in tools if tool.plugins.local), tools[0] if tools else None)


def _on_path(machine: Machine) -> Iterator[Path]:
    for name in ("tofu", "terraform"):
        if found := shutil.which(name, path=machine.env.get("PATH", "")):
            yield Path(found)


def _equip(machine: Machine, executable: Path) -> Tool:
    # It runs in another folder, where a relative path would mean something else.
    return Tool(executable.absolute(), find_plugins(machine, registry_of(executable)))


def find_plugins(machine: Machine, registry: str) -> Plugins:
    config = machine.env.get("TF_CLI_CONFIG_FILE")
    if config and Path(config).is_file():
        return Plugins(environment={"TF_CLI_CONFIG_FILE": config}, local=True)
    if named := machine.env.get("TF_PLUGIN_DIR"):
        return _mirror(Path(named), local=_holds_provider(Path(named), registry, machine.platform))
    if any(_holds_provider(folder, registry, machine.platform) for folder in implied_mirrors(machine)):
        return Plugins(local=True)
    if found := _search(machine, registry):
        return _mirror(found, local=True)
    # Without a mirror every `init` downloads the provider, unless the caller's own cache is kept.
    cache = machine.env.get("TF_PLUGIN_CACHE_DIR")
    return Plugins(environment={"TF_PLUGIN_CACHE_DIR": cache} if cache else {})


def _mirror(folder: Path, *, local: bool) -> Plugins:
    return Plugins(init_arguments=(f"-plugin-dir={folder.absolute()}",), local=local)


def implied_mirrors(machine: Machine) -> tuple[Path, ...]:
    """The folders that Terraform looks into by itself."""
    data_home = machine.env.get("XDG_DATA_HOME") or machine.home / ".local/share"
    shared = (Path(folder) / "terraform/plugins" for folder in (data_home, *machine.data_folders))
    return (machine.home / ".terraform.d/plugins", *shared)


def _holds_provider(folder: Path, registry: str, go_platform: str) -> bool:
    provider = folder / registry / "hashicorp" / "aws"
    unpacked, packed = provider.glob(f"*/{go_platform}"), provider.glob(f"*_{go_platform}.zip")
    try:
        return any(unpacked) or any(packed)
    except OSError:
        return False


def _search(machine: Machine, registry: str) -> Path | None:
    dot_folders = [child for child in _subfolders(machine.home) if child.name.startswith(".")]
    for folder in _walk((*machine.roots, *dot_folders)):
        if _holds_provider(folder, registry, machine.platform):
            return folder
    return None


def _walk(roots: Iterable[Path]) -> Iterator[Path]:
    """Folders level by level over all roots, each real folder once, so that symbolic links cannot loop."""
    queue = deque((root, 0) for root in roots)
    seen: set[tuple[int, int]] = set()
    while queue and len(seen) < SEARCH_CAP:
        folder, depth = queue.popleft()
        try:
            status = folder.stat()
        except OSError:
            continue
        identity = (status.st_dev, status.st_ino)
        if identity in seen:
            continue
        seen.add(identity)
        yield folder
        if depth < SEARCH_DEPTH:
            queue.extend((child, depth + 1) for child in _subfolders(folder))


def _subfolders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(Path(entry.path) for entry in entries if entry.is_dir())
    except OSError:
        return []
