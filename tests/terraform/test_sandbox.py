"""`auroraform sandbox` as a user calls it: the whole life of the example, whatever account the user is logged in to."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from support.terraform_discovery import Tool

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("sandbox")]

SHOP: Final = Path(__file__).parent.parent.parent / "examples" / "shop"
CALL: Final = "from auroraform.commands.main import main; main()"
_PATIENCE: Final = 300


class Outside:
    """A proxy that notes whoever would leave this machine, and lets nobody through."""

    def __init__(self, listener: socket.socket) -> None:
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.asked_for: list[bytes] = []
        self._listener = listener

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                self.asked_for.append(connection.recv(200))


@pytest.fixture
def outside() -> Iterator[Outside]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = Outside(listener)
        thread = threading.Thread(target=found.serve)
        thread.start()
        try:
            yield found
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


@pytest.fixture
def environment(terraform: Tool, outside: Outside, tmp_path: Path) -> dict[str, str]:
    """Of a user who is logged in to AWS in every way there is."""
    config = tmp_path / "config"
    config.write_text(
        "[default]\nregion = us-east-1\n[profile production]\nregion = us-east-1\n"
        "endpoint_url = https://real.example\nrole_arn = arn:aws:iam::999999999999:role/admin\n"
        "source_profile = default\n",
        encoding="utf-8",
    )
    credentials = tmp_path / "credentials"
    credentials.write_text(
        "[default]\naws_access_key_id = AKIAREALREALREALREAL\naws_secret_access_key = real\n", encoding="utf-8"
    )
    foreign = ("AWS_", "AURORAFORM_", "TF_")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(foreign)},
        **_provider(terraform, tmp_path),
        "AURORAFORM_TERRAFORM": str(terraform.executable),
        "AURORAFORM_CACHE_DIR": str(tmp_path / "cache"),
        "AWS_CONFIG_FILE": str(config),
        "AWS_SHARED_CREDENTIALS_FILE": str(credentials),
        "AWS_PROFILE": "production",
        "AWS_ACCESS_KEY_ID": "AKIAREALREALREALREAL",
        "AWS_SECRET_ACCESS_KEY": "real",
        "AWS_SESSION_TOKEN": "real",
        "AWS_ENDPOINT_URL": "https://real.example",
        "AWS_ENDPOINT_URL_RDS": "https://rds.real.example",
        "AWS_S3_ENDPOINT": "https://s3.real.example",
        "TF_CLI_ARGS_apply": "-target=aws_rds_cluster.none",
        # Without a mirror the provider has to come from somewhere.
        **({"HTTP_PROXY": outside.url, "HTTPS_PROXY": outside.url} if terraform.plugins.local else {}),
    }


def _provider(tool: Tool, folder: Path) -> Mapping[str, str]:
    """Where the provider comes from, as a user says it."""
    if not tool.plugins.init_arguments:
        return tool.plugins.environment
    mirror = tool.plugins.init_arguments[0].removeprefix("-plugin-dir=")
    settings = folder / "tool.rc"
    settings.write_text(
        f"provider_installation {{\n  filesystem_mirror {{\n    path = {json.dumps(mirror)}\n  }}\n}}\n",
        encoding="utf-8",
    )
    return {"TF_CLI_CONFIG_FILE": str(settings)}


def _without_chance(printed: str) -> str:
    return re.sub(r"(?<=cluster-)(ro-)?\w+", r"\1id", re.sub(r"\d+ s\b", "N s", printed))


def sandbox(
    *arguments: str, environment: Mapping[str, str], workspace: Path = SHOP
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", CALL, "-C", str(workspace), "sandbox", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )


@contextmanager
def started(*arguments: str, environment: Mapping[str, str]) -> "Iterator[subprocess.Popen[str]]":
    with subprocess.Popen(
        [sys.executable, "-c", CALL, "-C", str(SHOP), "sandbox", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def ours(environment: Mapping[str, str]) -> list[str]:
    """The processes that are left of a sandbox: they all have its folder in their variables or their call."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            known = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
            if environment["AURORAFORM_CACHE_DIR"].encode() in known and (process / "cmdline").read_bytes():
                found.append(f"{process.name} {(process / 'cmdline').read_bytes()!r}")
        except OSError:
            continue
    return found


