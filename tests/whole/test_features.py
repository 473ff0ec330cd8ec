"""The page of features tells what is there, all of it, and nothing else."""

import ast
import re
import typing
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from pydantic import BaseModel

from auroraform.schemas.environment import Environment
from auroraform.schemas.manifest import AwsRdsCluster
from auroraform.schemas.references import Reference, Value
from feature_page import Feature, groups, left_out, not_yet
from support.golden_stacks import EXPECTED, occurrences

ROOT: Final = Path(__file__).parent.parent.parent
FEATURES: Final = [feature for group in groups() for feature in group.features]
# The long spellings of text have no paths of their own.
SPELLINGS: Final = (Reference, Value)
PLANNED: Final = frozenset({"engine specials", "replication", "restore"})


def paths(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """The path of every field; those in lists and mappings stand right below."""
    for name, field in model.model_fields.items():
        path = f"{prefix}{field.alias or name}"
        yield path
        for inner in models(field.annotation):
            yield from paths(inner, f"{path}.")


def models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation not in SPELLINGS:
            yield annotation
        return
    for argument in typing.get_args(annotation):
        yield from models(argument)


def functions(path: Path) -> set[str]:
    """The tests of a file, as function or class::function."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{inner.name}" for inner in node.body if isinstance(inner, ast.FunctionDef)}
    return found


def by_feature(feature: Feature) -> str:
    return feature.feature


@pytest.mark.parametrize("feature", FEATURES, ids=by_feature)
def test_a_feature_is_shown_by_something_that_exists(feature: Feature) -> None:
    assert feature.golden or feature.tests
    assert [case for case in feature.golden if not (EXPECTED / case).is_dir()] == []
    named = [test.partition("::") for test in feature.tests]
    assert [test for test, (file, _, name) in zip(feature.tests, named, strict=True) if not is_test(file, name)] == []


def is_test(file: str, name: str) -> bool:
    return (ROOT / file).is_file() and name in functions(ROOT / file)


@pytest.mark.parametrize("feature", FEATURES, ids=by_feature)
def test_what_a_feature_becomes_occurs_in_its_golden_cases(feature: Feature) -> None:
    assert not feature.resources or feature.golden
    seen: dict[str, set[str]] = {}
    for case in feature.golden:
        for type_, arguments in occurrences(case).items():
            seen.setdefault(type_, set()).update(arguments)
    assert [type_ for type_ in feature.resources if type_ not in seen] == []
    assert [(t, name) for t, names in feature.resources.items() for name in names if name not in seen[t]] == []


@pytest.mark.parametrize("feature", FEATURES, ids=by_feature)
def test_a_feature_is_written_where_it_says(feature: Feature) -> None:
    assert feature.manifest or feature.environment
    assert set(feature.manifest) <= {*paths(AwsRdsCluster)}
    assert set(feature.environment) <= {*paths(Environment)}


def test_each_feature_is_told_once() -> None:
    assert [name for name, count in Counter(map(by_feature, FEATURES)).items() if count > 1] == []


def test_every_field_of_a_manifest_belongs_to_a_feature() -> None:
    told = {path for feature in FEATURES for path in feature.manifest}
    every = [*paths(AwsRdsCluster)]
    leaves = [path for path in every if not any(other.startswith(f"{path}.") for other in every)]
    assert [path for path in leaves if not any(f"{path}.".startswith(f"{one}.") for one in told)] == []


def test_every_type_in_the_golden_files_belongs_to_a_feature() -> None:
    assert set(occurrences()) - {type_ for feature in FEATURES for type_ in feature.resources} == set()


def test_every_golden_case_belongs_to_a_feature() -> None:
    named = {case for feature in FEATURES for case in feature.golden}
    cases = {str(path.relative_to(EXPECTED)) for path in EXPECTED.glob("*/*")}
    assert cases - named == set()


def unreached() -> Iterator[tuple[str, str]]:
    for row in left_out():
        yield from ((row.resource, argument) for argument in row.arguments)
    for resource, parts in not_yet().items():
        yield from ((resource, argument) for argument in parts)


@pytest.mark.parametrize(("resource", "argument"), [*unreached()])
def test_an_argument_that_is_said_to_be_unreached_occurs_nowhere(resource: str, argument: str) -> None:
    assert argument not in occurrences()[resource], "it is reached now: delete its line, and list it in a feature"


def test_an_argument_is_unreached_for_one_reason() -> None:
    assert [pair for pair, count in Counter(unreached()).items() if count > 1] == []


def test_what_is_left_out_has_a_sentence_or_a_plan() -> None:
    for row in left_out():
        planned = re.fullmatch(r"planned: (.+)", row.reason)
        assert planned[1] in PLANNED if planned else re.fullmatch(r"[A-Z].+\.", row.reason), row
