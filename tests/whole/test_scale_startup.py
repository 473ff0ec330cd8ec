"""What a command loads before it can answer: counted, because time cannot be asserted."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from support.processes import ROOT, run

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


UNCHANGED: Final = HEAVY | {"auroraform.schemas.manifest", "pydantic", "yaml"}


def loaded(*command: str, cache: str = "") -> set[str]:
    """The packages that a command loads; it starts no process."""
    variables: dict[str, Any] = {"AURORAFORM_CACHE_DIR": cache} if cache else {}
    counted = json.loads(run("python", "-c", COUNTED, *command, **variables).stdout.splitlines()[-1])
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


def test_a_run_without_changes_loads_no_model_and_parses_no_manifest(tmp_path: Path) -> None:
    synth = ("-C", str(ROOT / "examples" / "shop"), "synth", "-o", str(tmp_path / "out"))
    cache = str(tmp_path / "cache")
    run("auroraform", *synth, AURORAFORM_CACHE_DIR=cache)

    modules = loaded(*synth, cache=cache)

    assert "auroraform.stacks.receipts" in modules
    assert modules.isdisjoint(UNCHANGED)
