"""The same bytes, whichever way synthesis is started and wherever the checkout stands."""

import re
from pathlib import Path

import pytest

from support.processes import ROOT, cdktf, run, tree


@pytest.fixture(scope="module")
def by_auroraform(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    output = tmp_path_factory.mktemp("auroraform")
    run("auroraform", "synth", "--output", str(output))
    return tree(output)


def test_auroraform_writes_one_file_per_stack_and_cdktfs_manifest(by_auroraform: dict[str, bytes]) -> None:
    assert list(by_auroraform) == [
        "manifest.json",
        "stacks/dev/cdk.tf.json",
        "stacks/prod/cdk.tf.json",
        "stacks/staging/cdk.tf.json",
    ]


def test_main_writes_the_same(by_auroraform: dict[str, bytes], tmp_path: Path) -> None:
    run("python", "main.py", CDKTF_OUTDIR=str(tmp_path))
    assert tree(tmp_path) == by_auroraform


@pytest.mark.node
@pytest.mark.slow
def test_the_real_cdktf_command_line_writes_the_same(by_auroraform: dict[str, bytes], tmp_path: Path) -> None:
    run(*cdktf(), "synth", "--output", str(tmp_path))
    assert tree(tmp_path) == by_auroraform


def test_another_folder_order_and_hash_seed_give_the_same(by_auroraform: dict[str, bytes], tmp_path: Path) -> None:
    source, elsewhere = ROOT / "examples" / "shop", tmp_path / "a folder" / "shop"
    for path in sorted(source.rglob("*.yaml"), reverse=True):
        copy = elsewhere / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    run("auroraform", "-C", str(elsewhere), "synth", "-o", "out", folder=tmp_path, PYTHONHASHSEED="7", LC_ALL="C")
    assert tree(tmp_path / "out") == by_auroraform


def test_the_output_names_no_path_hash_or_time(by_auroraform: dict[str, bytes]) -> None:
    for path, data in by_auroraform.items():
        text = data.decode()
        assert str(ROOT) not in text, path
        assert not re.search(r'"/(?!/"|aws/rds/cluster/)', text), f"{path} holds an absolute path"
        assert not re.search(r"_[0-9A-F]{8}\b", text), f"{path} holds a hashed address"
        assert text.endswith("}\n")
        assert "\r" not in text


def test_validating_never_imports_cdktf() -> None:
    code = (
        "import sys; from auroraform.commands.main import main\n"
        "try: main(['validate'])\n"
        "except SystemExit: pass\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in {'cdktf', 'jsii', 'constructs'}))"
    )
    assert run("python", "-c", code).stdout.splitlines()[-1] == "[]"


def test_the_folder_constructs_does_not_hide_the_library() -> None:
    code = "import importlib.util; print(importlib.util.find_spec('constructs').origin)"
    assert "site-packages" in run("python", "-c", code).stdout


def test_imports_run_one_way() -> None:
    run("lint-imports", "--no-cache", PYTHONPATH=str(ROOT / "typings"))
