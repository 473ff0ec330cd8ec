"""Checks of a field that say what they can of themselves in JSON Schema, so that editors know them too."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


# Compared by identity: unions of annotations must be hashable, and a mapping is not.
@dataclass(frozen=True, slots=True, eq=False)
class Expressed:
    """A check that runs after the type is known to be right.

    Attributes:
        check: takes the value and returns it, or raises.
        keywords: JSON Schema that refuses nothing which the check takes.
    """

    check: Callable[[Any], Any]
    keywords: JsonSchemaValue = field(default_factory=dict)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(schema) | self.keywords


def whole(pattern: str) -> JsonSchemaValue:
    """The keyword of text that matches a whole pattern, which must mean the same in JavaScript."""
    return {"pattern": f"^(?:{pattern})$"}
