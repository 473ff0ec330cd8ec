"""`auroraform list`: manifests, environments, and stacks with their state."""

import json

import pytest
from click.testing import CliRunner, Result

from auroraform.commands.group import cli
from support.workspaces import Files, environment, manifest


def run(*arguments: str) -> Result:
    arguments = ("-C", "workspace", "list", *arguments)
    return CliRunner().invoke(cli, arguments, catch_exceptions=False, prog_name="auroraform")


def listed(*arguments: str) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def two_of_each(files: Files) -> None:
    files.minimal(
        manifests__billing=manifest(name="billing", metadata="env: dev"),
        environments__dev=environment("dev", "development", spec="overrides: {orders: {engineVersion: '16.9'}}"),
    )


def test_people_read_a_table(files: Files) -> None:
    two_of_each(files)
    assert listed() == (
        "manifests\n"
        "  billing  aurora-postgresql  16.8                     workspace/manifests/billing.yaml\n"
        "  orders   aurora-postgresql  16.9 (dev), 16.8 (prod)  workspace/manifests/orders.yaml\n"
        "\n"
        "environments\n"
        "  dev   development  eu-west-1  111122223333  workspace/environments/dev.yaml\n"
        "  prod  production   eu-west-1  111122223333  workspace/environments/prod.yaml\n"
        "\n"
        "stacks\n"
        "  dev   billing, orders\n"
        "        s3://acme-state/auroraform/dev/terraform.tfstate\n"
        "        locked through the table locks\n"
        "  prod  orders\n"
        "        s3://acme-state/auroraform/prod/terraform.tfstate\n"
        "        locked through the table locks\n"
    )


@pytest.mark.parametrize(
    ("state", "class_", "shown"),
    [
        (
            "{backend: s3, bucket: b-c-d, keyPrefix: db, useLockfile: true}",
            "production",
            ["s3://b-c-d/db/prod/terraform.tfstate", "locked through an object beside it"],
        ),
        (
            "{backend: s3, bucket: b-c-d, dynamodbTable: locks, useLockfile: true}",
            "production",
            ["s3://b-c-d/auroraform/prod/terraform.tfstate", "locked through the table locks and an object beside it"],
        ),
        ("{backend: local}", "development", ["prod/terraform.tfstate beside the stack"]),
        ("{backend: cloud, organization: acme}", "production", ["app.terraform.io/acme/prod"]),
        (
            "{backend: cloud, organization: acme, tags: [db, prod]}",
            "production",
            ["app.terraform.io/acme, a workspace tagged db, prod"],
        ),
    ],
)
def test_where_the_state_is_and_what_locks_it(files: Files, state: str, class_: str, shown: list[str]) -> None:
    text = environment(class_=class_).replace("{backend: s3, bucket: acme-state, dynamodbTable: locks}", state)
    files.minimal(environments__prod=text)
    assert listed().partition("  prod  orders\n")[2] == "".join(f"        {line}\n" for line in shown)


def test_a_stack_of_its_own_for_each_cluster(files: Files) -> None:
    files.minimal(manifests__billing=manifest(name="billing"), environments__prod=environment(spec="stackPer: cluster"))
    stacks = json.loads(listed("--format", "json"))["stacks"]
    assert [(stack["name"], stack["clusters"]) for stack in stacks] == [
        ("prod-billing", ["billing"]),
        ("prod-orders", ["orders"]),
    ]


def test_programs_read_json(files: Files) -> None:
    files.minimal()
    assert json.loads(listed("--format", "json")) == {
        "manifests": [
            {
                "name": "orders",
                "file": "manifests/orders.yaml",
                "environments": {"prod": {"engine": "aurora-postgresql", "engineVersion": "16.8"}},
            }
        ],
        "environments": [
            {
                "name": "prod",
                "file": "environments/prod.yaml",
                "class": "production",
                "region": "eu-west-1",
                "accountId": "111122223333",
            }
        ],
        "stacks": [
            {
                "name": "prod",
                "environment": "prod",
                "clusters": ["orders"],
                "state": {
                    "backend": "s3",
                    "location": "s3://acme-state/auroraform/prod/terraform.tfstate",
                    "dynamodbTable": "locks",
                    "useLockfile": False,
                },
            }
        ],
    }


