"""The script for Aurora PostgreSQL, run by a real server as the master user would."""

import textwrap
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pytest

from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.stacks.scripts import script
from support.databases.postgresql import Postgresql
from support.workspaces import Files, manifest

pytestmark = [pytest.mark.databases, pytest.mark.slow, pytest.mark.xdist_group("databases")]

USERS: Final = """
- {name: app, access: readwrite}
- {name: migrations, access: owner, schemas: [public, audit]}
- {name: Reports, access: readonly, databases: [orders, archive]}
- {name: search, access: readonly, dataApi: {secretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbC"}}
"""
PRIVILEGES: Final = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
READ, WRITE, ALL = PRIVILEGES[:1], PRIVILEGES[:4], PRIVILEGES


TextOf = Callable[[str], str]


@pytest.fixture
def text_of(files: Files) -> TextOf:
    """The script for application users, which are given as YAML."""
    return lambda users: script(cluster_with(files, users))


def cluster_with(files: Files, users: str) -> ResolvedCluster:
    spec = f"databaseName: orders\nenableHttpEndpoint: true\napplicationUsers:\n{textwrap.indent(users, '  ')}"
    return files.cluster(manifests__orders=manifest(spec))


def run(server: Postgresql, script: str) -> list[str]:
    """Run a script as the master user; what is left to look at."""
    return server.run(script, user="master").splitlines()


def privileges(server: Postgresql, user: str, table: str, *, database: str = "orders") -> tuple[str, ...]:
    rows = "(VALUES {}) AS p (name)".format(", ".join(f"('{name}')" for name in PRIVILEGES))
    answer = server.run(
        f"SELECT name FROM {rows} WHERE has_table_privilege('{user}', '{table}', name)", database=database
    )
    return tuple(answer.split())


def rights(server: Postgresql) -> str:
    """Everything that somebody was granted, and who is a member of what."""
    shared = server.run(
        f"SELECT datname, {_sorted('datacl')} FROM pg_database ORDER BY 1;"
        "SELECT rolname, rolcanlogin, rolcreaterole, rolcreatedb, rolpassword FROM pg_authid ORDER BY 1;"
        "SELECT roleid::regrole, member::regrole, grantor::regrole, admin_option FROM pg_auth_members ORDER BY 1, 2, 3"
    )
    own = (
        f"SELECT nspname, {_sorted('nspacl')} FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1;"
        f"SELECT oid::regclass, relowner::regrole, {_sorted('relacl')} FROM pg_class WHERE relacl IS NOT NULL"
        " ORDER BY 1;"
        f"SELECT defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, {_sorted('defaclacl')}"
        " FROM pg_default_acl ORDER BY 1, 2, 3"
    )
    return "\n".join((shared, server.run(own, database="orders"), server.run(own, database="archive")))


def _sorted(acl: str) -> str:
    return f"(SELECT array_agg(one::text ORDER BY one::text) FROM unnest({acl}) AS one)"


def refused(server: Postgresql, statement: str, user: str, *, database: str = "orders") -> str:
    completed = server.attempt(statement, user=user, database=database)
    assert completed.returncode != 0, statement
    return completed.stderr.strip().rpartition("ERROR:  ")[2]


def test_it_can_be_run_again_and_changes_nothing_then(postgresql: Postgresql, text_of: TextOf) -> None:
    assert run(postgresql, text_of(USERS)) == []
    first = rights(postgresql)
    assert run(postgresql, text_of(USERS)) == []
    assert rights(postgresql) == first


