"""What a command loads before it can answer: counted, because time cannot be asserted."""

import json
from typing import Final

import pytest

from support.processes import run

COUNTED: Final = """
import json, sys
processes = []
sys.addaudithook(lambda event, arguments: processes.append(event) if event == "subprocess.Popen" else None)
before = set(sys.modules)
from auroraform.commands.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print()
print(json.dumps({"processes": processes, "modules": sorted(set(sys.modules) - before)}))
"""
HEAVY: Final = frozenset({"cdktf", "cdktf_cdktf_provider_aws", "constructs", "jinja2", "jsii", "typeguard"})


def loaded(*command: str) -> set[str]:
    """The packages that a command loads; it starts no process."""
    counted = json.loads(run("python", "-c", COUNTED, *command).stdout.splitlines()[-1])
    assert counted["processes"] == []
    return {name.split(".")[0] for name in counted["modules"]} | set(counted["modules"])


def test_help_loads_click_and_nothing_of_what_the_commands_need() -> None:
    modules = loaded("--help")
    assert "click" in modules
    assert modules.isdisjoint(HEAVY | {"importlib.metadata", "platformdirs", "pydantic", "yaml"})
    assert {name for name in modules if name.startswith("auroraform.")} == {
        "auroraform.commands",
        "auroraform.commands.group",
        "auroraform.commands.main",
        "auroraform.commands.settings",
    }


def test_the_sandbox_is_loaded_when_it_is_called() -> None:
    modules = loaded("sandbox", "try", "--help")
    assert "auroraform.commands.sandbox" in modules
    assert modules.isdisjoint(HEAVY | {"auroraform.sandbox", "boto3", "botocore", "flask", "moto"})


@pytest.mark.parametrize("command", ["validate", "list", "explain orders --env prod", "schema"])
def test_a_command_that_synthesizes_nothing_never_loads_cdktf(command: str) -> None:
    modules = loaded(*command.split())
    assert "auroraform.commands.main" in modules
    assert modules.isdisjoint(HEAVY)