def test_try_lives_the_whole_life_of_dev_and_asks_nobody_outside(environment: dict[str, str], outside: Outside) -> None:
    done = sandbox("try", "--env", "dev", environment=environment)
    assert (done.returncode, done.stderr) == (0, "")
    said = _without_chance(done.stdout)
    readme = (SHOP.parent.parent / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"<!-- printed by sandbox try -->\n```text\n(.*?)```", readme, re.DOTALL)
    assert [line for line in _without_chance(shown).splitlines() if line not in said.splitlines()] == []
    assert outside.asked_for == []
    assert ours(environment) == []


@pytest.mark.skipif(not Path("/proc/self/environ").is_file(), reason="finds processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_leaves_no_process(number: int, environment: dict[str, str]) -> None:
    with started("try", "--env", "dev", environment=environment) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "created aws_db_subnet_group" in line:
                break
        # While the emulator, Terraform and its provider are at it.
        assert len(ours(environment)) >= 4
        process.send_signal(number)
        _, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert stderr.strip().startswith("interrupted")
    assert ours(environment) == []


def test_an_interrupted_apply_keeps_its_state_and_can_be_gone_on_with(environment: dict[str, str]) -> None:
    try:
        with started("apply", "--env", "dev", environment=environment) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if "created aws_security_group" in line:
                    break
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
        assert process.returncode == 130
        plan = sandbox("plan", "--env", "dev", environment=environment)
        assert plan.returncode == 0, plan
        planned = re.search(r"Plan: (\d+) to add", re.sub(r"\x1b\[[0-9;]*m", "", plan.stdout))
        assert planned is not None
        # Of 19, some are there.
        assert 6 <= int(planned[1]) < 19
    finally:
        sandbox("down", environment=environment)
    assert ours(environment) == []


def test_up_is_filled_anew_plan_shows_and_down_ends(environment: dict[str, str]) -> None:
    try:
        up = sandbox("up", environment=environment)
        assert (up.returncode, up.stderr) == (0, "")
        again = sandbox("up", environment=environment)
        # The same one, which has everything already.
        assert again.stdout == up.stdout
        refused = sandbox("try", environment=environment)
        assert refused.returncode == 2
        assert "a local AWS is up already" in refused.stderr
        plan = sandbox("plan", "--env", "prod", environment=environment)
        assert plan.returncode == 0, plan
        assert re.search(r"Plan: \d\d to add, 0 to change, 0 to destroy\.", re.sub(r"\x1b\[[0-9;]*m", "", plan.stdout))
    finally:
        down = sandbox("down", environment=environment)
    assert down.stdout == "it is down\n"
    assert sandbox("down", environment=environment).stdout == "nothing was up\n"
    assert ours(environment) == []


def test_what_terraform_refuses_is_told_and_nothing_is_left(environment: dict[str, str], tmp_path: Path) -> None:
    # Neither a tool nor an emulator is started for a workspace with errors or without a tool.
    wrong = sandbox("try", "--env", "nowhere", environment=environment)
    assert wrong.returncode == 2
    assert 'there is no environment "nowhere"' in wrong.stderr
    without = sandbox("try", environment={**environment, "AURORAFORM_TERRAFORM": "", "PATH": str(tmp_path)})
    assert without.returncode == 2
    assert "needs `tofu` or `terraform`" in without.stderr
    failing = tmp_path / "failing"
    failing.write_text("#!/bin/sh\necho no provider; exit 1\n", encoding="utf-8")
    failing.chmod(0o700)
    failed = sandbox("try", "--env", "dev", environment={**environment, "AURORAFORM_TERRAFORM": str(failing)})
    assert failed.returncode == 1
    assert "error: no provider" in failed.stderr
    assert ours(environment) == []
