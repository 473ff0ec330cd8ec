"""Readers beyond the declared instances, and endpoints for some of them: what is made, and what makes no sense."""

from dataclasses import dataclass
from typing import Final

import pytest

from auroraform.schemas.coherence import WHOLE_RULES, WholeRule, autoscaling, backups, endpoints
from auroraform.schemas.resolved.autoscaling import ReaderAutoscaling, ScalingPolicy, ScheduledAction
from auroraform.schemas.resolved.endpoints import Endpoint
from support.workspaces import Files, environment, lines, manifest

SCALED: Final = "readerAutoscaling: {maxCapacity: 6, averageCpuUtilization: 60}"


def resolved(files: Files, spec: str) -> ReaderAutoscaling:
    found = files.cluster(manifests__orders=manifest(spec)).reader_autoscaling
    assert found is not None
    return found


class TestAutoscaling:
    def test_it_is_off_unless_it_is_asked_for(self, files: Files) -> None:
        assert files.cluster().reader_autoscaling is None

    def test_a_later_layer_turns_it_off(self, files: Files) -> None:
        found = files.cluster(
            manifests__orders=manifest(SCALED),
            environments__prod=environment(spec="overrides: {orders: {readerAutoscaling: null}}"),
        )
        assert found.reader_autoscaling is None

    def test_what_is_not_said_follows_from_the_instances_and_from_aws(self, files: Files) -> None:
        assert resolved(files, f"{SCALED}\ninstances: {{count: 4}}") == ReaderAutoscaling(
            min_capacity=3,
            max_capacity=6,
            policies=(
                ScalingPolicy(
                    key="cpu",
                    name="prod-orders-cpu",
                    predefined_metric_type="RDSReaderAverageCPUUtilization",
                    target_value=60.0,
                ),
            ),
            # The provider sends 0 for what is not said.
            scale_in_cooldown=300,
            scale_out_cooldown=300,
            disable_scale_in=False,
            scheduled_actions=(),
        )

    def test_what_is_said_holds(self, files: Files) -> None:
        found = resolved(
            files,
            """
            readerAutoscaling:
              minCapacity: 2
              maxCapacity: 5
              averageDatabaseConnections: 700
              averageCpuUtilization: 72.5
              scaleInCooldown: 0
              scaleOutCooldown: 60
              disableScaleIn: true
              schedules:
                night: {schedule: "cron(0 22 * * ? *)", timezone: Europe/Berlin, minCapacity: 2, maxCapacity: 3}
                day: {schedule: "cron(0 6 * * ? *)", minCapacity: 4, endTime: "2030-01-01T00:00:00Z"}
            """,
        )
        assert (found.min_capacity, found.max_capacity) == (2, 5)
        assert (found.scale_in_cooldown, found.scale_out_cooldown, found.disable_scale_in) == (0, 60, True)
        assert [(policy.key, policy.name, policy.target_value) for policy in found.policies] == [
            ("cpu", "prod-orders-cpu", 72.5),
            ("connections", "prod-orders-connections", 700.0),
        ]
        assert found.scheduled_actions == (
            ScheduledAction(
                key="day",
                name="prod-orders-day",
                schedule="cron(0 6 * * ? *)",
                timezone=None,
                start_time=None,
                end_time="2030-01-01T00:00:00Z",
                min_capacity=4,
                max_capacity=None,
            ),
            ScheduledAction(
                key="night",
                name="prod-orders-night",
                schedule="cron(0 22 * * ? *)",
                timezone="Europe/Berlin",
                start_time=None,
                end_time=None,
                min_capacity=2,
                max_capacity=3,
            ),
        )

    def test_a_layer_changes_one_schedule_and_takes_another_away(self, files: Files) -> None:
        schedules = (
            "schedules: {a: {schedule: rate(1 day), minCapacity: 2}, b: {schedule: rate(2 days), minCapacity: 3}}"
        )
        found = files.cluster(
            manifests__orders=manifest(f"readerAutoscaling: {{maxCapacity: 6, {schedules}}}"),
            environments__prod=environment(
                spec="overrides: {orders: {readerAutoscaling: {schedules: {a: {minCapacity: 5}, b: null}}}}"
            ),
        ).reader_autoscaling
        assert found is not None
        assert [(a.key, a.schedule, a.min_capacity) for a in found.scheduled_actions] == [("a", "rate(1 day)", 5)]

    def test_a_long_name_of_a_schedule_is_cut(self, files: Files) -> None:
        key = "x" * 300
        (action,) = resolved(
            files,
            f"readerAutoscaling: {{maxCapacity: 6, schedules: {{{key}: {{schedule: rate(1 day), minCapacity: 2}}}}}}",
        ).scheduled_actions
        assert (action.key, len(action.name), action.name[:13]) == (key, 256, "prod-orders-x")


