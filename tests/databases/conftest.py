"""Real servers for the SQL scripts, one of each for all tests, empty for each test."""

import os
from collections.abc import Iterator
from typing import Final, NoReturn

import pytest

from support.databases import mariadb as mariadb_server
from support.databases import postgresql as postgresql_server
from support.databases.mariadb import Mariadb, running_mariadb
from support.databases.packages import PackagesError
from support.databases.postgresql import Postgresql, running_postgresql

# What a master user of Aurora MySQL is granted (Amazon Aurora User Guide, "Master user account privileges").
_MASTER: Final = (
    "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER, SHOW DATABASES, "
    "CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, REPLICATION SLAVE, REPLICATION CLIENT, CREATE VIEW, SHOW VIEW, "
    "CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT, TRIGGER"
)
_ADMIN_OPTION_NEEDED: Final = 160000


def missing(reason: str) -> NoReturn:
    """Skip the test; under CI=true fail it, as nobody reads what CI skipped."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgresql_process() -> Iterator[Postgresql]:
    programs = postgresql_server.find_programs()
    if programs is None:
        missing(f"needs postgres and psql, or their folder in {postgresql_server.PROGRAMS_VARIABLE}")
    with running_postgresql(programs) as server:
        yield server


@pytest.fixture
def postgresql(postgresql_process: Postgresql) -> Postgresql:
    """A server as Aurora's: a master user who is no superuser, and rds_iam, which is a plain role here."""
    server = postgresql_process
    server.run(
        "SELECT format('DROP DATABASE %I', datname) FROM pg_database WHERE datname IN ('orders', 'archive') \\gexec\n"
        # All at once, as one may have made another a member of a third.
        "SELECT 'DROP ROLE ' || string_agg(quote_ident(rolname), ', ') FROM pg_roles"
        " WHERE rolname <> 'postgres' AND rolname !~ '^pg_' HAVING count(*) > 0 \\gexec\n"
    )
    version = server.run(
        "CREATE ROLE rds_iam; CREATE ROLE master LOGIN CREATEROLE CREATEDB; SHOW server_version_num;"
        "CREATE DATABASE orders OWNER master;\nCREATE DATABASE archive OWNER master;"
    )
    if int(version) >= _ADMIN_OPTION_NEEDED:
        # RDS lets its master users grant it without.
        server.run("GRANT rds_iam TO master WITH ADMIN TRUE, INHERIT FALSE, SET FALSE")
    table = "CREATE TABLE before (id serial, what text);"
    server.run(f"{table}\n\\connect archive\n{table}", user="master", database="orders")
    return server


@pytest.fixture(scope="session")
def mariadb_process() -> Iterator[Mariadb]:
    programs = mariadb_server.find_programs()
    if programs is None:
        try:
            programs = mariadb_server.fetched_programs()
        except PackagesError as error:
            missing(f"needs MariaDB, or its usr folder in {mariadb_server.PROGRAMS_VARIABLE}: {error}")
    with running_mariadb(programs) as server:
        yield server


@pytest.fixture
def mariadb(mariadb_process: Mariadb) -> Mariadb:
    """A server as Aurora MySQL's, as far as MariaDB can be: with a master user who is not root."""
    server = mariadb_process
    left = server.run(
        "SELECT CONCAT('DROP DATABASE `', schema_name, '`;') FROM information_schema.schemata"
        " WHERE schema_name NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys');"
        "SELECT CONCAT('DROP USER ', QUOTE(user), '@', QUOTE(host), ';') FROM mysql.user"
        " WHERE user NOT IN ('root', 'mariadb.sys')",
        raw=True,
    )
    server.run(f"{left} CREATE USER master@'%'; GRANT {_MASTER} ON *.* TO master@'%' WITH GRANT OPTION")
    server.run(
        "\n".join(
            f"CREATE DATABASE {database}; CREATE TABLE {database}.before_users (id int auto_increment primary key);"
            for database in ("shop_2", "shopX2", "archive")
        ),
        user="master",
    )
    return server
