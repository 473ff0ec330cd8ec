"""What becomes of findings: places, severities, environments told together, waivers, and settings."""

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from auroraform.policies import settings
from auroraform.policies.check import Checker, Outcome
from auroraform.policies.registry import built_in
from auroraform.policies.rule import AnyRule
from support.workspaces import Files, environment, lines, manifest

TODAY: Final = date(2026, 11, 24)
RULES: Final = tuple(rule for rule in built_in() if rule.code == "AP301")
SHORT: Final = manifest("backupRetentionPeriod: 3")


def checked(files: Files, *environments: str, rules: tuple[AnyRule, ...] = RULES) -> Outcome:
    return Checker(files.root, environments, rules, TODAY).run()


def standing(outcome: Outcome) -> list[str]:
    return [
        f"{p.place} {p.severity}[{p.code}] {p.path}: {p.message}" for p in (one.problem for one in outcome.standing)
    ]


def waiver(text: str) -> str:
    """A manifest that is found fault with, and a waiver in its annotation."""
    annotation = "\n".join(f"    {line}" for line in text.strip().splitlines())
    metadata = f"annotations:\n  auroraform/waive: |\n{annotation}"
    return manifest("backupRetentionPeriod: 3", metadata=metadata)


WAIVER: Final = """
- rule: AP301
  reason: rebuilt from events
  owner: checkout
  until: {until}
"""


def test_a_finding_stands_where_the_value_was_set(files: Files) -> None:
    files.minimal(manifests__orders=SHORT)
    assert standing(checked(files)) == [
        "manifests/orders.yaml:8:26 error[AP301] spec.backupRetentionPeriod: keeps backups for 3 days; 7 are asked for "
        "(orders in prod)"
    ]


def test_a_finding_of_an_override_stands_in_the_environment(files: Files) -> None:
    files.minimal(environments__prod=environment(spec="overrides: {orders: {backupRetentionPeriod: 2}}"))
    (line,) = standing(checked(files))
    assert line.startswith("environments/prod.yaml:14:47 error[AP301] spec.backupRetentionPeriod: keeps backups for 2")


def test_environments_are_told_together_where_the_finding_is_the_same(files: Files) -> None:
    files.minimal(
        manifests__orders=SHORT,
        environments__live=environment("live"),
        environments__test=environment("test", "staging"),
        environments__dev=environment("dev", "development"),
    )
    found = standing(checked(files))
    assert [line.partition(" ")[2] for line in found] == [
        "error[AP301] spec.backupRetentionPeriod: keeps backups for 3 days; 7 are asked for (orders in live and prod)",
        "warning[AP301] spec.backupRetentionPeriod: keeps backups for 3 days; 7 are asked for (orders in test)",
    ]
    assert standing(checked(files, "dev")) == []


def test_a_mission_critical_cluster_is_asked_for_more(files: Files) -> None:
    text = manifest("backupRetentionPeriod: 7", metadata="annotations: {auroraform/criticality: mission-critical}")
    files.minimal(manifests__orders=text)
    (line,) = standing(checked(files))
    assert line.endswith(
        "keeps backups for 7 days; 14 are asked for, as the cluster is mission-critical (orders in prod)"
    )


def test_errors_of_the_workspace_come_first(files: Files) -> None:
    files.minimal(manifests__orders=SHORT.replace("16.8", "16"))
    outcome = checked(files)
    assert [problem.code for problem in outcome.problems] == ["AF102"]
    assert outcome.found == ()


@pytest.mark.parametrize("until", ["2026-11-24", "2027-01-01"])
def test_a_waiver_holds_to_its_last_day(until: str, files: Files) -> None:
    files.minimal(manifests__orders=waiver(WAIVER.format(until=until)))
    outcome = checked(files)
    assert standing(outcome) == []
    ((one),) = outcome.waived
    assert one.problem.code == "AP301"
    assert one.waiver is not None
    assert (one.waiver.reason, one.waiver.owner, one.waiver.until) == ("rebuilt from events", "checkout", until)


def test_a_waiver_past_its_date_is_a_finding_and_excuses_nothing(files: Files) -> None:
    files.minimal(manifests__orders=waiver(WAIVER.format(until="2026-11-23")))
    assert [line.split(" ")[1] for line in standing(checked(files))] == ["error[AP002]", "error[AP301]"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- rule: AP301", "the waiver of AP301 has no reason and no owner and no until"),
        ("- {rule: AP301, reason: r, owner: o}", "the waiver of AP301 has no until"),
        ('- {rule: AP301, reason: " ", owner: o, until: 2027-01-01}', "the waiver of AP301 has no reason"),
        ("- {rule: AP301, reason: r, owner: o, until: soon}", '"soon" is not a date'),
    ],
)
def test_an_incomplete_waiver_is_a_finding_and_excuses_nothing(text: str, expected: str, files: Files) -> None:
    files.minimal(manifests__orders=waiver(text))
    found = standing(checked(files))
    assert [line.split(" ")[1] for line in found] == ["error[AP001]", "error[AP301]"]
    assert f"error[AP001] metadata.annotations.auroraform/waive: {expected}" in found[0]


