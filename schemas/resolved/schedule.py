"""When the cluster is stopped and started."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledCall:
    """A call of AWS at set times, told from the others by its key.

    Attributes:
        action: the service and the operation, as Scheduler's universal targets have them: `rds:stopDBCluster`.
        alarms: the keys of the alarms that it is about; none where it is about the cluster.
        maximum_event_age_in_seconds: how long it is tried again.
        reports_failure: whether a call that failed for good goes to the queue.
    """

    key: str
    name: str
    description: str
    action: str
    alarms: tuple[str, ...]
    schedule_expression: str
    maximum_event_age_in_seconds: int
    maximum_retry_attempts: int
    reports_failure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulerRole:
    """The role of the calls.

    Attributes:
        path: None for AWS's own, `/`.
        permissions_boundary: ARN of the policy that bounds what the role may be allowed; None for no bounds.
        source_account: the account that Scheduler must act for.
        source_arn: the group of schedules that Scheduler must act for.
    """

    name: str
    path: str | None
    permissions_boundary: str | None
    source_account: str
    source_arn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The calls that stop and start a cluster, and what they need.

    Attributes:
        group_name: the group of the schedules, which is the cluster's own.
        queue_name: the queue of what failed.
        message_retention_seconds: how long it stays there.
        failure_alarm: the name of the alarm that rings as long as the queue holds anything.
        failure_topics: ARNs of those whom it tells; without any, there is no alarm.
        minutes_a_week: for how long the cluster runs.
    """

    group_name: str
    partition: str
    time_zone: str
    calls: tuple[ScheduledCall, ...]
    role: SchedulerRole
    queue_name: str
    message_retention_seconds: int
    failure_alarm: str
    failure_topics: tuple[str, ...]
    minutes_a_week: int
