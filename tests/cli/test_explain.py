"""`auroraform explain`: what it prints for people and for programs, and what it refuses."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result

from auroraform.commands.group import cli
from support.workspaces import Files, environment, manifest

ROOT: Final = Path(__file__).parents[2]
PROD: Final = environment(spec="overrides: {orders: {instances: {count: 3, instanceClass: db.r6g.xlarge}}}")
DEV: Final = environment("dev", "development")


def run(*arguments: str, color: bool = False) -> Result:
    arguments = ("-C", "workspace", "explain", *arguments)
    return CliRunner().invoke(cli, arguments, catch_exceptions=False, prog_name="auroraform", color=color)


def shown(*arguments: str) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def refused(*arguments: str) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


def table(*arguments: str) -> str:
    """The table of an explanation, without its head."""
    return shown(*arguments).partition("\n\n")[2]


HEAD: Final = """\
orders in prod: class production, stack prod
  workspace/manifests/orders.yaml
  workspace/environments/prod.yaml

"""


class TestText:
    def test_a_group_of_fields(self, files: Files) -> None:
        files.minimal(environments__prod=PROD)
        assert shown("orders", "instances", "--env", "prod") == HEAD + (
            "instances.count               3                   overrides  environments/prod.yaml:14\n"
            "                              over 2              class      <auroraform>/production.yaml:9\n"
            "instances.instanceClass       db.r6g.xlarge       overrides  environments/prod.yaml:14\n"
            "                              over db.r6g.large   class      <auroraform>/production.yaml:11\n"
            "instances.publiclyAccessible  false               base       <auroraform>/base.yaml:28\n"
            "instances.rolling             true                class      <auroraform>/production.yaml:13\n"
            "                              over false          base       <auroraform>/base.yaml:30\n"
            "instances.identifiers         - prod-orders-1     derived    environments/prod.yaml:14\n"
            "                              - prod-orders-2\n"
            "                              - prod-orders-3\n"
            "                              # from clusterIdentifier and instances.count\n"
            "instances.promotionTiers      {1: 0, 2: 1, 3: 1}  derived\n"
            "                              # one is preferred as the writer, the others are next to it\n"
            "instances.order               - 1                 derived    <auroraform>/production.yaml:13\n"
            "                              - 2\n"
            "                              - 3\n"
            "                              # by their tiers, one after the other, as instances.rolling says\n"
        )

    @pytest.mark.parametrize("path", ["instances.count", "spec.instances.count"])
    def test_one_field(self, files: Files, path: str) -> None:
        files.minimal(environments__prod=PROD)
        assert shown("orders", path) == HEAD + (
            "instances.count  3       overrides  environments/prod.yaml:14\n"
            "                 over 2  class      <auroraform>/production.yaml:9\n"
        )

    def test_an_element_of_a_list_shows_the_list_that_layers_replace(self, files: Files) -> None:
        files.minimal(manifests__orders=manifest("allowedCidrBlocks: [10.0.0.0/16, 10.1.0.0/16]"))
        assert table("orders", "spec.allowedCidrBlocks[1]") == (
            "allowedCidrBlocks  - 10.0.0.0/16  manifest  manifests/orders.yaml:8\n                   - 10.1.0.0/16\n"
        )

    def test_a_value_that_is_removed(self, files: Files) -> None:
        files.minimal(
            manifests__orders=manifest("databaseName: orders"),
            environments__prod=environment(spec="overrides: {orders: {databaseName: null}}"),
        )
        assert table("orders", "databaseName") == (
            "databaseName  (removed)    overrides  environments/prod.yaml:14\n"
            "              over orders  manifest   manifests/orders.yaml:8\n"
        )

    def test_a_removal_that_is_overridden(self, files: Files) -> None:
        files.minimal(
            manifests__orders=manifest("port: 6000"),
            environments__prod=environment(spec="overrides: {orders: {port: null}}"),
        )
        assert table("orders", "port") == (
            "port  5432       derived    manifests/orders.yaml:6\n"
            "      # the usual port of Aurora PostgreSQL\n"
            "      over null  overrides  environments/prod.yaml:14\n"
            "      over 6000  manifest   manifests/orders.yaml:8\n"
        )

    def test_capacity_that_lost(self, files: Files) -> None:
        files.minimal(
            manifests__orders=manifest("serverlessV2Scaling: {minCapacity: 0.5, maxCapacity: 8}"),
            environments__prod=PROD,
        )
        assert table("orders", "serverlessV2Scaling") == (
            "serverlessV2Scaling.minCapacity  (not used)  lost      environments/prod.yaml:14\n"
            "                                 # instances.instanceClass decides, as overrides is the later layer\n"
            "                                 over 0.5    manifest  manifests/orders.yaml:8\n"
            "serverlessV2Scaling.maxCapacity  (not used)  lost      environments/prod.yaml:14\n"
            "                                 # instances.instanceClass decides, as overrides is the later layer\n"
            "                                 over 8      manifest  manifests/orders.yaml:8\n"
        )

    def test_a_field_that_no_layer_speaks_of(self, files: Files) -> None:
        files.minimal()
        assert table("orders", "storageType") == "storageType  (not set)  absent  if absent: Standard\n"

    def test_a_value_that_is_too_long_for_its_column(self, files: Files) -> None:
        arn = "arn:aws:kms:eu-west-1:111122223333:key/a-very-long-name-of-a-key"
        files.minimal(manifests__orders=manifest(f"kmsKeyId: {arn}"))
        lines = table("orders").splitlines()
        at = next(number for number, line in enumerate(lines) if line.startswith("kmsKeyId"))
        assert [line.split() for line in lines[at : at + 2]] == [
            ["kmsKeyId", arn],
            ["manifest", "manifests/orders.yaml:8"],
        ]
        assert lines[at + 1].index("manifest") == lines[0].index("derived")

    def test_a_long_element_goes_on_below_whole_words_together(self, files: Files) -> None:
        long = "x-" * 20
        rows = ['{name: work_mem, value: "64"}', f"{{name: search_path, value: {long}, applyMethod: pending-reboot}}"]
        files.minimal(manifests__orders=manifest(f"slowQueries: {{enabled: false}}\nparameters: [{', '.join(rows)}]"))
        lines = table("orders", "spec.parameters").splitlines()
        assert [line.strip() for line in lines[1:3]] == [
            f"- {rows[1].partition(' applyMethod')[0]}",
            "applyMethod: pending-reboot}",
        ]

    def test_lines_fit_into_100_columns(self, files: Files) -> None:
        files.minimal(environments__prod=PROD)
        assert max(map(len, shown("orders").splitlines())) <= 100

    def test_colour_is_for_terminals(self, files: Files) -> None:
        files.minimal()
        assert "\x1b[" not in run("orders").stdout
        assert "\x1b[32mmanifest" in run("orders", color=True).stdout


def test_json_has_these_keys(files: Files) -> None:
    files.minimal(
        manifests__orders=manifest("port: 6000"),
        environments__prod=environment(spec="overrides: {orders: {port: null}}"),
    )
    assert json.loads(shown("orders", "port", "--format", "json")) == {
        "manifest": {"name": "orders", "file": "manifests/orders.yaml"},
        "environment": {"name": "prod", "class": "production", "file": "environments/prod.yaml"},
        "stack": "prod",
        "reason": None,
        "values": [
            {
                "path": "port",
                "value": 5432,
                "state": "derived",
                "layer": None,
                "file": "manifests/orders.yaml",
                "line": 6,
                "reason": "the usual port of Aurora PostgreSQL",
                "overrode": [
                    {"value": 6000, "layer": "manifest", "file": "manifests/orders.yaml", "line": 8},
                    {"value": None, "layer": "overrides", "file": "environments/prod.yaml", "line": 14},
                ],
            }
        ],
    }


class TestAddress:
    def test_what_made_it_in_each_environment(self, files: Files) -> None:
        files.minimal(environments__prod=PROD, environments__dev=DEV)
        assert shown("aws_rds_cluster_instance.orders_1") == (
            "aws_rds_cluster_instance.orders_1: one for each of instances.members, or as many as instances.count\n"
            "\n"
            "orders in dev: class development, stack dev\n"
            "  workspace/manifests/orders.yaml\n"
            "  workspace/environments/dev.yaml\n"
            "\n"
            "instances.count  1  class  <auroraform>/development.yaml:9\n"
            "\n" + HEAD + "instances.count  3       overrides  environments/prod.yaml:14\n"
            "                 over 2  class      <auroraform>/production.yaml:9\n"
        )

    def test_what_made_it_in_one_environment(self, files: Files) -> None:
        files.minimal(environments__prod=PROD, environments__dev=DEV)
        found = shown("aws_rds_cluster_instance.orders_1", "--env", "dev")
        assert ("orders in dev" in found, "orders in prod" in found) == (True, False)

    def test_as_json(self, files: Files) -> None:
        files.minimal()
        found: dict[str, Any] = json.loads(shown("aws_cloudwatch_log_group.orders_postgresql", "--format", "json"))
        assert found["address"] == "aws_cloudwatch_log_group.orders_postgresql"
        (made,) = found["madeBy"]
        assert made["manifest"] == {"name": "orders", "file": "manifests/orders.yaml"}
        assert made["reason"] == "one for each element of enabledCloudwatchLogsExports"
        assert [(value["path"], value["value"]) for value in made["values"]] == [
            ("enabledCloudwatchLogsExports[0]", "postgresql")
        ]

    def test_what_the_environment_looks_up_has_no_manifest(self, files: Files) -> None:
        files.minimal(environments__prod=environment().replace("vpcId: vpc-0a", "vpcTags: {Name: shop}"))
        assert shown("data.aws_vpc.network") == (
            "data.aws_vpc.network: looked up for the network of the environment\n"
            "\n"
            "prod: class production, stack prod\n"
            "  workspace/environments/prod.yaml\n"
            "\n"
            "network.vpcTags  {Name: shop}  environment  environments/prod.yaml:11\n"
        )
        assert json.loads(shown("data.aws_vpc.network", "--format", "json"))["madeBy"][0]["manifest"] is None

    def test_an_unknown_one(self, files: Files) -> None:
        files.minimal()
        assert refused("aws_rds_cluster_instance.ordrs_1") == (
            "workspace/manifests: error[AF208]: nothing makes the address aws_rds_cluster_instance.ordrs_1\n"
            "  help: did you mean aws_rds_cluster_instance.orders_1?\n"
            "\n"
            "1 error\n"
        )
        assert "  help: an address is a type and a label, such as aws_rds_cluster.orders\n" in refused("x.y")

    def test_one_of_another_environment(self, files: Files) -> None:
        files.minimal(environments__dev=DEV)
        assert refused("aws_rds_cluster_instance.orders_2", "--env", "dev") == (
            "workspace/manifests: error[AF208]: nothing in dev makes the address aws_rds_cluster_instance.orders_2\n"
            "  help: it is in prod\n"
            "\n"
            "1 error\n"
        )

    def test_errors_elsewhere_do_not_hide_it_but_are_told(self, files: Files) -> None:
        files.minimal(manifests__billing=manifest("port: 1", name="billing"))
        result = run("aws_rds_cluster.orders")
        assert (result.exit_code, result.stderr) == (
            0,
            "the workspace has errors, which may hide more of this address: see auroraform validate\n",
        )
        assert "metadata.name  orders  manifest  manifests/orders.yaml:4\n" in result.stdout

    def test_errors_are_shown_where_they_may_be_why_it_is_unknown(self, files: Files) -> None:
        files.minimal(manifests__billing=manifest("port: 1", name="billing"))
        assert "error[AF102]: spec.port" in refused("aws_rds_cluster.billing")

    def test_it_has_no_path(self, files: Files) -> None:
        files.minimal()
        assert refused("aws_rds_cluster.orders", "port").splitlines()[-1] == (
            "Error: aws_rds_cluster.orders is an address, and an address has no PATH"
        )

    def test_an_unknown_environment(self, files: Files) -> None:
        files.minimal()
        assert 'error[AF203]: there is no environment "prd"\n  help: did you mean prod?' in refused(
            "aws_rds_cluster.orders", "--env", "prd"
        )


class TestChoice:
    def test_an_unknown_manifest(self, files: Files) -> None:
        files.minimal()
        assert refused("ordesr") == (
            'workspace/manifests: error[AF205]: there is no manifest of the name "ordesr"\n'
            "  help: did you mean orders?\n"
            "\n"
            "1 error\n"
        )
        assert "  help: the manifests are orders\n" in refused("xyz")

    def test_an_unknown_manifest_beside_a_file_that_cannot_be_read(self, files: Files) -> None:
        files.minimal(manifests__billing="a: [")
        said = refused("billing")
        assert "workspace/manifests/billing.yaml:2:1: error[AF002]" in said
        assert 'error[AF205]: there is no manifest of the name "billing"' in said

    def test_an_unknown_environment(self, files: Files) -> None:
        files.minimal()
        assert refused("orders", "--env", "prd") == (
            'workspace/environments: error[AF203]: there is no environment "prd"\n'
            "  help: did you mean prod?\n"
            "\n"
            "1 error\n"
        )

    @pytest.mark.parametrize(
        ("metadata", "path", "place"),
        [
            ("env: prod", "metadata.env", "5:8"),
            ("annotations: {auroraform/environments: prod}", "metadata.annotations.auroraform/environments", "5:42"),
        ],
    )
    def test_an_environment_that_the_manifest_is_not_for(
        self, files: Files, metadata: str, path: str, place: str
    ) -> None:
        files.minimal(environments__dev=DEV, manifests__orders=manifest(metadata=metadata))
        said = refused("orders", "--env", "dev")
        assert said.startswith(
            f"workspace/manifests/orders.yaml:{place}: error[AF203]: {path}: orders is not for the environment dev\n"
        )
        assert "  help: it is for prod\n" in said

    def test_the_only_environment_of_the_manifest_needs_no_name(self, files: Files) -> None:
        files.minimal(environments__dev=DEV, manifests__orders=manifest(metadata="env: dev"))
        assert shown("orders").startswith("orders in dev: ")

    def test_one_of_several_environments_must_be_named(self, files: Files) -> None:
        files.minimal(environments__dev=DEV)
        assert refused("orders") == (
            "workspace/manifests/orders.yaml:4:9: error[AF203]: orders is for several environments: dev, prod\n"
            "  4 |   name: orders\n"
            "    |         ^^^^^^\n"
            "  help: name one of them with --env\n"
            "\n"
            "1 error\n"
        )

    def test_an_environment_with_errors_may_be_meant_too(self, files: Files) -> None:
        files.minimal(environments__dev=DEV.replace("eu-west-1", "nowhere"))
        assert "orders is for several environments: dev, prod" in refused("orders")

    def test_an_unknown_path(self, files: Files) -> None:
        files.minimal()
        assert refused("orders", "spec.instnces.count") == (
            "workspace/manifests/orders.yaml: error[AF100]: spec.instnces.count: is not a field\n"
            "  help: did you mean instances.count?\n"
            "\n"
            "1 error\n"
        )
        assert "  help: see all fields with: auroraform explain orders --env prod\n" in refused("orders", "xxxxxxxxxx")

    def test_no_workspace(self) -> None:
        assert "error[AF206]: there is no such folder" in refused("orders")


class TestProblems:
    @pytest.mark.parametrize(
        "other",
        [
            {"manifests__billing": manifest("port: 1", name="billing")},
            {"manifests__billing": "a: ["},
            {"environments__dev": DEV.replace("eu-west-1", "nowhere")},
            {"manifests__orders": manifest() + "---\n" + manifest("port: 1", name="billing")},
        ],
        ids=["a manifest", "a file", "an environment", "another document of the same file"],
    )
    def test_those_of_others_are_in_nobodys_way(self, files: Files, other: dict[str, str]) -> None:
        files.minimal(**other)
        assert table("orders", "engine", "--env", "prod") == (
            "engine  aurora-postgresql  manifest  manifests/orders.yaml:6\n"
        )

    def test_those_of_the_manifest_are_shown_beside_what_the_layers_say(self, files: Files) -> None:
        files.minimal(manifests__orders=manifest("backupRetentionPeriod: 99"))
        result = run("orders", "backupRetentionPeriod")
        assert result.exit_code == 2
        assert "workspace/manifests/orders.yaml:8:26: error[AF102]: spec.backupRetentionPeriod: " in result.stderr
        assert result.stdout == HEAD + (
            "backupRetentionPeriod  99       manifest  manifests/orders.yaml:8\n"
            "                       over 14  class     <auroraform>/production.yaml:15\n"
        )

    def test_those_of_one_environment_do_not_show_in_another(self, files: Files) -> None:
        files.minimal(manifests__orders=manifest("storageEncrypted: false"), environments__dev=DEV)
        assert run("orders", "--env", "dev").exit_code == 0
        assert "error[AF109]" in run("orders", "--env", "prod").stderr

    def test_those_of_the_environment_are_shown(self, files: Files) -> None:
        files.minimal(environments__prod=environment().replace("eu-west-1", "nowhere"))
        assert "workspace/environments/prod.yaml:7:11: error[AF102]: spec.region" in refused("orders", "--env", "prod")

    def test_a_namesake_is_one(self, files: Files) -> None:
        files.minimal(manifests__other=manifest())
        result = run("orders", "engine")
        assert result.exit_code == 2
        assert "error[AF204]" in result.stderr

    def test_a_warning_stops_nothing(self, files: Files) -> None:
        files.minimal(manifests__orders=manifest().replace('"16.8"', "16.10"))
        result = run("orders", "engineVersion")
        assert result.exit_code == 0
        assert "warning[AF108]" in result.stderr
        assert "engineVersion  16.10  manifest" in result.stdout


@pytest.mark.parametrize("arguments", [["explain", "orders", "--env", "prod"], ["explain", "a.b"], ["list"]])
def test_neither_cdktf_nor_node_is_started(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom auroraform.commands.main import main\n"
        f"try: main({['-C', str(ROOT / 'examples' / 'shop'), *arguments]})\nexcept SystemExit: pass\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in {'cdktf', 'jsii', 'constructs'}))"
    )
    call = [sys.executable, "-c", code]
    done = subprocess.run(call, env=os.environ, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_document_shows_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / "docs" / "explain.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n\$ auroraform (.*)\n((?:.*\n)*?)```", text)
    assert len(blocks) == 4
    for call, output in blocks:
        assert CliRunner().invoke(cli, call.split(), prog_name="auroraform").stdout == output
