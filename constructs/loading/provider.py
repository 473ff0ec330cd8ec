"""The provider's Python package as installed, and the two ways to enter it without its costly `__init__`."""

import difflib
import importlib
import importlib.util
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path

from auroraform.constructs.loading import settings
from auroraform.constructs.loading.assembly import LayoutError

PACKAGE = "cdktf_cdktf_provider_aws"


@dataclass(frozen=True)
class Provider:
    """The installed provider package, found but not imported."""

    spec: ModuleSpec

    @classmethod
    def installed(cls) -> "Provider":
        """Find the package.

        Raises:
            ModuleNotFoundError: If it is not installed.
        """
        spec = importlib.util.find_spec(PACKAGE)
        if spec is None or spec.submodule_search_locations is None:
            raise ModuleNotFoundError(f"No module named {PACKAGE!r}", name=PACKAGE)
        return cls(spec)

    @property
    def folder(self) -> Path:
        """The package's folder."""
        return Path(next(iter(self.spec.submodule_search_locations or ())))

    def has(self, module: str) -> bool:
        """Return whether the package has this module."""
        return module.isidentifier() and (self.folder / module / "__init__.py").is_file()

    def assembly(self) -> tuple[Path, str]:
        """Return the jsii assembly that the package brings, and its version.

        Raises:
            LayoutError: If there is not exactly one.
        """
        tarballs = list((self.folder / "_jsii").glob("*@*.jsii.tgz"))
        if len(tarballs) != 1:
            raise LayoutError(f"expected one jsii assembly in {PACKAGE}, found {len(tarballs)}")
        (tarball,) = tarballs
        return tarball, tarball.name.removesuffix(".jsii.tgz").partition("@")[2]

    def enter(self) -> None:
        """Make submodules importable without running the package's `__init__`, which imports all of them."""
        package = importlib.util.module_from_spec(self.spec)
        # Keeps `import cdktf_cdktf_provider_aws as aws; aws.rds_cluster` working, as after the real __init__.
        vars(package)["__getattr__"] = _attribute
        sys.modules[PACKAGE] = package

    def similar(self, module: str) -> str | None:
        """Return the module of the package whose name is most like this one."""
        names = [path.parent.name for path in self.folder.glob("*/__init__.py")]
        return next(iter(difflib.get_close_matches(module, names, n=1)), None)


class PrunedFinder:
    """Refuses imports of provider modules that the pruned assembly lacks.

    Without it they would succeed, and then fail with a stack trace of jsii at the first object.
    """

    def __init__(self, provider: Provider, modules: Collection[str], served: Callable[[], Collection[str]]) -> None:
        """Allow `modules`, and what `served` returns: asked only before an import is refused."""
        self._provider = provider
        self._modules = frozenset(modules)
        self._served = served

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        """Leave all that may be imported to the finders behind this one.

        Raises:
            ImportError: If the module exists but is not in the pruned assembly.
        """
        del path, target
        package, _, rest = fullname.partition(".")
        module = rest.partition(".")[0]
        if package != PACKAGE or module in self._modules or not self._provider.has(module):
            return
        # A module may be served without having been asked for, when one that was refers to it.
        if module == "_jsii" or module in self._served():
            return
        extra = ",".join([*settings.extra_modules(), module])
        raise ImportError(
            f"{PACKAGE}.{module} is not among the AWS provider modules that auroraform loads; set "
            f"{settings.EXTRA}={extra} to load it too, or {settings.MODE}=full to load all of them (slow)",
            name=fullname,
        )


def _attribute(name: str) -> object:
    if not name.startswith("_"):
        try:
            return importlib.import_module(f"{PACKAGE}.{name}")
        except ImportError as error:
            # What asks for an attribute, hasattr() for one, expects this error and no other.
            raise AttributeError(str(error)) from error
    raise AttributeError(f"module {PACKAGE!r} has no attribute {name!r}")
