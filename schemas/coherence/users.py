"""Users inside the database: their names, what they may do, and how they log in."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.reserved import WORDS
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.spec.users import ApplicationUser
from auroraform.schemas.system_names import SYSTEM_NAMES

_USERS: Final = "applicationUsers"
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def names(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine, system = ENGINES[spec.engine], SYSTEM_NAMES[spec.engine]
    # Names of IAM policies are made from these, and IAM takes two that differ in case for one.
    counted = Counter(user.name.lower() for user in _users(spec))
    for index, user in enumerate(_users(spec)):
        path, name = (_USERS, index, "name"), user.name.lower()
        if counted[name] > 1:
            yield Finding(
                Code.CONFLICT, path, f'the user "{user.name}" is there more than once', "keep one, or name another"
            )
        if spec.username is not None and name == spec.username.lower():
            yield Finding(
                Code.CONFLICT,
                path,
                f'"{user.name}" is the master user, who may do everything; the script runs as that user',
                "name the user after the application",
            )
        elif name in system.users or name.startswith(system.user_prefixes):
            yield Finding(
                Code.BAD_VALUE, path, f'"{user.name}" is reserved by {engine.title}', "name it after the application"
            )
        elif len(name) > system.longest_user:
            yield Finding(
                Code.BAD_VALUE,
                path,
                f'"{user.name}" has {len(name)} characters; {engine.title} takes {system.longest_user}',
                "shorten it",
            )
        elif name in WORDS[engine.name]:
            yield Finding(
                Code.MAY_BE_REFUSED,
                path,
                f'"{user.name}" means something to {engine.title}, so every statement of yours must quote it',
                "take another name",
                Severity.WARNING,
            )


def databases(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine, system = ENGINES[spec.engine], SYSTEM_NAMES[spec.engine]
    for index, user in enumerate(_users(spec)):
        path = (_USERS, index, "databases")
        if not (user.databases or spec.database_name):
            yield Finding(
                Code.MISSING_FIELD,
                path if user.databases is not None else (_USERS, index),
                f'names no database for "{user.name}", and the cluster has no databaseName',
                "add databases: [app]",
            )
        for position, database in enumerate(user.databases or ()):
            fault = ""
            if database.lower() in system.databases:
                fault = f'"{database}" is the own database of {engine.title}'
            elif not _NAME.fullmatch(database) or len(database) > engine.longest_database:
                fault = f'"{database}" is not a database name of {engine.title}'
            if fault:
                yield Finding(Code.BAD_VALUE, (*path, position), fault, "name a database of the application")


def schemas(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine, system = ENGINES[spec.engine], SYSTEM_NAMES[spec.engine]
    for index, user in enumerate(_users(spec)):
        path = (_USERS, index, "schemas")
        if user.schemas is None:
            continue
        if not system.longest_schema:
            yield Finding(
                Code.NOT_SUPPORTED,
                path,
                f"a schema of {engine.title} is a database",
                "delete it, and list databases",
            )
            continue
        if not user.schemas:
            yield Finding(Code.BAD_VALUE, path, f'gives "{user.name}" no schema', "name one, or delete it for public")
        for position, schema in enumerate(user.schemas):
            fault = ""
            if schema.lower() in system.schemas or schema.lower().startswith(system.schema_prefixes):
                fault = f'"{schema}" is a schema of {engine.title} itself'
            elif not _NAME.fullmatch(schema) or len(schema) > system.longest_schema:
                fault = f'"{schema}" is not a schema name of {engine.title}'
            if fault:
                yield Finding(Code.BAD_VALUE, (*path, position), fault, "name a schema of the application")


def authentication(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    for index, user in enumerate(_users(spec)):
        if user.data_api is None and not spec.iam_database_authentication_enabled:
            yield Finding(
                Code.CONFLICT,
                (_USERS, index),
                f'"{user.name}" logs in with IAM, which iamDatabaseAuthenticationEnabled: false switches off',
                "delete iamDatabaseAuthenticationEnabled: it is on by default",
            )
        if user.data_api is not None and not spec.enable_http_endpoint:
            yield Finding(
                Code.CONFLICT,
                (_USERS, index, "dataApi"),
                f'"{user.name}" uses the Data API, which is off',
                "add enableHttpEndpoint: true, or delete dataApi",
            )


def _users(spec: AwsRdsClusterSpec) -> tuple[ApplicationUser, ...]:
    return spec.application_users or ()
