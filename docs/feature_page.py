"""The page of features, from docs/features/: what each is in a manifest and at the provider, and what shows it.

One file holds one group of features; `left-out.yaml` and `not-yet.yaml` hold the arguments that no feature reaches.
Tests hold all of it against the models, the golden files, the tests and the provider's schema.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from auroraform.schemas.engines import EngineName

FOLDER: Final = Path(__file__).parent / "features"

_ENGINES: Final[tuple[EngineName, ...]] = ("aurora-mysql", "aurora-postgresql")

_HEAD: Final = """\
# Features

What there is, where it stands in a manifest or in an environment, what it becomes, and what shows that it does: a
golden case is a workspace under `tests/golden/` whose stacks are reviewed byte by byte, all of them held against the
provider; a test is named by its file and function.

This page is made from `docs/features/` by `make docs`.
"""
_LEFT_OUT: Final = """
## Left out

Arguments of the cluster and its instances that no manifest reaches, and why.
"""
_NOT_YET: Final = """
## Not yet

Arguments that a part under way will reach.
"""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Feature(_Model):
    feature: str
    manifest: tuple[str, ...] = ()
    """Paths in a manifest; one stands for all below it."""
    environment: tuple[str, ...] = ()
    """Paths in an environment."""
    engines: tuple[EngineName, ...] = _ENGINES
    resources: dict[str, tuple[str, ...]] = {}
    """Types (`data.` or `ephemeral.` before those that are only read), and the arguments that the feature is about."""
    golden: tuple[str, ...] = ()
    """Golden cases, in which all these types and arguments occur."""
    tests: tuple[str, ...] = ()
    """Tests, as file::function or file::class::function."""


class Group(_Model):
    title: str
    features: tuple[Feature, ...]


class LeftOut(_Model):
    resource: str
    arguments: Annotated[tuple[str, ...], Field(min_length=1)]
    reason: str


def groups() -> list[Group]:
    return [Group.model_validate(_read(path)) for path in sorted(FOLDER.glob("[0-9]*.yaml"))]


def left_out() -> list[LeftOut]:
    return TypeAdapter(list[LeftOut]).validate_python(_read(FOLDER / "left-out.yaml"))


def not_yet() -> dict[str, dict[str, str]]:
    """By resource and argument, the part that will reach it."""
    return TypeAdapter(dict[str, dict[str, str]]).validate_python(_read(FOLDER / "not-yet.yaml") or {})


def _read(path: Path) -> object:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def page() -> str:
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _HEAD.rstrip("\n")
    for group in groups():
        if group.features:
            yield f"\n## {group.title}\n"
            yield from _table(("feature", "written as", "becomes", "engines", "shown by"), map(_row, group.features))
    yield _LEFT_OUT
    rows = ((f"`{one.resource}`", _names(one.arguments), one.reason) for one in left_out())
    yield from _table(("resource", "arguments", "reason"), rows)
    if waiting := not_yet():
        yield _NOT_YET
        rows = (
            (f"`{type_}`", _names(_by_part(names, part)), part)
            for type_, names in waiting.items()
            for part in dict.fromkeys(names.values())
        )
        yield from _table(("resource", "arguments", "part"), rows)
    yield ""


def _by_part(names: dict[str, str], part: str) -> list[str]:
    return [name for name, of in names.items() if of == part]


def _row(feature: Feature) -> tuple[str, ...]:
    places = [_names(feature.manifest), _labelled("environment", _names(feature.environment))]
    golden = [f"golden {_names(feature.golden)}"] if feature.golden else []
    tests = [f"`{test}`" for test in feature.tests]
    resources = [f"`{type_}`{_labelled('', _names(names))}" for type_, names in feature.resources.items()]
    return (
        feature.feature,
        _broken(places),
        _broken(resources),
        "both" if len(feature.engines) == len(_ENGINES) else _names(feature.engines),
        _broken((*golden, *tests)),
    )


def _labelled(label: str, names: str) -> str:
    return f"{label}: {names}" if names else ""


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _broken(parts: Iterable[str]) -> str:
    return "<br>".join(part for part in parts if part)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
