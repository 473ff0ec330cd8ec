"""What follows from a resolved cluster: each rule says what one part of the bill is for.

Sources: Amazon Aurora pricing page (instances, ACUs, storage, I/O, backups, Extended Support); Amazon Aurora User
Guide, "Understanding Amazon Aurora backup storage usage", "Stopping and starting an Amazon Aurora DB cluster"; pricing
pages of CloudWatch (logs, Database Insights), Performance Insights, RDS Proxy, Secrets Manager and AWS Backup.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from auroraform.schemas.classes import vcpus
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.members import SERVERLESS
from auroraform.schemas.regions import arn_parts
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.shared import ResolvedShared
from auroraform.schemas.spec.insights import STANDARD_RETENTION
from auroraform.schemas.versions import END_OF_STANDARD_SUPPORT, line_of
from auroraform.schemas.windows import MINUTES_A_WEEK
from auroraform.stacks.billing.items import HOURS_A_MONTH, Amount, Item

_ELSEWHERE: Final = "backups elsewhere"
_DISABLED: Final = "open-source-rds-extended-support-disabled"


@dataclass(frozen=True, slots=True)
class Rule:
    """What one part of a cluster's bill is for.

    Attributes:
        title: the part of the bill.
        items: what is billed, on a day.
    """

    title: str
    items: Callable[[ResolvedCluster, date], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class SharedRule:
    """The same of what a stack has once."""

    title: str
    items: Callable[[ResolvedShared], Iterator[Item]]


def _instances(cluster: ResolvedCluster, _: date) -> Iterator[Item]:
    for name, number in sorted(Counter(one.instance_class for one in cluster.instances).items()):
        yield _of_class(cluster, name, name, number, number)
    scaling = cluster.reader_autoscaling
    if scaling is not None:
        declared, actions = len(cluster.instances) - 1, scaling.scheduled_actions
        lows = [scaling.min_capacity, *(one.min_capacity for one in actions if one.min_capacity is not None)]
        highs = [scaling.max_capacity, *(one.max_capacity for one in actions if one.max_capacity is not None)]
        low, high = (max(bound - declared, 0) for bound in (min(lows), max(highs)))
        # What is added is of the writer's class.
        writer = min(cluster.instances, key=lambda one: one.promotion_tier).instance_class
        if high:
            yield _of_class(cluster, writer, f"{writer}, added by autoscaling", low, high)


def _of_class(cluster: ResolvedCluster, name: str, subject: str, least: int, most: int) -> Item:
    hours, scaling = _hours(cluster), cluster.serverless_v2_scaling
    bound = None if least == most else most
    number = Amount("instances", least, bound)
    if name != SERVERLESS or scaling is None:
        return Item(
            title="instances",
            subject=subject,
            amounts=(number, Amount("hours a month", least * hours, None if bound is None else bound * hours)),
            note=_stopped(cluster),
        )
    pauses = "none while it is paused" if scaling.min_capacity == 0 else ""
    return Item(
        title="instances",
        subject=f"{subject}, {scaling.min_capacity:g} to {scaling.max_capacity:g} ACUs",
        amounts=(
            number,
            Amount("ACU hours a month", least * hours * scaling.min_capacity, most * hours * scaling.max_capacity),
        ),
        note="; ".join(filter(None, (pauses, _stopped(cluster)))),
    )


def _hours(cluster: ResolvedCluster) -> float:
    """Hours of a month in which the cluster runs, if nobody starts it at other times."""
    schedule = cluster.schedule
    return HOURS_A_MONTH if schedule is None else HOURS_A_MONTH * schedule.minutes_a_week / MINUTES_A_WEEK


def _stopped(cluster: ResolvedCluster) -> str:
    return "" if cluster.schedule is None else "none while it is stopped by schedule"


def _storage(cluster: ResolvedCluster, _: date) -> Iterator[Item]:
    optimized = cluster.storage_type == "aurora-iopt1"
    yield Item(
        title="storage",
        subject="I/O-Optimized" if optimized else "Standard",
        amounts=(Amount("clusters", 1),),
        note="by GB, at the rates of I/O-Optimized for storage and instances; I/O is included"
        if optimized
        else "by GB, and by request of I/O",
    )


def _backups(cluster: ResolvedCluster, _: date) -> Iterator[Item]:
    days = cluster.backup_retention_period
    yield Item(
        title="backups",
        subject=f"{days} day" if days == 1 else f"{days} days",
        amounts=(Amount("clusters", 1),),
        note="free of charge" if days == 1 else "by GB beyond the size of the volume",
    )


def _insights(cluster: ResolvedCluster, _: date) -> Iterator[Item]:
    insights, number = cluster.performance_insights, Amount("instances", len(cluster.instances))
    if cluster.database_insights_mode == "advanced":
        # It brings the retention that it asks for.
        yield Item(title="insights", subject="Database Insights, advanced", amounts=(number,), note="by vCPU or ACU")
    elif insights is not None:
        days = insights.retention_period
        note = "free of charge" if days <= STANDARD_RETENTION else "by vCPU or ACU"
        yield Item(title="insights", subject=f"Performance Insights, {days} days", amounts=(number,), note=note)


def _monitoring(cluster: ResolvedCluster, _: date) -> Iterator[Item]:
    if cluster.monitoring is not None:
        yield Item(
            title="monitoring",
            subject=f"Enhanced Monitoring, every {cluster.monitoring.interval} s",
            amounts=(Amount("instances", len(cluster.instances)),),
            note="by GB that is written into CloudWatch Logs",
        )


def _logs(cluster: ResolvedCluster, _: date) -> Iterator[Item]:
    for group in (*cluster.log_groups, *([cluster.proxy.log_group] if cluster.proxy else [])):
        class_ = " (infrequent access)" if group.log_group_class == "INFREQUENT_ACCESS" else ""
        yield Item(
            title="logs",
            subject=f"{group.log_type}, kept for {group.retention_in_days} days{class_}",
            amounts=(Amount("log groups", 1),),
            note="by GB that is written, and that is kept",
        )


def _proxy(cluster: ResolvedCluster, _: date) -> Iterator[Item]:
    if cluster.proxy is None:
        return
    provisioned = [vcpus(one.instance_class) for one in cluster.instances if one.instance_class != SERVERLESS]
    serverless, scaling = len(cluster.instances) - len(provisioned), cluster.serverless_v2_scaling
    amounts = [Amount("clusters", 1)]
    if provisioned and None not in provisioned:
        amounts.append(Amount("vCPU hours a month", sum(filter(None, provisioned)) * HOURS_A_MONTH))
    if serverless and scaling is not None:
        hours = serverless * HOURS_A_MONTH
        amounts.append(Amount("ACU hours a month", hours * scaling.min_capacity, hours * scaling.max_capacity))
    yield Item(
        title="proxy",
        subject="RDS Proxy",
        amounts=tuple(amounts),
        note="by vCPU or ACU of the instances behind it, of which AWS counts a few at least",
    )


def _support(cluster: ResolvedCluster, today: date) -> Iterator[Item]:
    line = line_of(cluster.engine, cluster.engine_version)
    end = END_OF_STANDARD_SUPPORT[cluster.engine].get(line)
    if end is None or cluster.engine_lifecycle_support == _DISABLED:
        return
    first = (end + timedelta(days=1)).isoformat()
    yield Item(
        title="extended support",
        subject=f"{ENGINES[cluster.engine].title} {line}",
        amounts=(Amount("instances", len(cluster.instances)),),
        note=f"by vCPU or ACU and hour, {f'since {first}' if end < today else f'from {first} on'}",
    )


def _secrets(cluster: ResolvedCluster, _: date) -> Iterator[Item]:
    if cluster.manage_master_user_password:
        yield Item(
            title="secrets",
            subject="password of the master user",
            amounts=(Amount("secrets", 1),),
            note="and by request",
        )


def _backup_plan(shared: ResolvedShared) -> Iterator[Item]:
    for rule in shared.backup.rules if shared.backup is not None else ():
        yield Item(
            title=_ELSEWHERE,
            subject=f"{rule.rule_name}, kept for {rule.delete_after} days",
            amounts=(Amount("plans", 1),),
            note="by GB that is kept, of every cluster in the plan",
        )
        for copy in rule.copies:
            # The Region of a vault that a reference stands for is known to Terraform alone.
            region = (arn_parts(copy.destination_vault_arn) or ("another Region",))[0]
            yield Item(
                title=_ELSEWHERE,
                subject=f"{rule.rule_name}, copied to {region}, kept for {copy.delete_after} days",
                amounts=(Amount("plans", 1),),
                note="by GB that is kept there, and that crosses Regions",
            )


SHARED_RULES: Final = (SharedRule(_ELSEWHERE, _backup_plan),)
RULES: Final = (
    Rule("instances", _instances),
    Rule("storage", _storage),
    Rule("backups", _backups),
    Rule("insights", _insights),
    Rule("monitoring", _monitoring),
    Rule("logs", _logs),
    Rule("proxy", _proxy),
    Rule("extended support", _support),
    Rule("secrets", _secrets),
)
