"""Whatever is valid is synthesized, and the real provider takes it; whatever is not ends in problems, never worse."""

import json
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auroraform.commands.group import cli
from auroraform.schemas.problems import has_errors
from auroraform.stacks.synth import synthesize
from support.strategies import Spec, specs
from support.terraform import validate_many
from support.terraform_discovery import Tool
from support.workspaces import Files, environment

ROOT: Final = Path(__file__).parent.parent.parent
SEEDS: Final = sorted(
    path
    for folder in ("examples", "tests/golden/cases", "tests/data/planton")
    for path in (ROOT / folder).rglob("*.yaml")
)


def synthesized(folder: Path, drawn: list[Spec]) -> Path:
    """One stack of all the specs, each a cluster."""
    documents = {
        f"manifests__c{number}": json.dumps(
            {
                "apiVersion": "aws.project-planton.org/v1",
                "kind": "AwsRdsCluster",
                "metadata": {"name": f"c{number}"},
                "spec": spec,
            }
        )
        for number, spec in enumerate(drawn)
    }
    root = Files(folder / "workspace").write(environments__prod=environment(), **documents)
    outcome = synthesize(root, folder / "out")
    assert not has_errors(outcome.problems), outcome.problems
    assert outcome.written is not None
    return folder / "out" / "stacks" / "prod"


@pytest.mark.slow
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(specs(), min_size=8, max_size=8))
def test_what_is_valid_is_synthesized(tmp_path_factory: pytest.TempPathFactory, drawn: list[Spec]) -> None:
    folder = synthesized(tmp_path_factory.mktemp("specs"), drawn)
    stack = json.loads((folder / "cdk.tf.json").read_text(encoding="utf-8"))
    assert set(stack["resource"]["aws_rds_cluster"]) == {f"c{number}" for number in range(8)}


@pytest.mark.slow
@pytest.mark.terraform
@settings(max_examples=2, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(specs(), min_size=25, max_size=25))
def test_what_is_synthesized_is_taken_by_the_provider(
    tmp_path_factory: pytest.TempPathFactory, terraform: Tool, drawn: list[Spec]
) -> None:
    base = tmp_path_factory.mktemp("valid")
    folder = synthesized(base, drawn)
    (validation,) = validate_many([folder], base / "work", terraform).values()
    assert validation.valid, [str(diagnostic) for diagnostic in validation.diagnostics]


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


@settings(max_examples=400, deadline=5_000, derandomize=True, suppress_health_check=list(HealthCheck))
@given(mutations(), st.sampled_from(["manifests/orders.yaml", "environments/prod.yaml"]))
def test_what_is_broken_ends_in_problems(tmp_path_factory: pytest.TempPathFactory, data: bytes, file: str) -> None:
    root = Files(tmp_path_factory.mktemp("broken")).minimal()
    (root / file).write_bytes(data)
    result = CliRunner().invoke(cli, ["-C", str(root), "validate"], catch_exceptions=False)
    assert result.exit_code in {0, 2}
    assert (result.exit_code == 0) == result.stdout.endswith("valid\n")
