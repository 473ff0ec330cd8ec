"""The master user and its password."""

from typing import Annotated, Final

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from auroraform.schemas.expressed import Expressed, whole
from auroraform.schemas.models import Model
from auroraform.schemas.references import TextOrReference
from auroraform.schemas.rotation import CRON, DURATION, RATE, parse
from auroraform.schemas.scalars import Flag, Integer, Text
from auroraform.schemas.values import bad_value, between, matching, plain

PLAINTEXT_PASSWORD: Final = "plaintext_password"  # noqa: S105 - the name of an error


def _refuse_password(value: object) -> None:
    if value is None:
        return
    raise PydanticCustomError(PLAINTEXT_PASSWORD, "a password in a manifest is a password in Git")


PlaintextPassword = Annotated[Text | None, BeforeValidator(_refuse_password), WithJsonSchema({"type": "null"})]
"""A password: refused, whatever it is."""


class PasswordFrom(Model):
    """Where the master password is kept that you bring.

    Terraform reads it at each plan and apply, and writes it nowhere: neither into the plan nor into the state. Needs
    Terraform or OpenTofu 1.11.
    """

    secret_arn: TextOrReference | None = None
    """ARN of a secret in AWS Secrets Manager, in the cluster's Region. If absent: `ssmParameter` holds."""
    ssm_parameter: TextOrReference | None = None
    """Name or ARN of a SecureString in the Parameter Store, in the cluster's Region; a reference must give the ARN.
    If absent: `secretArn` holds."""
    # Becomes part of an expression: a name, and nothing else.
    json_key: Annotated[Text, plain(r"[\w.-]+", "is not a key that can be named", "write it as password")] | None = None
    """Key of the password, where what is kept is a JSON object. If absent: the whole text is the password."""
    version: Annotated[Integer, between(1, 1_000_000_000)] | None = None
    """Raise it to set the password anew after it has changed: Terraform cannot see that it did. If absent: 1."""


def _schedule(value: str) -> str:
    schedule = parse(value)
    if schedule is None:
        raise bad_value(
            "is not a schedule of Secrets Manager",
            "write it as rate(10 days) or, in UTC and on the hour, as cron(0 4 ? * SUN *)",
        )
    if not schedule.is_offered:
        raise bad_value("is not an interval of Secrets Manager", "write one from 4 hours to 999 days")
    return value


class SecretRotation(Model):
    """When RDS renews the master password that it manages, in UTC. Give one of the first two fields."""

    automatically_after_days: Annotated[Integer, between(1, 1000, " days")] | None = None
    """Days between two renewals, 1 to 1000. If absent: `scheduleExpression` holds."""
    schedule_expression: Annotated[Text, Expressed(_schedule, whole(f"{RATE}|{CRON}"))] | None = None
    """`rate(10 days)`, `rate(12 hours)`, or a `cron(…)` that begins on the hour. If absent: `automaticallyAfterDays`
    holds."""
    duration: Annotated[Text, matching(DURATION, "is not a number of hours", "write it as 3h")] | None = None
    """Length of the window in which it happens, `1h` to `24h`. If absent: an hour for schedules in hours, else until
    the end of the day."""
    rotate_immediately: Flag | None = None
    """Renew the password also when this schedule is set or changed, which may end the work of clients that know the
    old one. If absent: false."""


class MasterUserSecret(Model):
    """The secret that RDS keeps the master password in."""

    rotation: SecretRotation | None = None
    """When the password is renewed. Taking it away later ends all rotation; it does not bring back RDS's own.
    If absent: RDS renews it every seven days."""
