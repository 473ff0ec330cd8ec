import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.terraform import Plan, Stack, TerraformError, child_environment, require_tool, validate_many
from support.terraform_discovery import Machine, Plugins, Tool, ToolError, discover, find_plugins, find_tool

TERRAFORM = "registry.terraform.io"
OPENTOFU = "registry.opentofu.org"
PLATFORM = "linux_amd64"


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def program(path: Path, script: str = "") -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def mirror(folder: Path, registry: str = TERRAFORM, platform: str = PLATFORM) -> Path:
    (folder / registry / "hashicorp/aws/5.100.0" / platform).mkdir(parents=True)
    return folder


def machine(tmp_path: Path, env: Mapping[str, str] | None = None, roots: tuple[Path, ...] = ()) -> Machine:
    path = {"PATH": str(tmp_path / "bin")}
    return Machine(path | dict(env or {}), tmp_path / "home", roots, data_folders=(), platform=PLATFORM)


class TestTool:
    def test_prefers_opentofu(self, tmp_path: Path, bin_folder: Path) -> None:
        program(bin_folder / "terraform")
        tofu = program(bin_folder / "tofu")
        assert find_tool(machine(tmp_path)) == tofu

    def test_prefers_the_tool_that_has_a_local_provider(self, tmp_path: Path, bin_folder: Path) -> None:
        terraform = program(bin_folder / "terraform")
        program(bin_folder / "tofu")
        root = mirror(tmp_path / "mirror")
        assert find_tool(machine(tmp_path, roots=(root,))) == terraform

    def test_named_tool_wins(self, tmp_path: Path, bin_folder: Path) -> None:
        program(bin_folder / "tofu")
        named = program(tmp_path / "my-terraform")
        assert find_tool(machine(tmp_path, {"AURORAFORM_TERRAFORM": str(named)})) == named

    def test_named_tool_that_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(ToolError, match="missing is not a program"):
            discover(machine(tmp_path, {"AURORAFORM_TERRAFORM": str(tmp_path / "missing")}))

    def test_skips_without_one(self, tmp_path: Path) -> None:
        with pytest.raises(pytest.skip.Exception, match="needs `tofu` or `terraform`"):
            require_tool(machine(tmp_path))

    def test_fails_without_one_under_ci(self, tmp_path: Path) -> None:
        with pytest.raises(pytest.fail.Exception, match="needs `tofu` or `terraform`"):
            require_tool(machine(tmp_path, {"CI": "true"}))


