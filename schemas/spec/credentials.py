"""The master user and its password."""

from typing import Annotated, Final

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from auroraform.schemas.scalars import Text

PLAINTEXT_PASSWORD: Final = "plaintext_password"  # noqa: S105 - the name of an error


def _refuse_password(value: object) -> None:
    if value is None:
        return
    raise PydanticCustomError(PLAINTEXT_PASSWORD, "a password in a manifest is a password in Git")


PlaintextPassword = Annotated[Text | None, BeforeValidator(_refuse_password), WithJsonSchema({"type": "null"})]
"""A password: refused, whatever it is."""
