"""The table of alarms: what CloudWatch takes, and what people rely on."""

import dataclasses
import re
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic.alias_generators import to_camel

from auroraform.schemas.alarms.choice import Choice, Unknown, choices
from auroraform.schemas.alarms.facts import Facts
from auroraform.schemas.alarms.table import BY_KEY, ROWS, Role, Row
from auroraform.schemas.classes import SIZES
from auroraform.schemas.docstrings import descriptions
from auroraform.schemas.spec.alarms import Alarm, ClusterAlarms, PercentAlarm, ShareAlarm
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec

SWITCHES: Final = {"enabled", "severity", "runbook_url"}


def by_key(row: Row) -> str:
    return row.key


def test_keys_are_unique() -> None:
    assert len(BY_KEY) == len(ROWS)


def test_no_key_is_the_end_of_another() -> None:
    """Else the alarm of one cluster could have the name of another's, such as orders-writer and cpu."""
    keys = [*BY_KEY, "critical", "warning"]
    assert [(one, other) for one in keys for other in keys if one.endswith(f"-{other}")] == []


def test_the_keys_are_public() -> None:
    """They are names of alarms and of Terraform addresses: take none away, and rename none."""
    assert [*BY_KEY] == [
        "writer",
        "readers",
        "writer-cpu",
        "reader-cpu",
        "writer-memory",
        "reader-memory",
        "writer-connections",
        "reader-connections",
        "writer-local-storage",
        "reader-local-storage",
        "replica-lag",
        "acu-utilization",
        "maximum-capacity",
        "deadlocks",
        "commit-latency",
        "transaction-ids",
        "transaction-id-wraparound",
        "volume-growth",
        "volume-size",
        "global-lag",
        "proxy-borrow-latency",
    ]


def test_each_row_has_its_field_in_the_same_order() -> None:
    assert [name for name in ClusterAlarms.model_fields if name not in SWITCHES] == [row.field for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=by_key)
def test_the_field_says_the_units_and_the_threshold_of_the_row(row: Row) -> None:
    field = ClusterAlarms.model_fields[row.field]
    about, _, absent = " ".join(descriptions(ClusterAlarms)[row.field].split()).partition("If absent: ")
    assert any(word in about for word in (row.unit, "percent", "The same"))
    if callable(row.threshold):
        assert absent == "the maximum of the range."
    else:
        assert absent.startswith(f"{row.threshold:.12g}")
    assert row.of_serverless is None or f" {row.of_serverless:g} " in absent
    own = ShareAlarm if row.share is not None and row.role is not Role.CLUSTER else Alarm
    is_percent = row.unit == "percent" or (row.share is not None and row.role is Role.CLUSTER)
    assert field.annotation == (PercentAlarm if is_percent else own) | None


@pytest.mark.parametrize("row", ROWS, ids=by_key)
def test_cloudwatch_takes_the_row(row: Row) -> None:
    assert row.period % 60 == 0
    assert row.period * row.evaluation_periods <= (86_400 if row.period < 3600 else 604_800)
    assert row.statistic in {"Average", "Maximum", "Minimum"}
    assert re.fullmatch(r"[a-z][a-z-]*[a-z]", row.key)
    if row.math is not None:
        ids = [series.id for series in row.math.series]
        # CloudWatch wants a small letter first.
        assert all(re.fullmatch(r"[a-z][a-zA-Z0-9_]*", id_) for id_ in ids)
        assert set(re.findall(r"\b[a-z]\w*", row.math.expression)) == set(ids)


@pytest.mark.parametrize("row", ROWS, ids=by_key)
def test_a_page_is_one_of_aws(row: Row) -> None:
    assert re.fullmatch(r"https://docs\.aws\.amazon\.com/AmazonRDS/latest/\w+/[\w.-]+\.html(#[\w.-]+)?", row.page)


def test_of_what_is_missing_only_uptime_is_a_failure() -> None:
    """A cluster that is stopped reports nothing: what mutes its alarms has to think of these alone."""
    assert {row.metric for row in ROWS if row.missing == "breaching"} == {"EngineUptime"}


def spec(**fields: object) -> AwsRdsClusterSpec:
    known = {"engine": "aurora-postgresql", "engineVersion": "16.8", "alarms": {"enabled": True}}
    return AwsRdsClusterSpec.model_validate(
        {"instances": {"count": 2, "instanceClass": "db.r6g.large"}} | known | fields
    )