class TestPlugins:
    def test_existing_cli_configuration_decides_alone(self, tmp_path: Path) -> None:
        config = tmp_path / "terraformrc"
        config.touch()
        env = {"TF_CLI_CONFIG_FILE": str(config), "TF_PLUGIN_DIR": str(mirror(tmp_path / "named"))}
        expected = Plugins(environment={"TF_CLI_CONFIG_FILE": str(config)}, local=True)
        assert find_plugins(machine(tmp_path, env), TERRAFORM) == expected

    def test_missing_cli_configuration_is_left_out(self, tmp_path: Path) -> None:
        env = {"TF_CLI_CONFIG_FILE": str(tmp_path / "missing")}
        assert find_plugins(machine(tmp_path, env), TERRAFORM) == Plugins()

    def test_named_folder_before_an_implied_one(self, tmp_path: Path) -> None:
        named = mirror(tmp_path / "named")
        mirror(tmp_path / "home/.terraform.d/plugins")
        plugins = find_plugins(machine(tmp_path, {"TF_PLUGIN_DIR": str(named)}), TERRAFORM)
        assert plugins.init_arguments == (f"-plugin-dir={named}",)

    @pytest.mark.parametrize("folder", [".terraform.d/plugins", ".local/share/terraform/plugins"])
    def test_implied_folder_needs_no_argument(self, tmp_path: Path, folder: str) -> None:
        mirror(tmp_path / "home" / folder)
        assert find_plugins(machine(tmp_path), TERRAFORM) == Plugins(local=True)

    def test_implied_folder_follows_xdg(self, tmp_path: Path) -> None:
        mirror(tmp_path / "data/terraform/plugins")
        env = {"XDG_DATA_HOME": str(tmp_path / "data")}
        assert find_plugins(machine(tmp_path, env), TERRAFORM) == Plugins(local=True)

    @pytest.mark.parametrize("folder", ["root", "root/a", "root/a/b/c", "home/.cache/providers"])
    def test_found_by_search(self, tmp_path: Path, folder: str) -> None:
        found = mirror(tmp_path / folder)
        plugins = find_plugins(machine(tmp_path, roots=(tmp_path / "root",)), TERRAFORM)
        assert plugins == Plugins(init_arguments=(f"-plugin-dir={found}",), local=True)

    def test_search_is_bounded(self, tmp_path: Path) -> None:
        mirror(tmp_path / "root/a/b/c/d")
        assert find_plugins(machine(tmp_path, roots=(tmp_path / "root",)), TERRAFORM) == Plugins()

    def test_search_survives_a_loop(self, tmp_path: Path) -> None:
        (tmp_path / "root").mkdir()
        (tmp_path / "root/loop").symlink_to(tmp_path / "root")
        assert find_plugins(machine(tmp_path, roots=(tmp_path / "root",)), TERRAFORM) == Plugins()

    def test_packed_provider_counts(self, tmp_path: Path) -> None:
        provider = tmp_path / "root" / TERRAFORM / "hashicorp/aws"
        provider.mkdir(parents=True)
        (provider / f"terraform-provider-aws_5.100.0_{PLATFORM}.zip").touch()
        assert find_plugins(machine(tmp_path, roots=(tmp_path / "root",)), TERRAFORM).local

    def test_provider_for_another_platform_does_not_count(self, tmp_path: Path) -> None:
        root = mirror(tmp_path / "root", platform="plan9_arm")
        assert find_plugins(machine(tmp_path, roots=(root,)), TERRAFORM) == Plugins()

    def test_opentofu_reads_its_own_registry(self, tmp_path: Path) -> None:
        mirror(tmp_path / "root/terraform")
        found = mirror(tmp_path / "root/tofu", OPENTOFU)
        plugins = find_plugins(machine(tmp_path, roots=(tmp_path / "root",)), OPENTOFU)
        assert plugins.init_arguments == (f"-plugin-dir={found}",)

    def test_cache_is_kept_where_the_registry_is_used(self, tmp_path: Path) -> None:
        env = {"TF_PLUGIN_CACHE_DIR": "/cache"}
        assert find_plugins(machine(tmp_path, env), TERRAFORM) == Plugins(environment=env)


def test_child_environment_leaves_the_account_behind(tmp_path: Path) -> None:
    caller = {"PATH": "/bin", "AWS_PROFILE": "production", "TF_VAR_size": "9", "TF_CLI_ARGS": "-lock=false"}
    environment = child_environment(caller, tmp_path / "empty")
    assert environment == {
        "PATH": "/bin",
        "AWS_CONFIG_FILE": str(tmp_path / "empty"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "empty"),
        "AWS_EC2_METADATA_DISABLED": "true",
        "CHECKPOINT_DISABLE": "1",
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
    }


