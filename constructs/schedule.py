"""Schedules that stop and start a cluster."""

import json
from collections.abc import Iterator
from typing import Final

from auroraform.constructs.bindings import (
    CloudwatchMetricAlarm,
    Construct,
    IamRole,
    IamRolePolicy,
    ITerraformDependable,
    SchedulerSchedule,
    SchedulerScheduleFlexibleTimeWindow,
    SchedulerScheduleGroup,
    SchedulerScheduleTarget,
    SchedulerScheduleTargetDeadLetterConfig,
    SchedulerScheduleTargetRetryPolicy,
    SqsQueue,
    SqsQueuePolicy,
)
from auroraform.constructs.naming import address, reference
from auroraform.constructs.policy_documents import Json, allow, document
from auroraform.schemas.resolved.schedule import Schedule, ScheduledCall, SchedulerRole

_KEY: Final = "schedule"
_REASON: Final = "Set back after the start of the cluster, to ring anew if it does not run"
_TYPES: Final = {
    "startDBCluster": "aws_rds_cluster",
    "stopDBCluster": "aws_rds_cluster",
    "disableAlarmActions": "aws_cloudwatch_composite_alarm",
    "enableAlarmActions": "aws_cloudwatch_composite_alarm",
    "setAlarmState": "aws_cloudwatch_metric_alarm",
}
"""By an operation, what it is about."""
_NAMES: Final = {
    "aws_rds_cluster": "id",
    "aws_cloudwatch_composite_alarm": "alarm_name",
    "aws_cloudwatch_metric_alarm": "alarm_name",
}


