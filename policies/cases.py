"""Two cases for each of our rules: a workspace that it objects to, and one that only looks like that."""

from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, Field

from auroraform.schemas.codes.entries import Example


class Case(Example):
    """A workspace and a call; or what is synthesized, where no manifest of ours leads there."""

    files: dict[str, str] = Field(default_factory=dict)
    call: str = "auroraform check"
    synthesized: str | None = None
    """Terraform JSON of a stack, as constructs of somebody else could make it."""


class Cases(BaseModel):
    """The cases of a rule."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fails: Case
    """The rule finds something here."""
    passes: Case
    """It does not here, although it is near."""


@cache
def cases(code: str) -> Cases | None:
    """The cases of a rule; None for a rule that is not ours."""
    file = resources.files("auroraform.policies.examples").joinpath(f"{code}.yaml")
    return Cases.model_validate(yaml.safe_load(file.read_text(encoding="utf-8"))) if file.is_file() else None
