"""The script for Aurora MySQL, run by a real MariaDB as the master user would.

MariaDB has no plug-in for IAM: exactly the clause that names it gives way to one for a password.
"""

import hashlib
import re
import textwrap
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pytest

from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.stacks.scripts import PRIVILEGES, script
from support.databases.mariadb import Mariadb
from support.workspaces import Files, manifest

pytestmark = [pytest.mark.databases, pytest.mark.slow, pytest.mark.xdist_group("databases")]

PASSWORD: Final = "token"  # noqa: S105 - of users that live as long as a test
_HASH: Final = hashlib.sha1(hashlib.sha1(PASSWORD.encode()).digest()).hexdigest().upper()  # noqa: S324 - as MariaDB has it
IAM: Final = "IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'"
STAND_IN: Final = f"IDENTIFIED WITH mysql_native_password AS '*{_HASH}'"

USERS: Final = """
- {name: app, access: readwrite}
- {name: migrations, access: owner}
- {name: Reports, access: readonly, databases: [shop_2, archive]}
- {name: search, access: readonly, dataApi: {secretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbC"}}
"""

TextOf = Callable[[str], str]


@pytest.fixture
def text_of(files: Files) -> TextOf:
    """The script for application users, which are given as YAML."""
    return lambda users: script(cluster_with(files, users))


def cluster_with(files: Files, users: str) -> ResolvedCluster:
    spec = f"databaseName: shop_2\nenableHttpEndpoint: true\napplicationUsers:\n{textwrap.indent(users, '  ')}"
    text = manifest(spec).replace("aurora-postgresql", "aurora-mysql").replace("16.8", "8.0.mysql_aurora.3.08.0")
    return files.cluster(manifests__orders=text)


def run(server: Mariadb, script: str) -> None:
    """Run a script as the master user."""
    assert server.run(script.replace(IAM, STAND_IN), user="master") == ""


def privileges(server: Mariadb, user: str) -> dict[str, set[str]]:
    """What a user was granted, by the database as GRANT spells it."""
    rows = server.run(
        "SELECT table_schema, privilege_type FROM information_schema.schema_privileges"
        f" WHERE grantee = CONCAT(QUOTE('{user}'), '@', QUOTE('%'))",
        raw=True,
    )
    found: dict[str, set[str]] = {}
    for row in rows.splitlines():
        database, privilege = row.split("\t")
        found.setdefault(database, set()).add(privilege)
    return found


def rights(server: Mariadb) -> str:
    """Everything that somebody was granted, and how who logs in."""
    tables = ("global_priv", "db", "tables_priv", "columns_priv", "procs_priv")
    shown = server.run("; ".join(f"SELECT * FROM mysql.{table} ORDER BY 1, 2, 3" for table in tables))
    return re.sub(r'"password_last_changed":\d+', "", shown)


def refused(server: Mariadb, statement: str, user: str, *, database: str = "shop_2", tls: bool = True) -> str:
    completed = server.attempt(statement, user=user, database=database, password=PASSWORD, tls=tls)
    assert completed.returncode != 0, statement
    return completed.stderr.strip()


def allowed(server: Mariadb, statement: str, user: str, *, database: str = "shop_2") -> None:
    completed = server.attempt(statement, user=user, database=database, password=PASSWORD)
    assert completed.returncode == 0, completed.stderr


def test_the_plug_in_of_iam_is_all_that_mariadb_does_not_have(text_of: TextOf) -> None:
    assert text_of(USERS).count(IAM) == 2 * 3
    assert text_of(USERS).count("AWSAuthenticationPlugin") == 2 * 3


def test_it_can_be_run_again_and_changes_nothing_then(mariadb: Mariadb, text_of: TextOf) -> None:
    run(mariadb, text_of(USERS))
    first = rights(mariadb)
    run(mariadb, text_of(USERS))
    assert rights(mariadb) == first


def test_nothing_is_taken_back_where_nothing_is_too_much(mariadb: Mariadb, text_of: TextOf) -> None:
    """A user at work must not meet a moment without rights each time that the script is run."""
    run(mariadb, text_of(USERS))
    mariadb.run("SET GLOBAL log_output = 'TABLE'; SET GLOBAL general_log = ON; TRUNCATE mysql.general_log")
    run(mariadb, text_of(USERS))
    logged = mariadb.run("SELECT argument FROM mysql.general_log WHERE command_type IN ('Query', 'Execute')")
    mariadb.run("SET GLOBAL general_log = OFF")
    assert "GRANT SELECT" in logged
    assert "\nREVOKE" not in logged


