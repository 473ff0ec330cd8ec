"""docs/getting-started.md, followed to the letter as far as that needs no AWS account."""

import re
import shlex
from pathlib import Path
from typing import Final

import pytest
import yaml
from click.testing import CliRunner

from auroraform.commands.group import cli
from support.processes import ROOT

DOCS: Final = ROOT / "docs"
OFFLINE: Final = ("init", "validate", "synth")


def steps() -> list[tuple[list[str], str]]:
    """Each command of the page with what it prints."""
    page = (DOCS / "getting-started.md").read_text(encoding="utf-8")
    console = "".join(re.findall(r"```console\n(.*?)```", page, re.DOTALL))
    return [
        (shlex.split(command), output) for command, output in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", console, re.M)
    ]


def test_it_takes_ten_commands() -> None:
    assert len(steps()) == 10


def test_its_commands_print_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("AURORAFORM_WORKSPACE", "CDKTF_CONTEXT_JSON", "CDKTF_OUTDIR"):
        monkeypatch.delenv(name, raising=False)
    shown: dict[str, str] = {}
    printed: dict[str, str] = {}
    for (program, *arguments), output in steps():
        if program == "cd":
            monkeypatch.chdir(arguments[0])
        elif program == "auroraform" and arguments[0] in OFFLINE:
            result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
            assert (result.exit_code, result.stderr) == (0, ""), arguments
            shown[arguments[0]], printed[arguments[0]] = output, result.stdout
    assert tuple(shown) == OFFLINE
    assert shown == printed


def test_the_stack_that_it_plans_is_one_that_is_written() -> None:
    folders = {step[1].removeprefix("-chdir=") for step, _ in steps() if step[0] == "tofu"}
    written = next(output for step, output in steps() if step[:2] == ["auroraform", "synth"])
    assert [folder for folder in folders if f"{folder}/cdk.tf.json" not in written] == []


def test_the_hooks_that_the_page_about_ci_names_are_offered() -> None:
    _, config, _ = (DOCS / "ci.md").read_text(encoding="utf-8").split("```")
    (repository,) = yaml.safe_load(config.removeprefix("yaml\n"))["repos"]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in repository["hooks"]] == [hook["id"] for hook in offered]
