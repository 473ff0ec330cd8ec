"""What is known of parameters: the tables are whole, values are spelled as RDS does, and nobody is refused for age."""

import re
from typing import Final

import pytest

from auroraform.schemas.engines import ENGINES, EngineName
from auroraform.schemas.parameters import mysql, postgresql, time_zones
from auroraform.schemas.parameters.catalogue import application, known, nearest, spelled
from auroraform.schemas.parameters.values import Fault, parse

MYSQL: Final = "aurora-mysql"
POSTGRESQL: Final = "aurora-postgresql"
TABLES: Final[dict[EngineName, str]] = {MYSQL: mysql.TABLE, POSTGRESQL: postgresql.TABLE}
VERSIONS: Final = {MYSQL: "8.0.mysql_aurora.3.08.0", POSTGRESQL: "16.8"}


@pytest.mark.parametrize("engine", TABLES)
def test_every_row_of_a_table_can_be_read_and_stands_once(engine: EngineName) -> None:
    rows = [line.split() for line in TABLES[engine].strip().splitlines()]
    names = [row[0].lower().replace("-", "_") for row in rows]
    assert len(set(names)) == len(names) > 350
    assert {row[1] for row in rows} == {"cluster", "both"}
    assert {row[2] for row in rows} == {"dynamic", "static", "fixed", "unsure"}
    assert {len(row) for row in rows} <= {4, 5, 6}
    for row in rows:
        found = known(engine, row[0].upper())
        assert found is not None
        assert found.name == row[0]
        assert found.versions == "" or found.availability


@pytest.mark.parametrize("engine", TABLES)
def test_a_default_is_a_value_that_the_parameter_takes(engine: EngineName) -> None:
    for line in TABLES[engine].strip().splitlines():
        found = known(engine, line.split()[0])
        assert found is not None
        for _, value in found.defaults:
            assert found.values.fault(value) is None, line


@pytest.mark.parametrize(
    ("engine", "name", "is_of_clusters", "apply"),
    [
        (POSTGRESQL, "rds.force_ssl", True, "dynamic"),
        (POSTGRESQL, "max_connections", False, "static"),
        (POSTGRESQL, "shared_preload_libraries", False, "static"),
        (POSTGRESQL, "timezone", True, "dynamic"),
        (POSTGRESQL, "work_mem", False, "dynamic"),
        (POSTGRESQL, "autovacuum", True, "dynamic"),
        (POSTGRESQL, "port", True, "fixed"),
        (MYSQL, "require_secure_transport", True, "dynamic"),
        (MYSQL, "time_zone", True, "dynamic"),
        (MYSQL, "binlog_format", True, "static"),
        (MYSQL, "slow_query_log", False, "dynamic"),
        (MYSQL, "performance_schema", False, "static"),
        (MYSQL, "aurora_oom_response", False, "unsure"),
        (MYSQL, "datadir", False, "fixed"),
    ],
)
def test_what_people_set_most_is_known(engine: EngineName, name: str, is_of_clusters: bool, apply: str) -> None:  # noqa: FBT001
    found = known(engine, name)
    assert found is not None
    assert (found.is_of_clusters, found.apply) == (is_of_clusters, apply)


@pytest.mark.parametrize("engine", ENGINES)
def test_what_switches_set_is_known_and_dynamic(engine: EngineName) -> None:
    facts = ENGINES[engine]
    settings = [facts.force_tls, *(row for rows in facts.log_parameters.values() for row in rows)]
    for name, value in settings:
        found = known(engine, name)
        assert found is not None
        assert (found.apply, found.values.fault(value), found.values.spell(value)) == ("dynamic", None, value)


@pytest.mark.parametrize(
    ("values", "value", "expected"),
    [
        ("bool", "TRUE", "1"),
        ("bool", "on", "1"),
        ("bool", "Off", "0"),
        ("bool", "0", "0"),
        ("OFF,ON", "1", "ON"),
        ("OFF,ON", "false", "OFF"),
        ("true,false", "on", "true"),
        ("0,1,2", "on", "on"),
        ("none,ddl,mod,all", "DDL", "ddl"),
        ("NONE,TOP,ALL", "all", "ALL"),
        ("on,off,datatypesonly", "DataTypesOnly", "datatypesonly"),
        ("flag", "on", "on"),
        ("int:1..9", "5", "5"),
        ("list:…", " a, b ,c", "a,b,c"),
        ("list:…", "", ""),
        ("list:CONNECT,QUERY", "connect, Query", "CONNECT,QUERY"),
        ("zone", "ASIA/tokyo", "Asia/Tokyo"),
        ("zone", "Europe/Berlin", "Europe/Berlin"),
        ("text", " As It Is ", " As It Is "),
        ("bool", "neither", "neither"),
    ],
)
def test_a_value_is_spelled_as_rds_does(values: str, value: str, expected: str) -> None:
    assert parse(values).spell(value) == expected