def test_each_user_can_do_what_its_access_says_and_no_more(postgresql: Postgresql, text_of: TextOf) -> None:
    run(postgresql, text_of(USERS))
    expected = {"app": WRITE, "migrations": ALL, "Reports": READ, "search": READ}
    assert {user: privileges(postgresql, user, "before") for user in expected} == expected
    elsewhere = {"app": (), "migrations": (), "Reports": READ, "search": ()}
    assert {user: privileges(postgresql, user, "before", database="archive") for user in expected} == elsewhere

    postgresql.run("INSERT INTO before (what) VALUES ('x'); DELETE FROM before", user="app", database="orders")
    for user in ("Reports", "search"):
        postgresql.run("SELECT * FROM before; SELECT last_value FROM before_id_seq", user=user, database="orders")
        assert refused(postgresql, "INSERT INTO before (what) VALUES ('x')", user) == (
            "permission denied for table before"
        )
        assert refused(postgresql, "SELECT nextval('before_id_seq')", user) == (
            "permission denied for sequence before_id_seq"
        )
    for user in ("app", "Reports", "search"):
        assert refused(postgresql, "CREATE TABLE mine ()", user).startswith("permission denied for schema public")
        assert refused(postgresql, "CREATE SCHEMA mine", user) == "permission denied for database orders"
        assert refused(postgresql, "SELECT * FROM audit.nothing", user).startswith("permission denied for schema audit")
        assert refused(postgresql, "CREATE ROLE mine", user).startswith("permission denied to create role")
    assert refused(postgresql, "DROP TABLE before", "app").startswith("must be owner of table before")
    postgresql.run("CREATE TABLE audit.log (); CREATE SCHEMA mine", user="migrations", database="orders")


@pytest.mark.parametrize("maker", ["migrations", "master"])
def test_what_is_made_later_is_as_accessible(maker: str, postgresql: Postgresql, text_of: TextOf) -> None:
    run(postgresql, text_of(USERS))
    postgresql.run("CREATE TABLE later (id serial)", user=maker, database="orders")
    expected = {"app": WRITE, "migrations": ALL, "Reports": READ, "search": READ}
    assert {user: privileges(postgresql, user, "later") for user in expected} == expected
    postgresql.run("INSERT INTO later DEFAULT VALUES", user="app", database="orders")
    # Made between two runs, it is part of what the second one looks at.
    before = rights(postgresql)
    assert run(postgresql, text_of(USERS)) == []
    assert rights(postgresql) == before


def test_access_that_is_reduced_is_taken_back(postgresql: Postgresql, text_of: TextOf) -> None:
    run(postgresql, text_of("- {name: app, access: readwrite, databases: [orders, archive], schemas: [public, b]}"))
    assert privileges(postgresql, "app", "before", database="archive") == WRITE
    run(postgresql, text_of("- {name: app, access: readonly}\n- {name: other, access: readonly, databases: [archive]}"))
    assert privileges(postgresql, "app", "before") == READ
    assert privileges(postgresql, "app", "before", database="archive") == ()
    postgresql.run("CREATE TABLE later (); CREATE TABLE b.later ()", user="master", database="orders")
    postgresql.run("CREATE TABLE later ()", user="master", database="archive")
    assert privileges(postgresql, "app", "later") == READ
    assert privileges(postgresql, "app", "b.later") == ()
    assert privileges(postgresql, "app", "later", database="archive") == ()
    has = "SELECT has_schema_privilege('app', 'b', 'USAGE'), has_database_privilege('app', 'archive', 'CREATE')"
    assert postgresql.run(has, database="orders") == "f|f"


def test_an_owner_that_is_reduced_keeps_what_it_owns_and_that_is_told(postgresql: Postgresql, text_of: TextOf) -> None:
    run(postgresql, text_of("- {name: app, access: owner}\n- {name: reports, access: readonly}"))
    postgresql.run("CREATE TABLE own (id int)", user="app", database="orders")
    reduced = text_of("- {name: app, access: readonly}\n- {name: reports, access: readonly}")
    told = ["app owns table public.own without the access owner, and can do anything to it"]
    assert run(postgresql, reduced) == told
    assert refused(postgresql, "CREATE TABLE more ()", "app").startswith("permission denied for schema public")
    # Its rights on what it owns are no gift that could be taken back, and those of others on that stay.
    postgresql.run("INSERT INTO own VALUES (1)", user="app", database="orders")
    assert privileges(postgresql, "reports", "own") == READ
    assert run(postgresql, reduced) == told


