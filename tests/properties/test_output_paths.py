"""No name leads out of the output folder: it is refused, or it names a folder there."""

import json
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auroraform.schemas.json_schema import DOCUMENTS
from auroraform.schemas.problems import has_errors
from auroraform.stacks.synth import synthesize

NAMES: Final = st.text(st.sampled_from("./\\ab~$\0\n-\u2025\uff0f"), min_size=1, max_size=8) | st.sampled_from(
    [
        "..",
        "../x",
        "/abs",
        "a/../../b",
        ".",
        "a/b",
        "-",
        "a" * 300,
        "~",
        "a\0b",
        "%2e%2e",
        "C:x",
        "__proto__",
        "a",
        "a-b",
    ]
)


def written(folder: Path, kind: str, name: str) -> set[str] | None:
    """Every file that synthesis leaves behind, from above the output folder on; None where the name is refused."""
    for document, file in (("AwsRdsCluster", "manifests/x.yaml"), ("Environment", "environments/x.yaml")):
        content = DOCUMENTS[document] | ({"metadata": {"name": name}} if document == kind else {})
        if document == "Environment":
            # Stacks carry the names of both.
            content |= {"spec": content["spec"] | {"stackPer": "cluster"}}
        path = folder / "workspace" / file
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    outcome = synthesize(folder / "workspace", folder / "above/out")
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {file for file in files if file.startswith("workspace/")} == {
        "workspace/manifests/x.yaml",
        "workspace/environments/x.yaml",
    }
    made = {file for file in files if not file.startswith("workspace/")}
    if has_errors(outcome.problems):
        assert {problem.path for problem in outcome.problems if problem.is_error} == {"metadata.name"}
        assert made == set()
        return None
    return made


@pytest.mark.parametrize("kind", DOCUMENTS)
@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(NAMES)
def test_a_name_is_refused_or_names_a_folder(tmp_path_factory: pytest.TempPathFactory, kind: str, name: str) -> None:
    made = written(tmp_path_factory.mktemp("name"), kind, name)
    if made is not None:
        stack = f"prod-{name}" if kind == "AwsRdsCluster" else f"{name}-orders"
        assert f"above/out/stacks/{stack}/cdk.tf.json" in made
        assert {file for file in made if not file.startswith(f"above/out/stacks/{stack}/")} <= {
            "above/out/manifest.json",
            "above/out/.auroraform.json",
        }


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize("name", ["a", "a-b", "stacks", "manifest"])
def test_some_names_are_taken(kind: str, name: str, tmp_path: Path) -> None:
    assert written(tmp_path, kind, name) is not None
