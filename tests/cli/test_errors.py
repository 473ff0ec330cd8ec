"""What people read when they make the common mistakes: every word, the place, and exit code 2."""

from pathlib import Path
from typing import Final

from click.testing import CliRunner, Result

from auroraform.commands.group import cli
from support.workspaces import ENVIRONMENT, MANIFEST, Files, environment, manifest

DATA: Final = Path(__file__).parent.parent / "data"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-C", "workspace", *arguments], catch_exceptions=False, prog_name="auroraform")


def refused(*arguments: str) -> str:
    """What a refused call says; it exits with 2, prints no data and writes nothing."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert not Path("cdktf.out").exists()
    return result.stderr


def test_a_missing_field(files: Files) -> None:
    files.minimal(manifests__orders=MANIFEST.replace("  engine: aurora-postgresql\n", ""))
    assert refused("synth") == (
        "workspace/manifests/orders.yaml:5:1: error[AF101]: spec.engine: is missing\n"
        "  5 | spec:\n"
        "    | ^^^^\n"
        "  help: add it: `aurora-mysql` or `aurora-postgresql`.\n"
        "\n"
        "1 error; nothing was written\n"
    )


def test_a_wrong_type(files: Files) -> None:
    files.minimal(manifests__orders=manifest('backupRetentionPeriod: "14"'))
    assert refused("synth") == (
        "workspace/manifests/orders.yaml:8:26: error[AF103]: spec.backupRetentionPeriod: must be a whole number, "
        'but this is the text "14"\n'
        '  8 |   backupRetentionPeriod: "14"\n'
        "    |                          ^^^^\n"
        "  help: write a decimal number, without quotes\n"
        "\n"
        "1 error; nothing was written\n"
    )


def test_an_unknown_field(files: Files) -> None:
    files.minimal(manifests__orders=manifest("backupRetention: 14"))
    assert refused("synth") == (
        "workspace/manifests/orders.yaml:8:3: error[AF100]: spec.backupRetention: is not a field\n"
        "  8 |   backupRetention: 14\n"
        "    |   ^^^^^^^^^^^^^^^\n"
        "  help: did you mean backupRetentionPeriod?\n"
        "\n"
        "1 error; nothing was written\n"
    )


def test_a_bad_enum(files: Files) -> None:
    files.minimal(manifests__orders=MANIFEST.replace("aurora-postgresql", "postgres"))
    assert refused("synth") == (
        'workspace/manifests/orders.yaml:6:11: error[AF102]: spec.engine: "postgres" is not allowed here\n'
        "  6 |   engine: postgres\n"
        "    |           ^^^^^^^^\n"
        "  help: did you mean aurora-postgresql? Allowed: aurora-mysql or aurora-postgresql\n"
        "\n"
        "1 error; nothing was written\n"
    )


def test_fewer_than_two_subnets_and_no_group(files: Files) -> None:
    files.minimal(manifests__orders=manifest("subnetIds: [subnet-abc123]"))
    assert refused("synth") == (
        "workspace/manifests/orders.yaml:8:14: error[AF106]: spec.subnetIds: lists 1 of the at least two subnets "
        "that a DB subnet group needs\n"
        "  8 |   subnetIds: [subnet-abc123]\n"
        "    |              ^\n"
        "  help: list two or more in different Availability Zones, or name an existing dbSubnetGroupName\n"
        "\n"
        "1 error; nothing was written\n"
    )


def test_a_password(files: Files) -> None:
    files.minimal(manifests__orders=manifest("password: hunter2-and-more"))
    message = refused("synth")
    assert message == (
        "workspace/manifests/orders.yaml:8:13: error[AF104]: spec.password: a password in a manifest is a password "
        "in Git and in the plan\n"
        "  8 |   password: ********\n"
        "    |             ^^^^^^^^\n"
        "  help: delete it: manageMasterUserPassword (the default) lets RDS keep one in AWS Secrets Manager, and"
        " passwordFrom says where one of yours is kept\n"
        "\n"
        "1 error; nothing was written\n"
    )
    assert "hunter2" not in message


def test_an_environment_that_does_not_exist_in_a_manifest(files: Files) -> None:
    files.minimal(manifests__orders=manifest(metadata="env: production"))
    assert refused("synth") == (
        'workspace/manifests/orders.yaml:5:8: error[AF203]: metadata.env: there is no environment "production"\n'
        "  5 |   env: production\n"
        "    |        ^^^^^^^^^^\n"
        "  help: did you mean prod?\n"
        "\n"
        "1 error; nothing was written\n"
    )


def test_an_environment_that_does_not_exist_in_the_call(files: Files) -> None:
    files.minimal()
    assert refused("synth", "--env", "production") == (
        'workspace/environments: error[AF203]: there is no environment "production"\n'
        "  help: did you mean prod?\n"
        "\n"
        "1 error; nothing was written\n"
    )


def test_no_manifests_at_all(files: Files) -> None:
    files.write(environments__prod=environment())
    assert refused("synth") == (
        "workspace/manifests: error[AF201]: the workspace has no manifest\n"
        "  help: write a file such as manifests/orders.yaml with kind: AwsRdsCluster\n"
        "\n"
        "1 error; nothing was written\n"
    )


def test_no_workspace() -> None:
    assert refused("validate") == (
        "workspace: error[AF206]: there is no such folder\n"
        "  help: name the workspace with -C, AURORAFORM_WORKSPACE, or the context key `workspace` in cdktf.json\n"
        "\n"
        "1 error\n"
    )


def test_overlapping_windows_of_the_demo_manifest(files: Files) -> None:
    files.minimal(manifests__orders=(DATA / "planton" / "demo.yaml").read_text(encoding="utf-8"))
    assert refused("synth") == (
        "workspace/manifests/orders.yaml:14:26: error[AF107]: spec.preferredBackupWindow: the backup window "
        "00:00-01:00 overlaps the maintenance window mon:00:00-tue:01:00; RDS refuses that\n"
        "  14 |   preferredBackupWindow: 00:00-01:00\n"
        "     |                          ^^^^^^^^^^^\n"
        "  help: move one of them: the backup window recurs every day\n"
        "\n"
        "1 error; nothing was written\n"
    )


def test_all_problems_of_all_files_in_one_run_sorted(files: Files) -> None:
    files.minimal(
        environments__dev=ENVIRONMENT.format(name="dev", class_="dev"),
        manifests__b=manifest("port: 80\nbogus: 1", name="b"),
        manifests__a=manifest("engineMode: serverless", name="a"),
    )
    heads = [line for line in refused("validate").splitlines() if ": error[" in line]
    assert [head.split(": ")[0] for head in heads] == [
        "workspace/environments/dev.yaml:6:10",
        "workspace/manifests/a.yaml:8:15",
        "workspace/manifests/b.yaml:8:9",
        "workspace/manifests/b.yaml:9:3",
    ]


def test_a_bad_call_is_answered_by_the_usage() -> None:
    result = run("synth", "--environment", "prod")
    assert result.exit_code == 2
    assert "No such option" in result.stderr