class TestErrors:
    def test_what_can_be_read_is_shown_beside_them(self, files: Files) -> None:
        two_of_each(files)
        files.write(
            manifests__orders=manifest("port: 1").replace("  engine: aurora-postgresql\n", ""),
            manifests__broken="a: [",
            environments__dev=environment("dev", "development").replace("eu-west-1", "nowhere"),
        )
        result = run()
        assert result.exit_code == 2
        codes = [part.partition("]")[0] for part in result.stderr.split("error[")[1:]]
        assert codes == ["AF102", "AF002", "AF101", "AF102"]
        assert result.stdout == (
            "manifests\n"
            "  billing  -  -     workspace/manifests/billing.yaml\n"
            "  orders   ?  16.8  workspace/manifests/orders.yaml\n"
            "\n"
            "environments\n"
            "  prod  production  eu-west-1  111122223333  workspace/environments/prod.yaml\n"
            "\n"
            "stacks\n"
            "  prod  orders\n"
            "        s3://acme-state/auroraform/prod/terraform.tfstate\n"
            "        locked through the table locks\n"
        )

    def test_nothing_to_list(self) -> None:
        result = run()
        assert (result.exit_code, result.stdout) == (2, "")
        assert "error[AF206]: there is no such folder" in result.stderr

    def test_an_environment_without_clusters(self, files: Files) -> None:
        two_of_each(files)
        files.write(manifests__orders=manifest(metadata="env: dev"))
        assert "  prod  no clusters\n" in listed()


class TestCostShape:
    def test_people_read_what_is_billed_by_environment(self, files: Files) -> None:
        files.minimal(
            manifests__orders=manifest("serverlessV2Scaling: {minCapacity: 0.5, maxCapacity: 4}"),
            environments__prod=environment("dev", "development"),
        )
        assert listed("--cost-shape") == (
            "dev  development, eu-west-1, 111122223333\n"
            "  orders\n"
            "    instances         db.serverless, 0.5 to 4 ACUs: 1 instance, 365 to 2,920 ACU hours a month\n"
            "    storage           Standard: 1 cluster; by GB, and by request of I/O\n"
            "    backups           1 day: 1 cluster; free of charge\n"
            "    extended support  Aurora PostgreSQL 16: 1 instance; by vCPU or ACU and hour, from 2029-03-01 on\n"
            "    secrets           password of the master user: 1 secret; and by request\n"
        )

    def test_environments_have_a_total(self, files: Files) -> None:
        two_of_each(files)
        text = listed("--cost-shape")
        dev, prod = text.split("\n\n")
        assert dev.partition("  in all\n")[2].splitlines()[0] == (
            "    instances         db.t4g.medium: 2 instances, 1,460 hours a month"
        )
        assert "  in all\n" not in prod

    def test_programs_read_json(self, files: Files) -> None:
        two_of_each(files)
        dev, prod = json.loads(listed("--cost-shape", "--format", "json"))["environments"]
        assert (dev["name"], dev["class"], dev["region"], dev["accountId"]) == (
            "dev",
            "development",
            "eu-west-1",
            "111122223333",
        )
        assert [cluster["clusterIdentifier"] for cluster in dev["clusters"]] == ["dev-billing", "dev-orders"]
        assert prod["shared"] == []
        assert dev["total"][0] == {
            "title": "instances",
            "subject": "db.t4g.medium",
            "amounts": [
                {"unit": "instances", "least": 2, "most": 2},
                {"unit": "hours a month", "least": 1460, "most": 1460},
            ],
            "note": "",
        }

    def test_what_has_errors_is_left_out(self, files: Files) -> None:
        two_of_each(files)
        files.write(manifests__orders=manifest("port: 1"))
        result = run("--cost-shape")
        assert result.exit_code == 2
        assert "error[AF102]" in result.stderr
        assert "  billing\n" in result.stdout
        assert "  orders\n" not in result.stdout
        assert "prod  production, eu-west-1, 111122223333\n  no clusters\n" in result.stdout
