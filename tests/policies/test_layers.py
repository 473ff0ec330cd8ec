"""What we ship is held to our own rules: the class layers and the examples are clean, or say why they are not."""

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from auroraform.policies.check import Checker, Outcome
from auroraform.policies.registry import built_in
from support.processes import ROOT
from support.workspaces import Files, environment, manifest

TODAY: Final = date(2026, 11, 24)
WHOLE: Final = """
  availabilityZones: {subnet-0a: eu-west-1a, subnet-0b: eu-west-1b, subnet-0c: eu-west-1c}
alarms: {topicArns: ["arn:aws:sns:eu-west-1:111122223333:on-call"]}
tags: {cost-center: "4711"}
backup:
  rules:
    daily:
      schedule: cron(0 3 * * ? *)
      retentionDays: 35
      copies: [{vaultArn: "arn:aws:backup:eu-central-1:111122223333:backup-vault:aurora"}]
"""


def check(root: Path) -> Outcome:
    outcome = Checker(root, (), built_in(), TODAY).run()
    assert [problem for problem in outcome.problems if problem.is_error] == []
    return outcome


@pytest.mark.parametrize("class_", ["development", "staging", "production"])
@pytest.mark.parametrize(
    "engine", ['engine: aurora-postgresql\nengineVersion: "17.5"', "engine: aurora-mysql\nengineVersion: {}"]
)
def test_the_defaults_of_a_class_break_no_rule(class_: str, engine: str, files: Files) -> None:
    text = environment("prod", class_).replace("dynamodbTable: locks", "dynamodbTable: locks, kmsKeyId: alias/state")
    spec = engine.format("8.0.mysql_aurora.3.10.3")
    least = manifest(metadata="labels: {team: checkout}")
    files.minimal(
        manifests__orders=least[: least.index("spec:")]
        + "spec:\n"
        + "\n".join(f"  {line}" for line in spec.split("\n")),
        environments__prod=text + "\n".join(f"  {line}" for line in WHOLE.strip("\n").split("\n")) + "\n",
    )
    assert [one.problem for one in check(files.root).found] == []


@pytest.mark.parametrize("example", sorted((ROOT / "examples").iterdir()), ids=lambda path: path.name)
def test_an_example_breaks_no_rule_that_it_does_not_waive(example: Path) -> None:
    outcome = check(example)
    assert [one.problem for one in outcome.standing] == []
    assert all(one.waiver is not None and one.waiver.until for one in outcome.waived)


def test_a_workspace_of_mistakes_breaks_every_rule_just_where_it_is_wrong() -> None:
    root = ROOT / "tests" / "data" / "antipatterns"
    found = [one.problem for one in check(root).standing]
    lines = [f"{p.place} {p.severity}[{p.code}] {p.path}: {p.message}" for p in found]
    assert lines == (root / "findings.txt").read_text(encoding="utf-8").splitlines()
    # That one no manifest of ours can break: its case is what is synthesized.
    assert {rule.code for rule in built_in()} - {problem.code for problem in found} == {"AP504"}
