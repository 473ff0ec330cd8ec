"""Prepares the provider so that importing from it is cheap."""

import hashlib
import importlib
import importlib.util
import os
import sys
import time
from collections.abc import Callable, Collection
from functools import cache as remembered
from functools import partial
from pathlib import Path

import jsii

from auroraform.constructs.loading import ahead, assembly, cache, node, settings
from auroraform.constructs.loading.provider import PACKAGE, Provider, PrunedFinder

_SUFFIX = ".jsii.tgz"


def begin(importer: str) -> None:
    """Have Node load what `prepare` is going to need, as far as it is there, while this process does something else.

    What fails here fails again in `prepare`, which tells.

    Args:
        importer: the module that calls `prepare`; it is not imported.
    """
    if PACKAGE in sys.modules or "cdktf" in sys.modules:
        return
    try:
        node.use_packaged()
        provider = Provider.installed()
        loads = [ahead.Load.of(package) for package in ("constructs", "cdktf")]
        if not settings.wants_full():
            version, name, _ = _wanted(provider, _modules(provider, importer))
            if (pruned := cache.found(name, _SUFFIX)) is not None:
                loads.append(ahead.Load(assembly.NAME, version, pruned))
    except (ImportError, ValueError, OSError, assembly.LayoutError):
        return
    ahead.begin(loads)


def prepare(importer: str) -> None:
    """Make cheap to import what the module `importer` imports from the provider, and the user's extras.

    Where somebody has imported the provider before, all of it is loaded and nothing is left to do.

    Raises:
        ModuleNotFoundError: If the provider is not installed.
        OSError: If Node cannot be started.
        ValueError: If an environment variable has a value that cannot be meant, or what was started is no Node.
    """
    full = settings.wants_full()
    node.use_packaged()
    if PACKAGE in sys.modules:
        return
    begin(importer)
    ahead.finish()
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
    ours = _imported(importer)
    # One of ours that is missing fails best where it is imported, as any module does.
    return {module for module in ours if provider.has(module)}.union(extra)


@remembered
def _imported(module: str) -> frozenset[str]:
    """What a module imports from the provider: asked twice in a run, before its import and at it."""
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"No module named {module!r}", name=module)
    return frozenset(settings.imported_modules(Path(spec.origin).read_text(encoding="utf-8"), PACKAGE))


def _wanted(provider: Provider, modules: Collection[str]) -> tuple[str, str, Path]:
    """The version of the provider, the name that its pruned assembly is kept under, and the whole assembly."""
    tarball, version = provider.assembly()
    status = tarball.stat()
    identity = [assembly.FORMAT, status.st_size, status.st_mtime_ns, *sorted(modules)]
    key = hashlib.sha256(repr(identity).encode()).hexdigest()[:16]
    return version, f"provider-aws-{version}-{key}", tarball


def _pruned(provider: Provider, modules: Collection[str]) -> tuple[str, Path]:
    version, name, tarball = _wanted(provider, modules)
    make = partial(_announced, partial(assembly.prune, tarball, version, modules))
    return version, cache.kept(name, _SUFFIX, make)


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
