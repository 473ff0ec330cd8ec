"""A coverage-guided fuzz target: reading, and the whole of validation, take any bytes.

Run by tests/fuzz/test_fuzz.py for some seconds, and by `make fuzz` for as long as one likes.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["auroraform", "yaml"]):
    from auroraform.schemas.located import read
    from auroraform.stacks.synth import validate

ROOT = Path(__file__).parent.parent.parent
ENVIRONMENT = (ROOT / "examples/shop/environments/prod.yaml").read_bytes()


def target(data: bytes) -> None:
    """Fails by any exception."""
    read(data, "fuzzed.yaml")
    (WORKSPACE / "manifests/fuzzed.yaml").write_bytes(data)
    validate(WORKSPACE)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        WORKSPACE = Path(folder)
        (WORKSPACE / "manifests").mkdir()
        (WORKSPACE / "environments").mkdir()
        (WORKSPACE / "environments/prod.yaml").write_bytes(ENVIRONMENT)
        atheris.Setup(sys.argv, target)
        atheris.Fuzz()