def test_each_user_can_do_what_its_access_says_and_no_more(mariadb: Mariadb, text_of: TextOf) -> None:
    run(mariadb, text_of(USERS))
    read, write, all_ = (set(PRIVILEGES[access]) for access in ("readonly", "readwrite", "owner"))
    assert privileges(mariadb, "app") == {"shop\\_2": write}
    assert privileges(mariadb, "migrations") == {"shop\\_2": all_}
    assert privileges(mariadb, "Reports") == {"shop\\_2": read, "archive": read}
    assert privileges(mariadb, "search") == {"shop\\_2": read}

    allowed(mariadb, "INSERT INTO before_users VALUES (); DELETE FROM before_users", "app")
    allowed(
        mariadb, "CREATE TABLE later (id int); CREATE VIEW seen AS SELECT * FROM later; DROP VIEW seen", "migrations"
    )
    allowed(mariadb, "SELECT * FROM later", "Reports")
    allowed(mariadb, "SELECT * FROM before_users", "Reports", database="archive")
    assert "INSERT command denied to user 'Reports'" in refused(
        mariadb, "INSERT INTO before_users VALUES ()", "Reports"
    )
    assert "CREATE command denied to user 'app'" in refused(mariadb, "CREATE TABLE mine (id int)", "app")
    assert "DROP command denied to user 'app'" in refused(mariadb, "DROP TABLE before_users", "app")
    for user in ("app", "migrations", "Reports"):
        assert "Access denied" in refused(mariadb, "CREATE USER mine", user)
        assert "Access denied" in refused(mariadb, "SELECT 1", user, database="mysql")


def test_an_underscore_is_no_wildcard(mariadb: Mariadb, text_of: TextOf) -> None:
    run(mariadb, text_of(USERS))
    for user in ("app", "migrations", "Reports"):
        assert "to database 'shopX2'" in refused(mariadb, "SELECT 1", user, database="shopX2")


def test_nobody_connects_without_tls(mariadb: Mariadb, text_of: TextOf) -> None:
    run(mariadb, text_of(USERS))
    for user in ("app", "migrations", "Reports"):
        assert "Access denied" in refused(mariadb, "SELECT 1", user, tls=False)


def test_access_that_is_reduced_is_taken_back(mariadb: Mariadb, text_of: TextOf) -> None:
    run(mariadb, text_of("- {name: app, access: owner, databases: [shop_2, archive]}"))
    run(mariadb, text_of("- {name: app, access: readonly}"))
    assert privileges(mariadb, "app") == {"shop\\_2": set(PRIVILEGES["readonly"])}
    assert "INSERT command denied" in refused(mariadb, "INSERT INTO before_users VALUES ()", "app")
    assert "to database 'archive'" in refused(mariadb, "SELECT 1", "app", database="archive")


@pytest.mark.parametrize(
    "grant",
    [
        "GRANT PROCESS ON *.* TO app",
        "GRANT SELECT ON *.* TO app",
        "GRANT SELECT ON archive.* TO app",
        "GRANT INSERT ON shop_2.before_users TO app",
        "GRANT SELECT (id) ON archive.before_users TO app",
        "GRANT SELECT ON `shop\\_2`.* TO app WITH GRANT OPTION",
    ],
)
def test_what_somebody_else_granted_is_taken_back(grant: str, mariadb: Mariadb, text_of: TextOf) -> None:
    users = "- {name: app, access: readonly}"
    run(mariadb, text_of(users))
    first = rights(mariadb)
    mariadb.run(grant)
    assert rights(mariadb) != first
    run(mariadb, text_of(users))
    assert rights(mariadb) == first


def test_a_user_that_was_there_logs_in_with_iam_from_now_on(mariadb: Mariadb, text_of: TextOf) -> None:
    mariadb.run("CREATE USER app IDENTIFIED BY 'old'; GRANT ALL ON *.* TO app")
    run(mariadb, text_of("- {name: app, access: readonly}"))
    assert mariadb.attempt("SELECT 1", user="app", database="shop_2", password="old").returncode != 0  # noqa: S106
    allowed(mariadb, "SELECT * FROM before_users", "app")
    assert privileges(mariadb, "app") == {"shop\\_2": set(PRIVILEGES["readonly"])}


def test_a_user_with_a_secret_is_locked_until_it_has_a_password(mariadb: Mariadb, text_of: TextOf) -> None:
    run(mariadb, text_of(USERS))
    assert (
        "Access denied, this account is locked" in mariadb.attempt("SELECT 1", user="search", database="shop_2").stderr
    )
    (unlock,) = [line for line in text_of(USERS).splitlines() if "ACCOUNT UNLOCK" in line]
    mariadb.run(unlock.removeprefix("--").replace("...", PASSWORD), user="master")
    run(mariadb, text_of(USERS))
    allowed(mariadb, "SELECT * FROM before_users", "search")
    assert "INSERT command denied" in refused(mariadb, "INSERT INTO before_users VALUES ()", "search")


HOSTILE: Final = "a'; DROP TABLE x; --`\\ \" %_#"


def test_a_hostile_name_is_a_name(mariadb: Mariadb, files: Files) -> None:
    """The schema takes no such name: the quoting holds by itself."""
    cluster = cluster_with(files, "- {name: app, access: owner}")
    (user,) = cluster.application_users
    hostile = replace(cluster, application_users=(replace(user, name=HOSTILE, databases=(HOSTILE,)),))
    for _ in range(2):
        run(mariadb, script(hostile))
    shown = "SELECT HEX(user), HEX(db) FROM mysql.db WHERE user LIKE '%DROP%'"
    pattern = HOSTILE.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    assert mariadb.run(shown) == f"{HOSTILE.encode().hex().upper()}\t{pattern.encode().hex().upper()}"
