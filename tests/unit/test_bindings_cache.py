"""The cache of made files: kept once, checked at each use, never one that others may have planted."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from auroraform.constructs.cache_folder import VARIABLE as FOLDER
from auroraform.constructs.loading.cache import kept

CONTENT = b"made"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "cache"
    monkeypatch.setenv(FOLDER, str(root))
    return root


def make() -> bytes:
    return CONTENT


def never() -> bytes:
    raise AssertionError("made again")


def test_what_is_made_once_is_found_again(root: Path) -> None:
    first = kept("name", ".tgz", make)

    assert first.read_bytes() == CONTENT
    assert first.is_relative_to(root)
    assert kept("name", ".tgz", never) == first
    with pytest.raises(AssertionError, match="made again"):
        kept("other", ".tgz", never)


def test_nobody_else_can_read_or_write_what_is_made(root: Path) -> None:
    before = os.umask(0)
    try:
        path = kept("name", ".tgz", make)
    finally:
        os.umask(before)

    assert path.is_relative_to(root)
    modes = [entry.stat().st_mode & 0o777 for entry in (root, path.parent, path)]
    assert modes == [0o700, 0o700, 0o600]


def cut_off(path: Path) -> None:
    path.write_bytes(CONTENT[:2])


def alter(path: Path) -> None:
    path.write_bytes(CONTENT.upper())


def open_to_all(path: Path) -> None:
    path.chmod(0o666)


def link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


@pytest.mark.parametrize("damage", [cut_off, alter, open_to_all, link])
def test_a_damaged_file_is_made_anew(
    root: Path, damage: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    damage(kept("name", ".tgz", make))

    with pytest.raises(AssertionError, match="made again"):
        kept("name", ".tgz", never)
    path = kept("name", ".tgz", make)
    assert path.read_bytes() == CONTENT
    assert not path.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o600
    assert kept("name", ".tgz", never) == path
    assert capsys.readouterr().err == ""


def test_a_run_killed_while_it_makes_leaves_nothing_broken(root: Path) -> None:
    code = """
import os, signal
from auroraform.constructs.loading.cache import kept
kept("name", ".tgz", lambda: os.kill(os.getpid(), signal.SIGKILL))
"""
    killed = subprocess.run([sys.executable, "-c", code], check=False)
    assert killed.returncode == -signal.SIGKILL

    assert kept("name", ".tgz", make).read_bytes() == CONTENT


def test_what_a_killed_run_left_is_removed_when_it_is_old(root: Path) -> None:
    folder = kept("name", ".tgz", make).parent
    old, young = folder / ".unfinished-old", folder / ".unfinished-young"
    for path in (old, young):
        path.write_bytes(CONTENT[:1])
    day_ago = time.time() - 86_400
    os.utime(old, (day_ago, day_ago))

    kept("name", ".tgz", never)

    assert not old.exists()
    assert young.exists()


def test_an_unfinished_file_is_not_left_when_storing_fails(root: Path) -> None:
    path = kept("name", ".tgz", make)
    path.unlink()
    path.mkdir()

    assert kept("name", ".tgz", make).read_bytes() == CONTENT
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def writable_root(root: Path, folder: Path) -> None:
    root.chmod(0o777)


def writable_folder(root: Path, folder: Path) -> None:
    folder.chmod(0o770)


def foreign_folder(root: Path, folder: Path) -> None:
    os.chown(folder, 12_345, -1)


needs_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can give a folder to somebody else"
)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("expose", [writable_root, writable_folder, pytest.param(foreign_folder, marks=needs_root)])
def test_a_folder_that_others_can_write_is_not_trusted(
    root: Path, expose: Callable[[Path, Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    planted = kept("name", ".tgz", make)
    expose(root, planted.parent)

    with pytest.raises(AssertionError, match="made again"):
        kept("name", ".tgz", never)
    path = kept("name", ".tgz", make)
    assert path.read_bytes() == CONTENT
    assert not path.is_relative_to(root)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    complaint = capsys.readouterr().err
    assert "belongs to or can be written by other users" in complaint
    assert FOLDER in complaint
    assert complaint.count("\n") == 1


def test_without_a_usable_folder_a_temporary_one_lives_as_long_as_the_process(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Not by modes: they do not stop root.
    root.write_text("a file in the folder's place")
    # Set after the import, which needs the cache itself.
    code = f"""
import os
from auroraform.constructs.loading.cache import kept
os.environ[{FOLDER!r}] = {str(root)!r}
path = kept("name", ".tgz", lambda: b"made")
print(path, path.read_bytes() == b"made")
"""
    monkeypatch.delenv(FOLDER)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    path, was_there = run.stdout.split()
    assert was_there == "True"
    assert not Path(path).parent.exists()
    assert "cannot be kept for the next run" in run.stderr
    assert run.stderr.count("\n") == 1
