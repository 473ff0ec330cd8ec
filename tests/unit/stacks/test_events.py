"""Subscriptions to events: which topic is told what, of the cluster and of its instances."""

from typing import Final

import pytest

from auroraform.schemas.event_categories import CATEGORIES
from auroraform.schemas.resolved.events import EventSubscription
from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.spec.events import Events
from auroraform.stacks import defaults
from support.workspaces import Files, environment, lines, manifest

ARN: Final = "arn:aws:sns:eu-west-1:111122223333:"
MADE: Final = "alarms: {topics: {}}"
ONE: Final = f"alarms: {{topicArns: ['{ARN}on-call']}}"


def subscriptions(
    files: Files, spec: str = "", alarms: str = ONE, class_: str = "production"
) -> dict[str, EventSubscription]:
    found = files.cluster(
        manifests__orders=manifest(spec), environments__prod=environment(class_=class_, spec=alarms)
    ).event_subscriptions
    return {subscription.key: subscription for subscription in found}


def told(files: Files, spec: str = "", alarms: str = MADE) -> dict[str, tuple[str, ...]]:
    return {key: one.event_categories for key, one in subscriptions(files, spec, alarms).items()}


class TestWho:
    @pytest.mark.parametrize(("class_", "number"), [("development", 0), ("staging", 2), ("production", 2)])
    def test_the_class_says_whether_anybody_is_told(self, files: Files, class_: str, number: int) -> None:
        assert len(subscriptions(files, class_=class_)) == number

    def test_development_is_told_when_it_asks(self, files: Files) -> None:
        assert len(subscriptions(files, "events: {enabled: true}", class_="development")) == 2

    def test_a_cluster_can_be_left_out(self, files: Files) -> None:
        assert subscriptions(files, "events: {enabled: false}") == {}

    def test_without_topics_nobody_is_told_and_it_is_no_fault(self, files: Files) -> None:
        assert subscriptions(files, alarms="") == {}

    def test_who_asks_for_it_in_vain_is_told(self, files: Files) -> None:
        found = files.problems(
            manifests__orders=manifest("events: {enabled: true}"), environments__prod=environment(class_="development")
        )
        assert lines(found) == [
            "manifests/orders.yaml:8:21 warning[AF116] spec.events.enabled: nobody is told: the environment prod has no"
            " topics -> name or make topics in alarms of the environment"
        ]

    def test_a_topic_for_everything_is_told_everything_in_one_subscription(self, files: Files) -> None:
        critical, warning = told(files)["critical-cluster"], told(files)["warning-cluster"]
        assert told(files, alarms=ONE)["on_call-cluster"] == tuple(sorted((*critical, *warning)))

    @pytest.mark.parametrize(
        ("alarms", "keys"),
        [
            pytest.param(MADE, ["critical", "warning"], id="made here"),
            pytest.param(f"alarms: {{warningTopicArns: ['{ARN}Team_2']}}", ["Team_2"], id="one severity"),
            pytest.param(
                f"alarms: {{topicArns: ['{ARN}a-b', '{ARN}a_b', 'arn:aws:sns:eu-west-1:444455556666:A_B']}}",
                ["a_b", "a_b_2", "A_B_3"],
                id="names that read the same",
            ),
            pytest.param(
                f"alarms: {{topicArns: ['{ARN}critical'], topics: {{}}}}",
                ["critical", "critical_2", "warning"],
                id="as made",
            ),
            pytest.param(
                "alarms: {topicArns: [{valueFrom: {name: pager}}]}\n"
                "references: {AwsSnsTopic/pager: {status.outputs.topic_arn: {ssmParameter: /pager}}}",
                ["AwsSnsTopic_pager_status_outputs_topic_arn"],
                id="known to Terraform alone",
            ),
        ],
    )
    def test_a_topic_keeps_its_subscriptions_by_its_name(self, files: Files, alarms: str, keys: list[str]) -> None:
        found = subscriptions(files, alarms=alarms)
        assert [*found] == [f"{key}-{kind}" for key in keys for kind in ("cluster", "instances")]
        assert len({one.name for one in found.values()}) == len(found)
        assert {one.name for one in found.values() if one.name != one.name.lower() or "_" in one.name} == set()


