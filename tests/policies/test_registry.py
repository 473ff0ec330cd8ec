"""Rules of an organisation: found where whoever runs the tool says so, and refused with the reason."""

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from auroraform.policies.check import Checker
from auroraform.policies.registry import BadRuleError, all_rules, built_in
from support.workspaces import Files

OWN: Final = """
from auroraform.policies.rule import ERROR, ClusterRule, Finding, Severities


def check(subject):
    if subject.name != "billing":
        yield Finding(("engine",), "is not the billing cluster")


RULE = ClusterRule(
    code="{code}", title="No billing", severity=Severities(ERROR, None, None), rationale="Ours.",
    looks_at="names", fix="rename it", check=check,
)
"""


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return folder


def test_a_rule_of_a_folder_is_held_like_ours(files: Files, tmp_path: Path) -> None:
    files.minimal()
    rules = all_rules(write(tmp_path, billing=OWN.format(code="ACME01"), _helper="raise SystemExit"))
    assert set(built_in()) < set(rules)
    outcome = Checker(files.root, (), tuple(rule for rule in rules if rule.code == "ACME01"), date(2026, 11, 24)).run()
    assert [one.problem.message for one in outcome.standing] == ["is not the billing cluster (orders in prod)"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OWN.format(code="AP301"), "the code AP301 is taken by another rule"),
        (OWN.format(code="AF102"), '"AF102" is no code for a rule'),
        (OWN.format(code="mine"), '"mine" is no code for a rule'),
        ("x = 1", "has neither RULE nor RULES"),
        ("RULES = [1]", "1 is no ClusterRule, EnvironmentRule or StackRule"),
        ("import nowhere_to_be_found", "cannot be loaded: ModuleNotFoundError"),
    ],
)
def test_what_cannot_be_used_is_told(text: str, expected: str, tmp_path: Path) -> None:
    with pytest.raises(BadRuleError, match=expected):
        all_rules(write(tmp_path, rule=text))


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadRuleError, match="is no folder"):
        all_rules(tmp_path / "none")


def test_a_workspace_cannot_bring_code(files: Files) -> None:
    files.minimal()
    for folder in ("", "policies", "rules", "manifests"):
        (files.root / folder).mkdir(exist_ok=True)
        write(files.root / folder, rule="raise AssertionError")
    assert all_rules() == built_in()
    assert Checker(files.root, (), all_rules(), date(2026, 11, 24)).run().workspace is not None
