"""Pruned bindings change how long it takes, and nothing else: with all of the provider the bytes are the same.

One process for all workspaces: it takes many seconds and more than a gigabyte to load everything.
"""

import json
from pathlib import Path
from typing import Final

import pytest

from support.golden import golden_name
from support.processes import ROOT, run

GOLDEN: Final = ROOT / "tests" / "golden"
RENDER: Final = """
import json, sys
from pathlib import Path
from auroraform.stacks.render import render
from auroraform.stacks.synth import validate

folders = json.loads(sys.argv[1])
print(json.dumps({name: render(validate(Path(folder)).stacks).files for name, folder in folders.items()}))
"""


def expected(name: str) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (GOLDEN / "expected" / name).iterdir()}


@pytest.mark.slow
def test_the_whole_provider_gives_the_bytes_of_the_golden_files(tmp_path: Path) -> None:
    found = [*(GOLDEN / "cases").iterdir(), *(ROOT / "examples").iterdir()]
    folders = {f"{folder.parent.name}/{folder.name}": str(folder) for folder in found}
    # An empty cache folder that stays empty shows that nothing was pruned.
    cache = tmp_path / "cache"
    command = ("python", "-c", RENDER, json.dumps(folders))
    rendered = json.loads(run(*command, AURORAFORM_BINDINGS="full", AURORAFORM_CACHE_DIR=str(cache)).stdout)
    assert not cache.exists()
    assert {
        name: {golden_name(path): text for path, text in files.items() if path != "manifest.json"}
        for name, files in rendered.items()
    } == {name: expected(name) for name in folders}
