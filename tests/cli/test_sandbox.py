"""`auroraform sandbox` where it cannot begin: what it says, and that nothing is started."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from auroraform.commands import sandbox
from auroraform.commands.group import cli
from support.broken_emulator import COMPLAINT, break_emulator
from support.workspaces import Files, environment

COMMANDS = ("up", "apply", "plan", "destroy", "down", "try")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AURORAFORM_CACHE_DIR", str(tmp_path / "cache"))


@pytest.mark.parametrize("command", COMMANDS)
def test_without_the_extra_it_says_what_to_install(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_NEEDED", ("moto", "no_such_package"))
    result = CliRunner().invoke(cli, ["sandbox", command])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "error: the sandbox needs a local AWS, which is not installed: pip install 'auroraform[sandbox]'\n"
    )


def test_down_without_up_is_no_fault() -> None:
    result = CliRunner().invoke(cli, ["sandbox", "down"])
    assert (result.exit_code, result.stdout, result.stderr) == (0, "nothing was up\n", "")


@pytest.mark.parametrize("command", ["up", "apply", "plan", "destroy", "try"])
def test_a_workspace_with_errors_is_shown_as_ever(
    command: str, files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.minimal(environments__prod=environment().replace("eu-west-1", "eu-nowhere"))
    (tmp_path / "tofu").touch(mode=0o700)
    monkeypatch.setenv("AURORAFORM_TERRAFORM", str(tmp_path / "tofu"))
    result = CliRunner().invoke(cli, ["-C", str(files.root), "sandbox", command])
    assert result.exit_code == 2
    assert "environments/prod.yaml" in result.stderr
    assert "nothing was run" in result.stderr
    assert not list((tmp_path / "cache").rglob("emulator.json"))


@pytest.mark.parametrize("command", ["up", "apply", "plan", "destroy", "try"])
def test_an_emulator_that_does_not_start_is_shown_with_its_log(
    command: str, files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.minimal()
    (tmp_path / "tofu").touch(mode=0o700)
    monkeypatch.setenv("AURORAFORM_TERRAFORM", str(tmp_path / "tofu"))
    break_emulator(tmp_path, monkeypatch)
    result = CliRunner().invoke(cli, ["-C", str(files.root), "sandbox", command])
    assert result.exit_code == 2
    assert "error: the emulator ended with exit code 1 before it answered:\nTraceback" in result.stderr
    assert result.stderr.endswith(f"ImportError: {COMPLAINT}\n\n")
    assert not list((tmp_path / "cache").rglob("emulator.json"))
