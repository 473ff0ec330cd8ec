"""The tool's own layers of defaults: the base, and one per environment class and engine."""

from functools import cache
from typing import Final

from auroraform.schemas.environment import EnvironmentClass
from auroraform.schemas.located import Mapping, read
from auroraform.stacks.merge import Layer
from auroraform.stacks.shipped import PREFIX, source

BASE: Final = "base"


def layers(environment_class: EnvironmentClass, engine: str | None) -> tuple[Layer, ...]:
    """The base and the class's defaults for clusters of an engine, the weakest first."""
    return tuple(
        Layer(_title(name), spec)
        for name in (BASE, environment_class)
        for wanted in dict.fromkeys((None, engine))
        if (spec := _documents(name).get(wanted)) is not None
    )


def _title(name: str) -> str:
    return "base defaults" if name == BASE else f"defaults of class {name}"


@cache
def _documents(name: str) -> dict[str | None, Mapping]:
    file = f"{PREFIX}{name}.yaml"
    found: dict[str | None, Mapping] = {}
    for document in read(source(file), file).documents:
        spec = document.get("spec")
        assert isinstance(spec, Mapping), f"{file} is shipped with a spec"  # noqa: S101
        found[document.text("metadata", "engine")] = spec
    return found
