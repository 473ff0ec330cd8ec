"""Which rules there are: our own, and those of an organisation.

An organisation's rules are code, so that a workspace cannot name any: manifests come from many teams, and checks run
with more rights than those have. They come from a folder that whoever runs the tool names, or from an installed
package (entry point `auroraform.rules`: a module, or an object with an attribute RULES).
"""

import importlib.util
import pkgutil
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

from auroraform.policies import rules
from auroraform.policies.rule import AnyRule, ClusterRule, EnvironmentRule, StackRule
from auroraform.schemas.problems import Code

GROUP: Final = "auroraform.rules"
_CODE: Final = re.compile(r"[A-Z]{2,10}[0-9]{2,5}")
_TYPES: Final = (ClusterRule, EnvironmentRule, StackRule)


class BadRuleError(Exception):
    """A rule of an organisation that cannot be used, with the reason."""


@cache
def built_in() -> tuple[AnyRule, ...]:
    """Our own rules, in the order of their codes."""
    modules = (import_module(f"{rules.__name__}.{found.name}") for found in pkgutil.iter_modules(rules.__path__))
    return tuple(sorted((rule for module in modules for rule in _of(module)), key=lambda rule: rule.code))


def all_rules(folder: Path | None = None) -> tuple[AnyRule, ...]:
    """Our own rules, those of installed packages, and those of a folder.

    Args:
        folder: a folder with Python files, each with a RULE or RULES.

    Raises:
        BadRuleError: a rule cannot be loaded, or has no code of its own.
    """
    found = [*built_in(), *_installed(), *(_in_folder(folder) if folder is not None else ())]
    known: dict[str, AnyRule] = {}
    for rule in found:
        if not _CODE.fullmatch(rule.code) or rule.code in set(Code):
            raise BadRuleError(f'"{rule.code}" is no code for a rule: take two or more capitals and two or more digits')
        if rule.code in known:
            raise BadRuleError(f"the code {rule.code} is taken by another rule: {known[rule.code].title}")
        known[rule.code] = rule
    return tuple(sorted(found, key=lambda rule: rule.code))


def _installed() -> Iterator[AnyRule]:
    # Costs as much as the rest of the module, and is needed where rules run only.
    from importlib.metadata import entry_points  # noqa: PLC0415

    for point in entry_points(group=GROUP):
        try:
            loaded: object = point.load()
        except Exception as error:
            raise BadRuleError(f"the entry point {point.name} of {GROUP} cannot be loaded: {error}") from error
        yield from _of(loaded)


def _in_folder(folder: Path) -> Iterator[AnyRule]:
    if not folder.is_dir():
        raise BadRuleError(f"{folder} is no folder")
    for path in sorted(folder.glob("*.py")):
        if path.name.startswith("_"):
            continue
        spec = importlib.util.spec_from_file_location(f"auroraform_rules_{path.stem}", path)
        assert spec is not None  # noqa: S101 - the file is there
        assert spec.loader is not None  # noqa: S101 - it is Python
        module = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except Exception as error:
            raise BadRuleError(f"{path} cannot be loaded: {type(error).__name__}: {error}") from error
        found = tuple(_of(module))
        if not found:
            raise BadRuleError(f"{path} has neither RULE nor RULES")
        yield from found


def _of(source: ModuleType | object) -> Iterator[AnyRule]:
    one, several = getattr(source, "RULE", None), getattr(source, "RULES", ())
    listed = [one] if one is not None else []
    listed += list(several) if isinstance(several, Iterable) else []
    for rule in listed:
        if not isinstance(rule, _TYPES):
            raise BadRuleError(f"{rule!r} is no ClusterRule, EnvironmentRule or StackRule")
        yield rule
