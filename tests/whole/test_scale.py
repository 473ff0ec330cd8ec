"""Many clusters, many runs: the same bytes by each way, and no more work than what changed asks for."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from auroraform.commands.group import cli
from auroraform.constructs.bindings import App
from auroraform.stacks.building import build as build_units
from auroraform.stacks.fragments import TYPED, Fragment
from auroraform.stacks.layout import STACK_FILE, stack_path
from auroraform.stacks.processes import build as build_in_processes
from auroraform.stacks.render import Rendering, render
from auroraform.stacks.stack import EnvironmentStack
from auroraform.stacks.store import Store
from auroraform.stacks.synth import validate
from auroraform.stacks.units import Made, Refusal, Unit
from support.processes import run, tree
from support.workspaces import Files, environment, lines, manifest

STARTED: Final = """
import sys
started = []
sys.addaudithook(lambda event, arguments: started.append(event) if event == "subprocess.Popen" else None)
from auroraform.commands.main import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    code = end.code or 0
else:
    code = 0
loaded = sorted({name.split(".")[0] for name in sys.modules} & {"cdktf", "constructs", "jsii"})
print(code, len(started), *loaded)
"""


def auroraform(*arguments: str, cache: Path) -> str:
    """The exit code, the number of processes that were started, and the libraries of CDKTF that were loaded."""
    return run("python", "-c", STARTED, *arguments, AURORAFORM_CACHE_DIR=str(cache)).stdout.splitlines()[-1]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "store").mkdir()
    return Store(tmp_path / "store")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder in which the bindings are prepared, and nothing else is."""
    cache = tmp_path_factory.mktemp("prepared") / "cache"
    run("python", "-c", "import auroraform.constructs.bindings", AURORAFORM_CACHE_DIR=str(cache))
    return cache


@pytest.fixture
def cache(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "cache"))


