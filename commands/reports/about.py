"""What codes mean: those of problems, and those of rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auroraform.schemas.codes.entries import entry
from auroraform.schemas.codes.prose import markdown, text
from auroraform.schemas.problems import Code, Severity

if TYPE_CHECKING:
    from auroraform.policies.rule import Rule


@dataclass(frozen=True, slots=True)
class About:
    """What a code means.

    Attributes:
        name: a word in mixed case, for services.
        text: all of it, as plain text.
        markdown: the same as Markdown.
    """

    name: str
    title: str
    meaning: str
    text: str
    markdown: str
    severity: Severity


def about(code: str, rules: Mapping[str, Rule]) -> About:
    """What a code means.

    Args:
        code: the code.
        rules: rules by their codes.
    """
    if code in rules:
        from auroraform.policies import prose  # noqa: PLC0415 - loads all that rules look at

        rule = rules[code]
        name = "".join(word.capitalize() for word in rule.title.replace("-", " ").split() if word.isalnum())
        severity = rule.severity.production or rule.severity.staging or Severity.WARNING
        return About(name, rule.title, rule.rationale, prose.text(rule), prose.markdown(rule), severity)
    known = Code(code)
    found = entry(known)
    name = known.name.title().replace("_", "")
    return About(name, found.title, found.meaning, text(found), markdown(found), found.severity)