class TestEndpoints:
    def test_there_is_none_unless_it_is_asked_for(self, files: Files) -> None:
        assert files.cluster().endpoints == ()

    def test_they_are_named_after_the_cluster_and_lead_to_instances_by_key(self, files: Files) -> None:
        found = files.cluster(
            manifests__orders=manifest(
                """
                endpoints:
                  reports: {type: READER, members: ["2"]}
                  any: {type: ANY}
                  gone: {type: ANY}
                  queries: {type: READER, excludedMembers: ["2"]}
                """,
                metadata="id: shop",
            ),
            environments__prod=environment(spec="overrides: {orders: {endpoints: {gone: null}}}"),
        )
        assert found.endpoints == tuple(
            Endpoint(
                key=key,
                identifier=f"shop-{key}",
                custom_endpoint_type=type_,
                static_members=members,
                excluded_members=excluded,
            )
            for key, type_, members, excluded in (
                ("any", "ANY", (), ()),
                ("queries", "READER", (), ("2",)),
                ("reports", "READER", ("2",), ()),
            )
        )

    def test_an_identifier_may_have_63_characters_and_no_more(self, files: Files) -> None:
        fits, too_long = "x" * 51, "x" * 52
        (endpoint,) = files.cluster(manifests__orders=manifest(f"endpoints: {{{fits}: {{type: ANY}}}}")).endpoints
        assert len(endpoint.identifier) == 63
        assert lines(files.problems(manifests__orders=manifest(f"endpoints: {{{too_long}: {{type: ANY}}}}"))) == [
            f"manifests/orders.yaml:8:15 error[AF102] spec.endpoints.{too_long}: in prod its identifier"
            f" prod-orders-{too_long} would have 64 characters; RDS takes 63"
            " -> shorten the name, or set a shorter metadata.id"
        ]

    @pytest.mark.parametrize("key", ["Reports", "my_reports", "1", "a--b", "constructor"])
    def test_a_key_that_rds_would_not_take_is_told_where_it_stands(self, files: Files, key: str) -> None:
        (problem,) = files.problems(manifests__orders=manifest(f'endpoints: {{"{key}": {{type: ANY}}}}'))
        assert (str(problem.place), problem.path) == ("manifests/orders.yaml:8:15", f"spec.endpoints.{key}")
        assert problem.message.startswith(f'"{key}" is ')


@dataclass(frozen=True)
class Case:
    """One way to break a rule, and the near miss that it must let pass."""

    rule: WholeRule
    broken: str
    fine: str
    expected: str
    instances: int = 3

    def __str__(self) -> str:
        return f"{self.rule.__name__}: {self.broken}"

    def problems(self, files: Files, spec: str) -> list[str]:
        text = manifest(f"instances: {{count: {self.instances}}}\n{spec}")
        # That nobody takes over from a single instance is told elsewhere.
        told = (line.partition(" ")[2] for line in lines(files.problems(manifests__orders=text)))
        return [line for line in told if "[AF113] spec.instances.count" not in line]


_AUTOSCALING: Final = "readerAutoscaling: {{averageCpuUtilization: 60, {}}}"
_SCHEDULED: Final = (
    "readerAutoscaling: {{maxCapacity: 4, averageCpuUtilization: 60, schedules: {{a: {{schedule: rate(1 day), {}}}}}}}"
)
_SMALLER: Final = "-> make the minimum the smaller one"
_FEWER: Final = (
    "in prod 2 readers are declared, and autoscaling removes only what it added, so that there are never 1"
    " -> write 2 or more, or declare fewer instances"
)
_NOWHERE: Final = "the endpoint leads nowhere ->"

