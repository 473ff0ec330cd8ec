"""`--format`: every format says the same, byte by byte what programs rely on, with one exit code, and no secret."""

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft4Validator

from auroraform.commands.group import cli
from auroraform.commands.report import Format, report
from auroraform.commands.settings import Settings
from auroraform.schemas.codes.entries import entry
from auroraform.schemas.codes.prose import markdown, text
from auroraform.schemas.problems import Code, Place, Problem, Severity
from support.workspaces import Files, manifest

SARIF: Final = Draft4Validator(
    json.loads((Path(__file__).parent.parent / "data" / "sarif" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
)
FAULTY: Final = manifest("prot: 5432\npassword: hunter2-and-more").replace('"16.8"', "16.10")
FORMATS: Final = [format_.value for format_ in Format]
ORDERS: Final = "workspace/manifests/orders.yaml"


def run(format_: str) -> Result:
    arguments = ["-C", "workspace", "validate", "--format", format_]
    return CliRunner().invoke(cli, arguments, catch_exceptions=False, prog_name="auroraform")


def sarif() -> dict[str, Any]:
    """The one run of a SARIF log, which is valid."""
    log = json.loads(run("sarif").stdout)
    assert [error.message for error in SARIF.iter_errors(log)] == []
    (only,) = log["runs"]
    assert isinstance(only, dict)
    return only


def reported(format_: Format, capsys: pytest.CaptureFixture[str], *problems: Problem) -> str:
    """What is printed of problems that are hard to come by."""
    report(problems, Settings(Path("workspace")), format_=format_)
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_concise_is_a_line_each(files: Files) -> None:
    files.minimal(manifests__orders=FAULTY)
    result = run("concise")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"{ORDERS}:7:18: warning[AF108] spec.engineVersion: read here as the text 16.10; other tools read the number "
        '16.1 (put it in quotes: "16.10")\n'
        f"{ORDERS}:8:3: error[AF100] spec.prot: is not a field (did you mean port?)\n"
        f"{ORDERS}:9:13: error[AF104] spec.password: a password in a manifest is a password in Git and in the plan "
        "(delete it: manageMasterUserPassword (the default) lets RDS keep one in AWS Secrets Manager, and"
        " passwordFrom says where one of yours is kept)\n"
        "2 errors, 1 warning\n"
    )


def test_json(files: Files) -> None:
    files.minimal(manifests__orders=FAULTY)
    result = run("json")
    assert (result.exit_code, result.stderr) == (2, "")
    assert json.loads(result.stdout) == {
        "version": 1,
        "problems": [
            {
                "code": "AF108",
                "severity": "warning",
                "file": ORDERS,
                "line": 7,
                "column": 18,
                "endColumn": 23,
                "path": "spec.engineVersion",
                "message": "read here as the text 16.10; other tools read the number 16.1",
                "help": 'put it in quotes: "16.10"',
            },
            {
                "code": "AF100",
                "severity": "error",
                "file": ORDERS,
                "line": 8,
                "column": 3,
                "endColumn": 7,
                "path": "spec.prot",
                "message": "is not a field",
                "help": "did you mean port?",
            },
            {
                "code": "AF104",
                "severity": "error",
                "file": ORDERS,
                "line": 9,
                "column": 13,
                "endColumn": 14,
                "path": "spec.password",
                "message": "a password in a manifest is a password in Git and in the plan",
                "help": "delete it: manageMasterUserPassword (the default) lets RDS keep one in AWS Secrets Manager,"
                " and passwordFrom says where one of yours is kept",
            },
        ],
        "waived": [],
        "summary": {"errors": 2, "warnings": 1, "waived": 0},
    }


def test_what_a_problem_does_not_have_is_null_in_json() -> None:
    (problem,) = json.loads(run("json").stdout)["problems"]
    assert problem == {
        "code": "AF206",
        "severity": "error",
        "file": "workspace",
        "line": None,
        "column": None,
        "endColumn": None,
        "path": None,
        "message": "there is no such folder",
        "help": "name the workspace with -C, AURORAFORM_WORKSPACE, or the context key `workspace` in cdktf.json",
    }


def test_github(files: Files) -> None:
    files.minimal(manifests__orders=FAULTY)
    result = run("github")
    assert (result.exit_code, result.stderr) == (2, "")
    assert result.stdout == (
        f"::warning file={ORDERS},line=7,col=18,endColumn=23,title=auroraform AF108::spec.engineVersion: read here as "
        'the text 16.10; other tools read the number 16.1%0Ahelp: put it in quotes: "16.10"\n'
        f"::error file={ORDERS},line=8,col=3,endColumn=7,title=auroraform AF100::spec.prot: is not a field%0Ahelp: did "
        "you mean port?\n"
        f"::error file={ORDERS},line=9,col=13,endColumn=14,title=auroraform AF104::spec.password: a password in a "
        "manifest is a password in Git and in the plan%0Ahelp: delete it: manageMasterUserPassword (the default) lets "
        "RDS keep one in AWS Secrets Manager, and"
        " passwordFrom says where one of yours is kept\n"
        "2 errors, 1 warning\n"
    )


def test_nothing_ends_a_command_of_github_early(capsys: pytest.CaptureFixture[str]) -> None:
    problem = Problem(Code.BAD_VALUE, Place("manifests/50%,a:b.yaml", 1, 2, 3), "100% x\r\n::error::y, z: 1")
    assert reported(Format.GITHUB, capsys, problem) == (
        "::error file=workspace/manifests/50%25%2Ca%3Ab.yaml,line=1,col=2,endColumn=3,title=auroraform AF102"
        "::100%25 x%0D%0A::error::y, z: 1\n"
        "1 error\n"
    )


@pytest.mark.parametrize("format_", [Format.TEXT, Format.CONCISE])
def test_no_text_of_a_manifest_begins_a_line_of_its_own(format_: Format, capsys: pytest.CaptureFixture[str]) -> None:
    problem = Problem(
        Code.BAD_VALUE, Place("manifests/a.yaml"), 'x"\n::error::\x1b[31m\u2028y', "spec.a", "z\n::debug::"
    )
    printed = reported(format_, capsys, problem)
    assert [line for line in printed.splitlines() if line.startswith("::")] == []
    assert r'x"\n::error::\x1b[31m\u2028y' in printed
    assert r"z\n::debug::" in printed


def test_sarif(files: Files) -> None:
    files.minimal(manifests__orders=manifest("prot: 5432"))
    found = sarif()
    (result,) = found.pop("results")
    assert re.fullmatch("[0-9a-f]{64}", result["partialFingerprints"]["auroraform/v1"])
    assert result.pop("partialFingerprints") == dict.fromkeys(
        ("auroraform/v1", "primaryLocationLineHash"), fingerprints()[0]
    )
    assert result == {
        "ruleId": "AF100",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "spec.prot: is not a field\nhelp: did you mean port?"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": ORDERS, "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 8, "startColumn": 3, "endColumn": 7},
                },
                "logicalLocations": [{"fullyQualifiedName": "spec.prot"}],
            }
        ],
    }
    about = entry(Code.UNKNOWN_FIELD)
    assert found == {
        "tool": {
            "driver": {
                "name": "auroraform",
                "semanticVersion": "0.1.0",
                "rules": [
                    {
                        "id": "AF100",
                        "name": "UnknownField",
                        "shortDescription": {"text": about.title},
                        "fullDescription": {"text": about.meaning},
                        "help": {"text": text(about), "markdown": markdown(about)},
                        "defaultConfiguration": {"level": "error"},
                    }
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            "%SRCROOT%": {"description": {"text": "The root of the repository"}},
            "%AURORAFORM%": {"description": {"text": "What auroraform brings along, such as its defaults"}},
        },
        "invocations": [{"executionSuccessful": True}],
    }


def test_sarif_has_each_rule_once_and_its_results_point_to_it(files: Files) -> None:
    files.minimal(manifests__orders=FAULTY, manifests__b=manifest("a: 1\nb: 2", name="b"))
    found = sarif()
    rules = [rule["id"] for rule in found["tool"]["driver"]["rules"]]
    assert rules == ["AF100", "AF104", "AF108"]
    assert [(result["level"], rules[result["ruleIndex"]]) for result in found["results"]] == [
        ("error", "AF100"),
        ("error", "AF100"),
        ("warning", "AF108"),
        ("error", "AF100"),
        ("error", "AF104"),
    ]


@pytest.mark.parametrize("code", Code)
def test_every_code_is_a_rule_of_valid_sarif(code: Code, capsys: pytest.CaptureFixture[str]) -> None:
    severity = entry(code).severity
    log = json.loads(
        reported(Format.SARIF, capsys, Problem(code, Place("manifests/a.yaml", 1, 2, 3), "x", "", "", severity))
    )
    assert [error.message for error in SARIF.iter_errors(log)] == []
    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert (rule["id"], rule["defaultConfiguration"]["level"]) == (code, severity)


def fingerprints() -> list[str]:
    return [result["partialFingerprints"]["auroraform/v1"] for result in sarif()["results"]]


def test_a_fingerprint_outlives_lines_above_and_other_values(files: Files) -> None:
    twice = "labels: {a: b, a: c}"
    files.minimal(manifests__orders=manifest("port: 80", metadata=twice))
    before = fingerprints()
    files.minimal(manifests__orders="# a new line\n\n" + manifest("port: 90", metadata=twice))
    assert (fingerprints(), len(set(before))) == (before, 2)


def test_fingerprints_differ_by_file_and_field_and_document(files: Files) -> None:
    same = manifest("port: 80\ninstances: {count: 0}")
    files.minimal(
        manifests__orders=f"{same}---\n{same.replace('name: orders', 'name: b')}",
        manifests__c=manifest("port: 80", name="c"),
    )
    assert (len(fingerprints()), len(set(fingerprints()))) == (5, 5)


def test_paths_count_from_the_root_of_the_repository(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.minimal(**{"manifests__two words": manifest("prot: 1", name="b")})
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(files.root / "manifests")
    monkeypatch.setenv("AURORAFORM_WORKSPACE", "..")

    def printed(format_: str) -> str:
        return CliRunner().invoke(cli, ["validate", "--format", format_], catch_exceptions=False).stdout

    (result,) = json.loads(printed("sarif"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "workspace/manifests/two%20words.yaml",
        "uriBaseId": "%SRCROOT%",
    }
    assert printed("github").startswith("::error file=workspace/manifests/two words.yaml,line=8,")
    assert json.loads(printed("json"))["problems"][0]["file"] == "../manifests/two words.yaml"


BUILTIN: Final = Problem(Code.CONFLICT, Place("<auroraform>/production.yaml", 3, 5, 9), "x", "spec.a")


def test_the_tools_own_files_are_in_no_repository(capsys: pytest.CaptureFixture[str]) -> None:
    (result,) = json.loads(reported(Format.SARIF, capsys, BUILTIN))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "production.yaml", "uriBaseId": "%AURORAFORM%"},
        "region": {"startLine": 3, "startColumn": 5, "endColumn": 9},
    }
    assert reported(Format.GITHUB, capsys, BUILTIN) == (
        "::error title=auroraform AF105::<auroraform>/production.yaml:3:5: spec.a: x\n1 error\n"
    )
    assert json.loads(reported(Format.JSON, capsys, BUILTIN))["problems"][0]["file"] == "<auroraform>/production.yaml"


def test_a_file_outside_of_the_repository_keeps_its_whole_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path.parent / "else where" / "out"
    problem = Problem(Code.OUTPUT, Place(str(outside)), "x")
    log = json.loads(reported(Format.SARIF, capsys, problem))
    assert [error.message for error in SARIF.iter_errors(log)] == []
    (result,) = log["runs"][0]["results"]
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": outside.as_uri()}}}]
    assert reported(Format.GITHUB, capsys, problem) == f"::error title=auroraform AF402::{outside}: x\n1 error\n"


def test_a_document_is_complete_where_nothing_is_wrong(files: Files) -> None:
    files.minimal()
    result = run("json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == {
        "version": 1,
        "problems": [],
        "waived": [],
        "summary": {"errors": 0, "warnings": 0, "waived": 0},
    }
    assert (sarif()["results"], sarif()["tool"]["driver"]["rules"]) == ([], [])


@pytest.mark.parametrize("format_", ["text", "concise", "github"])
def test_people_are_told_that_all_is_well(format_: str, files: Files) -> None:
    files.minimal()
    result = run(format_)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "1 cluster in 1 environment: valid\n", "")


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(manifest(), 0, id="valid"),
        pytest.param(manifest().replace('"16.8"', "16.10"), 0, id="warning"),
        pytest.param(FAULTY, 2, id="errors"),
    ],
)
def test_the_exit_code_is_the_same_in_each_format(format_: str, text: str, expected: int, files: Files) -> None:
    files.minimal(manifests__orders=text)
    assert run(format_).exit_code == expected