def test_the_master_user_keeps_its_password(postgresql: Postgresql, text_of: TextOf) -> None:
    """RDS refuses the password of every member of rds_iam, so that a membership that stays locks the master out."""
    for _ in range(2):
        run(postgresql, text_of(USERS))
        inherited = "SELECT pg_has_role('master', 'rds_iam', 'USAGE'), pg_has_role('master', 'migrations', 'USAGE')"
        assert postgresql.run(inherited) == "f|f"


def test_a_membership_of_the_master_user_that_somebody_wants_stays(postgresql: Postgresql, text_of: TextOf) -> None:
    users = "- {name: search" + USERS.partition("- {name: search")[2]
    run(postgresql, text_of(users))
    postgresql.run("GRANT search TO master", user="master")
    run(postgresql, text_of(users))
    assert postgresql.run("SELECT pg_has_role('master', 'search', 'USAGE')") == "t"


def test_users_log_in_with_iam_or_with_a_password_that_the_script_does_not_know(
    postgresql: Postgresql, text_of: TextOf
) -> None:
    members = (
        "SELECT rolname, pg_has_role(oid, 'rds_iam', 'MEMBER'), rolpassword IS NULL FROM pg_authid WHERE rolname = "
    )
    run(postgresql, text_of("- {name: search, access: readonly}"))
    assert postgresql.run(f"{members} 'search'") == "search|t|t"
    run(postgresql, text_of(USERS))
    assert postgresql.run(f"{members} 'search'") == "search|f|t"
    assert postgresql.run(f"{members} 'app'") == "app|t|t"


def test_a_role_that_was_there_loses_the_rights_of_an_administrator(postgresql: Postgresql, text_of: TextOf) -> None:
    postgresql.run("CREATE ROLE app CREATEROLE CREATEDB; CREATE ROLE team; GRANT team TO app", user="master")
    told = run(postgresql, text_of("- {name: app, access: readonly}"))
    assert told == ["app is a member of team, and has its rights too"]
    assert (
        postgresql.run("SELECT rolcanlogin, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = 'app'") == "t|f|f"
    )


class TestTheSchemaPublic:
    """Before PostgreSQL 15, everybody may make tables in it."""

    def test_it_is_closed(self, postgresql: Postgresql, text_of: TextOf) -> None:
        postgresql.run("GRANT CREATE ON SCHEMA public TO PUBLIC", database="orders")
        assert run(postgresql, text_of(USERS)) == []
        assert refused(postgresql, "CREATE TABLE mine ()", "Reports").startswith("permission denied for schema public")
        postgresql.run("CREATE TABLE mine ()", user="migrations", database="orders")

    def test_it_stays_open_where_somebody_else_has_a_table_there(self, postgresql: Postgresql, text_of: TextOf) -> None:
        postgresql.run("GRANT CREATE ON SCHEMA public TO PUBLIC; CREATE ROLE legacy LOGIN", database="orders")
        postgresql.run("CREATE TABLE theirs ()", user="legacy", database="orders")
        assert run(postgresql, text_of(USERS)) == [
            "everybody may make tables in schema public, as these did: legacy",
            "table public.theirs belongs to legacy, who alone can grant on it",
        ]
        postgresql.run("CREATE TABLE more ()", user="legacy", database="orders")

    def test_it_stays_open_where_it_is_not_the_master_users(self, postgresql: Postgresql, text_of: TextOf) -> None:
        """As initdb left it before PostgreSQL 15: everybody may use it, and its owner alone can change that."""
        for database in ("orders", "archive"):
            old = "ALTER SCHEMA public OWNER TO postgres; GRANT USAGE, CREATE ON SCHEMA public TO PUBLIC"
            postgresql.run(old, database=database)
        told = [
            "everybody may make tables in schema public",
            "schema public belongs to postgres, who alone can grant on it",
        ]
        assert run(postgresql, text_of(USERS)) == [*told, *told]
        postgresql.run("INSERT INTO before (what) VALUES ('x')", user="app", database="orders")
        assert refused(postgresql, "INSERT INTO before (what) VALUES ('x')", "Reports") == (
            "permission denied for table before"
        )


