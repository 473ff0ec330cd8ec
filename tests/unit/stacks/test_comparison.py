"""What writing would change: the gate for teams that commit the output, and the notice of a moved state."""

import json
from pathlib import Path

import pytest

from auroraform.stacks.comparison import Fault, differences, moved_states
from support.workspaces import lines


def test_nothing_differs_where_all_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}\n", encoding="utf-8")
    assert list(differences(tmp_path, {"a.json": "{}\n"}, frozenset({"gone.json"}))) == []


def test_stale_missing_and_orphaned_files_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "stale.json").write_text('{\n  "a": 1\n}\n', encoding="utf-8")
    (tmp_path / "orphan.json").write_text("{}", encoding="utf-8")
    files = {"stale.json": '{\n  "a": 2\n}\n', "missing.json": "{}\n"}
    found = {d.path: (d.fault, d.diff) for d in differences(tmp_path, files, frozenset({"orphan.json"}))}
    assert found == {
        "missing.json": (Fault.MISSING, "--- a/missing.json\n+++ b/missing.json\n@@ -0,0 +1 @@\n+{}\n"),
        "orphan.json": (
            Fault.ORPHANED,
            "--- a/orphan.json\n+++ b/orphan.json\n@@ -1 +0,0 @@\n-{}\n\\ No newline at end of file\n",
        ),
        "stale.json": (
            Fault.STALE,
            '--- a/stale.json\n+++ b/stale.json\n@@ -1,3 +1,3 @@\n {\n-  "a": 1\n+  "a": 2\n }\n',
        ),
    }


def s3(key: str) -> dict[str, object]:
    return {"backend": {"s3": {"bucket": "acme", "key": key, "region": "eu-west-1"}}}


CLOUD = {"cloud": {"hostname": "app.terraform.io", "organization": "acme", "workspaces": {"name": "prod"}}}
TAGGED = {"cloud": {"hostname": "app.terraform.io", "organization": "acme", "workspaces": {"tags": ["a", "b"]}}}
LOCAL = {"backend": {"local": {"path": "terraform.tfstate"}}}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (s3("a"), s3("b"), "s3://acme/a to s3://acme/b"),
        (LOCAL, s3("a"), "a local file (terraform.tfstate) to s3://acme/a"),
        (s3("a"), CLOUD, "s3://acme/a to app.terraform.io/acme/prod"),
        (CLOUD, TAGGED, "app.terraform.io/acme/prod to app.terraform.io/acme/a,b"),
    ],
)
def test_a_state_that_moves_is_explained(
    old: dict[str, object], new: dict[str, object], expected: str, tmp_path: Path
) -> None:
    (tmp_path / "cdk.tf.json").write_text(json.dumps({"terraform": old}), encoding="utf-8")
    (found,) = moved_states(tmp_path, {"cdk.tf.json": json.dumps({"terraform": new})})
    assert lines((found,)) == [
        f"{tmp_path}/cdk.tf.json warning[AF404] : the state moves from {expected}; until it is there, Terraform "
        f"finds none and plans every database anew -> run `tofu init -migrate-state` (or terraform) in {tmp_path} "
        "before any plan elsewhere; or undo the change of spec.state, naming or stackPer"
    ]


@pytest.mark.parametrize("old", [json.dumps({"terraform": s3("b")}), "not JSON", "{}", "[]", None])
def test_a_state_that_stays_or_was_never_there_is_not_mentioned(old: str | None, tmp_path: Path) -> None:
    if old is not None:
        (tmp_path / "cdk.tf.json").write_text(old, encoding="utf-8")
    assert list(moved_states(tmp_path, {"cdk.tf.json": json.dumps({"terraform": s3("b")})})) == []
