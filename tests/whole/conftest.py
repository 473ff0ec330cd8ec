"""The wheel and its installation; `xdist_group("wheel")` keeps the tests that share them on one worker."""

from pathlib import Path

import pytest

from support.packaging import Installation, build_wheel


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("source"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return Installation.of(wheel, tmp_path_factory.mktemp("installed") / "venv")
