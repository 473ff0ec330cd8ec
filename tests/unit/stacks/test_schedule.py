"""Clusters that are stopped at night: the calls, who may make them, and what else follows."""

from typing import Final

import pytest

from auroraform.schemas.resolved.schedule import Schedule, ScheduledCall, SchedulerRole
from support.workspaces import Files, environment, lines, manifest

SCHEDULE: Final = """
schedule:
  timeZone: Europe/Berlin
  start: "08:00"
  stop: "19:00"
"""


def staging(spec: str = "") -> str:
    return environment("staging", "staging", spec=spec)


def resolved(files: Files, spec: str = SCHEDULE, where: str = "") -> Schedule:
    found = files.cluster(manifests__orders=manifest(spec), environments__prod=staging(where)).schedule
    assert found is not None
    return found


def problems(files: Files, spec: str, where: str = "") -> list[str]:
    found = files.problems(manifests__orders=manifest(spec), environments__prod=staging(where))
    return [line.split(" ", 1)[1] for line in lines(found)]


def calls(found: Schedule) -> dict[str, str]:
    return {call.key: call.schedule_expression for call in found.calls}


class TestCalls:
    def test_a_cluster_runs_always_unless_something_else_is_said(self, files: Files) -> None:
        assert files.cluster().schedule is None

    def test_what_follows(self, files: Files) -> None:
        iam = "iam: {path: /db/, permissionsBoundary: 'arn:aws:iam::aws:policy/b'}"
        found = resolved(files, f"{SCHEDULE}alarms: {{enabled: false}}", iam)
        assert found == Schedule(
            group_name="staging-orders-schedule",
            partition="aws",
            time_zone="Europe/Berlin",
            calls=(
                ScheduledCall(
                    key="start",
                    name="staging-orders-start",
                    description="Starts the cluster",
                    action="rds:startDBCluster",
                    alarms=(),
                    schedule_expression="cron(0 8 ? * MON,TUE,WED,THU,FRI *)",
                    maximum_event_age_in_seconds=3600,
                    maximum_retry_attempts=30,
                    reports_failure=True,
                ),
                ScheduledCall(
                    key="stop",
                    name="staging-orders-stop",
                    description="Stops the cluster",
                    action="rds:stopDBCluster",
                    alarms=(),
                    schedule_expression="cron(0 19 ? * MON,TUE,WED,THU,FRI *)",
                    maximum_event_age_in_seconds=3600,
                    maximum_retry_attempts=30,
                    reports_failure=True,
                ),
                # It fails on every other day, as the cluster is stopped: that is tried once, and nobody is told.
                ScheduledCall(
                    key="stop-again",
                    name="staging-orders-stop-again",
                    description="Stops the cluster, should it run",
                    action="rds:stopDBCluster",
                    alarms=(),
                    schedule_expression="cron(0 19 ? * SAT,SUN *)",
                    maximum_event_age_in_seconds=3600,
                    maximum_retry_attempts=0,
                    reports_failure=False,
                ),
            ),
            role=SchedulerRole(
                name="staging-orders-eu-west-1-schedule",
                path="/db/",
                permissions_boundary="arn:aws:iam::aws:policy/b",
                source_account="111122223333",
                source_arn="arn:aws:scheduler:eu-west-1:111122223333:schedule-group/staging-orders-schedule",
            ),
            queue_name="staging-orders-schedule",
            message_retention_seconds=14 * 86_400,
            failure_alarm="staging-orders-schedule",
            failure_topics=(),
            minutes_a_week=5 * 11 * 60,
        )

    @pytest.mark.parametrize(
        "days", ["[mon]", "[sat, sun]", "[mon, tue, wed, thu, fri, sat]", "[sun, mon, tue, wed, thu, fri, sat]"]
    )
    @pytest.mark.parametrize("stop", ["19:00", "04:00"])
    def test_it_is_stopped_on_each_day_of_the_week_whoever_started_it(self, files: Files, days: str, stop: str) -> None:
        found = calls(resolved(files, SCHEDULE.replace("19:00", stop) + f"  days: {days}"))
        stopping = [found[key].split()[4].split(",") for key in ("stop", "stop-again") if key in found]
        assert sorted(day for days_ in stopping for day in days_) == ["FRI", "MON", "SAT", "SUN", "THU", "TUE", "WED"]

    def test_a_stop_after_midnight_is_on_the_next_day(self, files: Files) -> None:
        found = calls(resolved(files, SCHEDULE.replace("19:00", "00:05") + "  days: [fri, sun]"))
        assert found["start"] == "cron(0 8 ? * FRI,SUN *)"
        assert found["stop"] == "cron(5 0 ? * MON,SAT *)"

    def test_no_name_is_too_long(self, files: Files) -> None:
        found = resolved(files, f"{SCHEDULE}clusterIdentifier: c{'x' * 50}")
        assert max(len(name) for name in (found.group_name, found.role.name, *(c.name for c in found.calls))) <= 64
        assert len({call.name for call in found.calls}) == len(found.calls)

    def test_a_manifest_is_an_exception(self, files: Files) -> None:
        where = "defaults: {schedule: {timeZone: UTC, start: '08:00', stop: '19:00'}}"
        found = files.cluster(manifests__orders=manifest("schedule: null"), environments__prod=staging(where))
        assert found.schedule is None


