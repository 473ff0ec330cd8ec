"""Whatever is valid is synthesized, and the real provider takes it; whatever is not ends in problems, never worse."""

import copy
import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, cast

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auroraform.commands.group import cli
from auroraform.schemas.environment import EnvironmentSpec
from auroraform.schemas.problems import has_errors
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.stacks.render import render
from auroraform.stacks.synth import synthesize, validate
from support.provider.checking import check
from support.provider.loading import KeptSchema
from support.strategies import ENVIRONMENT_FIELDS, TOGETHER, VERSIONS, Spec, environments, fields, in_region, specs
from support.terraform import validate_many
from support.terraform_discovery import Tool
from support.workspaces import Files

ROOT: Final = Path(__file__).parent.parent.parent
SEEDS: Final = sorted(
    path
    for folder in ("examples", "tests/golden/cases", "tests/data/planton")
    for path in (ROOT / folder).rglob("*.yaml")
)


def documents(drawn: list[Spec], environment: Spec) -> dict[str, str]:
    """The files of a workspace: each spec a cluster, in JSON, which is YAML too."""
    manifests = {
        f"manifests__c{number}": {
            "apiVersion": "aws.project-planton.org/v1",
            "kind": "AwsRdsCluster",
            "metadata": {"name": f"c{number}"},
            "spec": spec,
        }
        for number, spec in enumerate(drawn)
    }
    where = {
        "apiVersion": "auroraform/v1",
        "kind": "Environment",
        "metadata": {"name": "prod"},
        "spec": environment,
    }
    documents = {**manifests, "environments__prod": where}
    return {name: in_region(json.dumps(document), str(environment["region"])) for name, document in documents.items()}


def clusters(low: int, high: int) -> st.SearchStrategy[list[Spec]]:
    """Specs of clusters that RDS can tell apart."""
    return st.lists(
        specs(), min_size=low, max_size=high, unique_by=lambda spec: str(spec.get("clusterIdentifier", id(spec)))
    )


def synthesized(folder: Path, drawn: list[Spec], environment: Spec) -> list[Path]:
    """The stacks of a workspace."""
    outcome = synthesize(Files(folder / "workspace").write(**documents(drawn, environment)), folder / "out")
    assert not has_errors(outcome.problems), outcome.problems
    assert outcome.written is not None
    return sorted((folder / "out/stacks").iterdir())


@pytest.mark.parametrize("engine", sorted(VERSIONS))
def test_specs_are_drawn_over_all_fields(engine: str) -> None:
    known = {str(field.alias) for field in AwsRdsClusterSpec.model_fields.values()}
    assert {*fields(engine), *TOGETHER, "engine", "engineVersion"} == known - {"password"}


def test_environments_are_drawn_over_all_fields() -> None:
    assert set(ENVIRONMENT_FIELDS) == {str(field.alias) for field in EnvironmentSpec.model_fields.values()}


@pytest.mark.slow
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(clusters(8, 8), environments())
def test_what_is_valid_is_synthesized(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Spec], environment: Spec
) -> None:
    stacks = synthesized(tmp_path_factory.mktemp("specs"), drawn, environment)
    made = [json.loads((stack / "cdk.tf.json").read_text(encoding="utf-8")) for stack in stacks]
    assert {name for stack in made for name in stack["resource"]["aws_rds_cluster"]} == {f"c{n}" for n in range(8)}


@pytest.mark.slow
@pytest.mark.terraform
@settings(max_examples=3, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    # The first example would be the simplest one: the same workspace every time. More at once are too large to draw.
    st.lists(st.tuples(clusters(1, 2), environments()), min_size=8, max_size=8).filter(
        lambda drawn: drawn[0] != drawn[-1]
    )
)
def test_what_is_synthesized_is_taken_by_the_provider(
    tmp_path_factory: pytest.TempPathFactory, terraform: Tool, drawn: list[tuple[list[Spec], Spec]]
) -> None:
    base = tmp_path_factory.mktemp("valid")
    folders = [
        folder
        for number, (members, environment) in enumerate(drawn)
        for folder in synthesized(base / str(number), members, environment)
    ]
    results = validate_many(folders, base / "work", terraform)
    assert {str(f): [str(d) for d in v.diagnostics] for f, v in results.items() if not v.valid} == {}
    assert len(results) == len(folders) >= len(drawn)