def keys(spec: AwsRdsClusterSpec, facts: Facts | None = None) -> set[str]:
    return {found.row.key for found in choices(spec, facts)}


class TestConditions:
    def test_a_cluster_without_alarms_has_none(self) -> None:
        assert keys(spec(alarms={"enabled": False})) == keys(spec(alarms=None)) == set()

    def test_postgresql_counts_transactions(self) -> None:
        mysql = spec(engine="aurora-mysql", engineVersion="8.0.mysql_aurora.3.08.0")
        assert keys(spec()) - keys(mysql) == {"transaction-ids", "transaction-id-wraparound"}
        assert keys(mysql) <= keys(spec())

    def test_without_a_reader_nothing_is_asked_of_readers(self) -> None:
        alone = keys(spec(instances={"count": 1, "instanceClass": "db.r6g.large"}))
        assert keys(spec()) - alone == {
            "readers",
            "reader-cpu",
            "reader-memory",
            "reader-connections",
            "reader-local-storage",
            "replica-lag",
        }

    @pytest.mark.parametrize(("fewest", "watched"), [(None, set()), (0, set()), (1, {"readers"})])
    def test_readers_of_autoscaling_must_be_there_only_where_one_always_is(
        self, fewest: int | None, watched: set[str]
    ) -> None:
        scaled = spec(
            instances={"count": 1, "instanceClass": "db.r6g.large"},
            readerAutoscaling={"maxCapacity": 4, "minCapacity": fewest, "averageCpuUtilization": 60},
        )
        assert keys(scaled) & {"readers"} == watched
        assert {"reader-cpu", "replica-lag"} <= keys(scaled)

    def test_serverless_instances_have_capacity_instead_of_local_storage(self) -> None:
        found = keys(spec(serverlessV2Scaling={"minCapacity": 1, "maxCapacity": 8}, instances={"count": 2}))
        assert {"acu-utilization", "maximum-capacity"} <= found
        assert not {"writer-local-storage", "reader-local-storage"} & found

    def test_a_range_of_one_capacity_is_always_at_its_maximum(self) -> None:
        found = keys(spec(serverlessV2Scaling={"minCapacity": 8, "maxCapacity": 8}, instances={"count": 2}))
        assert not {"acu-utilization", "maximum-capacity"} & found

    def test_what_may_pause_reports_nothing(self) -> None:
        scaling = {"minCapacity": 0, "maxCapacity": 8}
        assert not {"writer", "readers"} & keys(spec(serverlessV2Scaling=scaling, instances={"count": 2}))
        provisioned = {"a": {"instanceClass": "db.r6g.large"}, "b": {"instanceClass": "db.r6g.large"}}
        mixed = spec(serverlessV2Scaling=scaling, instances={"members": provisioned | {"c": {"promotionTier": 9}}})
        assert {"writer", "readers"} <= keys(mixed)

    def test_lag_behind_a_primary_is_watched_in_secondary_clusters(self) -> None:
        facts = Facts.of(spec())
        assert "global-lag" not in keys(spec(), facts)
        assert "global-lag" in keys(spec(), dataclasses.replace(facts, is_global_secondary=True))

    def test_a_proxy_is_watched_where_there_is_one(self) -> None:
        assert keys(spec(proxy={})) - keys(spec()) == {"proxy-borrow-latency"}

    def test_each_row_is_for_some_cluster(self) -> None:
        serverless = spec(serverlessV2Scaling={"minCapacity": 1, "maxCapacity": 8}, instances={"count": 2})
        secondary = dataclasses.replace(Facts.of(spec()), is_global_secondary=True)
        assert keys(spec(), secondary) | keys(serverless) | keys(spec(proxy={})) == set(BY_KEY)


def chosen(spec: AwsRdsClusterSpec) -> dict[str, Choice]:
    return {found.row.key: found for found in choices(spec) if isinstance(found, Choice)}


GIB: Final = 1024**3