class Builder:
    """Builds, and counts what it was asked for."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, units: Sequence[Unit]) -> list[Made]:
        self.names += [unit.name for unit in units]
        return build_units(units)


def rendered(workspace: Path, store: Store | None) -> tuple[Rendering, list[str]]:
    """What becomes of a workspace, and the names of the units that had to be built."""
    outcome = validate(workspace)
    assert lines(outcome.problems) == []
    builder = Builder()
    return render(outcome.stacks, builder, store), sorted(builder.names)


def two(files: Files) -> Path:
    return files.minimal(
        manifests__catalog=manifest(name="catalog"), environments__dev=environment("dev", "development")
    )


def test_parts_make_the_stack_that_cdktf_makes_at_once(files: Files, tmp_path: Path) -> None:
    workspace = two(files)
    # Sections that CDKTF does not know must come through, from every part.
    for name in ("catalog", "orders"):
        files.write(**{f"manifests__{name}": manifest(f"passwordFrom: {{ssmParameter: /{name}}}", name=name)})
    outcome = validate(workspace)
    app = App(outdir=str(tmp_path / "out"), stack_traces=False)
    for stack in outcome.stacks:
        EnvironmentStack(app, stack)
    app.synth()
    files_of = render(outcome.stacks).files
    for stack in outcome.stacks:
        whole = json.loads((tmp_path / "out" / "stacks" / stack.name / STACK_FILE).read_text(encoding="utf-8"))
        parts = json.loads(files_of[stack_path(stack.name)])
        del whole["//"], parts["//"]
        for document in (whole, parts):
            for section in TYPED:
                for resources in document.get(section, {}).values():
                    for resource in resources.values():
                        resource.pop("//", None)
        assert parts == whole
        assert set(parts["ephemeral"]["aws_ssm_parameter"]) == {"catalog", "orders"}
    assert json.loads(files_of["manifest.json"]) == json.loads((tmp_path / "out" / "manifest.json").read_text())


def test_what_is_kept_is_not_built_again_and_gives_the_same_bytes(files: Files, store: Store) -> None:
    workspace = two(files)
    first, built = rendered(workspace, store)
    assert built == ["catalog", "catalog", "dev", "orders", "orders", "prod"]
    assert rendered(workspace, store) == (first, [])
    assert rendered(workspace, None)[0] == first


def test_an_edit_builds_what_it_is_about(files: Files, store: Store) -> None:
    rendered(two(files), store)
    files.write(manifests__orders=manifest("databaseName: shop"))
    edited, built = rendered(files.root, store)
    assert built == ["orders", "orders"]
    assert edited == rendered(files.root, None)[0]
    files.write(environments__prod=environment(spec="overrides: {catalog: {databaseName: shop}}"))
    # The environment's own settings are the frame's.
    assert rendered(files.root, store)[1] == ["catalog", "prod"]


def test_a_damaged_entry_is_built_again(files: Files, store: Store) -> None:
    whole, _ = rendered(two(files), store)
    for entry in store.folder.iterdir():
        entry.write_bytes(entry.read_bytes().replace(b"orders", b"others"))
    healed, built = rendered(files.root, store)
    assert (healed, built.count("orders")) == (whole, 2)
    assert rendered(files.root, store) == (whole, [])


def test_a_fault_in_one_construct_leaves_nothing(files: Files, store: Store) -> None:
    outcome = validate(two(files))

    def build(units: Sequence[Unit]) -> list[Made]:
        made = build_units(units)
        refused = (Refusal("orders/Default", "is not well"),)
        return [refused if unit.name == "orders" else one for unit, one in zip(units, made, strict=True)]

    rendering = render(outcome.stacks, build, store)
    assert rendering.files == {}
    assert lines(rendering.problems) == [
        "manifests/orders.yaml error[AF401] dev/orders/Default: is not well -> ",
        "manifests/orders.yaml error[AF401] prod/orders/Default: is not well -> ",
    ]
    assert list(store.folder.iterdir()) == []


def test_two_parts_with_one_address_are_told(files: Files) -> None:
    (_, prod) = validate(two(files)).stacks

    def build(units: Sequence[Unit]) -> list[Made]:
        made = [*build_units(units)]
        of_catalog = made[1]
        assert isinstance(of_catalog, Fragment)
        return [made[0], of_catalog, of_catalog]

    rendering = render([prod], build)
    assert rendering.files == {}
    assert [(p.place.file, p.code) for p in rendering.problems] == [("manifests/orders.yaml", "AF401")]
    assert re.match(r"\w+\.catalog_\w+ is there already", rendering.problems[0].message)


def test_more_processes_write_the_same_bytes(files: Files, tmp_path: Path) -> None:
    # Enough for three processes.
    files.minimal(**{f"manifests__c{number}": manifest(name=f"c{number}") for number in range(150)})
    for jobs in ("1", "3"):
        run("auroraform", "-C", str(files.root), "synth", "-o", str(tmp_path / jobs), "--no-cache", "--jobs", jobs)
    assert tree(tmp_path / "1") == tree(tmp_path / "3")
    assert len(json.loads((tmp_path / "1" / stack_path("prod")).read_text())["resource"]["aws_rds_cluster"]) == 151


def test_a_process_that_cannot_start_is_told_like_this_one(files: Files, tmp_path: Path) -> None:
    files.minimal(**{f"manifests__c{number}": manifest(name=f"c{number}") for number in range(60)})
    (stack,) = validate(files.root).stacks
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JSII_NODE", "no-such-program")
        rendering = render([stack], partial(build_in_processes, jobs=2))
    assert lines(rendering.problems) == [
        '<auroraform>/bindings error[AF403] : CDKTF cannot be started: JSII_NODE names no program: "no-such-program" '
        "-> check the environment variables JSII_NODE and AURORAFORM_BINDINGS*; without them the Node that was "
        "installed with auroraform is used"
    ]


def test_nothing_changed_and_nothing_starts(files: Files, tmp_path: Path, cache: Path) -> None:
    two(files)
    call = ("-C", str(files.root), "synth", "-o", str(tmp_path / "out"))
    assert auroraform(*call, cache=cache).startswith("0 1 cdktf")
    before = tree(tmp_path / "out")
    assert auroraform(*call, cache=cache) == "0 0"
    assert auroraform(*call, "--check", cache=cache) == "0 0"
    assert tree(tmp_path / "out") == before


def test_an_output_that_was_edited_is_written_again_without_building(files: Files, tmp_path: Path, cache: Path) -> None:
    two(files)
    out = tmp_path / "out"
    call = ("-C", str(files.root), "synth", "-o", str(out))
    auroraform(*call, cache=cache)
    before = tree(out)
    (out / stack_path("prod")).write_text("edited", encoding="utf-8")
    (out / "manifest.json").unlink()
    assert auroraform(*call, cache=cache) == "0 0"
    assert tree(out) == before


def test_without_the_cache_everything_is_built_and_nothing_kept(files: Files, tmp_path: Path, cache: Path) -> None:
    two(files)
    call = ("-C", str(files.root), "synth", "-o", str(tmp_path / "out"), "--no-cache")
    for _ in range(2):
        assert auroraform(*call, cache=cache).startswith("0 1 cdktf")
    assert [path.name for path in cache.iterdir()] == ["bindings"]


def test_a_warning_is_shown_again_each_time(files: Files, tmp_path: Path) -> None:
    files.minimal(manifests__orders=manifest().replace('"16.8"', "16.8"))
    command = ["-C", str(files.root), "synth", "-o", str(tmp_path / "out")]
    first, second = (CliRunner().invoke(cli, command, catch_exceptions=False) for _ in range(2))
    assert "warning[AF108]" in first.stderr
    assert second.stderr == first.stderr
    assert second.stdout == first.stdout.replace(", written", ", unchanged")


def test_another_selection_of_environments_is_another_run(files: Files, tmp_path: Path) -> None:
    two(files)

    def synth(*arguments: str) -> str:
        command = ["-C", str(files.root), "synth", "-o", str(tmp_path / "out"), *arguments]
        return CliRunner().invoke(cli, command, catch_exceptions=False).stdout

    assert len(synth("--env", "dev").splitlines()) == 1
    assert len(synth().splitlines()) == 2
    assert len(synth("--env", "dev").splitlines()) == 1
    assert sorted(path.name for path in (tmp_path / "out" / "stacks").iterdir()) == ["dev", "prod"]


@pytest.mark.parametrize("seconds", [0.8, 1.6])
def test_an_interruption_ends_the_processes_and_leaves_nothing(seconds: float, files: Files, tmp_path: Path) -> None:
    files.minimal(**{f"manifests__c{number}": manifest(name=f"c{number}") for number in range(300)})
    program = Path(sys.executable).parent / "auroraform"
    process = subprocess.Popen(
        [program, "-C", files.root, "synth", "-o", tmp_path / "out", "--no-cache", "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    # Both ends of a pipe: it is closed when the last process that could write to it has ended.
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors.strip()) == (130, "interrupted; every file is whole, the old one or the new one")
    assert not (tmp_path / "out").exists()
