"""The master user and its password."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterPassword:
    """A password that somebody else keeps, in a secret or in a parameter: one of the two is given."""

    secret_arn: str | None
    ssm_parameter_arn: str | None
    json_key: str | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretRotation:
    """When RDS renews the password that it manages: after days or by an expression, one of the two."""

    automatically_after_days: int | None
    schedule_expression: str | None
    duration: str | None
    rotate_immediately: bool
