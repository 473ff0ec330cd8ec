"""What earlier runs made: found again whole or not at all, and never more of it than is allowed."""

import os
import time
from pathlib import Path
from typing import Final

import pytest

from auroraform.stacks.keys import key_of
from auroraform.stacks.store import Store

KEY: Final = "ab" * 32
ENTRY: Final = b"made"
DAY: Final = 24 * 60 * 60


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def age(path: Path, days: float) -> None:
    os.utime(path, (time.time() - days * DAY,) * 2)


def test_what_was_put_is_found(store: Store) -> None:
    assert store.get(KEY) is None
    store.put(KEY, ENTRY)
    assert store.get(KEY) == ENTRY
    assert Store(store.folder).get(KEY) == ENTRY


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1],
        lambda content: content[:10],
        lambda _: b"",
        lambda content: content + b"x",
        lambda content: content.replace(b"made", b"fake"),
    ],
)
def test_a_damaged_entry_counts_as_missing_and_can_be_put_again(store: Store, damage: object) -> None:
    store.put(KEY, ENTRY)
    path = store.folder / KEY
    assert callable(damage)
    path.write_bytes(damage(path.read_bytes()))
    assert store.get(KEY) is None
    store.put(KEY, ENTRY)
    assert store.get(KEY) == ENTRY


def test_a_folder_that_is_gone_or_in_the_way_costs_nothing_but_time(store: Store) -> None:
    gone = Store(store.folder / "gone")
    gone.put(KEY, ENTRY)
    gone.trim()
    assert gone.get(KEY) is None
    (store.folder / KEY).mkdir()
    store.put(KEY, ENTRY)
    assert store.get(KEY) is None
    assert [path.name for path in store.folder.iterdir()] == [KEY]


def test_the_entries_that_were_not_used_for_longest_go_first(store: Store) -> None:
    store.largest = 100
    for number, key in enumerate(["old", "used", "new"]):
        store.put(key, ENTRY)
        age(store.folder / key, 10 - number)
    assert store.get("old") == ENTRY
    store.trim()
    assert sorted(path.name for path in store.folder.iterdir()) == ["new", "old"]


def test_a_store_that_did_not_grow_is_not_searched(store: Store) -> None:
    store.put("old", ENTRY)
    unchanged = Store(store.folder, largest=0)
    unchanged.trim()
    assert unchanged.get("old") == ENTRY


def test_what_a_killed_run_left_goes_after_a_day(store: Store) -> None:
    abandoned, recent = store.folder / ".unfinished-1", store.folder / ".unfinished-2"
    for path in (abandoned, recent):
        path.write_bytes(ENTRY)
    age(abandoned, 2)
    store.put(KEY, ENTRY)
    store.trim()
    assert sorted(path.name for path in store.folder.iterdir()) == [".unfinished-2", KEY]


def test_there_is_no_store_where_others_could_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AURORAFORM_CACHE_DIR", str(tmp_path / "cache"))
    opened = Store.open()
    assert opened is not None
    assert opened.folder == (tmp_path / "cache" / "stacks").resolve()
    if os.name == "posix":
        opened.folder.chmod(0o777)
        assert Store.open() is None
    monkeypatch.setenv("AURORAFORM_CACHE_DIR", str(Path(__file__) / "cache"))
    assert Store.open() is None


def test_a_key_tells_parts_and_their_ends_apart() -> None:
    keys = [key_of(parts) for parts in ([], [b""], [b"ab"], [b"a", b"b"], [b"b", b"a"], [b"1:a"], [b"", b""])]
    assert len(set(keys)) == len(keys)
    assert key_of([b"a"]) == key_of([b"a"])