class TestThresholds:
    def test_they_follow_from_the_class(self) -> None:
        found = chosen(spec())
        assert found["writer-memory"].threshold.value == round(16 * GIB / 10)
        assert found["writer-memory"].threshold.basis == "10 percent of 16 GiB, the memory of db.r6g.large"
        assert found["writer-connections"].threshold.value == round(1722 * 0.9)
        assert found["writer-local-storage"].threshold.value == round(3.2 * GIB)
        assert found["volume-size"].threshold.value == round(128 * 1024 * GIB * 0.8)

    def test_newer_versions_have_larger_volumes(self) -> None:
        assert chosen(spec(engineVersion="17.5"))["volume-size"].threshold.value == round(256 * 1024 * GIB * 0.8)

    def test_they_follow_from_the_maximum_of_a_range(self) -> None:
        found = chosen(spec(serverlessV2Scaling={"minCapacity": 1, "maxCapacity": 8}, instances={"count": 2}))
        assert found["writer-memory"].threshold.value == round(16 * GIB * 0.05)
        assert found["writer-memory"].threshold.basis == "5 percent of 16 GiB, the memory of 8 ACUs"
        assert found["writer-connections"].threshold.value == round(1669 * 0.9)
        assert found["maximum-capacity"].threshold.value == 8

    def test_the_smallest_instance_of_a_role_counts(self) -> None:
        members = {"a": {}, "b": {"instanceClass": "db.r6g.xlarge"}, "c": {"instanceClass": "db.t4g.medium"}}
        tiers = spec(
            instances={
                "instanceClass": "db.r6g.2xlarge",
                "members": members | {"c": members["c"] | {"promotionTier": 9}},
            }
        )
        found = chosen(tiers)
        # a writes, b takes over, and c reads.
        assert found["writer-memory"].threshold.value == round(32 * GIB / 10)
        assert found["reader-memory"].threshold.value == round(4 * GIB / 10)
        assert found["writer-connections"].threshold.value == round(3479 * 0.9)
        assert found["reader-connections"].threshold.value == round(405 * 0.9)

    def test_readers_that_autoscaling_adds_are_like_the_writer(self) -> None:
        members = {"a": {"instanceClass": "db.r6g.large"}, "b": {"instanceClass": "db.r6g.2xlarge", "promotionTier": 2}}
        scaling = {"maxCapacity": 4, "averageCpuUtilization": 60}
        found = chosen(spec(instances={"members": members}, readerAutoscaling=scaling))
        assert found["reader-memory"].threshold.value == round(16 * GIB / 10)

    @pytest.mark.parametrize("field", ["clusterParameters", "instanceParameters"])
    def test_a_parameter_wins_over_the_formula(self, field: str) -> None:
        found = chosen(spec(**{field: {"max_connections": "400"}}))
        assert found["reader-connections"].threshold.value == 360
        assert (
            found["reader-connections"].threshold.basis == "90 percent of 400, the max_connections of a parameter group"
        )

    def test_that_of_instances_wins_over_that_of_the_cluster(self) -> None:
        both = spec(clusterParameters={"max_connections": "400"}, instanceParameters={"max_connections": "200"})
        assert chosen(both)["writer-connections"].threshold.value == 180

    def test_a_low_minimum_wins_over_the_parameter(self) -> None:
        low = spec(
            serverlessV2Scaling={"minCapacity": 0.5, "maxCapacity": 64},
            instances={"count": 2},
            clusterParameters={"max_connections": "4000"},
        )
        assert chosen(low)["writer-connections"].threshold.basis == (
            "90 percent of 2000, the max_connections of a minimum of 0.5 ACUs"
        )

    @pytest.mark.parametrize("key", [row.key for row in ROWS if row.share is None and row.key != "global-lag"])
    def test_what_is_written_holds(self, key: str) -> None:
        alarms = {"enabled": True, to_camel(BY_KEY[key].field): {"threshold": 42}}
        scaling = {"minCapacity": 1, "maxCapacity": 8}
        serverless = spec(alarms=alarms, serverlessV2Scaling=scaling, instances={"count": 2}, proxy={})
        assert chosen(serverless)[key].threshold.value == 42

    @pytest.mark.parametrize("key", [row.key for row in ROWS if row.share is not None])
    def test_a_percentage_that_is_written_is_one_of_the_same(self, key: str) -> None:
        alarms = {"enabled": True, to_camel(BY_KEY[key].field): {"threshold": 50}}
        default = BY_KEY[key].threshold
        assert isinstance(default, int)
        before, after = (chosen(one)[key].threshold.value for one in (spec(), spec(alarms=alarms)))
        assert after == pytest.approx(before * 50 / default, rel=1e-3)

    def test_what_a_hundred_percent_are_can_be_said(self) -> None:
        alarms = {"enabled": True, "writerMemory": {"total": 24}, "readerConnections": {"total": 100}}
        unknown = spec(alarms=alarms, instances={"count": 2, "instanceClass": "db.r99g.large"})
        found = chosen(unknown)
        assert found["writer-memory"].threshold.value == round(2.4 * GIB)
        assert found["writer-memory"].threshold.basis == "10 percent of 24 GiB"
        assert found["reader-connections"].threshold.value == 90
        assert not {"reader-memory", "writer-connections", "writer-local-storage"} & set(found)


