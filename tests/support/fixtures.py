"""Fixtures for tests that run Terraform against the emulator; tests/conftest.py registers this module."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import boto3
import pytest

from auroraform.sandbox.emulator.process import ACCOUNT_ID, Emulator, running_emulator
from support.provider.loading import KeptSchema, installed_schema
from support.terraform import installed_tool
from support.terraform_discovery import Tool

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

EmulatorOf = Callable[[str], Emulator]


@pytest.fixture(scope="session")
def terraform() -> Tool:
    """The tool and its provider mirror; skips the test without one, fails it under CI=true."""
    return installed_tool()


@pytest.fixture(scope="session")
def provider_schema(terraform: Tool, tmp_path_factory: pytest.TempPathFactory) -> KeptSchema:
    """The schema of the real provider; Terraform is started once, to say which version it picks."""
    return installed_schema(terraform, tmp_path_factory.mktemp("schema"))


@pytest.fixture(scope="session")
def no_aws_account() -> Iterator[None]:
    """No profile, endpoint or key of the caller reaches the clients of this process."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        patch.setenv("AWS_CONFIG_FILE", os.devnull)
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
        yield


@pytest.fixture(scope="session")
def emulator_of(no_aws_account: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmulatorOf]:
    """The emulator of an account, started at first use; each worker of pytest-xdist has its own."""
    started: dict[str, Emulator] = {}
    with ExitStack() as running:

        def emulator_of(account_id: str) -> Emulator:
            if account_id not in started:
                log = tmp_path_factory.mktemp("emulator") / f"{account_id}.log"
                started[account_id] = running.enter_context(running_emulator(log, account_id))
            return started[account_id]

        yield emulator_of


@pytest.fixture
def emulator(emulator_of: EmulatorOf) -> Emulator:
    """An empty AWS account, which the tests of this worker use in turn."""
    emulator = emulator_of(ACCOUNT_ID)
    emulator.reset()
    return emulator


@pytest.fixture
def ec2(emulator: Emulator) -> Iterator[EC2Client]:
    with closing(boto3.client("ec2", **emulator.client_options())) as client:
        yield client


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the log of each emulator that a failed test used."""
    report = yield
    if report.failed and isinstance(item, pytest.Function):
        emulators = {value.url: value for value in item.funcargs.values() if isinstance(value, Emulator)}
        report.sections += [(f"emulator log {e.url}", e.log_tail()) for e in emulators.values()]
    return report
