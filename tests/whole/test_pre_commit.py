"""The hooks that .pre-commit-hooks.yaml offers to other repositories are commands of ours, on the right files."""

import re
import shlex
from typing import Final, TypedDict

import click
import pytest
import yaml

from auroraform.commands.group import cli
from support.processes import ROOT


class Hook(TypedDict):
    id: str
    name: str
    description: str
    entry: str
    language: str
    files: str
    pass_filenames: bool


HOOKS: Final[dict[str, Hook]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
}


def test_there_are_two_for_the_inputs_and_one_for_the_output() -> None:
    assert {name: hook["entry"] for name, hook in HOOKS.items()} == {
        "auroraform-validate": "auroraform validate",
        "auroraform-check": "auroraform check",
        "auroraform-synth": "auroraform synth --check",
    }


@pytest.mark.parametrize("name", HOOKS)
def test_its_entry_is_a_command_of_ours(name: str) -> None:
    program, command, *options = shlex.split(HOOKS[name]["entry"])
    with click.Context(cli) as context:
        found = cli.get_command(context, command)
    assert program == "auroraform"
    assert found is not None
    assert {spelling for parameter in found.params for spelling in parameter.opts}.issuperset(options)


@pytest.mark.parametrize("name", HOOKS)
def test_it_is_installed_from_this_repository_and_gets_no_file_names(name: str) -> None:
    assert (HOOKS[name]["language"], HOOKS[name]["pass_filenames"]) == ("python", False)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("manifests/orders.yaml", ["auroraform-validate", "auroraform-check", "auroraform-synth"]),
        ("manifests/shop/orders.yml", ["auroraform-validate", "auroraform-check", "auroraform-synth"]),
        ("infra/environments/prod.json", ["auroraform-validate", "auroraform-check", "auroraform-synth"]),
        ("policies.yaml", ["auroraform-check"]),
        ("cdktf.json", ["auroraform-synth"]),
        ("cdktf.out/stacks/prod/cdk.tf.json", ["auroraform-synth"]),
        ("cdktf.out/manifest.json", ["auroraform-synth"]),
        ("manifests/README.md", []),
        ("my-manifests/orders.yaml", []),
        ("README.md", []),
    ],
)
def test_a_file_wakes_the_hooks_that_it_matters_to(path: str, expected: list[str]) -> None:
    assert [name for name, hook in HOOKS.items() if re.search(hook["files"], path)] == expected
