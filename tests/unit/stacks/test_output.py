"""The output folder: what is ours is replaced at once, and nothing else in it is touched."""

import json
import os
import stat
from pathlib import Path
from typing import Final

import pytest

from auroraform.stacks.layout import SCRIPT_MARK, Json, canonical, script_path, stack_path
from auroraform.stacks.output import Written, target, write

LONG_AGO: Final = 1_000_000_000


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def rendered(*stacks: str, text: str = "{}\n") -> dict[str, str]:
    listed: Json = {"stacks": {name: {"name": name} for name in stacks}, "version": "0.21.0"}
    return {stack_path(name): text for name in stacks} | {"manifest.json": canonical(listed)}


def synth(out: Path, *stacks: str, known: tuple[str, ...] = (), text: str = "{}\n") -> Written:
    return write(target(out, rendered(*stacks, text=text), frozenset(known or stacks)))


def listing(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def listed(out: Path) -> list[str]:
    return sorted(json.loads((out / "manifest.json").read_text(encoding="utf-8"))["stacks"])


def put(path: Path, text: str = "theirs") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_missing_folder_is_made_and_everything_written(out: Path) -> None:
    assert synth(out, "prod", "dev") == Written(
        files=("manifest.json", "stacks/dev/cdk.tf.json", "stacks/prod/cdk.tf.json"),
        changed=("manifest.json", "stacks/dev/cdk.tf.json", "stacks/prod/cdk.tf.json"),
        removed=(),
    )
    assert listing(out) == {"manifest.json", "stacks/dev/cdk.tf.json", "stacks/prod/cdk.tf.json"}


def test_the_bytes_are_those_that_were_rendered(out: Path) -> None:
    synth(out, "prod", text='{"a": "é\\n"}\n')
    assert (out / "stacks/prod/cdk.tf.json").read_bytes() == '{"a": "é\\n"}\n'.encode()


def test_what_did_not_change_is_not_written_again(out: Path) -> None:
    synth(out, "dev", "prod")
    for name in ("manifest.json", "stacks/dev/cdk.tf.json", "stacks/prod/cdk.tf.json"):
        os.utime(out / name, (LONG_AGO, LONG_AGO))
    assert synth(out, "dev", "prod").changed == ()
    put(out / "stacks/dev/cdk.tf.json", "edited by hand")
    assert synth(out, "dev", "prod").changed == ("stacks/dev/cdk.tf.json",)
    assert (out / "stacks/dev/cdk.tf.json").read_text(encoding="utf-8") == "{}\n"
    assert (out / "stacks/prod/cdk.tf.json").stat().st_mtime == LONG_AGO
    assert (out / "manifest.json").stat().st_mtime == LONG_AGO


def test_what_others_put_into_the_folder_stays(out: Path) -> None:
    theirs = {
        put(out / name)
        for name in (
            "README.md",
            "stacks/prod/.terraform.lock.hcl",
            "stacks/prod/.terraform/providers/aws",
            "stacks/prod/terraform.tfstate",
            "stacks/prod/override.tf.json",
            "stacks/theirs/main.tf",
            "modules/x/main.tf",
        )
    }
    synth(out, "prod")
    synth(out, "prod", text='{"a": 1}\n')
    assert {path: path.read_text(encoding="utf-8") for path in theirs} == dict.fromkeys(theirs, "theirs")


def test_the_stack_of_an_environment_that_is_gone_is_removed(out: Path) -> None:
    synth(out, "dev", "prod")
    assert synth(out, "prod").removed == ("stacks/dev/cdk.tf.json",)
    assert listing(out) == {"manifest.json", "stacks/prod/cdk.tf.json"}
    assert not (out / "stacks/dev").exists()
    assert listed(out) == ["prod"]


def test_what_stands_beside_a_removed_stack_stays(out: Path) -> None:
    synth(out, "dev", "prod")
    lock, state = put(out / "stacks/dev/.terraform.lock.hcl"), put(out / "stacks/dev/terraform.tfstate")
    synth(out, "prod")
    assert (lock.exists(), state.exists()) == (True, True)
    assert not (out / "stacks/dev/cdk.tf.json").exists()


SCRIPT: Final = f"{SCRIPT_MARK}\n--\nSELECT 1;\n"


class TestScripts:
    """Beside a stack, and not in CDKTF's manifest: a script is known for ours by its first line."""

    def synth(self, out: Path, *stacks: str, known: tuple[str, ...] = (), clusters: tuple[str, ...] = ()) -> Written:
        files = {script_path(stack, cluster): SCRIPT for stack in stacks for cluster in clusters}
        return write(target(out, rendered(*stacks) | files, frozenset(known or stacks)))

    def test_it_is_written_with_its_stack(self, out: Path) -> None:
        assert "stacks/prod/sql/orders.sql" in self.synth(out, "prod", clusters=("orders",)).changed
        assert (out / "stacks/prod/sql/orders.sql").read_text(encoding="utf-8") == SCRIPT
        assert self.synth(out, "prod", clusters=("orders",)).changed == ()

    def test_it_goes_when_its_users_are_gone(self, out: Path) -> None:
        self.synth(out, "prod", clusters=("catalog", "orders"))
        assert self.synth(out, "prod", clusters=("catalog",)).removed == ("stacks/prod/sql/orders.sql",)
        assert self.synth(out, "prod").removed == ("stacks/prod/sql/catalog.sql",)
        assert listing(out) == {"manifest.json", "stacks/prod/cdk.tf.json"}
        assert not (out / "stacks/prod/sql").exists()

    def test_it_goes_with_its_stack(self, out: Path) -> None:
        self.synth(out, "dev", "prod", clusters=("orders",))
        assert self.synth(out, "prod", clusters=("orders",)).removed == (
            "stacks/dev/cdk.tf.json",
            "stacks/dev/sql/orders.sql",
        )
        assert not (out / "stacks/dev").exists()

    def test_that_of_a_stack_that_was_not_asked_for_stays(self, out: Path) -> None:
        self.synth(out, "dev", "prod", clusters=("orders",))
        assert self.synth(out, "prod", known=("dev", "prod")).removed == ("stacks/prod/sql/orders.sql",)
        assert (out / "stacks/dev/sql/orders.sql").is_file()

    @pytest.mark.parametrize(
        "text", ["", "SELECT 1;\n", f"\n{SCRIPT}", f" {SCRIPT}", f"{SCRIPT_MARK} \n", "-- Written"]
    )
    def test_what_does_not_begin_as_ours_stays(self, out: Path, text: str) -> None:
        theirs = put(out / "stacks/prod/sql/theirs.sql", text)
        folder = out / "stacks/prod/sql/folder.sql"
        folder.mkdir()
        assert self.synth(out, "prod").removed == ()
        assert theirs.read_text(encoding="utf-8") == text
        assert folder.is_dir()

    def test_ours_is_known_whatever_its_ends_of_lines_became(self, out: Path) -> None:
        put(out / "stacks/prod/sql/orders.sql").write_bytes(SCRIPT.replace("\n", "\r\n").encode())
        assert self.synth(out, "prod").removed == ("stacks/prod/sql/orders.sql",)

    def test_a_folder_of_a_stack_that_we_never_listed_is_not_searched(self, out: Path) -> None:
        theirs = put(out / "stacks/old/sql/orders.sql", SCRIPT)
        assert self.synth(out, "prod").removed == ()
        assert theirs.is_file()


def test_a_stack_that_we_never_listed_is_not_removed(out: Path) -> None:
    theirs = put(out / "stacks/old/cdk.tf.json")
    synth(out, "prod")
    assert theirs.read_text(encoding="utf-8") == "theirs"


def test_a_stack_that_is_known_but_was_not_asked_for_stays_listed(out: Path) -> None:
    synth(out, "dev", "prod")
    written = synth(out, "prod", known=("dev", "prod"), text='{"new": 1}\n')
    assert (written.changed, written.removed) == (("stacks/prod/cdk.tf.json",), ())
    assert listed(out) == ["dev", "prod"]
    assert (out / "stacks/dev/cdk.tf.json").read_text(encoding="utf-8") == "{}\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        "{}",
        "null",
        '{"stacks": []}',
        '{"stacks": "dev"}',
        '{"stacks": null}',
        "\ufeff{}",
        "[" * 400,
    ],
)
def test_a_manifest_that_is_not_ours_is_replaced(out: Path, text: str) -> None:
    put(out / "manifest.json", text)
    put(out / "stacks/dev/cdk.tf.json")
    assert synth(out, "prod").removed == ()
    assert listed(out) == ["prod"]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../victim", "victim/cdk.tf.json"),
        ("../../victim", "../victim/cdk.tf.json"),
        ("a/../../victim", "victim/cdk.tf.json"),
        ("nested/name", "stacks/nested/name/cdk.tf.json"),
        (".", "stacks/cdk.tf.json"),
        ("..", "cdk.tf.json"),
        ("", "stacks/cdk.tf.json"),
    ],
)
def test_a_name_in_the_manifest_that_leads_elsewhere_is_not_followed(out: Path, name: str, file: str) -> None:
    victim = put(out / file)
    put(out / "manifest.json", json.dumps({"stacks": {name: {}}}))
    (out / "stacks/a").mkdir(parents=True)
    assert synth(out, "prod").removed == ()
    assert victim.read_text(encoding="utf-8") == "theirs"
    assert listed(out) == ["prod"]


