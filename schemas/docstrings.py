"""What stands under the fields of models, read from the source when somebody asks.

pydantic can read it too (`use_attribute_docstrings`), but does so for every model at import: a tenth of the time that
a run takes, for texts that only help, messages and schemas show.
"""

import ast
import inspect
import textwrap
from functools import cache
from types import MappingProxyType

from pydantic import BaseModel


def description(model: type[BaseModel], field: str) -> str | None:
    """What a field is for, on one line; nothing if the model does not say.

    Args:
        model: the model, or one that inherits the field.
        field: its name in Python.
    """
    return descriptions(model).get(field)


@cache
def descriptions(model: type[BaseModel]) -> MappingProxyType[str, str]:
    """What each field of a model is for, by its name in Python."""
    found: dict[str, str] = {}
    for one in reversed(model.__mro__):
        if issubclass(one, BaseModel) and one is not BaseModel:
            found |= _written_in(one)
    return MappingProxyType({name: text for name, text in found.items() if name in model.model_fields})


def _written_in(model: type[BaseModel]) -> dict[str, str]:
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    assert isinstance(definition, ast.ClassDef)  # noqa: S101 - the source of a class
    lines = zip(definition.body, definition.body[1:], strict=False)
    return {
        field.target.id: " ".join(inspect.cleandoc(text.value.value).split())
        for field, text in lines
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
