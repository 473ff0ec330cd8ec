"""What bootstrap prints and writes, and what it leaves alone."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auroraform.commands.group import cli
from support.workspaces import Files, environment

STATE = "{backend: s3, bucket: acme-state, dynamodbTable: locks}"
FOLDER = "cdktf.out/bootstrap/acme-state"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-C", "workspace", *arguments], catch_exceptions=False, prog_name="auroraform")


def resources() -> dict[str, dict[str, object]]:
    stack: dict[str, dict[str, dict[str, object]]] = json.loads(Path(FOLDER, "cdk.tf.json").read_text(encoding="utf-8"))
    return stack["resource"]


def test_it_prints_each_step_as_it_can_be_typed(files: Files) -> None:
    files.minimal()
    result = run("bootstrap")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        f"{FOLDER}/cdk.tf.json  for prod: account 111122223333 in eu-west-1, written\n"
        "\n"
        "acme-state, if it does not exist yet (with tofu instead of terraform, if that is yours):\n"
        "\n"
        "  1. Keep the state of this stack in a local file for now:\n"
        "       auroraform -C workspace bootstrap --env prod --local-state\n"
        "  2. Make the bucket and what belongs to it, with credentials of account 111122223333:\n"
        f"       terraform -chdir={FOLDER} init\n"
        f"       terraform -chdir={FOLDER} apply\n"
        "  3. Turn to the bucket as the place of the state:\n"
        "       auroraform -C workspace bootstrap --env prod\n"
        "  4. Move the state there; answer yes:\n"
        f"       terraform -chdir={FOLDER} init -migrate-state\n"
        '  5. See that it arrived ("No changes"), and delete the local copy:\n'
        f"       terraform -chdir={FOLDER} plan\n"
        f"       rm -f {FOLDER}/terraform.tfstate {FOLDER}/terraform.tfstate.backup\n"
        "\n"
        "Once it exists, `terraform init` and `terraform apply` in that folder are all that a change takes.\n"
        "\n"
        "Its environments name no KMS key, so Terraform asks for encryption by S3's own. For the bucket's, write in "
        "spec.state:\n"
        "  kmsKeyId: arn:aws:kms:eu-west-1:111122223333:alias/auroraform-state/acme-state\n"
    )


def test_what_is_made_is_protected(files: Files) -> None:
    files.minimal()
    run("bootstrap")
    made = resources()
    assert sorted(f"{kind}.{label}" for kind, labels in made.items() for label in labels) == [
        "aws_dynamodb_table.lock",
        "aws_kms_alias.state",
        "aws_kms_key.state",
        "aws_s3_bucket.state",
        "aws_s3_bucket_lifecycle_configuration.state",
        "aws_s3_bucket_ownership_controls.state",
        "aws_s3_bucket_policy.state",
        "aws_s3_bucket_public_access_block.state",
        "aws_s3_bucket_server_side_encryption_configuration.state",
        "aws_s3_bucket_versioning.state",
    ]
    for kind in ("aws_s3_bucket", "aws_kms_key", "aws_dynamodb_table"):
        (resource,) = made[kind].values()
        assert isinstance(resource, dict)
        assert resource["lifecycle"] == {"prevent_destroy": True}


def test_the_same_again_is_the_same(files: Files) -> None:
    files.minimal()
    run("bootstrap")
    before = Path(FOLDER, "cdk.tf.json").read_bytes()
    assert ", unchanged\n" in run("bootstrap").stdout
    assert Path(FOLDER, "cdk.tf.json").read_bytes() == before


def test_synthesis_of_clusters_leaves_it_alone(files: Files) -> None:
    files.minimal()
    run("bootstrap")
    run("synth")
    assert run("synth").exit_code == 0
    assert Path(FOLDER, "cdk.tf.json").is_file()


def test_local_state_is_an_override_that_the_next_run_removes(files: Files) -> None:
    files.minimal()
    run("bootstrap", "--local-state")
    assert [path.name for path in sorted(Path(FOLDER).iterdir())] == ["cdk.tf.json", "local_state_override.tf.json"]
    run("bootstrap")
    assert [path.name for path in Path(FOLDER).iterdir()] == ["cdk.tf.json"]


def test_environments_that_share_a_bucket_make_it_once(files: Files) -> None:
    files.minimal(environments__dev=environment("dev", "development"))
    assert run("bootstrap").stdout.startswith(f"{FOLDER}/cdk.tf.json  for dev, prod: account 111122223333 in eu-west-1")


def test_an_environment_without_state_in_s3_has_nothing_to_make(files: Files) -> None:
    files.minimal(environments__dev=environment("dev", "development").replace(STATE, "{backend: local}"))
    assert run("bootstrap", "--env", "dev").stdout == ("nothing to make for dev: it keeps its state in a local file\n")


def test_environments_that_contradict_each_other_about_a_bucket_are_refused(files: Files) -> None:
    files.minimal(environments__dev=environment("dev", "development").replace("eu-west-1", "eu-west-2"))
    result = run("bootstrap")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        "workspace/environments/prod.yaml:9:3: error[AF105]: spec.state.region: dev and prod share the bucket "
        "acme-state, and give it another Region: eu-west-2 and eu-west-1\n"
    ) in result.stderr
    assert not Path("cdktf.out").exists()


def test_the_page_on_state_shows_what_is_printed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(root / "examples" / "shop", "shop")
    monkeypatch.chdir("shop")
    printed = CliRunner().invoke(cli, ["bootstrap", "--env", "prod"], catch_exceptions=False).stdout
    page = (root / "docs" / "state.md").read_text(encoding="utf-8")
    assert f"<!-- printed by: auroraform bootstrap --env prod -->\n```text\n{printed}```\n" in page
