"""Names inside the database, and the master password."""

import re
from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.engines import ENGINES, Engine
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.reserved import WORDS
from auroraform.schemas.rotation import parse
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
    brought = spec.password_from
    if brought is None:
        if spec.manage_master_user_password is False and spec.replication_source_identifier is None:
            yield Finding(
                Code.NOT_SUPPORTED,
                ("manageMasterUserPassword",),
                "without a password that RDS manages there would have to be one in a file",
                "delete it: RDS then makes the password and keeps it in AWS Secrets Manager; or say where yours is "
                "kept: passwordFrom: {secretArn: …}",
            )
        return
    if spec.manage_master_user_password:
        yield Finding(
            Code.CONFLICT,
            ("passwordFrom",),
            "RDS manages the password, as manageMasterUserPassword is true, and passwordFrom brings another one",
            "keep one of the two (where two layers differ, the later one wins)",
        )
    if brought.secret_arn is None and brought.ssm_parameter is None:
        yield Finding(
            Code.MISSING_FIELD,
            ("passwordFrom",),
            "does not say where the password is kept",
            "add secretArn, or ssmParameter for the Parameter Store",
        )
    if brought.secret_arn is not None and brought.ssm_parameter is not None:
        yield Finding(
            Code.CONFLICT,
            ("passwordFrom", "ssmParameter"),
            "a password is kept in a secret or in a parameter, not in both",
            "keep secretArn or ssmParameter; a layer that names the one can set the other to null",
        )


def needless_credentials(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    """What is said of a password, or of RDS's secret, where there is none.

    Amazon Aurora User Guide, "Limitations for Secrets Manager integration"; RDS API reference, CreateDBCluster.
    """
    secret: tuple[tuple[str, object], ...] = (
        ("masterUserSecretKmsKeyId", spec.master_user_secret_kms_key_id),
        ("masterUserSecret", spec.master_user_secret),
    )
    if spec.replication_source_identifier is not None:
        fields: tuple[tuple[str, object], ...] = (("passwordFrom", spec.password_from), *secret)
        message = "a cluster that replicates another one has the master user and the password of its source"
        help_ = (
            "delete it, or set it to null here; where AWS refuses to replicate a cluster whose password RDS manages, "
            "give the source a passwordFrom"
        )
    elif spec.password_from is not None:
        fields = secret
        message = "there is no secret of RDS's own where passwordFrom brings the password"
        help_ = "delete it, or set it to null here; what passwordFrom names is encrypted and renewed where it is kept"
    else:
        return
    for field, value in fields:
        if value is not None:
            yield Finding(Code.CONFLICT, (field,), message, help_)


def rotation(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    schedule = spec.master_user_secret.rotation if spec.master_user_secret else None
    if schedule is None:
        return
    at, days, expression = ("masterUserSecret", "rotation"), schedule.automatically_after_days, None
    if schedule.schedule_expression is not None:
        expression = parse(schedule.schedule_expression)
    if days is None and expression is None:
        yield Finding(
            Code.MISSING_FIELD,
            at,
            "does not say when the password is renewed",
            "add automaticallyAfterDays: 30, or a scheduleExpression",
        )
    if days is not None and expression is not None:
        yield Finding(
            Code.CONFLICT,
            (*at, "scheduleExpression"),
            "a schedule is a number of days or an expression, not both",
            "keep automaticallyAfterDays or scheduleExpression; a layer that sets the one can set the other to null",
        )
    if schedule.duration is not None and expression is not None:
        longest = expression.longest_window
        if int(schedule.duration.removesuffix("h")) > longest:
            yield Finding(
                Code.CONFLICT,
                (*at, "duration"),
                f"a window of {schedule.duration} would reach into the next day or the next window of "
                f"{schedule.schedule_expression}",
                f"write {longest}h or less, or begin earlier",
            )
