"""Words that warn: for each engine, and never for the names that the tool itself proposes."""

import pytest

from auroraform.schemas.engines import ENGINES, EngineName
from auroraform.schemas.reserved import WORDS


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_the_names_that_are_proposed_are_no_such_words(engine: EngineName) -> None:
    assert {"master", "app", "orders", "postgres"} & WORDS[engine] == set()


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_words_are_in_lower_case_and_none_is_refused_besides(engine: EngineName) -> None:
    words = WORDS[engine]
    assert [word for word in words if word != word.lower()] == []
    assert words & (ENGINES[engine].reserved_users | ENGINES[engine].reserved_databases) == set()


def test_the_engines_differ() -> None:
    # `user` is reserved in PostgreSQL only, `groups` in MySQL only.
    assert [engine for engine in sorted(WORDS) if "user" in WORDS[engine]] == ["aurora-postgresql"]
    assert [engine for engine in sorted(WORDS) if "groups" in WORDS[engine]] == ["aurora-mysql"]
