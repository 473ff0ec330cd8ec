"""The SQL scripts beside a stack: one for each cluster with application users, which makes these users.

Pure text from the resolved cluster. Every name is quoted, although the schema takes none that needs it.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Final, TypedDict

from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.users import ApplicationUser
from auroraform.schemas.spec.users import Access
from auroraform.stacks.layout import SCRIPT_MARK, script_path

if TYPE_CHECKING:
    from jinja2 import Environment

PRIVILEGES: Final[dict[Access, tuple[str, ...]]] = {
    "readonly": ("SELECT", "SHOW VIEW"),
    "readwrite": ("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE TEMPORARY TABLES", "EXECUTE", "SHOW VIEW"),
    "owner": (
        "SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "REFERENCES", "INDEX", "ALTER",
        "CREATE TEMPORARY TABLES", "LOCK TABLES", "EXECUTE", "CREATE VIEW", "SHOW VIEW", "CREATE ROUTINE",
        "ALTER ROUTINE", "EVENT", "TRIGGER",
    ),
}  # fmt: skip
"""What Aurora MySQL grants on a database for an access; that of Aurora PostgreSQL is in its template."""


def scripts(stack: str, clusters: Iterable[ResolvedCluster]) -> dict[str, str]:
    """The text of each script of a stack, by its path in the output folder."""
    return {script_path(stack, cluster.name): script(cluster) for cluster in clusters if has_script(cluster)}


def has_script(cluster: ResolvedCluster) -> bool:
    """Whether a cluster has users to make; those of a replica come with the data."""
    return bool(cluster.application_users) and cluster.replication_source_identifier is None


def script(cluster: ResolvedCluster) -> str:
    """The script of a cluster."""
    users = [_user(user) for user in cluster.application_users]
    databases = dict.fromkeys(database for user in users for database in user["databases"])
    return (
        _templates()
        .get_template(f"{cluster.engine}.sql.j2")
        .render(
            mark=SCRIPT_MARK,
            cluster=cluster.name,
            manifest=cluster.manifest,
            file=f"{cluster.name}.sql",
            port=cluster.port,
            master=cluster.master_username or "MASTER",
            users=users,
            passwords=[user for user in users if not user["is_iam"]],
            logins=[(user["name"], "iam" if user["is_iam"] else "password") for user in users],
            accesses=[(user["name"], database, user["access"]) for user in users for database in user["databases"]],
            databases=[{"name": database, "rows": _schema_rows(users, database)} for database in databases],
            has_wildcards=any(pattern(database) != database for database in databases),
        )
    )


class _User(TypedDict):
    """A user as the templates want it.

    `granted` and `wanted` are for Aurora MySQL: privileges, and each of them with the database that it is on.
    """

    name: str
    access: Access
    databases: tuple[str, ...]
    schemas: tuple[str, ...]
    is_iam: bool
    granted: tuple[str, ...]
    wanted: list[tuple[str, str]]


def _user(user: ApplicationUser) -> _User:
    granted = PRIVILEGES[user.access]
    return {
        "name": user.name,
        "access": user.access,
        "databases": user.databases,
        "schemas": user.schemas,
        "is_iam": user.data_api is None,
        "granted": granted,
        "wanted": [(pattern(database), privilege) for database in user.databases for privilege in granted],
    }


def _schema_rows(users: list[_User], database: str) -> list[tuple[str, str, str]]:
    """Who has which access to which schema of a database."""
    return [
        (user["name"], schema, user["access"])
        for user in users
        if database in user["databases"]
        for schema in user["schemas"]
    ]


def literal(text: str) -> str:
    """Text as a string of SQL, where a backslash is no escape."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name in the quotes of MySQL."""
    return "`" + name.replace("`", "``") + "`"


def account(name: str) -> str:
    """A user of MySQL, from anywhere: the security group says from where."""
    return f"{literal(name)}@'%'"


def pattern(name: str) -> str:
    """A database of MySQL as GRANT wants it: with wildcards that mean themselves."""
    return re.sub(r"[\\%_]", lambda match: f"\\{match[0]}", name)


def connect(name: str) -> str:
    """A database as `connect` of psql wants it.

    Raises:
        ValueError: psql would read more than a name.
    """
    if not _PLAIN.fullmatch(name):
        message = f"{name!r} cannot be connected to from a script"
        raise ValueError(message)
    return f'"{name}"'


def comment(text: str) -> str:
    """Text that ends no line and no comment."""
    return _CONTROL.sub(" ", text)


_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@cache
def _templates() -> "Environment":
    # Only workspaces with application users pay for it.
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

    templates = Environment(
        loader=PackageLoader("auroraform.stacks", "templates"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - SQL; the filters below quote all names
    )
    for filter_ in (literal, identifier, account, pattern, connect, comment):
        templates.filters[filter_.__name__] = filter_
    return templates
