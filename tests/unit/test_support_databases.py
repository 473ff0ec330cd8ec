"""How tests find database servers, and what they say where there is none."""

from pathlib import Path

import pytest

from support.databases import mariadb, postgresql
from support.databases.packages import PackagesError, unpacked
from support.databases.process import Account, ServerError, folder


def programs(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        path.chmod(0o755)
    return folder


def test_a_named_folder_wins_over_path(tmp_path: Path) -> None:
    on_path = programs(tmp_path / "bin", "postgres", "initdb", "psql")
    assert postgresql.find_programs({"PATH": str(on_path)}) == on_path
    named = {"PATH": str(on_path), postgresql.PROGRAMS_VARIABLE: "/opt/pg/bin"}
    assert postgresql.find_programs(named) == Path("/opt/pg/bin")


def test_programs_on_path_must_be_whole(tmp_path: Path) -> None:
    on_path = programs(tmp_path / "bin", "postgres")
    assert postgresql.find_programs({"PATH": str(on_path)}) != on_path


def test_a_whole_mariadb_is_found_beside_its_server(tmp_path: Path) -> None:
    usr = programs(tmp_path / "usr", "sbin/mariadbd", "bin/mariadb", "bin/mariadb-install-db")
    found = mariadb.find_programs({"PATH": str(usr / "sbin")})
    assert found == mariadb.Programs(usr)
    assert mariadb.find_programs({mariadb.PROGRAMS_VARIABLE: "/opt/m"}) == mariadb.Programs(Path("/opt/m"))


def test_packages_that_nobody_has_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bin_ = programs(tmp_path / "bin", "apt-get")
    monkeypatch.setenv("PATH", str(bin_))
    with pytest.raises(PackagesError, match=r"apt-get -q .*update"):
        unpacked(["no-such-package"], tmp_path / "cache")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PackagesError, match="there is no apt-get"):
        unpacked(["no-such-package"], tmp_path / "cache")


def test_what_a_failing_tool_said_is_shown_and_its_folder_goes(tmp_path: Path) -> None:
    with folder(Account.unprivileged()) as place:
        with pytest.raises(ServerError, match=r"(?s)/bin/sh ended with 3.*so it is"):
            place.run("/bin/sh", "-c", "echo so it is; exit 3")
        made = place.path
    assert not made.exists()
