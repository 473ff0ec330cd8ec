"""What `auroraform init` writes and prints, and when it writes nothing."""

import json
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from auroraform.commands import scaffold
from auroraform.commands.group import cli

FILES = [
    ".github/workflows/auroraform.yaml",
    ".gitignore",
    "README.md",
    "cdktf.json",
    "environments/dev.yaml",
    "environments/prod.yaml",
    "environments/staging.yaml",
    "manifests/app.yaml",
    "requirements.txt",
]

PRINTED = """\
9 files are now in infra:
  .github/workflows/auroraform.yaml
  .gitignore
  README.md
  cdktf.json
  environments/dev.yaml
  environments/prod.yaml
  environments/staging.yaml
  manifests/app.yaml
  requirements.txt

To be replaced before the first plan:
  environments/dev.yaml:9       the AWS account (Terraform refuses to touch any other one)
  environments/dev.yaml:13      a bucket name that is free in all of S3
  environments/dev.yaml:17      the VPC, and its private subnets in three zones
  environments/dev.yaml:23      the security groups of the applications, which alone may connect
  environments/prod.yaml:9      the AWS account (Terraform refuses to touch any other one)
  environments/prod.yaml:13     a bucket name that is free in all of S3
  environments/prod.yaml:17     the VPC, and its private subnets in three zones
  environments/prod.yaml:23     the security groups of the applications, which alone may connect
  environments/staging.yaml:9   the AWS account (Terraform refuses to touch any other one)
  environments/staging.yaml:13  a bucket name that is free in all of S3
  environments/staging.yaml:17  the VPC, and its private subnets in three zones
  environments/staging.yaml:23  the security groups of the applications, which alone may connect
  manifests/app.yaml:8          the team that is asked about this database

Next (README.md says more):
  cd infra
  auroraform validate
  auroraform bootstrap    # the state bucket and the lock table
  auroraform synth        # then commit everything, cdktf.out too
"""

EVIL = ["a: b", "a\nb", "{{ 7 * 7 }}", "${file(1)}", "../up", "a'", 'a"', "A", "", "a #"]


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("AURORAFORM_WORKSPACE", "CDKTF_CONTEXT_JSON", "CDKTF_OUTDIR"):
        monkeypatch.delenv(name, raising=False)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False, prog_name="auroraform")
    assert (result.exit_code, result.stderr) == (0, "")
    return result


def refused(*arguments: str) -> str:
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False, prog_name="auroraform")
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


def document(path: str) -> Any:  # noqa: ANN401 - any YAML
    return yaml.safe_load(Path(path).read_text(encoding="utf-8"))


def entries(folder: str) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*"))


def test_it_lists_what_it_wrote_what_is_made_up_and_what_comes_next() -> None:
    assert run("init", "infra").stdout == PRINTED
    assert [path for path in entries("infra") if (Path("infra") / path).is_file()] == FILES


def test_what_it_wrote_is_valid_without_a_warning() -> None:
    run("init", "infra")
    assert run("-C", "infra", "validate").stdout == "1 cluster in 3 environments: valid\n"


def test_what_is_not_said_has_a_default() -> None:
    run("init", "infra")
    assert document("infra/manifests/app.yaml")["metadata"] == {"name": "app", "labels": {"team": "platform"}}
    spec = document("infra/environments/prod.yaml")["spec"]
    assert (spec["region"], spec["state"]["bucket"]) == ("eu-west-1", "example-terraform-state-prod")


def test_the_options_reach_manifest_and_environments() -> None:
    run("init", "infra", "--name", "order-book", "--region", "us-gov-west-1", "--organization", "acme")
    manifest = document("infra/manifests/order-book.yaml")
    assert manifest["metadata"] == {"name": "order-book", "org": "acme", "labels": {"team": "platform"}}
    assert manifest["spec"]["databaseName"] == "order_book"
    for name in ("dev", "staging", "prod"):
        spec = document(f"infra/environments/{name}.yaml")["spec"]
        assert (spec["region"], spec["state"]["bucket"]) == ("us-gov-west-1", f"acme-terraform-state-{name}")


def test_each_environment_has_a_class_and_an_account_of_its_own() -> None:
    run("init", "infra")
    specs = {name: document(f"infra/environments/{name}.yaml")["spec"] for name in ("dev", "staging", "prod")}
    assert {name: (spec["class"], spec["accountId"]) for name, spec in specs.items()} == {
        "dev": ("development", "111111111111"),
        "staging": ("staging", "222222222222"),
        "prod": ("production", "333333333333"),
    }


@pytest.mark.parametrize(
    ("name", "database"),
    [("orders", "orders"), ("order", "order_db"), ("admin", "admin_db"), ("order-all", "order_all")],
)
def test_a_name_that_no_database_can_have_is_not_given_to_one(name: str, database: str) -> None:
    run("init", "infra", "--name", name)
    assert document(f"infra/manifests/{name}.yaml")["spec"]["databaseName"] == database
    assert run("-C", "infra", "validate").stdout == "1 cluster in 3 environments: valid\n"


@pytest.mark.parametrize("name", ["no", "on", "true", "null", "y"])
def test_a_name_that_yaml_would_not_read_as_text_stays_text(name: str) -> None:
    run("init", "infra", "--name", name, "--organization", name)
    metadata = document(f"infra/manifests/{name}.yaml")["metadata"]
    assert (metadata["name"], metadata["org"]) == (name, name)
    assert run("-C", "infra", "validate").stdout == "1 cluster in 3 environments: valid\n"


