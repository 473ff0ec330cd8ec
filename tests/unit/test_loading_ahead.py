"""Node that loads while manifests are read: one Node, nothing in vain that stays, and no message of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.workspaces import Files, manifest

AHEAD = """
import json, sys
started = []
sys.addaudithook(lambda event, arguments: started.append(event) if event == "subprocess.Popen" else None)
from auroraform.constructs.loading import ahead, loader
"""
BEGIN = 'loader.begin("auroraform.constructs.bindings")\n'
BINDINGS = "import auroraform.constructs.bindings as bindings\n"


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder in which the pruned assembly is, from the second test on."""
    monkeypatch.setenv("AURORAFORM_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "ahead-cache"))
    monkeypatch.delenv("JSII_NODE", raising=False)


def run(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, check=False, timeout=120)


def test_what_was_loaded_ahead_is_what_the_bindings_use() -> None:
    run(BINDINGS)
    seen = "import jsii\nload = jsii.kernel.load\n"
    seen += "jsii.kernel.load = lambda *arguments: (names.append(arguments[0]), load(*arguments))[1]\nnames = []\n"
    code = f"{AHEAD}{seen}{BEGIN}ahead.finish()\nahead_names = [*names]\n{BINDINGS}"
    code += "print(json.dumps([ahead_names, started, bindings.RdsCluster.TF_RESOURCE_TYPE]))"

    done = run(code)

    assert (done.returncode, done.stderr) == (0, "")
    loads = ["constructs", "cdktf", "@cdktf/provider-aws"]
    assert json.loads(done.stdout) == [loads, ["subprocess.Popen"], "aws_rds_cluster"]


def test_a_second_beginning_and_one_after_the_bindings_do_nothing() -> None:
    done = run(f"{AHEAD}{BEGIN}{BEGIN}{BINDINGS}{BEGIN}print(len(started))")

    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")


@pytest.mark.parametrize(
    ("variable", "value"),
    [("JSII_NODE", "no-such-program"), ("AURORAFORM_BINDINGS", "fast"), ("AURORAFORM_BINDINGS_EXTRA", "s3_buket")],
)
def test_a_setting_that_cannot_be_meant_is_left_to_the_bindings_to_tell(variable: str, value: str) -> None:
    done = run(f"{AHEAD}{BEGIN}print(len(started))", **{variable: value})

    assert (done.returncode, done.stdout, done.stderr) == (0, "0\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for Node")
def test_a_node_that_fails_is_told_once_and_by_the_bindings(tmp_path: Path) -> None:
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\nexit 3\n")
    node.chmod(0o755)

    done = run(
        f"{AHEAD}{BEGIN}try:\n    {BINDINGS}except ValueError as error:\n    print(len(started))", JSII_NODE=str(node)
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for Node")
@pytest.mark.parametrize(("spec", "code"), [("", 0), ("port: 80", 2)])
def test_no_node_is_left_after_a_run_nor_after_one_that_finds_a_fault(files: Files, spec: str, code: int) -> None:
    files.minimal(manifests__orders=manifest(spec))
    packaged = run(
        "import os\nfrom auroraform.constructs.loading import node\nnode.use_packaged()\nprint(os.environ['JSII_NODE'])"
    ).stdout.strip()
    seen = files.root / "started"
    node = files.root / "node"
    node.write_text(f'#!/bin/sh\necho $$ >> {seen}\nexec {packaged} "$@"\n')
    node.chmod(0o755)

    arguments = ["-C", str(files.root), "synth", "--no-cache"]
    done = run(f"from auroraform.commands.main import main\nmain({arguments})", JSII_NODE=str(node))

    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done
    (started,) = seen.read_text().split()
    with pytest.raises(ProcessLookupError):
        os.kill(int(started), 0)
