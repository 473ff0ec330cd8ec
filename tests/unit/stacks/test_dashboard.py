"""Dashboards: what they show of which cluster, and that CloudWatch can take them."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings

from auroraform.constructs.dashboard_body import body
from auroraform.schemas.resolved.dashboard import AlarmStates, Dashboard, Graph, Mark, Words
from auroraform.stacks.parts.graphs import SECTIONS, Row
from auroraform.stacks.synth import validate
from support.dashboards import faults
from support.golden_stacks import EXPECTED
from support.strategies import specs
from support.workspaces import Files, environment, lines, manifest

# Amazon Aurora User Guide, "Amazon CloudWatch metrics for Amazon Aurora": what only one of the engines has.
PROXIED: Final = {
    "ClientConnections",
    "DatabaseConnectionsBorrowLatency",
    "DatabaseConnectionsCurrentlySessionPinned",
}
ONLY: Final = {
    "aurora-mysql": {"DMLLatency", "Queries", "SelectLatency"},
    "aurora-postgresql": {"MaximumUsedTransactionIDs"},
}
BOTH: Final = {
    *("ACUUtilization", "AuroraReplicaLag", "BufferCacheHitRatio", "CommitLatency", "CommitThroughput"),
    *("CPUCreditBalance", "CPUUtilization", "DatabaseConnections", "DBLoad", "Deadlocks", "EngineUptime"),
    *("FreeableMemory", "FreeLocalStorage", "ReadLatency", "ServerlessDatabaseCapacity", "StorageNetworkThroughput"),
    *("VolumeBytesUsed", "VolumeReadIOPs", "VolumeWriteIOPs", "WriteLatency"),
}
MYSQL: Final = 'engine: aurora-mysql\n  engineVersion: "8.0.mysql_aurora.3.08.0"'
SERVERLESS: Final = "serverlessV2Scaling: {minCapacity: 0.5, maxCapacity: 16}"
AUTOSCALED: Final = "readerAutoscaling: {maxCapacity: 5, averageCpuUtilization: 60}"


def of(files: Files, spec: str = "", *, class_: str = "production", engine: str = "") -> Dashboard:
    text = manifest(spec)
    if engine:
        text = text.replace('engine: aurora-postgresql\n  engineVersion: "16.8"', engine)
    found = files.cluster(manifests__orders=text, environments__prod=environment(class_=class_)).dashboard
    assert found is not None
    return found


def graphs(dashboard: Dashboard) -> dict[str, Graph]:
    contents = (widget.content for widget in dashboard.widgets)
    return {content.title: content for content in contents if isinstance(content, Graph)}


def labels(graph: Graph) -> list[str]:
    return [series.label for series in graph.series]


def shown(dashboard: Dashboard) -> set[str]:
    return {series.metric for graph in graphs(dashboard).values() for series in graph.series}


class TestWhatCloudWatchTakes:
    @pytest.mark.parametrize(
        "path", sorted(EXPECTED.rglob("*.tf.json")), ids=lambda path: str(path.relative_to(EXPECTED))
    )
    def test_the_dashboards_of_a_golden_file(self, path: Path) -> None:
        stack = json.loads(path.read_text(encoding="utf-8"))
        made = stack["resource"].get("aws_cloudwatch_dashboard", {})
        assert {
            label: faults(one["dashboard_name"], stack["locals"][f"{label}_dashboard"]) for label, one in made.items()
        } == {label: [] for label in made}
        assert {f"{label}_dashboard" for label in made} == set(stack.get("locals", {}))

    @pytest.mark.slow
    @settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(specs())
    def test_the_dashboard_of_any_cluster(self, tmp_path_factory: pytest.TempPathFactory, spec: dict[str, Any]) -> None:
        document = {
            "apiVersion": "aws.project-planton.org/v1",
            "kind": "AwsRdsCluster",
            "metadata": {"name": "orders"},
            "spec": spec | {"dashboard": {"enabled": True}},
        }
        files = Files(tmp_path_factory.mktemp("dashboard"))
        references = "references: {AwsVpc/main: {x: y}}"
        outcome = validate(
            files.minimal(manifests__orders=json.dumps(document), environments__prod=environment(spec=references))
        )
        for stack in outcome.stacks:
            for cluster in stack.clusters:
                assert cluster.dashboard is not None
                assert faults(cluster.dashboard.name, body(cluster.dashboard)) == []


class TestWhatIsShown:
    def test_a_writer_is_told_from_the_readers_by_role(self, files: Files) -> None:
        cpu = graphs(of(files, "instances: {count: 3}"))["CPU"]
        cluster = ("DBClusterIdentifier", "prod-orders")
        assert [(series.label, series.statistic, series.dimensions) for series in cpu.series] == [
            ("writer", "Average", (cluster, ("Role", "WRITER"))),
            ("reader average", "Average", (cluster, ("Role", "READER"))),
            ("highest reader", "Maximum", (cluster, ("Role", "READER"))),
        ]

    def test_one_reader_is_one_line(self, files: Files) -> None:
        found = graphs(of(files, "instances: {count: 2}"))
        assert labels(found["CPU"]) == ["writer", "reader"]
        assert labels(found["Replica lag"]) == ["reader"]

    def test_readers_that_autoscaling_may_add_are_there_by_role(self, files: Files) -> None:
        found = graphs(of(files, f"instances: {{count: 2}}\n{AUTOSCALED}"))
        assert labels(found["CPU"]) == ["writer", "reader average", "highest reader"]
        assert labels(found["CPU by instance"]) == ["prod-orders-1", "prod-orders-2"]

    def test_a_single_instance_has_nothing_of_readers(self, files: Files) -> None:
        found = graphs(of(files, "instances: {count: 1}", class_="staging"))
        assert labels(found["CPU"]) == ["writer"]
        assert not {"Replica lag", "CPU by instance", "Freeable memory by instance"} & set(found)

    def test_instances_are_those_of_the_members(self, files: Files) -> None:
        found = graphs(of(files, 'instances: {members: {a: {}, "7": {instanceClass: db.r6g.xlarge}}}'))
        assert labels(found["Connections by instance"]) == ["prod-orders-7", "prod-orders-a"]

    @pytest.mark.parametrize(("engine", "other"), [("", "aurora-mysql"), (MYSQL, "aurora-postgresql")])
    def test_each_engine_has_metrics_of_its_own(self, files: Files, engine: str, other: str) -> None:
        both_kinds = f"{SERVERLESS}\ninstances: {{members: {{a: {{}}, b: {{instanceClass: db.t4g.large}}}}}}"
        own = next(names for name, names in ONLY.items() if name != other)
        assert shown(of(files, both_kinds, engine=engine)) == BOTH | own

    def test_serverless_instances_have_a_range_and_no_local_storage_or_vcpus(self, files: Files) -> None:
        found = graphs(of(files, SERVERLESS))
        assert [(mark.value, mark.label) for mark in found["Capacity"].marks] == [
            (0.5, "minimum of the range"),
            (16, "maximum of the range, maximum-capacity"),
        ]
        assert "Free local storage" not in found
        assert found["Database load"].marks == ()

    def test_load_is_shown_where_it_is_recorded(self, files: Files) -> None:
        assert "Database load" not in graphs(of(files, "performanceInsights: {enabled: false}"))

    def test_credits_are_those_of_burstable_instances(self, files: Files) -> None:
        spec = "instances: {members: {a: {}, b: {instanceClass: db.t4g.large}}}"
        assert labels(graphs(of(files, spec))["CPU credits"]) == ["prod-orders-b"]

    def test_the_metrics_of_the_table_are_known(self) -> None:
        rows: list[Row] = [row for section in SECTIONS for row in section.rows]
        assert {line.metric for row in rows for line in row.lines} == BOTH.union(*ONLY.values(), PROXIED)

    def test_a_proxy_is_shown_by_its_own_name(self, files: Files) -> None:
        found = graphs(of(files, "proxy: {name: pool}"))
        shown_of_proxy = [found[title] for title in ("Connections of the proxy", "Wait for a connection")]
        series = [one for graph in shown_of_proxy for one in graph.series]
        assert {one.metric for one in series} == PROXIED | {"DatabaseConnections"}
        assert {one.dimensions for one in series} == {(("ProxyName", "pool"),)}
        assert [mark.label for mark in found["Wait for a connection"].marks] == ["proxy-borrow-latency"]


class TestMarks:
    def test_limits_and_thresholds_are_marked_the_lowest_first(self, files: Files) -> None:
        assert graphs(of(files))["Connections"].marks == (
            Mark(value=1550, label="writer-connections, reader-connections", color="#d13212"),
            Mark(value=1722, label="max_connections", color="#687078"),
        )

    def test_classes_that_differ_have_a_mark_each(self, files: Files) -> None:
        spec = "instances: {members: {a: {}, b: {instanceClass: db.r6g.4xlarge}}}"
        marks = graphs(of(files, spec))["Connections"].marks
        assert [mark.label for mark in marks if mark.color == "#687078"] == [
            "max_connections of db.r6g.large",
            "max_connections of db.r6g.4xlarge",
        ]

    def test_a_threshold_is_that_of_the_alarm(self, files: Files) -> None:
        marks = graphs(of(files, "alarms: {writerCpu: {threshold: 75}, readerCpu: {enabled: false}}"))["CPU"].marks
        assert marks == (Mark(value=75, label="writer-cpu", color="#ff9900"),)

    def test_without_alarms_there_are_limits_only(self, files: Files) -> None:
        dashboard = of(files, "alarms: {enabled: false}")
        assert {mark.color for graph in graphs(dashboard).values() for mark in graph.marks} == {"#687078"}
        assert not any(isinstance(widget.content, AlarmStates) for widget in dashboard.widgets)


class TestTheRest:
    def test_alarms_are_shown_by_arn_what_wakes_people_first(self, files: Files) -> None:
        (states,) = (w.content for w in of(files).widgets if isinstance(w.content, AlarmStates))
        prefix = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:prod-orders-"
        assert states.arns[:3] == (f"{prefix}critical", f"{prefix}warning", f"{prefix}writer")

    def test_the_head_says_what_it_is_and_leads_on(self, files: Files) -> None:
        head = of(files, "instances: {count: 4}").widgets[0].content
        assert isinstance(head, Words)
        assert head.markdown == (
            "# prod-orders\n\n"
            "Aurora PostgreSQL, a writer and 3 readers. Made from `manifests/orders.yaml` for prod.\n\n"
            "[cluster](https://console.aws.amazon.com/rds/home?region=eu-west-1"
            "#database:id=prod-orders;is-cluster=true) · "
            "[logs](https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1"
            "#logsV2:log-groups$3FlogGroupNameFilter$3D$252Faws$252Frds$252Fcluster$252Fprod-orders$252F)"
        )

    @pytest.mark.parametrize(
        ("spec", "words"),
        [
            ("instances: {count: 1}", "a writer, no reader."),
            ("instances: {count: 2}", "a writer and a reader."),
            (AUTOSCALED, "a writer and up to 5 readers."),
        ],
    )
    def test_the_head_counts_instances(self, files: Files, spec: str, words: str) -> None:
        head = of(files, spec, class_="staging").widgets[0].content
        assert isinstance(head, Words)
        assert words in head.markdown

    def test_where_nothing_is_exported_there_are_no_logs_to_lead_to(self, files: Files) -> None:
        head = of(files, "enabledCloudwatchLogsExports: []").widgets[0].content
        assert isinstance(head, Words)
        assert "[logs]" not in head.markdown

    def test_two_regions_of_an_account_can_have_clusters_of_one_name(self, files: Files) -> None:
        assert of(files).name == "prod-orders-eu-west-1"

    def test_what_is_seen_first_can_be_said(self, files: Files) -> None:
        assert of(files).start == "-PT3H"
        assert of(files, "dashboard: {start: -P2W}").start == "-P2W"

    def test_another_way_to_say_it_is_refused(self, files: Files) -> None:
        assert lines(files.problems(manifests__orders=manifest("dashboard: {start: 3h}"))) == [
            'manifests/orders.yaml:8:22 error[AF102] spec.dashboard.start: "3h" is not a time range of a dashboard -> '
            "write it as -PT3H (hours; M for minutes) or -P1D (days; W for weeks, M for months)"
        ]

    @pytest.mark.parametrize(
        ("class_", "spec", "is_made"),
        [
            ("production", "", True),
            ("staging", "", True),
            ("development", "", False),
            ("development", "dashboard: {enabled: true}", True),
            ("production", "dashboard: {enabled: false}", False),
        ],
    )
    def test_the_class_decides_whether_there_is_one(
        self, files: Files, class_: str, spec: str, *, is_made: bool
    ) -> None:
        found = files.cluster(manifests__orders=manifest(spec), environments__prod=environment(class_=class_)).dashboard
        assert (found is not None) == is_made