def test_an_absolute_name_in_the_manifest_is_not_followed(out: Path, tmp_path: Path) -> None:
    victim = put(tmp_path / "victim/cdk.tf.json")
    put(out / "manifest.json", json.dumps({"stacks": {str(victim.parent): {}}}))
    assert synth(out, "prod").removed == ()
    assert victim.exists()


def test_a_failure_leaves_no_half_file_and_no_temporary_one(out: Path) -> None:
    # A folder that is not empty cannot be replaced by a file.
    in_the_way = put(out / "stacks/prod/cdk.tf.json/inside")
    with pytest.raises(OSError, match="directory"):
        synth(out, "prod")
    assert in_the_way.exists()
    assert [path for path in listing(out) if Path(path).name.startswith(".")] == []


def test_a_failure_in_the_middle_of_a_file_leaves_the_old_one(out: Path) -> None:
    synth(out, "prod")
    with pytest.raises(UnicodeEncodeError):
        synth(out, "prod", text="\ud800")
    assert (out / "stacks/prod/cdk.tf.json").read_text(encoding="utf-8") == "{}\n"
    assert listing(out) == {"manifest.json", "stacks/prod/cdk.tf.json"}


def test_a_file_in_place_of_the_folder_is_told_as_an_error_of_the_system(out: Path) -> None:
    put(out)
    with pytest.raises(NotADirectoryError):
        synth(out, "prod")
    assert out.read_text(encoding="utf-8") == "theirs"


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_files_have_the_permissions_that_the_caller_wants(out: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        synth(out, "prod")
    finally:
        os.umask(before)
    assert stat.S_IMODE((out / "stacks/prod/cdk.tf.json").stat().st_mode) == mode
    assert stat.S_IMODE((out / "manifest.json").stat().st_mode) == mode


def test_json_is_written_as_reviewers_read_it() -> None:
    assert canonical({"b": [1, {"z": None}], "a": "é€"}) == (
        '{\n  "a": "é€",\n  "b": [\n    1,\n    {\n      "z": null\n    }\n  ]\n}\n'
    )
