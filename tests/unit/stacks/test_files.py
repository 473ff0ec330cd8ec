"""Which files of a workspace are read: links in and out of it, names that disturb, folders that cannot be read."""

import os
from pathlib import Path
from typing import Final

import pytest

from auroraform.stacks.files import find
from auroraform.stacks.synth import validate
from support.workspaces import Files, lines, manifest

OUTSIDE: Final = (
    "error[AF009] : this is a link to something outside the workspace, which is not read"
    " -> put what it shows into the workspace, or allow such links: AURORAFORM_LINKS=follow in the environment"
)


@pytest.fixture
def root(files: Files) -> Path:
    return files.minimal(library__shared=manifest(name="shared"))


def names(root: Path) -> list[str]:
    found = find(root)
    assert lines(found.problems) == []
    return list(found.files)


def test_files_come_in_the_order_of_their_names(root: Path) -> None:
    for name in ("b.yml", "a.json", "deep/er/c.yaml", ".hidden.yaml"):
        path = root / "manifests" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert names(root) == [
        "environments/prod.yaml",
        "manifests/.hidden.yaml",
        "manifests/a.json",
        "manifests/b.yml",
        "manifests/deep/er/c.yaml",
        "manifests/orders.yaml",
    ]


class TestLinksInside:
    def test_a_link_to_a_file_is_read_under_its_own_name(self, root: Path) -> None:
        (root / "manifests/linked.yaml").symlink_to("../library/shared.yaml")
        assert names(root) == ["environments/prod.yaml", "manifests/linked.yaml", "manifests/orders.yaml"]

    def test_a_link_to_a_folder_is_followed(self, root: Path) -> None:
        (root / "manifests/library").symlink_to("../library")
        assert names(root) == ["environments/prod.yaml", "manifests/library/shared.yaml", "manifests/orders.yaml"]

    def test_a_folder_is_read_once_and_under_its_own_name(self, root: Path) -> None:
        (root / "manifests/team").mkdir()
        (root / "manifests/orders.yaml").rename(root / "manifests/team/orders.yaml")
        (root / "manifests/alias").symlink_to("team")
        (root / "manifests/team/up").symlink_to("..")
        assert names(root) == ["environments/prod.yaml", "manifests/team/orders.yaml"]

    def test_the_two_folders_may_be_links(self, root: Path) -> None:
        (root / "manifests").rename(root / "moved")
        (root / "manifests").symlink_to("moved")
        assert names(root) == ["environments/prod.yaml", "manifests/orders.yaml"]

    def test_the_workspace_itself_may_be_a_link(self, root: Path, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(root)
        (root / "manifests/linked.yaml").symlink_to(root / "library/shared.yaml")
        assert names(tmp_path / "link") == ["environments/prod.yaml", "manifests/linked.yaml", "manifests/orders.yaml"]


class TestLinksOutside:
    @pytest.fixture
    def elsewhere(self, tmp_path: Path) -> Path:
        folder = tmp_path / "elsewhere"
        folder.mkdir()
        (folder / "x.yaml").write_text(manifest(name="x"), encoding="utf-8")
        (folder / "x.md").touch()
        return folder

    def test_a_file_is_refused(self, root: Path, elsewhere: Path) -> None:
        (root / "manifests/x.yaml").symlink_to(elsewhere / "x.yaml")
        assert lines(validate(root).problems) == [f"manifests/x.yaml {OUTSIDE}"]

    def test_a_folder_is_refused_at_its_link(self, root: Path, elsewhere: Path) -> None:
        (root / "manifests/x").symlink_to(elsewhere)
        assert lines(validate(root).problems) == [f"manifests/x {OUTSIDE}"]

    def test_one_of_the_two_folders_is_refused(self, root: Path, elsewhere: Path) -> None:
        (root / "manifests").rename(root / "moved")
        (root / "manifests").symlink_to(elsewhere)
        assert f"manifests {OUTSIDE}" in lines(validate(root).problems)

    def test_whoever_runs_the_tool_may_allow_it(
        self, root: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (root / "manifests/shared").symlink_to(elsewhere)
        monkeypatch.setenv("AURORAFORM_LINKS", "follow")
        assert find(root).problems == ()
        assert [name for name in find(root).files if name.startswith("manifests/shared/")]

    def test_a_link_to_a_link_is_refused_by_where_it_ends(self, root: Path, elsewhere: Path) -> None:
        (root / "library/x.yaml").symlink_to(elsewhere / "x.yaml")
        (root / "manifests/x.yaml").symlink_to("../library/x.yaml")
        assert lines(validate(root).problems) == [f"manifests/x.yaml {OUTSIDE}"]

    def test_a_neighbour_whose_name_begins_alike_is_outside(self, root: Path) -> None:
        neighbour = root.with_name(f"{root.name}-2")
        neighbour.mkdir()
        (neighbour / "x.yaml").touch()
        (root / "manifests/x.yaml").symlink_to(neighbour / "x.yaml")
        assert lines(validate(root).problems) == [f"manifests/x.yaml {OUTSIDE}"]

    def test_what_would_not_be_read_anyway_is_left_alone(self, root: Path, elsewhere: Path) -> None:
        (root / "manifests/x.md").symlink_to(elsewhere / "x.md")
        (root / "manifests/broken.yaml").symlink_to(elsewhere / "nowhere.yaml")
        (root / "manifests/self.yaml").symlink_to("self.yaml")
        assert names(root) == ["environments/prod.yaml", "manifests/orders.yaml"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb.yaml", r"a\nb.yaml"),
        ("\x1b[2Ja.yaml", r"\x1b[2Ja.yaml"),
        ("a\u202eb.yaml", r"a\u202eb.yaml"),
        ("a\udcffb.yaml", r"a\udcffb.yaml"),
        ("a\u2028/b.yaml", r"a\u2028/b.yaml"),
    ],
)
def test_a_name_that_would_disturb_the_output_is_refused_and_escaped(root: Path, name: str, shown: str) -> None:
    path = root / "manifests" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(manifest(name="a"), encoding="utf-8")
    assert lines(validate(root).problems) == [
        f"manifests/{shown} error[AF001] : the name of the file holds characters that cannot be shown -> rename it"
    ]


def test_names_in_any_script_are_fine(root: Path) -> None:
    (root / "manifests/データ ベース-ü.yaml").write_text(manifest(name="a"), encoding="utf-8")
    assert lines(validate(root).problems) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_cannot_be_read_is_a_problem(root: Path) -> None:
    folder = root / "manifests/closed"
    folder.mkdir(mode=0)
    assert lines(validate(root).problems) == [
        "manifests/closed error[AF001] : the folder cannot be read: Permission denied -> check its permissions"
    ]