class TestSettings:
    def test_the_rest_can_be_said_too(self) -> None:
        own = {"period": 300, "evaluationPeriods": 4, "datapointsToAlarm": 3, "severity": "critical"}
        found = chosen(spec(alarms={"enabled": True, "writerCpu": own}))["writer-cpu"]
        assert (found.period, found.evaluation_periods, found.datapoints_to_alarm) == (300, 4, 3)
        assert found.severity == "critical"

    def test_one_alarm_can_be_left_out(self) -> None:
        assert keys(spec()) - keys(spec(alarms={"enabled": True, "deadlocks": {"enabled": False}})) == {"deadlocks"}

    def test_a_severity_for_all_yields_to_that_of_one(self) -> None:
        alarms = {"enabled": True, "severity": "warning", "writer": {"severity": "critical"}}
        found = chosen(spec(alarms=alarms))
        assert {key for key, one in found.items() if one.severity == "critical"} == {"writer"}
        assert {key for key, one in chosen(spec()).items() if one.severity == "critical"} == {
            "writer",
            "readers",
            "writer-connections",
            "reader-connections",
            "writer-local-storage",
            "transaction-id-wraparound",
        }


CLASSES: Final = {
    engine: [f"db.{family}.{size}" for family, sizes in table.items() for size in sizes.split()]
    for engine, table in SIZES.items()
}
VERSIONS: Final = {"aurora-mysql": "8.0.mysql_aurora.3.10.3", "aurora-postgresql": "17.5"}


@st.composite
def topologies(draw: st.DrawFn) -> AwsRdsClusterSpec:
    """Clusters of every engine, class, range and number of instances."""
    engine = draw(st.sampled_from(sorted(CLASSES)))
    low = draw(st.integers(0, 100))
    scaling = {"minCapacity": low / 2, "maxCapacity": draw(st.integers(max(low, 2), 512)) / 2}
    member = st.fixed_dictionaries(
        {"instanceClass": st.sampled_from([*CLASSES[engine], "db.serverless"]), "promotionTier": st.integers(0, 15)}
    )
    members = draw(st.dictionaries(st.sampled_from("abcdef"), member, min_size=1, max_size=6))
    return spec(
        engine=engine,
        engineVersion=VERSIONS[engine],
        serverlessV2Scaling=scaling,
        instances={"members": members},
        instanceParameters=draw(st.sampled_from([None, {"max_connections": "120"}])),
        readerAutoscaling=draw(st.sampled_from([None, {"maxCapacity": 9, "averageCpuUtilization": 60}])),
    )


@settings(max_examples=300, deadline=None, derandomize=True)
@given(topologies())
def test_every_cluster_has_thresholds_that_its_instances_can_reach(cluster: AwsRdsClusterSpec) -> None:
    facts = Facts.of(cluster)
    everybody = (*facts.writers, *facts.readers)
    for found in choices(cluster):
        if isinstance(found, Unknown):
            # Classes with NVMe storage, of whose local storage AWS does not tell.
            assert (found.share.what, found.member.instance_class) == ("local storage", found.member.instance_class)
            assert found.member.instance_class
            assert found.member.instance_class.split(".")[1] in {"r6id", "r6gd", "r8gd"}
            continue
        row, value = found.row, found.threshold.value
        if row.share is not None:
            most = max(row.share.amount(facts, one) or 0 for one in everybody if row.share.counts(one))
            assert 0 < value < most * row.share.size
            assert value == int(value)
        elif row.unit == "percent":
            assert 0 < value < 100
        elif row.key == "maximum-capacity":
            assert cluster.serverless_v2_scaling is not None
            assert value == cluster.serverless_v2_scaling.max_capacity
        else:
            assert value == row.threshold
