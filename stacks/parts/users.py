"""Users inside the database."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from auroraform.schemas.regions import partition_of, service_host
from auroraform.schemas.resolved.users import Account, ApplicationUser, AttachedRole, DataApi
from auroraform.schemas.spec.users import ApplicationUser as Written
from auroraform.schemas.system_names import SYSTEM_NAMES
from auroraform.stacks.parts.context import Context, at_most

LONGEST_POLICY_NAME: Final = 128
DEFAULT_SCHEMA: Final = "public"


def application_users(context: Context) -> tuple[ApplicationUser, ...]:
    """The users, in the order of the manifest."""
    return tuple(_user(context, index, user) for index, user in enumerate(context.spec.application_users or ()))


def account(context: Context) -> Account:
    """The account and Region of the environment."""
    region = context.where.region
    return Account(partition=partition_of(region), region=region, id=context.where.account_id)


def _user(context: Context, index: int, user: Written) -> ApplicationUser:
    has_schemas = SYSTEM_NAMES[context.spec.engine].longest_schema > 0
    return ApplicationUser(
        name=user.name,
        access=user.access,
        databases=user.databases or (context.spec.database_name or "",),
        schemas=user.schemas or ((DEFAULT_SCHEMA,) if has_schemas else ()),
        account=account(context),
        # Policies belong to no Region, but identifiers are unique in one only.
        policy_name=at_most(LONGEST_POLICY_NAME, f"{context.identifier}-{context.where.region}-{user.name}"),
        data_api=_data_api(context, index),
        roles=tuple(_roles(context, index, user.name)),
    )


def _data_api(context: Context, index: int) -> DataApi | None:
    secret_arn = context.values.one("applicationUsers", index, "dataApi", "secretArn")
    if secret_arn is None:
        return None
    return DataApi(
        secret_arn=secret_arn,
        kms_key_id=context.values.one("applicationUsers", index, "dataApi", "kmsKeyId"),
        secrets_manager=service_host("secretsmanager", context.where.region),
    )


def _roles(context: Context, index: int, user: str) -> Iterator[AttachedRole]:
    taken = Counter[str]()
    for role in dict.fromkeys(context.values.all("applicationUsers", index, "roles")):
        # No hyphen but the last one, so that no two pairs of a role and a user read the same.
        name = re.sub(r"[^A-Za-z0-9]", "_", role.key)
        taken[name] += 1
        # Names that differ in what a label cannot hold are told apart by a number.
        number = "" if taken[name] == 1 else f"_{taken[name]}"
        yield AttachedRole(key=f"{name}{number}-{user}", name=role.value)
