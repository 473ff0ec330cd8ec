"""Rules as text: plain for terminals, Markdown for docs/rules.md and code scanning."""

import textwrap
from collections.abc import Iterator
from typing import Final

from auroraform.policies.cases import Case, cases
from auroraform.policies.rule import AnyRule, Rule
from auroraform.schemas.codes.prose import fenced, shown

_COLUMNS: Final = 100
_PAGE: Final = 118
_CODE: Final = "    "


def describe(rule: AnyRule | Rule) -> str:
    """What a rule is about, for a terminal."""
    return f"{rule.code}: {rule.title}\n\n{text(rule)}"


def text(rule: AnyRule | Rule) -> str:
    """What a rule is about, without its title."""
    parts = [textwrap.fill(sentence, _COLUMNS) for sentence in _sentences(rule)]
    if (found := cases(rule.code)) is not None:
        parts.append(f"This is found:\n\n{textwrap.indent(_shown(found.fails), _CODE)}")
        parts.append(f"This is not:\n\n{textwrap.indent(_shown(found.passes), _CODE)}")
    return "\n\n".join((*parts, *rule.links))


def markdown(rule: AnyRule | Rule) -> str:
    """The same as Markdown."""
    parts = [textwrap.fill(sentence, _PAGE) for sentence in _sentences(rule, "**")]
    if (found := cases(rule.code)) is not None:
        parts += [f"This is found:\n\n{_fenced(found.fails)}", f"This is not:\n\n{_fenced(found.passes)}"]
    if rule.links:
        parts.append("\n".join(f"- <{link}>" for link in rule.links))
    return "\n\n".join(parts)


def severities(rule: AnyRule | Rule) -> str:
    """How bad its findings are: `error in production, warning in staging`."""
    by_class = {name: getattr(rule.severity, name) for name in ("production", "staging", "development")}
    told = set(by_class.values())
    if len(told) == 1:
        return f"{told.pop()} in every class"
    return ", ".join(f"{severity} in {name}" for name, severity in by_class.items() if severity is not None)


def _shown(case: Case) -> str:
    return case.synthesized.rstrip() if case.synthesized is not None else shown(case)


def _fenced(case: Case) -> str:
    return f"```json\n{case.synthesized.rstrip()}\n```" if case.synthesized is not None else fenced(case)


def _sentences(rule: AnyRule | Rule, bold: str = "") -> Iterator[str]:
    def labelled(label: str, sentence: str) -> str:
        return f"{bold}{label}:{bold} {sentence}"

    yield labelled("Severity", f"{severities(rule)}.")
    yield labelled("Looks at", f"{rule.looks_at}.")
    yield labelled("Why", rule.rationale)
    yield labelled("Fix", f"{rule.fix}.")
