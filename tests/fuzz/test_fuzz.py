"""A short run of coverage-guided fuzzing, from the documents of the tests."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent.parent
RUNS: Final = 2_000
"""A number of runs from a fixed seed, so that a run of the tests does not depend on the speed of a machine."""
SECONDS: Final = 60


@pytest.mark.slow
def test_no_bytes_bring_validation_down(tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("atheris has no wheel for this platform and Python; the lock installs it where it has one")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    completed = subprocess.run(
        [
            sys.executable,
            ROOT / "tests/fuzz/validate.py",
            corpus,
            # Seeds, which are only read.
            ROOT / "tests/golden/cases",
            f"-runs={RUNS}",
            f"-max_total_time={SECONDS}",
            "-seed=1",
            "-timeout=10",
            "-rss_limit_mb=2048",
            "-max_len=20000",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=SECONDS * 6,
    )
    # The exception stands in the one, the input in the other.
    assert completed.returncode == 0, completed.stdout[-4000:] + completed.stderr[-2000:]
    assert "Done " in completed.stderr, completed.stderr[-4000:]