SECRET: Final = "correct-horse-battery"  # noqa: S105 - it is no secret


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    "spec",
    [
        pytest.param(f"password: {SECRET}", id="as it is"),
        pytest.param(f"password: a\npassword: {SECRET}", id="twice"),
        pytest.param(f"masterPassword: {SECRET}", id="another name"),
        pytest.param(f"'password': !secret '{SECRET}'", id="with a tag"),
        pytest.param(f"password: !{SECRET}", id="that begins like a tag"),
        pytest.param(f"password: *{SECRET}", id="that begins like an alias"),
        pytest.param(f"password: [{SECRET}]", id="in a list"),
        pytest.param(f"password:\n  !secret {SECRET}", id="on the next line"),
        pytest.param(f"password: !secret |-\n  {SECRET}", id="in a block"),
        pytest.param(f"tls: {{requird: true, password: {SECRET}}}", id="beside another fault"),
        pytest.param(f'password: "{SECRET}', id="with a quote that is not closed"),
    ],
)
def test_a_password_is_in_no_format(format_: str, spec: str, files: Files) -> None:
    files.minimal(manifests__orders=manifest(spec))
    result = run(format_)
    assert result.exit_code == 2
    assert SECRET not in result.output
    assert "AF" in result.output


def test_the_fault_beside_a_password_is_still_shown(files: Files) -> None:
    files.minimal(manifests__orders=manifest(f"tls: {{requird: true, password: {SECRET}}}"))
    assert (
        "  8 |   tls: {requird: true, password: ********\n"
        "    |         ^^^^^^^\n"
        "  help: did you mean required?\n"
    ) in run("text").stderr  # fmt: skip


def test_a_line_of_a_file_cannot_speak_to_the_terminal(files: Files) -> None:
    files.minimal(manifests__orders=manifest("databaseName: a\x1b[31m"))
    assert "  8 |   databaseName: a\ufffd[31m\n    |                  ^\n" in run("text").stderr


def test_a_switch_that_only_sounds_like_a_password_is_shown(files: Files) -> None:
    files.minimal(manifests__orders=manifest('manageMasterUserPassword: "yes"'))
    assert '  8 |   manageMasterUserPassword: "yes"\n' in run("text").stderr


def test_a_severity_is_a_level_of_each_service() -> None:
    assert [severity.value for severity in Severity] == ["error", "warning"]


def test_an_unknown_format_is_a_wrong_call() -> None:
    result = run("xml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'xml' is not one of 'text', 'concise', 'json', 'sarif', 'github'" in result.stderr


def test_the_page_on_json_shows_what_is_printed(files: Files) -> None:
    files.minimal(manifests__orders=manifest("backupRetention: 14"))
    page = (Path(__file__).parents[2] / "docs" / "problems-json.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    assert run("json").stdout.replace("workspace/", "") == shown
