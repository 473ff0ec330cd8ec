"""Edits: only what a rule is sure of, with comments and layout as they were, or none at all."""

from datetime import date
from typing import Final

import pytest

from auroraform.policies.check import Checker
from auroraform.policies.fixing import Edit, apply, edits
from auroraform.policies.registry import built_in
from auroraform.policies.rule import AnyRule
from support.workspaces import Files, environment, manifest

TODAY: Final = date(2026, 11, 24)
RULES: Final = tuple(rule for rule in built_in() if rule.code == "AP301")
COMMENTED: Final = """\
# Orders.
apiVersion: aws.project-planton.org/v1
kind: AwsRdsCluster
metadata:   {name: orders}   # who

spec:
  engine: 'aurora-postgresql'
  engineVersion: "16.8"   # pinned

  backupRetentionPeriod: 3      # too short
  allowedCidrBlocks:
    - 10.0.0.0/16   # office
"""


def made(files: Files, rules: tuple[AnyRule, ...] = RULES) -> list[Edit]:
    outcome = Checker(files.root, (), rules, TODAY).run()
    assert outcome.workspace is not None
    return list(edits(outcome.found, outcome.workspace))


def test_one_value_changes_and_nothing_else_does(files: Files) -> None:
    files.minimal(manifests__orders=COMMENTED)
    (edit,) = made(files)
    assert edit.file == "manifests/orders.yaml"
    assert edit.after == COMMENTED.replace("backupRetentionPeriod: 3 ", "backupRetentionPeriod: 7 ")
    assert [problem.code for problem in edit.fixed] == ["AP301"]
    apply(files.root, edit)
    assert made(files) == []
    assert (files.root / edit.file).read_text(encoding="utf-8") == edit.after


def test_an_override_is_fixed_where_it_stands(files: Files) -> None:
    text = environment(spec="overrides:\n  orders:\n    backupRetentionPeriod: 2 # for now")
    files.minimal(environments__prod=text)
    (edit,) = made(files)
    assert edit.file == "environments/prod.yaml"
    assert edit.after == text.replace("backupRetentionPeriod: 2 #", "backupRetentionPeriod: 7 #")


def test_one_of_several_documents_is_fixed(files: Files) -> None:
    files.minimal(manifests__orders=manifest(name="catalog") + "---\n" + manifest("backupRetentionPeriod: 3"))
    (edit,) = made(files)
    assert edit.after == edit.before.replace("backupRetentionPeriod: 3", "backupRetentionPeriod: 7")


def test_json_is_edited_too(files: Files) -> None:
    text = (
        '{"apiVersion": "aws.project-planton.org/v1", "kind": "AwsRdsCluster", "metadata": {"name": "orders"},\n'
        '"spec": {"engine": "aurora-postgresql", "engineVersion": "16.8", "backupRetentionPeriod": 3}}\n'
    )
    files.minimal(manifests__orders=text)
    (edit,) = made(files)
    assert edit.after == text.replace(": 3}}", ": 7}}")


def test_a_value_that_others_share_is_left_alone(files: Files) -> None:
    files.minimal(
        manifests__catalog=manifest(name="catalog"),
        environments__prod=environment(spec="overrides: {orders: &short {backupRetentionPeriod: 2}, catalog: *short}"),
    )
    assert made(files) == []


def test_defaults_of_an_environment_are_for_other_clusters_too(files: Files) -> None:
    files.minimal(environments__prod=environment(spec="defaults: {backupRetentionPeriod: 2}"))
    assert made(files) == []


def test_what_is_waived_is_left_alone(files: Files) -> None:
    waivers = "waivers: [{rule: AP301, reason: r, owner: o, until: 2027-01-01}]"
    files.minimal(manifests__orders=COMMENTED, environments__prod=environment(spec=waivers))
    assert made(files) == []


def test_a_file_that_changed_meanwhile_is_not_written(files: Files) -> None:
    files.minimal(manifests__orders=COMMENTED)
    (edit,) = made(files)
    (files.root / edit.file).write_text(COMMENTED + "# more\n", encoding="utf-8")
    with pytest.raises(OSError, match="has changed meanwhile"):
        apply(files.root, edit)


def test_an_edit_of_a_manifest_changes_no_environment_in_which_nothing_was_found(files: Files) -> None:
    rules = tuple(rule for rule in built_in() if rule.code == "AP607")
    dev, shared = environment("dev", "development"), manifest("storageType: aurora-iopt1")
    files.minimal(environments__dev=dev, manifests__orders=shared)
    assert made(files, rules) == []
    own = environment(spec="overrides: {orders: {storageType: aurora-iopt1}}")
    files.minimal(environments__dev=dev, environments__prod=own, manifests__orders=shared)
    (edit,) = made(files, rules)
    # Without the line RDS would leave the storage as it is.
    assert edit.after == shared.replace("aurora-iopt1", "aurora")


def test_a_default_that_an_edit_brings_back_may_be_what_another_environment_has(files: Files) -> None:
    rules = tuple(rule for rule in built_in() if rule.code == "AP405")
    files.minimal(
        environments__dev=environment("dev", "development"), manifests__orders=manifest("monitoring: {interval: 0}")
    )
    (edit,) = made(files, rules)
    assert edit.file == "manifests/orders.yaml"


def test_environments_that_ask_for_one_edit_make_it_together(files: Files) -> None:
    rules = tuple(rule for rule in built_in() if rule.code == "AP305")
    files.minimal(
        environments__staging=environment("staging", "staging"), manifests__orders=manifest("deletionProtection: false")
    )
    (edit,) = made(files, rules)
    assert edit.after == manifest()
