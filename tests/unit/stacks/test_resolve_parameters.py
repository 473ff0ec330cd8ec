"""What becomes of parameters: groups, RDS's spelling, when each takes effect, and what a major upgrade needs."""

from dataclasses import dataclass
from typing import Final

import pytest

from auroraform.schemas.problems import has_errors
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.parameters import MajorUpgrade, ParameterGroup
from support.workspaces import Files, environment, lines, manifest

MYSQL: Final = "8.0.mysql_aurora.3.08.0"
SLOW: Final = {"log_min_duration_statement": ("1000", "immediate")}
TLS: Final = {"rds.force_ssl": ("1", "immediate")}


def of(group: ParameterGroup | None) -> dict[str, tuple[str, str]]:
    """Value and method by name."""
    assert group is not None
    found = {row.name: (row.value, row.apply_method) for row in group.parameters}
    assert len(found) == len(group.parameters)
    assert list(found) == sorted(found)
    return found


def cluster(files: Files, **written: str) -> ResolvedCluster:
    """The cluster of the minimal workspace with these files; warnings do not matter here."""
    outcome = files.outcome(**written)
    assert not has_errors(outcome.problems), lines(outcome.problems)
    ((found,),) = (stack.clusters for stack in outcome.stacks)
    return found


def text(spec: str, version: str = "16.8") -> str:
    written = manifest(spec).replace('"16.8"', f'"{version}"')
    return written.replace("aurora-postgresql", "aurora-mysql") if "mysql" in version else written


@dataclass(frozen=True)
class Case:
    """Parameters as they are written, and as they come out beside what a production cluster has anyway."""

    spec: str
    expected: dict[str, tuple[str, str]]
    version: str = "16.8"

    def __str__(self) -> str:
        return self.spec


CASES: Final = (
    Case("clusterParameters: {work_mem: 65536}", {"work_mem": ("65536", "immediate")}),
    Case("clusterParameters: {random_page_cost: 1.10}", {"random_page_cost": ("1.10", "immediate")}),
    Case("clusterParameters: {max_connections: 500}", {"max_connections": ("500", "pending-reboot")}),
    Case("clusterParameters: {track_functions: pl}", {"track_functions": ("pl", "pending-reboot")}),
    Case("clusterParameters: {unheard_of: true}", {"unheard_of": ("true", "pending-reboot")}),
    Case("clusterParameters: {LOG_LOCK_WAITS: true}", {"log_lock_waits": ("1", "immediate")}),
    Case("clusterParameters: {log_statement: DDL}", {"log_statement": ("ddl", "immediate")}),
    Case(
        "clusterParameters: {shared_preload_libraries: 'pg_cron, pg_stat_statements'}",
        {"shared_preload_libraries": ("pg_cron,pg_stat_statements", "pending-reboot")},
    ),
    Case(
        "parameters: [{name: work_mem, value: '65536', applyMethod: pending-reboot}]",
        {"work_mem": ("65536", "pending-reboot")},
    ),
    Case("timeZone: asia/tokyo", {"timezone": ("Asia/Tokyo", "immediate")}),
    Case("timeZone: Europe/Berlin", {"timezone": ("Europe/Berlin", "immediate")}),
    Case("timeZone: UTC", {"timezone": ("UTC", "pending-reboot")}),
    Case(
        "auditing: {enabled: true}",
        {
            "log_connections": ("1", "immediate"),
            "log_disconnections": ("1", "immediate"),
            "pgaudit.log": ("ddl,role", "immediate"),
            "shared_preload_libraries": ("pg_stat_statements,pgaudit", "pending-reboot"),
        },
    ),
    Case(
        "auditing: {enabled: true}\nclusterParameters: {shared_preload_libraries: pg_cron, pgaudit.log: all}",
        {
            "log_connections": ("1", "immediate"),
            "log_disconnections": ("1", "immediate"),
            "pgaudit.log": ("all", "immediate"),
            "shared_preload_libraries": ("pg_cron,pgaudit", "pending-reboot"),
        },
    ),
    Case("slowQueries: {thresholdSeconds: 0.25}", {"log_min_duration_statement": ("250", "immediate")}),
    Case("slowQueries: {thresholdSeconds: 3600}", {"log_min_duration_statement": ("3600000", "immediate")}),
    Case("clusterParameters: {log_min_duration_statement: 30}", {"log_min_duration_statement": ("30", "immediate")}),
    # The default of version 17: RDS answers pending-reboot, and every plan would show the difference.
    Case("", {"rds.force_ssl": ("1", "pending-reboot")}, "17.4"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_parameters_come_out_as_rds_spells_them_with_the_method_that_it_takes(files: Files, case: Case) -> None:
    found = cluster(files, manifests__orders=text(case.spec, case.version))
    assert of(found.parameter_group) == TLS | SLOW | case.expected


def test_no_slow_statement_is_logged_where_that_is_switched_off(files: Files) -> None:
    found = cluster(files, manifests__orders=text("slowQueries: {enabled: false}"))
    assert of(found.parameter_group) == TLS


MYSQL_BASE: Final = {
    "log_output": ("FILE", "pending-reboot"),
    "long_query_time": ("1", "immediate"),
    "require_secure_transport": ("ON", "immediate"),
    "slow_query_log": ("1", "immediate"),
}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("slowQueries: {thresholdSeconds: 0.5}", {"long_query_time": ("0.5", "immediate")}),
        ("timeZone: UTC", {"time_zone": ("UTC", "immediate")}),
        ("clusterParameters: {event_scheduler: 1}", {"event_scheduler": ("ON", "immediate")}),
        ("clusterParameters: {general_log: 'ON'}", {"general_log": ("1", "immediate")}),
        ("clusterParameters: {binlog_format: row}", {"binlog_format": ("ROW", "pending-reboot")}),
        (
            "auditing: {enabled: true}",
            {
                "server_audit_events": ("CONNECT,QUERY_DCL,QUERY_DDL", "immediate"),
                "server_audit_logging": ("1", "immediate"),
            },
        ),
    ],
)
def test_mysql_has_its_own_names_and_words(files: Files, spec: str, expected: dict[str, tuple[str, str]]) -> None:
    found = cluster(files, manifests__orders=text(f"{spec}\nenabledCloudwatchLogsExports: [error]", MYSQL))
    assert of(found.parameter_group) == MYSQL_BASE | expected


