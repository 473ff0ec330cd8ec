"""Names inside the database, and the master password."""

import re
from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.engines import ENGINES, Engine
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.reserved import WORDS
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec

_USER: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def username(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    name, engine = spec.username, ENGINES[spec.engine]
    if name is None:
        return
    prefix = engine.reserved_user_prefix
    if name.lower() in engine.reserved_users or (prefix and name.startswith(prefix)):
        yield Finding(
            Code.BAD_VALUE,
            ("username",),
            f'"{name}" is reserved by {engine.title}',
            "take another name, such as master",
        )
    elif not _USER.fullmatch(name) or len(name) > engine.longest_user:
        yield Finding(
            Code.BAD_VALUE,
            ("username",),
            f'"{name}" is not a master user name of {engine.title}',
            f"use letters, digits and underscores, a letter first, at most {engine.longest_user} characters",
        )
    else:
        yield from _reserved_word("username", name, engine, "master")


def database_name(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    name, engine = spec.database_name, ENGINES[spec.engine]
    if name is None:
        return
    if name.lower() in engine.reserved_databases:
        yield Finding(
            Code.BAD_VALUE,
            ("databaseName",),
            f'"{name}" is reserved by {engine.title}',
            "take another name, such as app",
        )
    elif not engine.database_name.fullmatch(name) or len(name) > engine.longest_database:
        yield Finding(
            Code.BAD_VALUE,
            ("databaseName",),
            f'"{name}" is not a database name of {engine.title}',
            f"use letters, digits and underscores, a letter first, at most {engine.longest_database} characters",
        )
    else:
        yield from _reserved_word("databaseName", name, engine, "app")


def _reserved_word(field: str, name: str, engine: Engine, example: str) -> Iterator[Finding]:
    if name.lower() in WORDS[engine.name]:
        yield Finding(
            Code.MAY_BE_REFUSED,
            (field,),
            f'"{name}" means something to {engine.title}, so RDS may refuse it, and every statement must quote it',
            f"take another name, such as {example}",
            Severity.WARNING,
        )


def master_password(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    if spec.manage_master_user_password is False and spec.replication_source_identifier is None:
        yield Finding(
            Code.NOT_SUPPORTED,
            ("manageMasterUserPassword",),
            "without a password that RDS manages there would have to be one in a file",
            "delete it: RDS then makes the password and keeps it in AWS Secrets Manager",
        )
