"""Golden files: what each workspace becomes, byte by byte, reviewed as a diff.

`make golden` rewrites them. Each case is a workspace under cases/, and the examples are cases too.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from auroraform.schemas.problems import has_errors
from auroraform.stacks.layout import MANIFEST_FILE
from auroraform.stacks.render import render
from auroraform.stacks.synth import validate
from support.golden import golden_name

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent.parent
WORKSPACES: Final = {
    **{f"cases/{path.name}": path for path in sorted((HERE / "cases").iterdir())},
    **{f"examples/{path.name}": path for path in sorted((ROOT / "examples").iterdir())},
}


def expected(name: str) -> Path:
    return HERE / "expected" / name


@pytest.fixture(params=WORKSPACES, ids=str)
def case(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def rendered(workspace: Path) -> dict[str, str]:
    """The text of each stack and script by the name of its golden file."""
    outcome = validate(workspace)
    assert not has_errors(outcome.problems), outcome.problems
    rendering = render(outcome.stacks)
    assert not rendering.problems
    return {golden_name(path): text for path, text in rendering.files.items() if path != MANIFEST_FILE}


def test_a_workspace_becomes_what_its_golden_files_say(case: str, pytestconfig: pytest.Config) -> None:
    texts = rendered(WORKSPACES[case])
    folder = expected(case)
    if pytestconfig.getoption("--update-golden"):
        assert os.environ.get("CI") != "true", "golden files are changed by people, who review the diff"
        update(folder, texts)
    for name, text in texts.items():
        path = folder / name
        assert path.is_file(), f"{path} is missing: run `make golden`, then read it"
        assert text == path.read_text(encoding="utf-8"), f"{path} differs: run `make golden`, then read the diff"
    assert {path.name for path in folder.iterdir()} == set(texts), "files of stacks that no longer exist"


def test_every_golden_file_belongs_to_a_case() -> None:
    assert {f"{path.parent.name}/{path.name}" for path in folders()} == set(WORKSPACES)


def folders() -> Iterator[Path]:
    for group in expected("").iterdir():
        yield from group.iterdir()


def update(folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
