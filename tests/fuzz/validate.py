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
# What is fuzzed meets a whole cluster and a whole environment.
BESIDE = {
    "manifests/whole.yaml": ROOT / "tests/golden/cases/everything/manifests/everything.yaml",
    "environments/whole.yaml": ROOT / "examples/shop/environments/prod.yaml",
}


def target(data: bytes) -> None:
    """Fails by any exception."""
    for name in ("fuzzed.yaml", "fuzzed.json"):
        read(data, name)
    # Kinds are told by what stands in a document, so that environments are fuzzed here too.
    (WORKSPACE / "manifests/fuzzed.yaml").write_bytes(data)
    validate(WORKSPACE)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        WORKSPACE = Path(folder)
        for name, source in BESIDE.items():
            (WORKSPACE / name).parent.mkdir()
            (WORKSPACE / name).write_bytes(source.read_bytes())
        atheris.Setup(sys.argv, target)
        atheris.Fuzz()
