"""Names inside a database that belong to the engine or to AWS, and so to no application.

Sources: Amazon Aurora User Guide ("Understanding PostgreSQL roles and permissions", "Master user account privileges",
"Role-based privilege model" of Aurora MySQL), PostgreSQL documentation ("Predefined Roles", CREATE ROLE, CREATE
SCHEMA), MySQL Reference Manual ("Reserved Accounts", "Identifier Length Limits").
"""

from dataclasses import dataclass
from typing import Final

from auroraform.schemas.engines import EngineName


@dataclass(frozen=True, slots=True)
class SystemNames:
    """What an engine keeps for itself, in lower case.

    Attributes:
        users: names that no user can have.
        user_prefixes: how names of AWS's own and the engine's own users begin.
        longest_user: how many characters the name of a user may have.
        databases: databases that are there for the engine.
        schemas: schemas likewise; empty where a database has none.
        schema_prefixes: how such names begin.
        longest_schema: how many characters the name of a schema may have; 0 where a database has none.
    """

    users: frozenset[str]
    user_prefixes: tuple[str, ...]
    longest_user: int
    databases: frozenset[str]
    schemas: frozenset[str] = frozenset()
    schema_prefixes: tuple[str, ...] = ()
    longest_schema: int = 0


SYSTEM_NAMES: Final[dict[EngineName, SystemNames]] = {
    "aurora-mysql": SystemNames(
        users=frozenset(),
        # rdsadmin and rds_superuser_role; AWS_LAMBDA_ACCESS and other roles of Aurora.
        user_prefixes=("rds", "aws_"),
        longest_user=32,
        databases=frozenset({"information_schema", "mysql", "performance_schema", "sys"}),
    ),
    "aurora-postgresql": SystemNames(
        users=frozenset({"none", "public"}),
        user_prefixes=("rds", "pg_"),
        longest_user=63,
        databases=frozenset({"rdsadmin", "template0", "template1"}),
        schemas=frozenset({"information_schema"}),
        schema_prefixes=("pg_",),
        longest_schema=63,
    ),
}
