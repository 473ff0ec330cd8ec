"""Run checkov once over many stacks, without a network and without the caller's settings."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from auroraform.stacks.layout import STACK_FILE, canonical
from support.processes import ROOT

CHECKOV: Final = ROOT / ".cache" / "checkov" / "bin" / "checkov"
POLICY_INDEX: Final = "https://www.checkov.io/5.Policy%20Index/terraform.html"

Stack = Mapping[str, Any]

# All that it has rules for. It fails on a stack with `import` blocks or `terraform.required_version`, and then ends
# well, having seen nothing of it (github.com/bridgecrewio/checkov/issues/7454).
_SECTIONS: Final = ("data", "provider", "resource")
# The lines of canonical JSON that begin a section, a type and a resource.
_LABEL: Final = re.compile(r'((?:  ){1,3})("(?:[^"\\]|\\.)*"): ')
_NOBODY_LISTENS: Final = "http://127.0.0.1:9"
_PROXIES: Final = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOBODY_LISTENS)


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that a resource fails."""

    check: str
    title: str
    stack: str
    address: str
    guideline: str = POLICY_INDEX
    """Where it is explained; checkov has the exact page from its platform only."""

    def __str__(self) -> str:
        return f"{self.stack}: {self.address}: {self.check}: {self.title} ({self.guideline})"


@dataclass(frozen=True, slots=True)
class Report:
    """What checkov says of stacks.

    Attributes:
        passed: of each stack the checks that something in it passes.
        unread: stacks that checkov could not parse.
    """

    findings: tuple[Finding, ...]
    passed: Mapping[str, frozenset[str]]
    unread: tuple[str, ...] = ()


def scan(stacks: Mapping[str, Stack], work: Path, checkov: Path = CHECKOV) -> Report:
    """Judge stacks, all in one run.

    Args:
        stacks: by names that are paths, such as `shop/prod`.
        work: an empty folder.
        checkov: the command.
    """
    if not checkov.is_file():
        pytest.fail("run `make test`, which installs checkov first, or `make .cache/checkov/.installed`", pytrace=False)
    source = work / "stacks"
    texts = {name: canonical({key: stack[key] for key in _SECTIONS if key in stack}) for name, stack in stacks.items()}
    for name, text in texts.items():
        (source / name).mkdir(parents=True)
        (source / name / STACK_FILE).write_text(text, encoding="utf-8")
    return _report(_run(checkov, source, work), {name: _addresses(text) for name, text in texts.items()})


def _run(checkov: Path, source: Path, work: Path) -> dict[str, Any]:
    # A home of its own: it reads settings from there, from the working folder and from variables.
    home = work / "home"
    home.mkdir()
    command = [str(checkov), "--directory", ".", "--framework", "terraform_json", "--skip-download", "--output", "json"]
    completed = subprocess.run(
        [*command, "--download-external-modules", "false", "--compact"],
        cwd=source,
        env={"PATH": os.environ["PATH"], "HOME": str(home), **_PROXIES},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    said = f":\n{completed.stdout}\n{completed.stderr}"
    # 1 is for findings. What it cannot read stands in its report, and does not change how it ends.
    if completed.returncode not in {0, 1}:
        pytest.fail(f"checkov ended with {completed.returncode}{said}", pytrace=False)
    try:
        document: dict[str, Any] = json.loads(completed.stdout)
    except ValueError:
        pytest.fail(f"checkov printed no JSON{said}", pytrace=False)
    # Where it found no file at all, it prints a summary only.
    if "results" not in document:
        pytest.fail(f"checkov has seen no stack{said}", pytrace=False)
    return document


def _report(document: Mapping[str, Any], addresses: Mapping[str, Mapping[int, str]]) -> Report:
    results = document["results"]
    passed: dict[str, set[str]] = {name: set() for name in addresses}
    for record in results["passed_checks"]:
        passed[_stack(record)].add(record["check_id"])
    return Report(
        findings=tuple(sorted((_finding(one, addresses) for one in results["failed_checks"]), key=str)),
        passed={name: frozenset(checks) for name, checks in passed.items()},
        unread=tuple(sorted(results["parsing_errors"])),
    )


def _finding(record: Mapping[str, Any], addresses: Mapping[str, Mapping[int, str]]) -> Finding:
    stack = _stack(record)
    # The report names most resources without their type, but knows the line.
    line = record["file_line_range"][0]
    address = addresses[stack][max(number for number in addresses[stack] if number <= line)]
    guideline = record["guideline"] or POLICY_INDEX
    return Finding(record["check_id"], record["check_name"], stack, address, guideline)


def _stack(record: Mapping[str, Any]) -> str:
    path: str = record["file_path"]
    return path.removeprefix("/").removesuffix(f"/{STACK_FILE}")


def _addresses(text: str) -> dict[int, str]:
    """The address of what begins at each line of canonical JSON that begins something."""
    found: dict[int, str] = {}
    path: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if label := _LABEL.match(line):
            path = [*path[: len(label[1]) // 2 - 1], json.loads(label[2])]
            found[number] = ".".join(path).removeprefix("resource.")
    return found