@pytest.mark.parametrize(
    ("values", "value", "fault"),
    [
        ("bool", "2", Fault("write 0 or 1", is_sure=True)),
        ("bool…", "receipt", Fault("write 0 or 1", is_sure=False)),
        ("bool", "", Fault("write 0 or 1", is_sure=True)),
        ("flag", "yes", Fault("write 0, 1, ON or OFF", is_sure=True)),
        ("a,b", "c", Fault("write a or b", is_sure=True)),
        ("a,b,…", "c", Fault("write a or b", is_sure=False)),
        ("rds_pgaudit", "c", Fault("write rds_pgaudit", is_sure=True)),
        ("int", "1.5", Fault("write a whole number", is_sure=True)),
        ("int:1..9", "ten", Fault("write a whole number from 1 to 9", is_sure=True)),
        ("int:1..9", "10", Fault("write a whole number from 1 to 9", is_sure=True)),
        ("int:1..9~", "10", Fault("write a whole number from 1 to 9", is_sure=False)),
        ("int:-1..9", "-2", Fault("write a whole number from -1 to 9", is_sure=True)),
        ("int", "٣", Fault("write a whole number", is_sure=True)),
        ("float:0..1", "1.01", Fault("write a number from 0 to 1", is_sure=True)),
        ("float:0..1", "nan", Fault("write a number from 0 to 1", is_sure=True)),
        ("list:A,B", "a, c", Fault("list A or B", is_sure=True)),
    ],
)
def test_a_value_that_is_not_taken_is_told_with_those_that_are(values: str, value: str, fault: Fault) -> None:
    assert parse(values).fault(value) == fault


@pytest.mark.parametrize(
    ("values", "value"),
    [
        ("int:1..9", "9"),
        ("int:-1..9", "-1"),
        ("float:0..1.79769e+308", "1e300"),
        ("float:0..100", ".5"),
        ("int:1..9", "{DBInstanceClassMemory/12582880}"),
        ("int:1..9", "GREATEST({DBInstanceClassMemory/63963136*1024},65536)"),
        ("int:1..9", "${DBInstanceVCPU*2}"),
        ("flag", "{TrueIfReplica}"),
        ("disabled,@levels", "DEBUG3"),
        ("list:A,B", "b,a"),
        ("list:…", "anything"),
        ("text", ""),
    ],
)
def test_a_value_that_is_taken_passes(values: str, value: str) -> None:
    assert parse(values).fault(value) is None


@pytest.mark.parametrize(
    ("engine", "name", "value", "method"),
    [
        (POSTGRESQL, "WORK_MEM", "64", "immediate"),
        (POSTGRESQL, "max_connections", "500", "pending-reboot"),
        (POSTGRESQL, "autovacuum_max_workers", "5", "pending-reboot"),
        (POSTGRESQL, "log_line_prefix", "%t", "pending-reboot"),
        (POSTGRESQL, "unheard.of", "1", "pending-reboot"),
        (POSTGRESQL, "track_io_timing", "on", "pending-reboot"),
        (POSTGRESQL, "track_io_timing", "off", "immediate"),
        (POSTGRESQL, "rds.force_autovacuum_logging_level", "warning", "pending-reboot"),
        (MYSQL, "log_output", "FILE", "pending-reboot"),
        (MYSQL, "log_output", "TABLE", "immediate"),
    ],
)
def test_a_parameter_is_set_at_once_only_where_that_is_known_to_work(
    engine: EngineName, name: str, value: str, method: str
) -> None:
    assert application(ENGINES[engine], VERSIONS[engine], name, value).method == method


@pytest.mark.parametrize(
    ("version", "method"), [("16.8", "immediate"), ("17.4", "pending-reboot"), ("18.3", "pending-reboot")]
)
def test_a_default_holds_from_its_version_on(version: str, method: str) -> None:
    assert application(ENGINES[POSTGRESQL], version, "rds.force_ssl", "1").method == method


@pytest.mark.parametrize(
    ("engine", "name", "version", "is_in"),
    [
        (POSTGRESQL, "force_parallel_mode", "15.10", True),
        (POSTGRESQL, "force_parallel_mode", "16.8", False),
        (POSTGRESQL, "idle_session_timeout", "13.9", False),
        (POSTGRESQL, "idle_session_timeout", "14.7", True),
        (POSTGRESQL, "work_mem", "10.7", True),
        (MYSQL, "query_cache_size", "5.7.mysql_aurora.2.12.5", True),
        (MYSQL, "query_cache_size", "8.0.mysql_aurora.3.08.0", False),
        (MYSQL, "query_cache_size", "8.4.mysql_aurora.8.4.7", False),
        (MYSQL, "replica_transaction_retries", "5.7.mysql_aurora.2.12.5", False),
        (MYSQL, "replica_transaction_retries", "8.4.mysql_aurora.8.4.7", True),
    ],
)
def test_a_parameter_is_in_the_versions_that_have_it(
    engine: EngineName,
    name: str,
    version: str,
    is_in: bool,  # noqa: FBT001
) -> None:
    found = known(engine, name)
    assert found is not None
    assert found.is_in(ENGINES[engine].major(version)) is is_in


def test_names_are_found_in_any_case_and_nearly_so() -> None:
    assert spelled(POSTGRESQL, "RDS.Force_SSL", "on") == ("rds.force_ssl", "1")
    assert spelled(POSTGRESQL, "Unheard.Of", "on") == ("Unheard.Of", "on")
    assert nearest(MYSQL, "gtid_mode") == "gtid-mode"
    assert nearest(POSTGRESQL, "work_memory") == "work_mem"
    assert nearest(POSTGRESQL, "zzzzzzzz") is None


@pytest.mark.parametrize(
    ("zone", "is_one"),
    [
        *((zone, True) for zone in sorted(time_zones.DOCUMENTED)),
        ("America/Argentina/Buenos_Aires", True),
        ("Etc/GMT+5", True),
        ("", False),
        ("+09:00", False),
        ("Europe/", False),
        ("Europe//Paris", False),
        ("a/b/c/d", False),
        ("Europe/Paris ", False),
    ],
)
def test_a_time_zone_has_the_shape_of_one(zone: str, is_one: bool) -> None:  # noqa: FBT001
    assert (re.fullmatch(time_zones.PATTERN, zone) is not None) is is_one
