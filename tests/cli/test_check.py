"""`auroraform check`: exit codes, formats, and every word that is printed."""

import json
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from auroraform.commands.group import cli
from support.workspaces import Files, environment, manifest

WAIVED: Final = "waivers: [{rule: AP301, reason: rebuilt from events, owner: checkout, until: 2999-12-31}]"


@pytest.fixture(autouse=True)
def only_one_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules come and go; what is printed of one stays."""
    from auroraform.policies import registry  # noqa: PLC0415

    ours = tuple(rule for rule in registry.built_in() if rule.code == "AP301")
    monkeypatch.setattr(registry, "built_in", lambda: ours)


def check(files: Files, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(files.root), "check", *arguments], catch_exceptions=False)


def short(files: Files, **more: str) -> Files:
    files.minimal(**{"manifests__orders": manifest("backupRetentionPeriod: 3")} | more)
    return files


def test_a_workspace_without_findings_gets_one_line(files: Files) -> None:
    files.minimal()
    result = check(files)
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "1 cluster in 1 environment: nothing found by 1 rule\n",
        "",
    )


def test_an_error_is_shown_like_any_problem(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(short(files).root)
    result = CliRunner().invoke(cli, ["check"], catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "manifests/orders.yaml:8:26: error[AP301]: spec.backupRetentionPeriod: keeps backups for 3 days; 7 are asked "
        "for (orders in prod)\n"
        "  8 |   backupRetentionPeriod: 3\n"
        "    |                          ^\n"
        "  help: write 7 or more, or leave it to the class's default\n"
        "\n"
        "1 error\n"
    )


def test_warnings_fail_where_that_is_asked(files: Files) -> None:
    short(files, environments__prod=environment(class_="staging"))
    assert check(files).exit_code == 0
    assert check(files, "--strict").exit_code == 1


def test_a_wrong_workspace_is_the_users_mistake(files: Files) -> None:
    files.minimal(manifests__orders=manifest("backupRetentionPeriod: 0"))
    result = check(files)
    assert result.exit_code == 2
    assert "error[AF102]" in result.stderr


def test_a_waived_finding_is_shown_in_every_format(files: Files) -> None:
    short(files, environments__prod=environment(spec=WAIVED))
    text = check(files)
    assert text.exit_code == 0
    assert "waived[AP301]: spec.backupRetentionPeriod: keeps" in text.stderr
    assert "  rebuilt from events (checkout, until 2999-12-31)\n" in text.stderr
    assert text.stderr.endswith("\n1 waived\n")
    concise = check(files, "--format", "concise").stderr
    assert concise.splitlines()[0].endswith(
        "waived[AP301] spec.backupRetentionPeriod: keeps backups for 3 days; 7 are asked for (orders in prod) "
        "(rebuilt from events (checkout, until 2999-12-31))"
    )
    document = json.loads(check(files, "--format", "json").stdout)
    assert document["summary"] == {"errors": 0, "warnings": 0, "waived": 1}
    assert document["waived"][0]["waiver"] == {
        "reason": "rebuilt from events",
        "owner": "checkout",
        "until": "2999-12-31",
    }
    (run,) = json.loads(check(files, "--format", "sarif").stdout)["runs"]
    (result,) = run["results"]
    assert result["suppressions"] == [
        {"kind": "inSource", "justification": "rebuilt from events (checkout, until 2999-12-31)"}
    ]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "AP301"
    assert check(files, "--format", "github").stdout.startswith("::notice file=")
    suite = ET.fromstring(check(files, "--format", "junit").stdout)  # noqa: S314 - our own
    assert (suite.get("failures"), suite.get("skipped")) == ("0", "1")


def test_junit_has_a_test_for_each_rule(files: Files) -> None:
    suite = ET.fromstring(check(short(files), "--format", "junit").stdout)  # noqa: S314 - our own
    names = [str(case.get("name")).split()[0] for case in suite]
    assert names == ["AP001", "AP002", "AP003", "AP004", "AP301"]
    (failure,) = suite.findall("testcase/failure")
    assert "keeps backups for 3 days" in str(failure.get("message"))


def test_edits_are_shown_before_they_are_made(files: Files) -> None:
    before = (short(files).root / "manifests/orders.yaml").read_text(encoding="utf-8")
    shown = check(files, "--diff")
    assert shown.exit_code == 1
    assert "-  backupRetentionPeriod: 3\n+  backupRetentionPeriod: 7\n" in shown.stdout
    assert (files.root / "manifests/orders.yaml").read_text(encoding="utf-8") == before
    made = check(files, "--fix")
    assert made.exit_code == 0
    assert made.stdout == shown.stdout + "1 cluster in 1 environment: nothing found by 1 rule\n"
    assert made.stderr.endswith("manifests/orders.yaml: 1 finding fixed\n")


def test_rules_of_a_folder_that_cannot_be_used_are_told(files: Files, tmp_path: Path) -> None:
    files.minimal()
    result = check(files, "--rules", str(tmp_path / "none"))
    assert result.exit_code == 2
    assert f"{tmp_path / 'none'} is no folder" in result.stderr


def test_a_rule_is_explained(files: Files) -> None:
    result = CliRunner().invoke(cli, ["explain", "AP301"])
    assert result.exit_code == 0
    assert result.stdout.startswith("AP301: Backups are kept for too short a time\n\nSeverity: error in production, ")
    assert "This is found:" in result.stdout
    unknown = CliRunner().invoke(cli, ["explain", "AP999"])
    assert unknown.exit_code == 2
    assert "there is no code AP999; docs/errors.md and docs/rules.md list all" in unknown.stderr


@pytest.mark.parametrize("format_", ["text", "concise", "json", "sarif", "github", "junit"])
def test_no_format_shows_a_secret(format_: str, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    files.minimal(
        manifests__orders=manifest(metadata="labels: {db-password: not-for-your-eyes}"),
        environments__prod=environment(spec="tags: {token: nor-is-this}"),
    )
    result = check(files, "--format", format_)
    assert result.exit_code == 1
    printed = result.stdout + result.stderr
    assert "AP801" in printed
    assert "AP804" in printed
    assert "not-for-your-eyes" not in printed
    assert "nor-is-this" not in printed