class TestStack:
    """Against a shell script in place of Terraform: what is passed on, and how the answer is read."""

    def stack(self, tmp_path: Path, script: str) -> Stack:
        source = tmp_path / "source"
        source.mkdir()
        (source / "cdk.tf.json").write_text("{}", encoding="utf-8")
        (source / "terraform.tfstate").write_text("{}", encoding="utf-8")
        tool = Tool(program(tmp_path / "terraform", script), Plugins(init_arguments=("-plugin-dir=/mirror",)))
        return Stack.copy(source, tmp_path / "work", tool)

    def test_copy_replaces_the_backend_and_leaves_state_behind(self, tmp_path: Path) -> None:
        folder = self.stack(tmp_path, "").folder
        override = json.loads((folder / "backend_override.tf.json").read_text(encoding="utf-8"))
        assert override == {"terraform": {"backend": {"local": {}}}}
        assert not (folder / "terraform.tfstate").exists()

    def test_init_uses_the_mirror(self, tmp_path: Path) -> None:
        stack = self.stack(tmp_path, 'echo "$@" > arguments')
        stack.init(backend=False)
        arguments = (stack.folder / "arguments").read_text(encoding="utf-8").split()
        assert arguments == ["init", "-input=false", "-no-color", "-backend=false", "-plugin-dir=/mirror"]

    def test_failure_shows_command_code_and_output(self, tmp_path: Path) -> None:
        stack = self.stack(tmp_path, "echo to stdout; echo to stderr >&2; exit 3")
        with pytest.raises(TerraformError, match=r"terraform apply (.|\n)*exit code 3\nto stdout\nto stderr"):
            stack.apply()

    @pytest.mark.parametrize(("code", "changed"), [(0, False), (2, True)])
    def test_plan_reads_the_exit_code(self, tmp_path: Path, code: int, *, changed: bool) -> None:
        assert self.stack(tmp_path, f"exit {code}").plan().changed is changed

    def test_show_gives_typed_changes(self, tmp_path: Path) -> None:
        change = {"actions": ["create"], "before": None, "after": {"engine": "aurora-mysql"}}
        resource = {"mode": "managed", "type": "aws_rds_cluster", "name": "orders", "change": change}
        plan = {"resource_changes": [{"address": "aws_rds_cluster.orders", **resource}]}
        stack = self.stack(tmp_path, f"echo '{json.dumps(plan)}'")
        document = stack.show(Plan(changed=True, file=stack.folder / "plan"))
        assert document.actions() == {"aws_rds_cluster.orders": ("create",)}
        assert document.after("aws_rds_cluster.orders") == {"engine": "aurora-mysql"}
        with pytest.raises(KeyError, match=r"aws_rds_cluster\.other is not in the plan"):
            document.after("aws_rds_cluster.other")

    def test_validate_answers_with_diagnostics(self, tmp_path: Path) -> None:
        place = {"filename": "cdk.tf.json", "start": {"line": 3, "column": 5, "byte": 40}}
        diagnostic = {"severity": "error", "summary": "Unsupported argument", "detail": "No.", "range": place}
        answer = json.dumps({"format_version": "1.0", "valid": False, "diagnostics": [diagnostic]})
        validation = self.stack(tmp_path, f"echo '{answer}'; exit 1").validate()
        assert not validation.valid
        assert [str(d) for d in validation.diagnostics] == ["cdk.tf.json:3: error: Unsupported argument\n  No."]


def test_validate_many_judges_alone_what_the_joint_answer_names(tmp_path: Path) -> None:
    """The script finds fault with every file that says so, wherever it is."""
    script = """
    [ "$1" = validate ] || exit 0
    bad=$(grep -l wrong */cdk.tf.json cdk.tf.json 2>/dev/null | head -n 1)
    [ -z "$bad" ] && echo '{"valid": true}' && exit 0
    echo '{"valid": false, "diagnostics": [{"severity": "error", "summary": "Bad",'
    echo "\\"range\\": {\\"filename\\": \\"$bad\\", \\"start\\": {\\"line\\": 1, \\"column\\": 1}}}]}"
    exit 1
    """
    tool = Tool(program(tmp_path / "terraform", script), Plugins())
    contents = {"a": "fine", "b": "wrong", "c": "fine", "d": "wrong", "e": "fine"}
    for name, content in contents.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "cdk.tf.json").write_text(content, encoding="utf-8")
    answers = validate_many([tmp_path / name for name in contents], tmp_path / "work", tool)
    assert {source.name: answer.valid for source, answer in answers.items()} == {
        name: content == "fine" for name, content in contents.items()
    }