@pytest.mark.slow
@pytest.mark.terraform
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(specs(), min_size=8, max_size=8), environments())
def test_what_is_synthesized_fits_the_providers_schema(
    tmp_path_factory: pytest.TempPathFactory, provider_schema: KeptSchema, drawn: list[Spec], environment: Spec
) -> None:
    workspace = Files(tmp_path_factory.mktemp("fits")).write(**documents(drawn, environment))
    rendering = render(validate(workspace).stacks)
    stacks = [json.loads(text) for path, text in rendering.files.items() if path.endswith("cdk.tf.json")]
    assert sum(len(stack["resource"]["aws_rds_cluster"]) for stack in stacks) == len(drawn)
    assert [str(finding) for stack in stacks for finding in check(stack, provider_schema)] == []


JUNK: Final = st.sampled_from(
    [
        *(
            b"\x00",
            b"\xff\xfe",
            b"\t",
            b"{",
            b"}",
            b"[",
            b"]",
            b": ",
            b"- ",
            b"&a ",
            b"*a",
            b"!!x ",
            b"---\n",
            b"...\n",
        ),
        *(b"|\n", b"<<: ", b"? ", b"'", b'"', b"#", b"9" * 5000, b"[" * 2000, b"\xe2\x80\xae", b"null", b"~", b"1e999"),
    ]
)


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """A document of the tests, with a few things changed that nobody would write on purpose."""
    data = bytearray(draw(st.sampled_from(SEEDS)).read_bytes())
    for _ in range(draw(st.integers(1, 6))):
        at, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        how = draw(st.integers(0, 4))
        if how == 0:
            del data[at : min(end, at + 40)]
        elif how == 1:
            data[at:at] = draw(JUNK)
        elif how == 2:
            data[at:at] = data[at : min(end, at + 200)]
        elif how == 3 and at < len(data):
            data[at] ^= 1 << draw(st.integers(0, 7))
        else:
            lines = bytes(data).splitlines(keepends=True)
            data = bytearray(b"".join(draw(st.permutations(lines)) if len(lines) < 60 else reversed(lines)))
    return bytes(data)


def deep(levels: int) -> Any:  # noqa: ANN401 - any JSON
    """Lists in lists; what is read is forty levels deep at most."""
    return functools.reduce(lambda inner, _: [inner], range(levels), cast("Any", "x"))


ODD: Final[st.SearchStrategy[Any]] = st.sampled_from(
    [
        *(None, True, 0, -1, 10**400, 1e308, "", "x", "9" * 5000, [], {}, [[]], [None], {"": None}),
        *({"value": None}, {"valueFrom": {}}, {"value": "x", "valueFrom": {"name": "x"}}, {"remoteState": []}),
        *(deep(30), deep(200)),
    ]
)


def nodes(tree: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any JSON
    """Every value of a tree as what holds it and the key or index there."""
    for key in tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield tree, key
        yield from nodes(tree[key])


@st.composite
def swaps(draw: st.DrawFn) -> dict[str, str]:
    """A valid workspace in which a few values are replaced, by odd ones or by each other, deleted or renamed."""
    files = documents([draw(specs())], draw(environments()))
    name = draw(st.sampled_from(sorted(files)))
    tree = json.loads(files[name])
    for _ in range(draw(st.integers(1, 4))):
        holder, key = draw(st.sampled_from([*nodes(tree)]))
        how = draw(st.sampled_from(["odd", "swap", "delete", "rename"]))
        if how == "delete":
            del holder[key]
        elif how == "rename" and isinstance(holder, dict):
            holder[draw(st.text(max_size=8))] = holder.pop(key)
        elif how == "swap":
            other, place = draw(st.sampled_from([*nodes(tree)]))
            holder[key] = copy.deepcopy(other[place])
        else:
            holder[key] = copy.deepcopy(draw(ODD))
    return files | {name: json.dumps(tree)}


def ends_in_problems(root: Path) -> None:
    result = CliRunner().invoke(cli, ["-C", str(root), "validate"], catch_exceptions=False)
    assert result.exit_code in {0, 2}
    assert (result.exit_code == 0) == result.stdout.endswith("valid\n")


@settings(max_examples=400, deadline=5_000, derandomize=True, suppress_health_check=list(HealthCheck))
@given(mutations(), st.sampled_from(["manifests/orders.yaml", "environments/prod.yaml"]))
def test_what_is_broken_ends_in_problems(tmp_path_factory: pytest.TempPathFactory, data: bytes, file: str) -> None:
    root = Files(tmp_path_factory.mktemp("broken")).minimal()
    (root / file).write_bytes(data)
    ends_in_problems(root)


@pytest.mark.slow
@settings(max_examples=400, deadline=5_000, derandomize=True, suppress_health_check=list(HealthCheck))
@given(swaps())
def test_what_is_of_the_wrong_type_ends_in_problems(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, str]
) -> None:
    ends_in_problems(Files(tmp_path_factory.mktemp("swapped")).write(**files))