class ClusterSchedule(Construct):
    """`aws_scheduler_schedule.<label>_<key>` for each call, in `aws_scheduler_schedule_group.<label>`.

    Beside them `aws_iam_role`, `aws_iam_role_policy`, `aws_sqs_queue` and `aws_sqs_queue_policy`, all of them
    `<label>_schedule`: the role may do what the calls do, each to what it is about, and nobody else puts anything into
    the queue. `aws_cloudwatch_metric_alarm.<label>_schedule` tells the topics of what is in there.
    """

    def __init__(self, scope: Construct, id_: str, *, label: str, schedule: Schedule, tags: dict[str, str]) -> None:
        super().__init__(scope, id_)
        self._cluster, self._own = label, f"{label}_{_KEY}"
        self._schedule, self._tags = schedule, tags
        group = SchedulerScheduleGroup(self, "Group", name=schedule.group_name, tags=tags)
        address(group, label)
        self._make_queue()
        granted = self._make_role()
        for call in schedule.calls:
            self._make_call(call, granted)
        if schedule.failure_topics:
            self._make_alarm()

    def _make_queue(self) -> None:
        queue = SqsQueue(
            self,
            "Queue",
            name=self._schedule.queue_name,
            message_retention_seconds=self._schedule.message_retention_seconds,
            sqs_managed_sse_enabled=True,
            tags=self._tags,
        )
        address(queue, self._cluster, _KEY)
        policy = SqsQueuePolicy(
            self,
            "QueuePolicy",
            queue_url=reference("aws_sqs_queue", self._own, "url"),
            policy=_queue_policy(*self._reference("aws_sqs_queue"), *self._reference("aws_iam_role")),
        )
        address(policy, self._cluster, _KEY)

    def _make_role(self) -> ITerraformDependable:
        """Make the role of the calls, and return what makes it good for use."""
        role = self._schedule.role
        made = IamRole(
            self,
            "Role",
            name=role.name,
            path=role.path,
            permissions_boundary=role.permissions_boundary,
            description=f"Stops and starts the Aurora cluster {self._cluster}",
            assume_role_policy=_trust(role),
            tags=self._tags,
        )
        address(made, self._cluster, _KEY)
        policy = IamRolePolicy(
            self,
            "RolePolicy",
            name=_KEY,
            role=reference("aws_iam_role", self._own, "name"),
            policy=document(*self._allowed(), allow(("sqs:SendMessage",), self._reference("aws_sqs_queue"))),
        )
        address(policy, self._cluster, _KEY)
        return policy

    def _allowed(self) -> Iterator[Json]:
        """What the calls do, each to what it is about."""
        about: dict[str, dict[str, None]] = {}
        for call in self._schedule.calls:
            about.setdefault(_permission(call.action), {}).update(dict.fromkeys(self._about(call, "arn")))
        for resources in dict.fromkeys(tuple(arns) for arns in about.values()):
            yield allow(tuple(sorted(action for action, arns in about.items() if tuple(arns) == resources)), resources)

    def _about(self, call: ScheduledCall, attribute: str) -> Iterator[str]:
        """What a call is about: the cluster, or alarms."""
        type_ = _TYPES[call.action.partition(":")[2]]
        for key in call.alarms or ("",):
            yield reference(type_, f"{self._cluster}_{key}" if key else self._cluster, attribute)

    def _make_alarm(self) -> None:
        made = CloudwatchMetricAlarm(
            self,
            "Failures",
            alarm_name=self._schedule.failure_alarm,
            alarm_description=f"Calls of the schedule of {self._cluster} have failed: the queue "
            f"{self._schedule.queue_name} says which and why. Take the messages out, and this ends.",
            namespace="AWS/SQS",
            metric_name="ApproximateNumberOfMessagesVisible",
            dimensions={"QueueName": reference("aws_sqs_queue", self._own, "name")},
            statistic="Maximum",
            period=300,
            evaluation_periods=1,
            comparison_operator="GreaterThanThreshold",
            threshold=0,
            treat_missing_data="notBreaching",
            alarm_actions=[*self._schedule.failure_topics],
            tags=self._tags,
        )
        address(made, self._cluster, _KEY)

    def _make_call(self, call: ScheduledCall, granted: ITerraformDependable) -> None:
        made = SchedulerSchedule(
            self,
            call.key,
            name=call.name,
            description=call.description,
            group_name=reference("aws_scheduler_schedule_group", self._cluster, "name"),
            schedule_expression=call.schedule_expression,
            schedule_expression_timezone=self._schedule.time_zone,
            flexible_time_window=SchedulerScheduleFlexibleTimeWindow(mode="OFF"),
            target=SchedulerScheduleTarget(
                arn=f"arn:{self._schedule.partition}:scheduler:::aws-sdk:{call.action}",
                input=json.dumps(self._input(call)),
                role_arn=reference("aws_iam_role", self._own, "arn"),
                retry_policy=SchedulerScheduleTargetRetryPolicy(
                    maximum_event_age_in_seconds=call.maximum_event_age_in_seconds,
                    maximum_retry_attempts=call.maximum_retry_attempts,
                ),
                dead_letter_config=SchedulerScheduleTargetDeadLetterConfig(arn=self._reference("aws_sqs_queue")[0])
                if call.reports_failure
                else None,
            ),
            # Scheduler asks for the role when it is told of a schedule, and for its rights when it calls.
            depends_on=[granted],
        )
        address(made, self._cluster, call.key)

    def _input(self, call: ScheduledCall) -> Json:
        """The arguments, in the spelling of AWS's Java SDK, which is what universal targets ask for."""
        operation = call.action.partition(":")[2]
        names: list[Json] = [*self._about(call, _NAMES[_TYPES[operation]])]
        if operation in {"disableAlarmActions", "enableAlarmActions"}:
            return {"AlarmNames": names}
        if operation == "setAlarmState":
            return {"AlarmName": names[0], "StateValue": "OK", "StateReason": _REASON}
        # The API itself has DBClusterIdentifier.
        return {"DbClusterIdentifier": names[0]}

    def _reference(self, type_: str) -> tuple[str]:
        return (reference(type_, self._own, "arn"),)


def _permission(action: str) -> str:
    """The IAM action of an operation: rds:StopDBCluster of rds:stopDBCluster."""
    service, _, operation = action.partition(":")
    return f"{service}:{operation[0].upper()}{operation[1:]}"


def _trust(role: SchedulerRole) -> str:
    # EventBridge Scheduler User Guide, "Confused deputy prevention": the source is a group, never a schedule.
    return document(
        {
            "Effect": "Allow",
            "Principal": {"Service": "scheduler.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": role.source_account, "aws:SourceArn": role.source_arn}},
        }
    )


def _queue_policy(queue: str, role: str) -> str:
    """Nobody but the role sends anything, whatever other policies of the account allow, and nobody without TLS."""

    def deny(actions: list[str], condition: Json) -> Json:
        return {"Effect": "Deny", "Principal": "*", "Action": [*actions], "Resource": queue, "Condition": condition}

    return document(
        deny(["sqs:SendMessage"], {"ArnNotEquals": {"aws:PrincipalArn": role}}),
        deny(["sqs:ReceiveMessage", "sqs:SendMessage"], {"Bool": {"aws:SecureTransport": "false"}}),
    )
