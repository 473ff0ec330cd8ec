"""The wheel is whole: installed elsewhere, without this checkout, it does the work."""

import zipfile
from pathlib import Path

import pytest

from support.packaging import Installation
from support.processes import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def test_it_holds_our_packages_under_one_name_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {"auroraform", "auroraform-0.1.0.dist-info"}
    assert {name.split("/")[1] for name in names if name.startswith("auroraform/")} == {
        "commands",
        "constructs",
        "policies",
        "sandbox",
        "schemas",
        "stacks",
    }
    for data in (
        "commands/templates/gitignore.j2",
        "constructs/bindings.py",
        "schemas/codes/AF001.yaml",
        "schemas/json/AwsRdsCluster.schema.json",
        "schemas/py.typed",
        "stacks/layers/production.yaml",
        "stacks/templates/aurora-postgresql.sql.j2",
    ):
        assert f"auroraform/{data}" in names


def test_what_is_tested_is_the_wheel(installed: Installation, tmp_path: Path) -> None:
    code = "import auroraform.commands; print(auroraform.commands.__file__)"
    assert Path(installed.run("python", "-c", code, folder=tmp_path).stdout).is_relative_to(installed.folder)


def test_it_synthesizes_the_example_in_an_environment_of_its_own(installed: Installation, tmp_path: Path) -> None:
    installed.run("auroraform", "-C", str(ROOT / "examples" / "shop"), "synth", "-o", "out", folder=tmp_path)
    golden = ROOT / "tests" / "golden" / "expected" / "examples" / "shop"
    for stack in ("dev", "staging", "prod"):
        written = (tmp_path / "out" / "stacks" / stack / "cdk.tf.json").read_bytes()
        assert written == (golden / f"{stack}.tf.json").read_bytes()


def test_it_writes_scripts_in_an_environment_of_its_own(installed: Installation, tmp_path: Path) -> None:
    cases = ROOT / "tests" / "golden"
    installed.run("auroraform", "-C", str(cases / "cases" / "users"), "synth", "-o", "out", folder=tmp_path)
    for cluster in ("orders", "shop"):
        written = (tmp_path / "out" / "stacks" / "dev" / "sql" / f"{cluster}.sql").read_bytes()
        assert written == (cases / "expected" / "cases" / "users" / f"dev.{cluster}.sql").read_bytes()
