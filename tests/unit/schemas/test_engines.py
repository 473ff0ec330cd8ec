"""Facts about the engines: which versions are whole, and which parameter group family they have."""

import pytest

from auroraform.schemas.engines import ENGINES


@pytest.mark.parametrize(
    ("engine", "version", "family"),
    [
        ("aurora-mysql", "5.7.mysql_aurora.2.11.5", "aurora-mysql5.7"),
        ("aurora-mysql", "8.0.mysql_aurora.3.05.2", "aurora-mysql8.0"),
        ("aurora-mysql", "8.0.mysql_aurora.3.08.0.1", "aurora-mysql8.0"),
        ("aurora-mysql", "8.4.mysql_aurora.8.4.7", "aurora-mysql8.4"),
        ("aurora-postgresql", "11.9", "aurora-postgresql11"),
        ("aurora-postgresql", "14.7", "aurora-postgresql14"),
        ("aurora-postgresql", "16.10", "aurora-postgresql16"),
        ("aurora-postgresql", "16.4-limitless", "aurora-postgresql16"),
    ],
)
def test_a_full_version_is_accepted_and_names_its_family(engine: str, version: str, family: str) -> None:
    assert (ENGINES[engine].accepts_version(version), ENGINES[engine].family(version)) == (True, family)


@pytest.mark.parametrize(
    ("engine", "version"),
    [
        ("aurora-mysql", "8.0"),
        ("aurora-mysql", "8.0.36"),
        ("aurora-mysql", "3.05.2"),
        ("aurora-mysql", "8.0.mysql_aurora.3.5.2"),
        ("aurora-mysql", "8.0.mysql_aurora.2.11.5"),
        ("aurora-mysql", "5.7.mysql_aurora.3.05.2"),
        ("aurora-mysql", "8.0.mysql_aurora.3.05.2\n"),
        ("aurora-mysql", "14.7"),
        ("aurora-postgresql", "14"),
        ("aurora-postgresql", "9.6.22"),
        ("aurora-postgresql", "14.7-standard"),
        ("aurora-postgresql", " 14.7"),
        ("aurora-postgresql", "8.0.mysql_aurora.3.05.2"),
        pytest.param(
            "aurora-postgresql",
            "१६.८",
        ),
    ],
)
def test_what_is_no_full_version_of_the_engine_is_refused(engine: str, version: str) -> None:
    assert not ENGINES[engine].accepts_version(version)


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_the_version_that_messages_advise_is_accepted(name: str) -> None:
    assert ENGINES[name].accepts_version(ENGINES[name].version_example)


def test_each_engine_has_the_port_that_clients_expect() -> None:
    assert {name: engine.port for name, engine in ENGINES.items()} == {"aurora-mysql": 3306, "aurora-postgresql": 5432}


def test_the_log_types_are_those_that_rds_exports() -> None:
    assert {name: engine.log_types for name, engine in ENGINES.items()} == {
        "aurora-mysql": ("audit", "error", "general", "iam-db-auth-error", "instance", "slowquery"),
        "aurora-postgresql": ("iam-db-auth-error", "instance", "postgresql"),
    }


def test_parameters_that_fill_a_log_are_for_logs_that_can_be_exported() -> None:
    assert {name: sorted(engine.log_parameters) for name, engine in ENGINES.items()} == {
        "aurora-mysql": ["audit", "general", "slowquery"],
        "aurora-postgresql": [],
    }
    assert all(set(engine.log_parameters) <= set(engine.log_types) for engine in ENGINES.values())
