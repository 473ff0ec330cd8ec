"""The command line runs beside a workspace, and knows nothing of whoever runs the tests."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def beside_the_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("AURORAFORM_WORKSPACE", "CDKTF_CONTEXT_JSON", "CDKTF_OUTDIR"):
        monkeypatch.delenv(name, raising=False)