CASES: Final = (
    Case(
        autoscaling.bounds,
        _AUTOSCALING.format("minCapacity: 4, maxCapacity: 3"),
        _AUTOSCALING.format("minCapacity: 4, maxCapacity: 4"),
        "error[AF105] spec.readerAutoscaling.maxCapacity: the maximum of 3 readers is below the minimum of 4"
        f" {_SMALLER}",
    ),
    Case(
        autoscaling.bounds,
        _AUTOSCALING.format("maxCapacity: 1"),
        _AUTOSCALING.format("maxCapacity: 2"),
        "error[AF105] spec.readerAutoscaling.maxCapacity: the maximum of 1 readers is below the minimum of 2, which are"
        f" the declared readers {_SMALLER}",
    ),
    Case(
        autoscaling.bounds,
        _SCHEDULED.format("minCapacity: 3, maxCapacity: 2"),
        _SCHEDULED.format("minCapacity: 3, maxCapacity: 3"),
        "error[AF105] spec.readerAutoscaling.schedules.a.maxCapacity: the maximum of 2 readers is below the minimum of"
        f" 3 {_SMALLER}",
    ),
    Case(
        autoscaling.bounds,
        _SCHEDULED.format("minCapacity: 5"),
        _SCHEDULED.format("minCapacity: 4"),
        "error[AF105] spec.readerAutoscaling.schedules.a.minCapacity: the maximum of 4 readers is below the minimum of"
        f" 5 {_SMALLER}",
    ),
    Case(
        autoscaling.bounds,
        _SCHEDULED.format("minCapacity: 5"),
        # Another schedule may have made room before.
        _SCHEDULED.format("minCapacity: 5}, b: {schedule: rate(1 day), maxCapacity: 8"),
        "error[AF105] spec.readerAutoscaling.schedules.a.minCapacity: the maximum of 4 readers is below the minimum of"
        f" 5 {_SMALLER}",
    ),
    Case(
        autoscaling.declared_readers,
        _AUTOSCALING.format("minCapacity: 1, maxCapacity: 4"),
        _AUTOSCALING.format("minCapacity: 2, maxCapacity: 4"),
        f"warning[AF116] spec.readerAutoscaling.minCapacity: {_FEWER}",
    ),
    Case(
        autoscaling.declared_readers,
        _AUTOSCALING.format("minCapacity: 1, maxCapacity: 1"),
        _AUTOSCALING.format("minCapacity: 2, maxCapacity: 2"),
        f"warning[AF116] spec.readerAutoscaling.maxCapacity: {_FEWER}",
    ),
    Case(
        autoscaling.declared_readers,
        _SCHEDULED.format("minCapacity: 1"),
        _SCHEDULED.format("minCapacity: 2"),
        f"warning[AF116] spec.readerAutoscaling.schedules.a.minCapacity: {_FEWER}",
    ),
    Case(
        autoscaling.declared_readers,
        _AUTOSCALING.format("maxCapacity: 4"),
        _AUTOSCALING.format("minCapacity: 1, maxCapacity: 4"),
        "warning[AF116] spec.readerAutoscaling: in prod the cluster has no reader, so that there is nothing to measure,"
        " and none is ever added -> declare a second instance, or write minCapacity: 1",
        instances=1,
    ),
    Case(
        autoscaling.declared_readers,
        _AUTOSCALING.format("maxCapacity: 4"),
        _SCHEDULED.format("minCapacity: 1"),
        "warning[AF116] spec.readerAutoscaling: in prod the cluster has no reader, so that there is nothing to measure,"
        " and none is ever added -> declare a second instance, or write minCapacity: 1",
        instances=1,
    ),
    Case(
        endpoints.identifiers,
        f"endpoints: {{{'x' * 52}: {{type: ANY}}}}",
        f"endpoints: {{{'x' * 51}: {{type: ANY}}}}",
        f"error[AF102] spec.endpoints.{'x' * 52}: in prod its identifier prod-orders-{'x' * 52} would have 64"
        " characters; RDS takes 63 -> shorten the name, or set a shorter metadata.id",
    ),
    Case(
        endpoints.members,
        'endpoints: {reports: {type: READER, members: ["3", "4"]}}',
        'endpoints: {reports: {type: READER, members: ["3", "2"]}}',
        'error[AF102] spec.endpoints.reports.members[1]: in prod the cluster has no instance "4"'
        " -> the keys of its instances are 1, 2, 3",
    ),
    Case(
        endpoints.members,
        'endpoints: {reports: {type: READER, excludedMembers: ["11"]}}',
        'endpoints: {reports: {type: READER, excludedMembers: ["1"]}}',
        'error[AF102] spec.endpoints.reports.excludedMembers[0]: in prod the cluster has no instance "11"'
        " -> did you mean 1?",
    ),
    Case(
        endpoints.reached,
        "endpoints: {reports: {type: READER}}",
        "endpoints: {reports: {type: ANY}}",
        "warning[AF116] spec.endpoints.reports.type: in prod the cluster has one instance and so no reader:"
        f" {_NOWHERE} declare a second instance, or write ANY",
        instances=1,
    ),
    Case(
        endpoints.reached,
        "endpoints: {reports: {type: READER}}",
        f"endpoints: {{reports: {{type: READER}}}}\n{_AUTOSCALING.format('minCapacity: 1, maxCapacity: 1')}",
        "warning[AF116] spec.endpoints.reports.type: in prod the cluster has one instance and so no reader:"
        f" {_NOWHERE} declare a second instance, or write ANY",
        instances=1,
    ),
    Case(
        endpoints.reached,
        'endpoints: {reports: {type: ANY, excludedMembers: ["1", "2", "3"]}}',
        'endpoints: {reports: {type: ANY, excludedMembers: ["1", "2"]}}',
        "warning[AF116] spec.endpoints.reports.excludedMembers: in prod every instance is left out:"
        f" {_NOWHERE} leave out fewer",
    ),
    Case(
        backups.snapshot_names,
        f"clusterIdentifier: {'x' * 48}\nbackups: {{snapshots: {{before17plus123: {{}}}}}}",
        f"clusterIdentifier: {'x' * 47}\nbackups: {{snapshots: {{before17plus123: {{}}}}}}",
        "error[AF102] spec.backups.snapshots.before17plus123: in prod the snapshot would be called "
        f"{'x' * 48}-before17plus123, with 64 characters; Terraform takes 63 -> shorten the key, or the cluster's "
        "identifier",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_says_what_is_wrong_and_the_way_out(case: Case, files: Files) -> None:
    assert case.problems(files, case.broken) == [case.expected]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_is_silent_at_the_near_miss(case: Case, files: Files) -> None:
    assert case.problems(files, case.fine) == []


def test_every_rule_has_a_case() -> None:
    ours = {autoscaling.__name__, backups.__name__, endpoints.__name__}
    assert {case.rule for case in CASES} == {rule for rule in WHOLE_RULES if rule.__module__ in ours}
