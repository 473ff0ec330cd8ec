"""Every rule of ours finds what its case shows, and stays silent where it only looks like that."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from auroraform.policies import examples, prose, waivers
from auroraform.policies.bounds import Bounds
from auroraform.policies.cases import Case, cases
from auroraform.policies.check import Checker
from auroraform.policies.registry import built_in
from auroraform.policies.rule import AnyRule, StackRule
from auroraform.policies.subjects import EnvironmentSubject, Frame, StackSubject
from auroraform.schemas.problems import Code
from auroraform.stacks.workspace import load
from support.workspaces import environment, manifest

TODAY: Final = date(2026, 11, 24)
AROUND: Final = {"manifests/orders.yaml": manifest(), "environments/prod.yaml": environment()}
FOLDER: Final = Path(examples.__file__).parent
FRAME: Final = Frame(Bounds(), TODAY)
RULES: Final = built_in()


def codes(folder: Path, case: Case, rule: AnyRule) -> list[str]:
    """What the rule finds in a case that is without errors, each finding by its code."""
    for path, text in (case.files if case.whole else AROUND | case.files).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    if case.synthesized is not None:
        assert isinstance(rule, StackRule)
        environment_subject = EnvironmentSubject(FRAME, load(folder).environments[0], ("prod",))
        stack = StackSubject(FRAME, environment_subject, "prod", json.loads(case.synthesized))
        return [rule.code for _ in rule.check(stack)]
    outcome = Checker(folder, (), (rule,), TODAY).run()
    assert [problem for problem in outcome.problems if problem.is_error] == []
    return [one.problem.code for one in outcome.standing]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_finds_what_its_case_shows(rule: AnyRule, tmp_path: Path) -> None:
    found = cases(rule.code)
    assert found is not None
    assert rule.code in codes(tmp_path, found.fails, rule)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_silent_where_it_only_looks_like_that(rule: AnyRule, tmp_path: Path) -> None:
    found = cases(rule.code)
    assert found is not None
    assert codes(tmp_path, found.passes, rule) == []


@pytest.mark.parametrize("rule", [*RULES, *waivers.RULES], ids=lambda rule: rule.code)
def test_a_rule_says_what_it_is_about(rule: AnyRule) -> None:
    assert re.fullmatch(r"AP\d{3}", rule.code)
    assert rule.title[0].isupper()
    assert rule.rationale.endswith(".")
    for text in (rule.title, rule.looks_at, rule.fix):
        assert text
        assert not text.endswith(".")
    assert rule.fix[0].islower()
    assert all(link.startswith("https://") for link in rule.links)
    assert any(getattr(rule.severity, name) for name in ("production", "staging", "development"))
    assert rule.rationale.split()[0] in prose.describe(rule)


def test_no_case_is_without_its_rule_and_no_code_is_taken_twice() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {rule.code for rule in RULES}
    everything = [*(rule.code for rule in RULES), *(rule.code for rule in waivers.RULES), *Code]
    assert len(set(everything)) == len(everything)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_case_names_the_call_that_shows_it(rule: AnyRule) -> None:
    found = cases(rule.code)
    assert found is not None
    assert {found.fails.call, found.passes.call} == {"auroraform check"}
    assert found.fails.files or found.fails.synthesized or found.passes.files
