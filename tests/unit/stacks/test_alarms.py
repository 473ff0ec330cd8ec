"""Alarms: what they become, who is told, and what makes no sense."""

from typing import Final

import pytest

from auroraform.schemas.alarms.table import BY_KEY
from auroraform.schemas.resolved.alarms import Alarms, CompositeAlarm, MetricAlarm, MetricMath, MetricQuery
from auroraform.schemas.resolved.expressions import Expression
from auroraform.stacks.explanation.explain import explain
from support.workspaces import Files, environment, lines, manifest

TOPIC: Final = "arn:aws:sns:eu-west-1:111122223333:on-call"
LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_RULE = 255, 1024, 10_240


def resolved(files: Files, spec: str = "", where: str = "", class_: str = "production") -> Alarms:
    return files.cluster(
        manifests__orders=manifest(spec), environments__prod=environment(class_=class_, spec=where)
    ).alarms


def by_key(alarms: Alarms) -> dict[str, MetricAlarm]:
    return {alarm.key: alarm for alarm in alarms.metric_alarms}


def composites(alarms: Alarms) -> dict[str, CompositeAlarm]:
    return {str(composite.key): composite for composite in alarms.composite_alarms}


def test_an_alarm_is_of_a_role_of_the_cluster(files: Files) -> None:
    assert by_key(resolved(files))["writer-memory"] == MetricAlarm(
        key="writer-memory",
        name="prod-orders-writer-memory",
        description="Free memory of the writer is below 10 percent of 16 GiB, the memory of db.r6g.large. The engine "
        "is close to running out of memory, and then restarts. Look for many connections, large sorts, and per-session "
        "settings that were raised. Runbook: "
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_Troubleshooting.html",
        severity="warning",
        namespace="AWS/RDS",
        metric_name="FreeableMemory",
        dimensions={"DBClusterIdentifier": "prod-orders", "Role": "WRITER"},
        statistic="Minimum",
        math=None,
        period=60,
        evaluation_periods=15,
        datapoints_to_alarm=None,
        comparison_operator="LessThanThreshold",
        threshold=1_717_986_918,
        treat_missing_data="missing",
    )


def test_growth_is_the_range_of_a_day(files: Files) -> None:
    alarm = by_key(resolved(files))["volume-growth"]
    assert alarm.math == MetricMath(
        id="result",
        expression="IF(low > 107374182400, 100 * (high - low) / low, 0)",
        label="change of the volume within a day",
        queries=(MetricQuery(id="high", statistic="Maximum"), MetricQuery(id="low", statistic="Minimum")),
    )
    assert alarm.dimensions == {"DBClusterIdentifier": "prod-orders"}
    assert (alarm.period, alarm.evaluation_periods) == (86_400, 1)


def test_a_writer_that_does_not_report_is_gone(files: Files) -> None:
    alarm = by_key(resolved(files))["writer"]
    assert (alarm.comparison_operator, alarm.threshold) == ("LessThanOrEqualToThreshold", 0)
    assert alarm.treat_missing_data == "breaching"
    assert alarm.description.startswith("Uptime of the writer is at or below 0 seconds, or not reported. ")


class TestWhoIsTold:
    def test_one_alarm_of_each_severity_tells_for_all_of_it(self, files: Files) -> None:
        alarms = resolved(files, where=f"alarms: {{topicArns: ['{TOPIC}']}}")
        found = composites(alarms)
        assert {key: (one.name, one.topics) for key, one in found.items()} == {
            "critical": ("prod-orders-critical", (TOPIC,)),
            "warning": ("prod-orders-warning", (TOPIC,)),
        }
        assert {key for one in found.values() for key in one.alarms} == set(by_key(alarms))
        assert {by_key(alarms)[key].severity for key in found["critical"].alarms} == {"critical"}

    def test_each_severity_has_topics_of_its_own(self, files: Files) -> None:
        found = composites(
            resolved(files, where=f"alarms: {{criticalTopicArns: ['{TOPIC}'], warningTopicArns: ['{TOPIC}-2']}}")
        )
        assert {key: one.topics for key, one in found.items()} == {"critical": (TOPIC,), "warning": (f"{TOPIC}-2",)}

    def test_topics_that_are_made_are_referred_to(self, files: Files) -> None:
        assert {key: one.topics for key, one in composites(resolved(files, where="alarms: {topics: {}}")).items()} == {
            "critical": (Expression("aws_sns_topic.shared_critical.arn"),),
            "warning": (Expression("aws_sns_topic.shared_warning.arn"),),
        }

    def test_without_topics_the_alarms_show_in_the_console(self, files: Files) -> None:
        assert {one.topics for one in resolved(files).composite_alarms} == {()}

    def test_a_severity_without_alarms_has_none_over_them(self, files: Files) -> None:
        assert set(composites(resolved(files, "alarms: {severity: critical}"))) == {"critical"}


