"""The entries of the catalogue of problem codes, read from their files."""

from functools import cache
from importlib import resources
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

from auroraform.schemas.problems import Code, Severity

# In the files, sentences are wrapped.
Prose = Annotated[str, BeforeValidator(str.strip)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Example(_Part):
    """A small workspace, and a call.

    Unless it is the whole, its files join or replace those of a workspace that is valid: one cluster `orders`, one
    environment `prod` of class production.
    """

    files: dict[str, str]
    """Text by path in the workspace."""
    whole: bool = False
    """There are no other files."""
    encoding: str = "utf-8"
    """How the files are written."""
    before: dict[str, str] | None = None
    """The files as they were at an earlier `auroraform synth`."""
    setup: str | None = None
    """What else it takes, where neither files nor a call can say it."""
    call: str = "auroraform validate"
    """What is called, in the folder of the workspace."""


class Entry(_Part):
    """What a code means."""

    code: Code
    title: Prose
    severity: Severity = Severity.ERROR
    meaning: Prose
    why: Prose
    """What would happen otherwise, and which rule of AWS or Terraform is behind it."""
    fails: Example
    passes: Example


@cache
def entry(code: Code) -> Entry:
    """The entry of a code."""
    file = resources.files(__package__).joinpath(f"{code}.yaml")
    return Entry.model_validate({"code": code, **yaml.safe_load(file.read_text(encoding="utf-8"))})
