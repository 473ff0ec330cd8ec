"""What a workspace says about rules: `policies.yaml` beside its two folders."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Discriminator, Field, Tag

from auroraform.policies.bounds import Bounds
from auroraform.policies.rule import AnyRule
from auroraform.schemas.environment import EnvironmentClass
from auroraform.schemas.located import Mapping, read_file
from auroraform.schemas.models import Model
from auroraform.schemas.problems import Code, Place, Problem, Severity, has_errors
from auroraform.schemas.shape import check, place_of, suggest
from auroraform.schemas.waivers import Waiver

FILE: Final = "policies.yaml"
API_VERSION: Final = "auroraform/v1"
KIND: Final = "Policies"

Level = Literal["ignore", "warning", "error"]


class LevelByClass(Model):
    """How bad findings of a rule are, by class of environment."""

    production: Level | None = None
    """In production. If absent: as the rule says."""
    staging: Level | None = None
    """In staging. If absent: as the rule says."""
    development: Level | None = None
    """In development. If absent: as the rule says."""


def _which(value: object) -> str:
    return "<classes>" if isinstance(value, dict | LevelByClass) else "<level>"


Levels = Annotated[
    Annotated[Level, Tag("<level>")] | Annotated[LevelByClass, Tag("<classes>")],
    Discriminator(_which),
]


class PoliciesSpec(Model):
    """How the rules hold in a workspace."""

    rules: dict[str, Levels] = Field(default_factory=dict)
    """By code, how bad findings are: `ignore`, `warning` or `error`, for all classes or by class. If absent: as the
    rules say."""
    bounds: Bounds = Bounds()
    """The bounds that values are held against. If absent: the bounds' own defaults."""
    waivers: tuple[Waiver, ...] = ()
    """Exceptions for the whole workspace. If absent: none beside those of environments and manifests."""


class Policies(Model):
    """How the rules hold in a workspace."""

    api_version: Literal["auroraform/v1"]
    """`auroraform/v1`."""
    kind: Literal["Policies"]
    """`Policies`."""
    spec: PoliciesSpec
    """How the rules hold."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a workspace says about rules, and where.

    Attributes:
        document: the file; None where there is none.
    """

    spec: PoliciesSpec
    document: Mapping | None = None

    def severity(self, rule: AnyRule, environment_class: EnvironmentClass) -> Severity | None:
        """How bad a finding is; None where the rule does not hold."""
        level = self.spec.rules.get(rule.code)
        if isinstance(level, LevelByClass):
            level = getattr(level, environment_class)
        if level is None:
            return rule.severity.of(environment_class)
        return None if level == "ignore" else Severity(level)


def load(root: Path, rules: tuple[AnyRule, ...]) -> tuple[Settings, list[Problem]]:
    """Read the settings of a workspace, and everything that is wrong with them.

    Args:
        root: the folder of the workspace.
        rules: all rules; a code that none of them has is most likely a typing error.
    """
    path = root / FILE
    if not path.is_file():
        return Settings(PoliciesSpec()), []
    result = read_file(path, FILE)
    problems = list(result.problems)
    if len(result.documents) != 1:
        if not has_errors(problems):
            problems.append(Problem(Code.SYNTAX, Place(FILE), "must hold one document", help="keep one of them"))
        return Settings(PoliciesSpec()), problems
    (document,) = result.documents
    model, found = check(Policies, document)
    problems += found
    if model is None:
        return Settings(PoliciesSpec()), problems
    codes = {rule.code for rule in rules}
    for code in model.spec.rules:
        if code not in codes:
            near = suggest(code, codes)
            problems.append(
                Problem(
                    Code.UNKNOWN_FIELD,
                    place_of(document, ("spec", "rules", code)),
                    "is not the code of a rule",
                    f"spec.rules.{code}",
                    f"did you mean {near}?" if near else "docs/rules.md lists all",
                )
            )
    return Settings(model.spec, document), problems