class TestLayers:
    def test_development_has_none_unless_asked(self, files: Files) -> None:
        assert resolved(files, class_="development") == Alarms()
        assert by_key(resolved(files, "alarms: {enabled: true}", class_="development"))

    def test_nobody_is_woken_for_staging(self, files: Files) -> None:
        assert set(composites(resolved(files, class_="staging"))) == {"warning"}

    def test_an_environment_says_it_for_all_and_for_one(self, files: Files) -> None:
        found = by_key(
            resolved(
                files,
                "alarms: {writerCpu: {threshold: 80, evaluationPeriods: 5}}",
                """
                defaults: {alarms: {writerCpu: {threshold: 70, period: 300}, readerCpu: {threshold: 75}}}
                overrides: {orders: {alarms: {readerCpu: null, deadlocks: {enabled: false}}}}
                """,
            )
        )
        cpu = found["writer-cpu"]
        assert (cpu.threshold, cpu.period, cpu.evaluation_periods) == (80, 300, 5)
        assert found["reader-cpu"].threshold == 90
        assert "deadlocks" not in found

    def test_an_override_turns_all_of_them_off(self, files: Files) -> None:
        assert resolved(files, where="overrides: {orders: {alarms: {enabled: false}}}") == Alarms()


def test_your_own_runbooks_are_named_by_key(files: Files) -> None:
    found = by_key(resolved(files, where="defaults: {alarms: {runbookUrl: 'https://wiki.acme.example/db#{alarm}'}}"))
    assert found["replica-lag"].description.endswith(" Runbook: https://wiki.acme.example/db#replica-lag")


def test_aws_takes_the_longest_names_and_descriptions(files: Files) -> None:
    url = f"https://wiki.acme.example/{'x' * 260}{{alarm}}"
    alarms = resolved(files, f"clusterIdentifier: {'x' * 55}\nalarms: {{runbookUrl: '{url}'}}")
    names = [one.name for one in alarms.metric_alarms] + [one.name for one in alarms.composite_alarms]
    texts = [one.description for one in alarms.metric_alarms] + [one.description for one in alarms.composite_alarms]
    assert max(map(len, names)) <= LONGEST_NAME
    assert max(map(len, texts)) <= LONGEST_DESCRIPTION
    # As long as the names of all alarms that there are.
    assert sum(len(f'ALARM("{"x" * 63}-{key}") OR ') for key in BY_KEY) <= LONGEST_RULE