def test_a_word_that_tools_read_differently_needs_quotes(files: Files) -> None:
    assert lines(files.problems(manifests__orders=text("clusterParameters: {general_log: ON}", MYSQL))) == [
        "manifests/orders.yaml:8:36 error[AF103] spec.clusterParameters.general_log: must be text, but YAML reads this"
        ' as text, a number or a boolean, depending on the tool -> put it in quotes: "ON"'
    ]


class TestInstances:
    def test_they_have_a_group_of_their_own_where_parameters_are_written_for_them(self, files: Files) -> None:
        found = cluster(files, manifests__orders=text("instanceParameters: {work_mem: 65536, max_connections: 500}"))
        group = found.instance_parameter_group
        assert of(group) == {"max_connections": ("500", "pending-reboot"), "work_mem": ("65536", "immediate")}
        assert group is not None
        assert (group.name, group.family) == ("prod-orders-aurora-postgresql16", "aurora-postgresql16")
        assert of(found.parameter_group) == TLS | SLOW

    @pytest.mark.parametrize("spec", ["", "instanceParameters: {}"])
    def test_they_have_none_otherwise(self, files: Files, spec: str) -> None:
        assert cluster(files, manifests__orders=text(spec)).instance_parameter_group is None

    def test_an_existing_group_is_used_as_it_is(self, files: Files) -> None:
        found = cluster(files, manifests__orders=text("instances: {dbParameterGroupName: shared}"))
        assert (found.db_parameter_group_name, found.instance_parameter_group) == ("shared", None)

    def test_what_is_written_for_them_keeps_a_switch_from_setting_it_for_the_cluster(self, files: Files) -> None:
        # Their value wins at AWS anyway, and two of them would only confuse.
        found = cluster(files, manifests__orders=text("instanceParameters: {log_min_duration_statement: 30}"))
        assert of(found.parameter_group) == TLS

    def test_what_a_switch_adds_to_a_list_is_added_to_theirs(self, files: Files) -> None:
        spec = "auditing: {enabled: true}\ninstanceParameters: {shared_preload_libraries: pg_cron}"
        found = cluster(files, manifests__orders=text(spec))
        assert of(found.instance_parameter_group) == {"shared_preload_libraries": ("pg_cron,pgaudit", "pending-reboot")}
        assert "shared_preload_libraries" not in of(found.parameter_group)


def test_maps_of_layers_are_merged_and_the_later_one_wins(files: Files) -> None:
    spec = "defaults: {clusterParameters: {work_mem: 1024, log_statement: all, log_lock_waits: 1}}\n"
    found = cluster(
        files,
        environments__prod=environment(spec=f"{spec}overrides: {{orders: {{clusterParameters: {{work_mem: 4096}}}}}}"),
        manifests__orders=text("clusterParameters: {work_mem: 2048, log_statement: ddl, log_lock_waits: null}"),
    )
    assert of(found.parameter_group) == TLS | SLOW | {
        "log_statement": ("ddl", "immediate"),
        "work_mem": ("4096", "immediate"),
    }


class TestUpgrade:
    @pytest.mark.parametrize(
        ("spec", "name"),
        [
            ("", "default.aurora-postgresql16"),
            ("instanceParameters: {work_mem: 65536}", None),
            ("instances: {dbParameterGroupName: shared-16}", "shared-16"),
        ],
    )
    def test_a_declared_one_names_the_group_that_instances_get(self, files: Files, spec: str, name: str | None) -> None:
        found = cluster(files, manifests__orders=text(f'{spec}\nupgrade: {{from: "15.10", changes: immediate}}'))
        assert found.major_upgrade == MajorUpgrade(db_instance_parameter_group_name=name)
        assert found.apply_immediately

    @pytest.mark.parametrize("spec", ["", 'upgrade: {from: "16.4", changes: immediate}'])
    def test_there_is_none_otherwise(self, files: Files, spec: str) -> None:
        found = cluster(files, manifests__orders=text(spec))
        assert (found.major_upgrade, found.apply_immediately) == (None, False)

    @pytest.mark.parametrize(
        ("own", "environments", "expected"),
        [
            ("", "", False),
            ("", "changes: immediate", True),
            (", changes: maintenance-window", "changes: immediate", False),
            (", changes: immediate", "", True),
        ],
    )
    def test_it_happens_when_it_says_or_when_the_environment_does(
        self,
        files: Files,
        own: str,
        environments: str,
        expected: bool,  # noqa: FBT001
    ) -> None:
        found = cluster(
            files,
            manifests__orders=text(f'upgrade: {{from: "14"{own}}}'),
            environments__prod=environment(spec=environments),
        )
        assert found.apply_immediately is expected
