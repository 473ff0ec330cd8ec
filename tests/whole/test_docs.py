"""The documents say what is true: pages are generated from the models, and the README's example is run."""

import json
import re
import textwrap
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

import generate
from alarm_page import runbooks
from auroraform.commands.group import cli
from auroraform.schemas.alarms.table import ROWS
from support.workspaces import Files, environment, manifest

ROOT: Final = Path(__file__).parent.parent.parent
README: Final = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["alarms.md", "manifest.md", "environment.md", "errors.md", "features.md", "rules.md"])
def test_a_generated_page_is_up_to_date(page: str) -> None:
    assert (ROOT / "docs" / page).read_text(encoding="utf-8") == generate.pages()[page], "run `make docs`"


def test_every_alarm_has_its_runbook() -> None:
    assert [*runbooks()] == [row.key for row in ROWS]


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


PARTS: Final = [
    part
    for page in ("manifest", "operations")
    for part in re.findall(
        r"<!-- part of an? (\w+) -->\n```yaml\n(.*?)```",
        (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )
]


@pytest.mark.parametrize(("where", "part"), PARTS)
def test_a_part_of_a_document_in_a_page_is_without_faults(where: str, part: str, files: Files) -> None:
    network = textwrap.indent(part, "    ") if where == "network" else ""
    files.cluster(
        manifests__orders=manifest(part if where == "spec" else ""),
        environments__prod=environment(spec=part if where == "environment" else "") + network,
    )


COST: Final = (ROOT / "docs" / "cost.md").read_text(encoding="utf-8")
OF_ENVIRONMENT: Final = [
    part
    for page in (COST, (ROOT / "docs" / "manifest.md").read_text(encoding="utf-8"))
    for part in re.findall(r"<!-- part of an environment's spec -->\n```yaml\n(.*?)```", page, re.DOTALL)
]


@pytest.mark.parametrize("part", OF_ENVIRONMENT)
def test_an_example_of_an_environment_is_without_faults(part: str, files: Files) -> None:
    class_ = "" if "class:" in part else "development"
    text = environment("prod", class_, spec=part)
    files.cluster(environments__prod=text if class_ else text.replace("  class: \n", ""))


def test_what_will_be_billed_is_what_is_printed(files: Files) -> None:
    files.minimal(
        manifests__orders=manifest("serverlessV2Scaling: {minCapacity: 0.5, maxCapacity: 4}"),
        environments__prod=environment("dev", "development"),
    )
    result = CliRunner().invoke(cli, ["-C", str(files.root), "list", "--cost-shape"], catch_exceptions=False)
    assert result.exit_code == 0
    (shown,) = re.findall(r"<!-- printed by list -->\n```text\n(.*?)```", COST, re.DOTALL)
    assert result.stdout == shown


def examples() -> list[str]:
    """The blocks of docs/manifest.md that are whole documents."""
    page = (ROOT / "docs" / "manifest.md").read_text(encoding="utf-8")
    return [block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "apiVersion: " in block]


@pytest.mark.parametrize("example", examples(), ids=range(len(examples())))
def test_an_example_of_the_manifests_page_is_without_problems(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    documents = example.split("---\n")
    if not any("kind: Environment" in document for document in documents):
        documents.append(blocks()["environments/prod.yaml"])
    for number, document in enumerate(documents):
        folder = Path("environments" if "kind: Environment" in document else "manifests")
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.yaml").write_text(document, encoding="utf-8")
    result = CliRunner().invoke(cli, ["validate"], catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")


def test_every_spec_field_is_in_the_page_of_the_manifest() -> None:
    page = (ROOT / "docs" / "manifest.md").read_text(encoding="utf-8")
    fields = (ROOT / "tests" / "data" / "planton" / "spec-fields.txt").read_text(encoding="utf-8").split()
    assert [field for field in fields if f"| `{field}` |" not in page] == []
