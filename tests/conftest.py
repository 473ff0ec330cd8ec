"""Fixtures and options that all tests share."""

from pathlib import Path

import pytest

from support.workspaces import Files

pytest_plugins = ["support.fixtures"]

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the golden files instead of comparing with them"
    )


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """A folder for workspaces."""
    return Files(tmp_path / "workspace")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT
