"""What the commands print and write when all is well, and where they look."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auroraform.commands.group import cli
from support.workspaces import Files, environment, manifest


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False, prog_name="auroraform")
    assert (result.exit_code, result.stderr) == (0, "")
    return result


def two_environments(files: Files) -> None:
    files.minimal(environments__dev=environment("dev", "development"))


def test_validate_says_what_it_looked_at(files: Files) -> None:
    two_environments(files)
    assert run("-C", "workspace", "validate").stdout == "1 cluster in 2 environments: valid\n"


def test_synth_lists_each_stack_with_its_file(files: Files) -> None:
    two_environments(files)
    assert run("-C", "workspace", "synth").stdout == (
        "dev   cdktf.out/stacks/dev/cdk.tf.json  1 cluster in eu-west-1, written\n"
        "prod  cdktf.out/stacks/prod/cdk.tf.json  1 cluster in eu-west-1, written\n"
    )
    assert "unchanged" in run("-C", "workspace", "synth").stdout
    assert Path("cdktf.out/stacks/prod/cdk.tf.json").is_file()


def test_one_environment_alone_leaves_the_others_as_they_are(files: Files) -> None:
    two_environments(files)
    run("-C", "workspace", "synth")
    before = Path("cdktf.out/manifest.json").read_bytes()
    files.write(manifests__orders=manifest("port: 6000"))
    run("-C", "workspace", "synth", "--env", "dev")
    port = {
        name: json.loads(Path(f"cdktf.out/stacks/{name}/cdk.tf.json").read_text(encoding="utf-8"))["resource"][
            "aws_rds_cluster"
        ]["orders"]["port"]
        for name in ("dev", "prod")
    }
    assert port == {"dev": 6000, "prod": 5432}
    assert Path("cdktf.out/manifest.json").read_bytes() == before


def test_a_stack_without_environment_is_removed_and_said(files: Files) -> None:
    two_environments(files)
    run("-C", "workspace", "synth")
    (files.root / "environments" / "dev.yaml").unlink()
    result = CliRunner().invoke(cli, ["-C", "workspace", "synth"], prog_name="auroraform")
    assert result.stderr == "removed cdktf.out/stacks/dev/cdk.tf.json: its stack is gone from the workspace\n"
    assert [path.name for path in Path("cdktf.out/stacks").iterdir()] == ["prod"]


USERS: str = "databaseName: orders\napplicationUsers: [{name: app, access: readwrite}]"
SCRIPT: str = "cdktf.out/stacks/prod/sql/orders.sql"


def test_a_script_is_said_when_there_is_something_to_run(files: Files) -> None:
    files.minimal(manifests__orders=manifest(USERS))
    assert run("-C", "workspace", "synth").stdout == (
        "prod  cdktf.out/stacks/prod/cdk.tf.json  1 cluster in eu-west-1, written\n"
        f"      {SCRIPT}  users, written: run it once the stack is applied\n"
    )
    assert run("-C", "workspace", "synth").stdout == (
        "prod  cdktf.out/stacks/prod/cdk.tf.json  1 cluster in eu-west-1, unchanged\n"
    )
    files.minimal(manifests__orders=manifest(USERS.replace("readwrite", "readonly")))
    assert run("-C", "workspace", "synth").stdout == (
        "prod  cdktf.out/stacks/prod/cdk.tf.json  1 cluster in eu-west-1, unchanged\n"
        f"      {SCRIPT}  users, written: run it once the stack is applied\n"
    )


def test_a_script_whose_users_are_gone_is_removed_and_said(files: Files) -> None:
    files.minimal(manifests__orders=manifest(USERS))
    run("-C", "workspace", "synth")
    files.minimal()
    result = CliRunner().invoke(cli, ["-C", "workspace", "synth"], prog_name="auroraform")
    assert result.stderr == f"removed {SCRIPT}: the users that it makes are gone from the workspace\n"
    assert not Path(SCRIPT).parent.exists()


def test_a_script_that_was_edited_is_put_right(files: Files) -> None:
    files.minimal(manifests__orders=manifest(USERS))
    run("-C", "workspace", "synth")
    written = Path(SCRIPT).read_text(encoding="utf-8")
    Path(SCRIPT).write_text(f"{written}DROP TABLE orders;\n", encoding="utf-8")
    result = check()
    assert (result.exit_code, result.stderr) == (
        1,
        f"stale: {SCRIPT}\nrun `auroraform synth` and commit what it writes\n",
    )
    assert "-DROP TABLE orders;" in result.stdout
    run("-C", "workspace", "synth")
    assert Path(SCRIPT).read_text(encoding="utf-8") == written


def test_a_script_that_is_left_over_is_noticed_although_nothing_else_changed(files: Files) -> None:
    """As when two branches are merged: one that added users, and one that removed them."""
    files.minimal(manifests__orders=manifest(USERS))
    run("-C", "workspace", "synth")
    text = Path(SCRIPT).read_text(encoding="utf-8")
    files.minimal()
    CliRunner().invoke(cli, ["-C", "workspace", "synth"], prog_name="auroraform")
    assert check().exit_code == 0
    Path(SCRIPT).parent.mkdir()
    Path(SCRIPT).write_text(text, encoding="utf-8")
    result = check()
    assert (result.exit_code, result.stderr) == (
        1,
        f"orphaned: {SCRIPT}\nrun `auroraform synth` and commit what it writes\n",
    )


def test_stacks_of_clusters_stay_when_synthesized_again(files: Files) -> None:
    files.minimal(environments__prod=environment(spec="stackPer: cluster"))
    run("-C", "workspace", "synth")
    assert run("-C", "workspace", "synth", "--env", "prod").stdout == (
        "prod-orders  cdktf.out/stacks/prod-orders/cdk.tf.json  1 cluster in eu-west-1, unchanged\n"
    )
    assert Path("cdktf.out/stacks/prod-orders/cdk.tf.json").is_file()


def check() -> Result:
    return CliRunner().invoke(cli, ["-C", "workspace", "synth", "--check"], prog_name="auroraform")


def test_check_is_quiet_where_all_is_up_to_date(files: Files) -> None:
    files.minimal()
    run("-C", "workspace", "synth")
    assert run("-C", "workspace", "synth", "--check").stdout == "1 stack in cdktf.out: up to date\n"


def test_check_shows_what_is_stale_missing_or_left_over_and_writes_nothing(files: Files) -> None:
    two_environments(files)
    run("-C", "workspace", "synth")
    (files.root / "environments" / "dev.yaml").unlink()
    files.write(environments__qa=environment("qa", "staging"), manifests__orders=manifest("port: 6000"))
    before = {path: path.read_bytes() for path in Path("cdktf.out").rglob("*") if path.is_file()}
    result = check()
    assert result.exit_code == 1
    assert result.stderr == (
        "stale: cdktf.out/manifest.json\n"
        "orphaned: cdktf.out/stacks/dev/cdk.tf.json\n"
        "stale: cdktf.out/stacks/prod/cdk.tf.json\n"
        "missing: cdktf.out/stacks/qa/cdk.tf.json\n"
        "run `auroraform synth` and commit what it writes\n"
    )
    assert '-        "port": 5432,\n+        "port": 6000,\n' in result.stdout
    assert before == {path: path.read_bytes() for path in Path("cdktf.out").rglob("*") if path.is_file()}


def test_check_of_a_folder_that_is_not_there_says_what_is_missing(files: Files) -> None:
    files.minimal()
    result = check()
    assert result.exit_code == 1
    assert "missing: cdktf.out/stacks/prod/cdk.tf.json\n" in result.stderr
    assert not Path("cdktf.out").exists()


def test_a_state_that_moves_is_noticed(files: Files) -> None:
    files.minimal()
    run("-C", "workspace", "synth")
    files.write(environments__prod=environment().replace("acme-state", "other-state"))
    result = CliRunner().invoke(cli, ["-C", "workspace", "synth"], prog_name="auroraform")
    assert result.exit_code == 0
    assert (
        "cdktf.out/stacks/prod/cdk.tf.json: warning[AF404]: the state moves from "
        "s3://acme-state/auroraform/prod/terraform.tfstate to s3://other-state/auroraform/prod/terraform.tfstate;"
    ) in result.stderr


@pytest.mark.parametrize("way", ["option", "variable", "handed context", "cdktf.json", "current folder"])
def test_where_the_workspace_is_looked_for(way: str, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    files.minimal()
    arguments = ["validate"]
    if way == "option":
        arguments = ["-C", "workspace", "validate"]
    elif way == "variable":
        monkeypatch.setenv("AURORAFORM_WORKSPACE", "workspace")
    elif way == "handed context":
        monkeypatch.setenv("CDKTF_CONTEXT_JSON", json.dumps({"workspace": "workspace"}))
    elif way == "cdktf.json":
        Path("cdktf.json").write_text(json.dumps({"context": {"workspace": "workspace"}}), encoding="utf-8")
    else:
        monkeypatch.chdir(files.root)
    assert run(*arguments).stdout == "1 cluster in 1 environment: valid\n"


@pytest.mark.parametrize("way", ["option", "variable"])
def test_where_the_output_goes(way: str, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    files.minimal()
    if way == "variable":
        monkeypatch.setenv("CDKTF_OUTDIR", "elsewhere")
    run("-C", "workspace", "synth", *(["-o", "elsewhere"] if way == "option" else []))
    assert Path("elsewhere/stacks/prod/cdk.tf.json").is_file()
    assert not Path("cdktf.out").exists()


def test_an_output_that_cannot_be_written_is_a_problem(files: Files) -> None:
    files.minimal()
    Path("taken").write_text("a file", encoding="utf-8")
    result = CliRunner().invoke(cli, ["-C", "workspace", "synth", "-o", "taken/out"], prog_name="auroraform")
    assert result.exit_code == 2
    assert "error[AF402]: the output cannot be written: Not a directory" in result.stderr


def test_a_warning_does_not_stop_synthesis(files: Files) -> None:
    files.minimal(manifests__orders=manifest().replace('"16.8"', "16.10"))
    result = CliRunner().invoke(cli, ["-C", "workspace", "synth"], prog_name="auroraform")
    assert result.exit_code == 0
    assert result.stderr == (
        "workspace/manifests/orders.yaml:7:18: warning[AF108]: spec.engineVersion: read here as the text 16.10; "
        "other tools read the number 16.1\n"
        "  7 |   engineVersion: 16.10\n"
        "    |                  ^^^^^\n"
        '  help: put it in quotes: "16.10"\n'
        "\n"
        "1 warning\n"
    )
    stack = json.loads(Path("cdktf.out/stacks/prod/cdk.tf.json").read_text(encoding="utf-8"))
    assert stack["resource"]["aws_rds_cluster"]["orders"]["engine_version"] == "16.10"


def test_help_names_every_command() -> None:
    assert [line.split()[0] for line in run("--help").stdout.split("Commands:\n")[1].splitlines()] == [
        "bootstrap",
        "check",
        "explain",
        "init",
        "list",
        "sandbox",
        "schema",
        "synth",
        "validate",
    ]