def test_a_waiver_of_nothing_is_a_finding_once_everything_was_looked_at(files: Files) -> None:
    text = waiver(WAIVER.format(until="2027-01-01")).replace("backupRetentionPeriod: 3", "backupRetentionPeriod: 30")
    files.minimal(manifests__orders=text, environments__dev=environment("dev", "development"))
    (line,) = standing(checked(files))
    assert "warning[AP003]" in line
    assert standing(checked(files, "dev")) == []


def test_a_waiver_of_an_unknown_rule_is_told_once(files: Files) -> None:
    files.minimal(manifests__orders=waiver(WAIVER.format(until="2027-01-01").replace("AP301", "AP310")))
    outcome = checked(files)
    assert [line.split(" ")[1] for line in standing(outcome)] == ["error[AP004]", "error[AP301]"]
    assert outcome.standing[0].problem.help == "did you mean AP301?"


def test_an_annotation_that_is_no_list_of_waivers_is_told(files: Files) -> None:
    files.minimal(manifests__orders=manifest(metadata="annotations: {auroraform/waive: AP301}"))
    (line,) = standing(checked(files))
    assert "metadata.annotations.auroraform/waive: waivers: must be a list" in line


def test_an_environment_waives_for_its_clusters_only(files: Files) -> None:
    waivers = "waivers: [{rule: AP301, reason: r, owner: o, until: 2027-01-01, clusters: [orders]}]"
    files.minimal(
        manifests__orders=SHORT,
        manifests__catalog=manifest("backupRetentionPeriod: 3", name="catalog"),
        environments__prod=environment(spec=waivers),
        environments__live=environment("live"),
    )
    outcome = checked(files)
    assert sorted(line.rpartition("(")[2] for line in standing(outcome)) == [
        "catalog in live and prod)",
        "orders in live)",
    ]
    assert [one.problem.message.rpartition("(")[2] for one in outcome.waived] == ["orders in prod)"]


def policies(spec: str) -> str:
    return f"apiVersion: auroraform/v1\nkind: Policies\nspec: {spec}\n"


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("{rules: {AP301: ignore}}", []),
        ("{rules: {AP301: warning}}", ["warning[AP301]"]),
        ("{rules: {AP301: {production: warning}}}", ["warning[AP301]"]),
        ("{rules: {AP301: {staging: ignore}}}", ["error[AP301]"]),
        ("{bounds: {backupRetentionDays: 3}}", []),
        ("{bounds: {backupRetentionDays: 4}}", ["error[AP301]"]),
        ("{waivers: [{rule: AP301, reason: r, owner: o, until: 2027-01-01}]}", []),
        ("{waivers: [{rule: AP301, reason: r, owner: o, until: 2027-01-01, environments: [prod]}]}", []),
    ],
)
def test_a_workspace_sets_severities_bounds_and_waivers(spec: str, expected: list[str], files: Files) -> None:
    files.minimal(manifests__orders=SHORT)
    (files.root / settings.FILE).write_text(policies(spec), encoding="utf-8")
    assert [line.split(" ")[1] for line in standing(checked(files))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            policies("{rules: {AP302: ignore}}"),
            "policies.yaml:3:23 error[AF100] spec.rules.AP302: is not the code of a rule",
        ),
        (policies("{rules: {AP301: off}}"), "policies.yaml:3:23 error"),
        (
            policies("{bounds: {backupRetentionDay: 1}}"),
            "policies.yaml:3:17 error[AF100] spec.bounds.backupRetentionDay",
        ),
        (policies("{bounds: {backupRetentionDays: 99}}"), "policies.yaml:3:38 error[AF102]"),
        ("kind: Policy\n", "policies.yaml:1:1 error[AF101] apiVersion: is missing"),
        ("a: [\n", "policies.yaml:2:1 error[AF002]"),
    ],
)
def test_settings_are_validated(text: str, expected: str, files: Files) -> None:
    files.minimal()
    Path(files.root / settings.FILE).write_text(text, encoding="utf-8")
    outcome = checked(files)
    assert any(line.startswith(expected) for line in lines(outcome.problems)), lines(outcome.problems)
    assert outcome.found == ()
