"""A scaffolded repository works with the installed wheel, away from this checkout, by either command."""

from pathlib import Path

import pytest

from support.packaging import Installation
from support.processes import cdktf, run, tree
from support.terraform import Stack
from support.terraform_discovery import Tool

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]

VALID = "1 cluster in 3 environments: valid\n"


@pytest.fixture(scope="module")
def repository(installed: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new repository, with its stacks synthesized."""
    folder = tmp_path_factory.mktemp("elsewhere")
    installed.run("auroraform", "init", "infra", folder=folder)
    assert installed.run("auroraform", "validate", folder=folder / "infra").stdout == VALID
    installed.run("auroraform", "synth", folder=folder / "infra")
    return folder / "infra"


def test_it_has_a_stack_for_each_environment_and_nothing_that_was_not_asked_for(repository: Path) -> None:
    assert list(tree(repository)) == [
        ".github/workflows/auroraform.yaml",
        ".gitignore",
        "README.md",
        "cdktf.json",
        "cdktf.out/manifest.json",
        "cdktf.out/stacks/dev/cdk.tf.json",
        "cdktf.out/stacks/prod/cdk.tf.json",
        "cdktf.out/stacks/staging/cdk.tf.json",
        "environments/dev.yaml",
        "environments/prod.yaml",
        "environments/staging.yaml",
        "manifests/app.yaml",
        "requirements.txt",
    ]


@pytest.mark.node
def test_cdktf_writes_the_same_bytes(repository: Path, installed: Installation, tmp_path: Path) -> None:
    installed.run("auroraform", "init", ".", folder=tmp_path)
    installed.run(*cdktf(), "synth", folder=tmp_path)
    assert tree(tmp_path) == tree(repository)


@pytest.mark.terraform
def test_the_production_stack_is_valid_terraform(repository: Path, tmp_path: Path, terraform: Tool) -> None:
    stack = Stack.copy(repository / "cdktf.out/stacks/prod", tmp_path / "prod", terraform, local_state=False)
    stack.init(backend=False)
    validation = stack.validate()
    assert (validation.valid, [str(d) for d in validation.diagnostics]) == (True, [])


def test_only_init_loads_jinja() -> None:
    code = (
        "import sys; from auroraform.commands.main import main\n"
        "try: main(['validate'])\n"
        "except SystemExit: pass\n"
        "print('jinja2' in sys.modules)"
    )
    assert run("python", "-c", code).stdout.splitlines()[-1] == "False"