def told(files: Files, spec: str) -> list[str]:
    return [line.partition(" ")[2] for line in lines(files.problems(manifests__orders=manifest(spec)))]


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("spec", "expected"),
        [
            ("{writerCpu: {evaluationPeriods: 1440}}", []),
            (
                "{writerCpu: {period: 120, evaluationPeriods: 721}}",
                [
                    "error[AF105] spec.alarms.writerCpu.evaluationPeriods: 721 periods of 120 seconds are longer than"
                    " CloudWatch looks back, which is a day, or seven days for periods of an hour and more"
                    " -> take fewer or shorter ones"
                ],
            ),
            ("{writerCpu: {period: 3600, evaluationPeriods: 168}}", []),
            (
                "{volumeGrowth: {evaluationPeriods: 8}}",
                [
                    "error[AF105] spec.alarms.volumeGrowth.evaluationPeriods: 8 periods of 86400 seconds are longer"
                    " than CloudWatch looks back, which is a day, or seven days for periods of an hour and more"
                    " -> take fewer or shorter ones"
                ],
            ),
            (
                "{maximumCapacity: {period: 3600}, readerCpu: {period: 3600, evaluationPeriods: 169}}",
                [
                    "error[AF105] spec.alarms.readerCpu.evaluationPeriods: 169 periods of 3600 seconds are longer than"
                    " CloudWatch looks back, which is a day, or seven days for periods of an hour and more"
                    " -> take fewer or shorter ones"
                ],
            ),
            ("{writerCpu: {datapointsToAlarm: 15}}", []),
            (
                "{writerCpu: {datapointsToAlarm: 16}}",
                [
                    "error[AF105] spec.alarms.writerCpu.datapointsToAlarm: 16 of 15 periods can never be beyond the"
                    " threshold -> write 15 or less, or raise evaluationPeriods"
                ],
            ),
            (
                "{writerCpus: {threshold: 80}}",
                ["error[AF100] spec.alarms.writerCpus: is not a field -> did you mean writerCpu?"],
            ),
            (
                "{writerCpu: {period: 90}}",
                [
                    'error[AF102] spec.alarms.writerCpu.period: "90" is no whole number of minutes'
                    " -> write a multiple of 60, such as 300"
                ],
            ),
            (
                "{writerMemory: {threshold: 101}}",
                [
                    'error[AF102] spec.alarms.writerMemory.threshold: "101" is out of bounds'
                    " -> write a number from 0.0 to 100.0 percent"
                ],
            ),
            (
                "{runbookUrl: 'wiki/{alarm}'}",
                [
                    'error[AF102] spec.alarms.runbookUrl: "wiki/{alarm}" is not an address of runbooks'
                    " -> write it as https://wiki.acme.example/databases#{alarm}"
                ],
            ),
        ],
    )
    def test_of_an_alarm(self, files: Files, spec: str, expected: list[str]) -> None:
        assert told(files, f"alarms: {spec}") == expected

    def test_a_class_that_is_not_known(self, files: Files) -> None:
        unknown = [line for line in told(files, "instances: {instanceClass: db.r99g.large}") if "alarm" in line]
        assert unknown == [
            "warning[AF111] spec.instances.instanceClass: how much memory, max_connections and local storage"
            " db.r99g.large has is not known here, so that no alarm watches it -> say it as total of writerMemory,"
            " readerMemory, writerConnections, readerConnections, writerLocalStorage and readerLocalStorage in alarms,"
            " or write enabled: false there",
        ]

    def test_a_member_of_such_a_class(self, files: Files) -> None:
        members = "instances: {members: {a: {}, b: {promotionTier: 5, instanceClass: db.r6gd.xlarge}, c: {}}}"
        assert told(files, members) == [
            "warning[AF111] spec.instances.members.b.instanceClass: how much local storage db.r6gd.xlarge has is not"
            " known here, so that no alarm watches it -> say it as total of readerLocalStorage in alarms, or write"
            " enabled: false there"
        ]

    def test_a_formula(self, files: Files) -> None:
        formula = "clusterParameters: {max_connections: 'LEAST({DBInstanceClassMemory/9531392},4000)'}"
        assert told(files, formula) == [
            "warning[AF111] spec.alarms.enabled: max_connections is a formula, so that no alarm watches it -> say it as"
            " total of writerConnections and readerConnections in alarms, or write enabled: false there"
        ]

    @pytest.mark.parametrize(
        "alarms",
        [
            "{writerMemory: {total: 16}, readerMemory: {total: 16}, writerConnections: {total: 900}, "
            "readerConnections: {total: 900}, writerLocalStorage: {total: 32}, readerLocalStorage: {total: 32}}",
            "{enabled: false}",
        ],
    )
    def test_nothing_is_missed_where_it_is_said(self, files: Files, alarms: str) -> None:
        spec = f"instances: {{instanceClass: db.r99g.large}}\nalarms: {alarms}"
        assert [line for line in told(files, spec) if "no alarm" in line] == []


class TestExplanation:
    def test_a_threshold_is_traced_to_its_rule(self, files: Files) -> None:
        found = self.rows(files, "alarms.writerMemory")
        assert found == [
            "alarms.writerMemory.limit 1717986918 derived <auroraform>/production.yaml"
            " # 10 percent of 16 GiB, the memory of db.r6g.large"
        ]

    def test_or_to_its_line(self, files: Files) -> None:
        found = self.rows(files, "alarms.writerMemory", "alarms: {writerMemory: {threshold: 20}}")
        assert found == [
            "alarms.writerMemory.threshold 20 set manifests/orders.yaml",
            "alarms.writerMemory.limit 3435973837 derived manifests/orders.yaml"
            " # 20 percent of 16 GiB, the memory of db.r6g.large",
        ]

    def rows(self, files: Files, path: str, spec: str = "") -> list[str]:
        (explanation,) = explain(files.minimal(manifests__orders=manifest(spec)), "orders", "prod", path).explanations
        return [
            f"{row.path} {row.value} {row.state} {row.place.file if row.place else '-'}"
            + (f" # {row.reason}" if row.reason else "")
            for row in explanation.rows
        ]