@pytest.mark.parametrize("option", ["--name", "--region", "--organization"])
@pytest.mark.parametrize("value", EVIL)
def test_text_that_means_something_elsewhere_is_refused(option: str, value: str) -> None:
    assert f"Error: Invalid value for '{option}': \"{value}\" is not " in refused("init", "infra", option, value)
    assert not Path("infra").exists()


def test_a_refusal_says_what_to_write() -> None:
    assert refused("init", "infra", "--region", "Ireland").splitlines()[-1] == (
        "Error: Invalid value for '--region': \"Ireland\" is not the code of an AWS Region; write it as eu-west-1"
    )


@pytest.mark.parametrize("value", EVIL)
def test_the_templates_quote_even_what_was_not_checked(value: str) -> None:
    files = scaffold.render(scaffold.Answers("app", value, value, "0"))
    assert yaml.safe_load(files["manifests/app.yaml"])["metadata"].get("org", "") == value
    assert yaml.safe_load(files["environments/dev.yaml"])["spec"]["region"] == value


def test_values_that_are_only_too_long_together_are_refused() -> None:
    assert refused("init", "infra", "--organization", "a" * 40) == (
        "nothing was written: these values do not fit\n"
        f'  spec.state.bucket: "{"a" * 40}-terraform-state-staging" is not the name of an S3 bucket\n'
    )
    assert not Path("infra").exists()


def test_nothing_is_overwritten_and_nothing_written_beside_it() -> None:
    Path("infra/environments").mkdir(parents=True)
    Path("infra/README.md").write_text("ours", encoding="utf-8")
    Path("infra/environments/dev.yaml").symlink_to("nowhere")
    before = entries("infra")
    assert refused("init", "infra") == (
        "nothing was written: these are in the way\n  infra/README.md\n  infra/environments/dev.yaml\n"
    )
    assert entries("infra") == before
    assert Path("infra/README.md").read_text(encoding="utf-8") == "ours"


def test_a_file_where_a_folder_has_to_be_is_in_the_way() -> None:
    Path("infra").mkdir()
    Path("infra/environments").write_text("ours", encoding="utf-8")
    assert refused("init", "infra") == "nothing was written: these are in the way\n  infra/environments\n"
    assert entries("infra") == ["environments"]


def test_the_folder_may_hold_other_files() -> None:
    Path("infra/.git").mkdir(parents=True)
    Path("infra/LICENSE").touch()
    assert run("init", "infra").stdout == PRINTED
    assert {".git", "LICENSE"} < set(entries("infra"))


def test_a_folder_that_cannot_be_made_is_said() -> None:
    Path("taken").touch()
    assert refused("init", "taken/infra") == "nothing was written: taken: File exists\n"


def test_what_fails_halfway_leaves_only_what_was_there() -> None:
    Path("infra/manifests").mkdir(parents=True)
    Path("infra/LICENSE").touch()
    unwritable = "x" * 300
    with pytest.raises(OSError, match="too long"):
        scaffold.create(Path("infra"), {"a/b/c.yaml": "c", "manifests/d.yaml": "d", unwritable: ""})
    assert entries("infra") == ["LICENSE", "manifests"]


def test_cdktf_is_told_to_run_auroraform() -> None:
    run("init", "infra")
    assert json.loads(Path("infra/cdktf.json").read_text(encoding="utf-8")) == {
        "language": "python",
        "app": "auroraform synth",
        "sendCrashReports": "false",
        "context": {"workspace": "."},
    }


def test_the_version_is_pinned() -> None:
    run("init", "infra")
    lines = Path("infra/requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [f"auroraform=={version('auroraform')}"]


def test_the_workflow_checks_pull_requests_and_may_only_read() -> None:
    run("init", "infra")
    workflow = document("infra/.github/workflows/auroraform.yaml")
    # YAML 1.1, which PyYAML reads, takes the key `on` for true.
    assert workflow[True] == {"pull_request": None}
    assert workflow["permissions"] == {"contents": "read"}
    steps = workflow["jobs"]["check"]["steps"]
    assert [step.get("uses") or step["run"] for step in steps] == [
        "actions/checkout@v5",
        "actions/setup-python@v6",
        "pip install -r requirements.txt",
        "auroraform validate",
        "auroraform check --format github",
        "auroraform synth --check",
    ]


def test_the_job_that_the_readme_offers_fits_into_the_workflow() -> None:
    run("init", "infra", "--region", "us-east-2")
    _, job, _ = Path("infra/README.md").read_text(encoding="utf-8").split("```")
    workflow = Path("infra/.github/workflows/auroraform.yaml").read_text(encoding="utf-8")
    jobs = yaml.safe_load(workflow + job.removeprefix("yaml\n"))["jobs"]
    assert list(jobs) == ["check", "plan-dev"]
    assert jobs["plan-dev"]["steps"][1]["with"]["aws-region"] == "us-east-2"


def test_git_keeps_what_is_reviewed_and_ignores_what_holds_secrets() -> None:
    run("init", "infra")
    stack = "cdktf.out/stacks/prod"
    kept = [*FILES, "cdktf.out/manifest.json", f"{stack}/cdk.tf.json", f"{stack}/.terraform.lock.hcl"]
    ignored = [
        ".venv/bin/python",
        "cdktf.log",
        f"{stack}/.terraform/providers/aws",
        f"{stack}/prod.tfplan",
        f"{stack}/terraform.tfstate",
        f"{stack}/terraform.tfstate.backup",
    ]
    subprocess.run(["git", "init", "-q", "infra"], check=True)
    command = ["git", "-C", "infra", "check-ignore", "--no-index", *kept, *ignored]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines() == ignored