class TestWhat:
    def test_what_wakes_somebody_and_what_waits(self, files: Files) -> None:
        assert told(files) == {
            "critical-cluster": ("deletion", "failover", "failure", "global-failover"),
            "critical-instances": ("failure", "low storage", "recovery"),
            "warning-cluster": ("maintenance", "notification"),
            "warning-instances": ("availability", "deletion", "maintenance", "read replica", "security patching"),
        }

    def test_aurora_mysql_can_be_turned_back_and_tells_how_far(self, files: Files) -> None:
        written = manifest().replace("aurora-postgresql", "aurora-mysql").replace("16.8", "8.0.mysql_aurora.3.08.0")
        found = files.cluster(manifests__orders=written, environments__prod=environment(spec=ONE)).event_subscriptions
        assert "backtrack" in found[1].event_categories

    def test_a_category_can_be_added_moved_and_taken_away(self, files: Files) -> None:
        spec = "events: {clusterCategories: {creation: warning, failover: warning, notification: none}}"
        found = told(files, spec)
        assert found["critical-cluster"] == ("deletion", "failure", "global-failover")
        assert found["warning-cluster"] == ("creation", "failover", "maintenance")

    def test_a_topic_that_is_told_nothing_has_no_subscription(self, files: Files) -> None:
        spec = "events: {clusterCategories: {maintenance: none, notification: none}}"
        assert [*told(files, spec)] == ["critical-cluster", "critical-instances", "warning-instances"]

    @pytest.mark.parametrize(
        ("spec", "expected"),
        [
            (
                "events: {clusterCategories: {low storage: critical}}",
                'manifests/orders.yaml:8:45 warning[AF111] spec.events.clusterCategories.low storage: "low storage" is'
                " not among the categories of events of a db-cluster of 2026-08-19, the date of the list here"
                " -> it is one of a db-instance",
            ),
            (
                "events: {instanceCategories: {failures: critical}}",
                'manifests/orders.yaml:8:43 warning[AF111] spec.events.instanceCategories.failures: "failures" is not'
                " among the categories of events of a db-instance of 2026-08-19, the date of the list here"
                " -> all is well if AWS has it; did you mean failure?",
            ),
            (
                "events: {clusterCategories: {quantum: critical}}",
                'manifests/orders.yaml:8:41 warning[AF111] spec.events.clusterCategories.quantum: "quantum" is not'
                " among the categories of events of a db-cluster of 2026-08-19, the date of the list here"
                " -> all is well if AWS has it, and else RDS refuses it at apply",
            ),
        ],
    )
    def test_a_category_that_is_not_in_the_table_is_a_warning(self, files: Files, spec: str, expected: str) -> None:
        assert lines(files.problems(manifests__orders=manifest(spec))) == [expected]

    @pytest.mark.parametrize("engine", ["aurora-mysql", "aurora-postgresql"])
    def test_the_defaults_name_categories_that_there_are(self, engine: str) -> None:
        for layer in defaults.layers("production", engine):
            for source, field in (("db-cluster", "clusterCategories"), ("db-instance", "instanceCategories")):
                written = layer.tree.get("events", field)
                assert {*getattr(written, "entries", ())} <= CATEGORIES[source]  # type: ignore[index]


class TestSources:
    def test_the_cluster_is_one_source_and_each_declared_instance_another(self, files: Files) -> None:
        found = subscriptions(files, "instances: {members: {a: {}, b: {}}}")
        cluster, instances = found["on_call-cluster"], found["on_call-instances"]
        assert (cluster.source_type, cluster.source_ids) == (
            "db-cluster",
            (Expression("aws_rds_cluster.orders.cluster_identifier"),),
        )
        assert (instances.source_type, instances.source_ids) == (
            "db-instance",
            tuple(Expression(f"aws_rds_cluster_instance.orders_{key}.identifier") for key in "ab"),
        )

    def test_another_set_of_instances_makes_another_subscription(self, files: Files) -> None:
        # RDS refuses to take an instance that is gone from a subscription, so that none is ever taken from one.
        names = [subscriptions(files, f"instances: {{count: {count}}}")["on_call-instances"].name for count in (2, 3)]
        assert names == ["prod-orders-on-call-instances-1-2", "prod-orders-on-call-instances-1-2-3"]

    def test_the_subscription_of_the_cluster_stays_then(self, files: Files) -> None:
        names = {subscriptions(files, f"instances: {{count: {n}}}")["on_call-cluster"].name for n in (2, 3)}
        assert names == {"prod-orders-on-call-cluster"}

    def test_a_long_name_is_cut_and_stays_one_of_its_own(self, files: Files) -> None:
        alarms = f"alarms: {{topicArns: ['{ARN}{'a' * 256}', '{ARN}{'a' * 255}b']}}"
        names = [one.name for one in subscriptions(files, alarms=alarms).values()]
        assert (max(map(len, names)), len({*names})) == (254, 4)


def test_more_subscriptions_than_an_account_has_room_for_are_told(files: Files) -> None:
    written = {f"manifests__c{n}": manifest(name=f"c{n}") for n in range(4)}
    within = files.problems(**written, environments__prod=environment(spec=MADE))
    assert lines(within) == []
    beyond = files.problems(
        environments__prod=environment(spec=MADE),
        environments__test=environment("test", "staging", spec=ONE).replace("acme-state", "acme-test"),
    )
    assert lines(beyond) == [
        "environments/test.yaml:14:3 warning[AF112] spec.alarms: the account 111122223333 would have 30 event"
        " subscriptions in eu-west-1; RDS makes 20 of them until AWS is asked for more -> all is well if the quota"
        " `Event subscriptions` of RDS is raised; one topic for all severities takes half as many, and"
        " events.enabled: false of a cluster none"
    ]


def test_the_categories_of_the_spec_are_those_of_the_table() -> None:
    every = {category: "none" for categories in CATEGORIES.values() for category in categories}
    assert Events.model_validate({"clusterCategories": every}).cluster_categories == every