def test_what_belongs_to_somebody_else_is_told_and_hinders_nothing(postgresql: Postgresql, text_of: TextOf) -> None:
    postgresql.run(
        "CREATE SCHEMA audit; CREATE ROLE legacy; CREATE TABLE x (); ALTER TABLE x OWNER TO legacy", database="orders"
    )
    postgresql.run("ALTER DATABASE archive OWNER TO legacy")
    assert run(postgresql, text_of(USERS)) == [
        "the database archive belongs to legacy, who alone can grant on it",
        "schema audit belongs to postgres, who alone can grant on it",
        "table public.x belongs to legacy, who alone can grant on it",
        "schema public belongs to pg_database_owner, who alone can grant on it",
    ]
    assert privileges(postgresql, "app", "before") == WRITE


def test_a_fault_in_a_database_leaves_that_database_as_it_was(postgresql: Postgresql, text_of: TextOf) -> None:
    completed = postgresql.attempt(
        text_of("- {name: app, access: readonly, databases: [orders, nowhere]}"), user="master"
    )
    assert completed.returncode != 0
    assert 'database "nowhere" does not exist' in completed.stderr
    broken = text_of(USERS).replace("COMMIT;", "SELECT 1 / 0; COMMIT;")
    before = rights(postgresql)
    assert "division by zero" in postgresql.attempt(broken, user="master").stderr
    assert rights(postgresql) == before


def test_objects_of_a_user_cannot_trick_the_master_user(postgresql: Postgresql, text_of: TextOf) -> None:
    """A function in a schema that everybody can write to must not be run by who runs the script."""
    postgresql.run("GRANT CREATE ON SCHEMA public TO PUBLIC; CREATE ROLE mallory LOGIN", database="orders")
    trap = (
        "CREATE FUNCTION public.format(text, name, name) RETURNS text LANGUAGE sql AS"
        " $$SELECT 'GRANT CREATE ON DATABASE orders TO mallory'$$"
    )
    postgresql.run(trap, user="mallory", database="orders")
    run(postgresql, text_of(USERS))
    assert postgresql.run("SELECT has_database_privilege('mallory', 'orders', 'CREATE')") == "f"


HOSTILE: Final = "a\"; DROP TABLE before; --'\\ $$ :x %I"


def test_a_hostile_name_is_a_name(postgresql: Postgresql, files: Files) -> None:
    """The schema takes no such name: the quoting holds by itself."""
    cluster = cluster_with(files, "- {name: app, access: readonly}")
    (user,) = cluster.application_users
    hostile = replace(cluster, application_users=(replace(user, name=HOSTILE, schemas=(HOSTILE, "public")),))
    assert run(postgresql, script(hostile)) == []
    assert postgresql.run("SELECT rolname FROM pg_roles WHERE rolname ~ 'DROP'") == HOSTILE
    assert postgresql.run("SELECT nspname FROM pg_namespace WHERE nspname ~ 'DROP'", database="orders") == HOSTILE
    assert postgresql.run("SELECT count(*) FROM before", database="orders") == "0"


def test_every_statement_can_be_seen_and_the_second_run_has_none(postgresql: Postgresql, text_of: TextOf) -> None:
    first, second = (statements(postgresql, text_of(USERS)) for _ in range(2))
    assert "GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE public.before TO app" in first
    assert "CREATE ROLE app LOGIN" in first
    assert second == []


def statements(server: Postgresql, script: str) -> list[str]:
    """The statements that a script made, but for the memberships that last as long as a transaction."""
    shown = server.run(f"\\set ECHO queries\n{script}", user="master").splitlines()
    made = [line for line in shown if line.startswith(("CREATE ROLE", "CREATE SCHEMA", "ALTER", "GRANT", "REVOKE"))]
    return [line for line in made if not line.endswith((" TO master", " FROM master"))]