class TestAlarms:
    def test_they_are_muted_with_the_stop_and_tell_again_after_the_start(self, files: Files) -> None:
        found = {call.key: call for call in resolved(files).calls if call.alarms}
        assert {key: (call.action, call.alarms, call.schedule_expression) for key, call in found.items()} == {
            "mute": (
                "cloudwatch:disableAlarmActions",
                ("warning",),
                "cron(0 19 ? * MON,TUE,WED,THU,FRI,SAT,SUN *)",
            ),
            "unmute": ("cloudwatch:enableAlarmActions", ("warning",), "cron(30 8 ? * MON,TUE,WED,THU,FRI *)"),
            # One that has rung all night rings anew if the cluster does not run.
            "recheck-writer": ("cloudwatch:setAlarmState", ("writer",), "cron(35 8 ? * MON,TUE,WED,THU,FRI *)"),
            "recheck-readers": ("cloudwatch:setAlarmState", ("readers",), "cron(35 8 ? * MON,TUE,WED,THU,FRI *)"),
        }

    def test_a_start_before_midnight_lets_them_tell_on_the_next_day(self, files: Files) -> None:
        late = SCHEDULE.replace("08:00", "23:45").replace("19:00", "05:00") + "  days: [sun]"
        found = calls(resolved(files, late))
        assert found["start"] == "cron(45 23 ? * SUN *)"
        assert (found["unmute"], found["recheck-writer"]) == ("cron(15 0 ? * MON *)", "cron(20 0 ? * MON *)")

    def test_no_plan_turns_on_what_a_schedule_has_turned_off(self, files: Files) -> None:
        def muted(spec: str) -> list[bool]:
            found = files.cluster(manifests__orders=manifest(spec), environments__prod=staging())
            return [one.is_muted_at_times for one in found.alarms.composite_alarms]

        assert muted("") == [False]
        assert muted(SCHEDULE) == [True]

    def test_without_alarms_there_is_nothing_to_mute(self, files: Files) -> None:
        found = resolved(files, f"{SCHEDULE}alarms: {{enabled: false}}")
        assert {call.key for call in found.calls} == {"start", "stop", "stop-again"}

    def test_the_topics_for_warnings_are_told_of_failures(self, files: Files) -> None:
        topic = "arn:aws:sns:eu-west-1:111122223333:databases"
        assert resolved(files, where=f"alarms: {{warningTopicArns: ['{topic}']}}").failure_topics == (topic,)


class TestWhatFollows:
    def test_windows_are_in_the_hours_before_the_stop(self, files: Files) -> None:
        found = files.cluster(manifests__orders=manifest(SCHEDULE), environments__prod=staging())
        assert found.preferred_maintenance_window == "wed:15:00-wed:16:00"
        assert found.preferred_backup_window == "14:00-14:30"

    def test_changes_reach_it_at_once_as_those_that_wait_are_dropped(self, files: Files) -> None:
        assert not files.cluster(environments__prod=staging()).apply_immediately
        assert files.cluster(manifests__orders=manifest(SCHEDULE), environments__prod=staging()).apply_immediately

    def test_unless_the_environment_lets_them_wait(self, files: Files) -> None:
        assert problems(files, SCHEDULE, "changes: maintenance-window") == [
            "warning[AF113] spec.schedule: in staging changes wait for the maintenance window, and AWS drops what "
            "waits when the cluster stops -> write changes: immediate in the environment, or leave it out there"
        ]

    def test_a_cluster_that_another_one_replicates_is_not_stopped(self, files: Files) -> None:
        source = "arn:aws:rds:eu-west-1:111122223333:cluster:staging-{}"
        found = files.problems(
            manifests__orders=manifest(SCHEDULE),
            manifests__copy=manifest(
                f"replicationSourceIdentifier: {source.format('orders')}", name="copy", metadata="env: prod"
            ),
            manifests__other=manifest(
                f"replicationSourceIdentifier: {source.format('others')}", name="other", metadata="env: prod"
            ),
            environments__staging=staging("overrides: {orders: {schedule: {days: [mon]}}}"),
            environments__prod=environment(spec="overrides: {orders: {schedule: null}}"),
        )
        assert lines(found) == [
            "manifests/orders.yaml:4:9 error[AF110] spec.schedule: orders in staging has a schedule, and copy in prod "
            "replicates it: AWS stops no cluster with a replica in another Region, and elsewhere the replica falls "
            "behind -> take the schedule away there, with schedule: null in overrides of the environment"
        ]
