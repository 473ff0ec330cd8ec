"""The wheel is whole: installed elsewhere, without this checkout, it does the work."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy: a build leaves folders behind."""
    source = tmp_path_factory.mktemp("source")
    files = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    for name in filter(None, files):
        if not (ROOT / name).is_file():
            continue
        copy = source / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(source / "dist")]
    subprocess.run(command, cwd=source, capture_output=True, check=True)
    return next((source / "dist").glob("*.whl"))


def test_it_holds_our_packages_under_one_name_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {"auroraform", "auroraform-0.1.0.dist-info"}
    assert {name.split("/")[1] for name in names if name.startswith("auroraform/")} == {
        "commands",
        "constructs",
        "schemas",
        "stacks",
    }
    for data in ("stacks/layers/production.yaml", "constructs/bindings/__init__.py", "schemas/py.typed"):
        assert f"auroraform/{data}" in names


def test_it_synthesizes_the_example_in_an_environment_of_its_own(wheel: Path, tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    python = venv / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "-q", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    # What auroraform depends on comes from the tests' environment; auroraform itself does not: it is
    # installed there by a .pth file, which a folder on PYTHONPATH does not run.
    variables = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}
    completed = subprocess.run(
        [str(venv / "bin" / "auroraform"), "-C", str(ROOT / "examples" / "shop"), "synth", "-o", "out"],
        cwd=tmp_path,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (completed.returncode, completed.stderr) == (0, "")
    golden = ROOT / "tests" / "golden" / "expected" / "examples" / "shop"
    for stack in ("dev", "staging", "prod"):
        written = (tmp_path / "out" / "stacks" / stack / "cdk.tf.json").read_bytes()
        assert written == (golden / f"{stack}.tf.json").read_bytes()
