"""The documents say what is true: pages are generated from the models, and the README's example is run."""

import importlib.util
import json
import re
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from auroraform.commands.group import cli

ROOT: Final = Path(__file__).parent.parent.parent
README: Final = (ROOT / "README.md").read_text(encoding="utf-8")


def generated() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages: dict[str, str] = module.pages()
    return pages


@pytest.mark.parametrize("page", ["manifest.md", "environment.md", "errors.md"])
def test_a_generated_page_is_up_to_date(page: str) -> None:
    assert (ROOT / "docs" / page).read_text(encoding="utf-8") == generated()[page], "run `make docs`"


def blocks() -> dict[str, str]:
    return dict(re.findall(r"<!-- file: (.+?) -->\n```\w+\n(.*?)```", README, re.DOTALL))


def test_the_example_of_the_readme_becomes_what_the_readme_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = blocks()
    for file in ("manifests/orders.yaml", "environments/prod.yaml"):
        Path(file).parent.mkdir()
        Path(file).write_text(shown[file], encoding="utf-8")
    result = CliRunner().invoke(cli, ["synth"], catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")
    stack = json.loads(Path("cdktf.out/stacks/prod/cdk.tf.json").read_text(encoding="utf-8"))
    cluster = json.loads(shown["cdktf.out/stacks/prod/cdk.tf.json resource.aws_rds_cluster.orders"])
    assert stack["resource"]["aws_rds_cluster"]["orders"] == cluster
    assert len(stack["output"]) == 12


def test_the_error_of_the_readme_is_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = blocks()
    for file in ("manifests/orders.yaml", "environments/prod.yaml"):
        Path(file).parent.mkdir()
        Path(file).write_text(shown[file].replace('"16.8"', '"16"'), encoding="utf-8")
    result = CliRunner().invoke(cli, ["validate"], catch_exceptions=False)
    printed = result.stderr.split("\n\n")[0].replace("\n", "\n    ")
    assert f"    {printed}\n" in README


def test_every_spec_field_is_in_the_page_of_the_manifest() -> None:
    page = (ROOT / "docs" / "manifest.md").read_text(encoding="utf-8")
    fields = (ROOT / "tests" / "data" / "planton" / "spec-fields.txt").read_text(encoding="utf-8").split()
    assert [field for field in fields if f"| `{field}` |" not in page] == []


MANIFEST: Final = (ROOT / "docs" / "manifest.md").read_text(encoding="utf-8")
SPECS: Final = re.findall(r"```yaml\n(spec:\n.*?)```", MANIFEST, re.DOTALL)


@pytest.mark.parametrize("spec", SPECS)
def test_a_spec_in_the_page_of_the_manifest_is_valid(
    spec: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    head = "apiVersion: aws.project-planton.org/v1\nkind: AwsRdsCluster\nmetadata: {name: orders}\n"
    for file, text in (("manifests/orders.yaml", head + spec), ("environments/prod.yaml", "")):
        Path(file).parent.mkdir()
        Path(file).write_text(text or blocks()[file], encoding="utf-8")
    result = CliRunner().invoke(cli, ["validate"], catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")


def test_there_are_specs_in_the_page_of_the_manifest() -> None:
    assert SPECS
