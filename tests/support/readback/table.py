"""Everything that is read back: one row for each kind of thing, and what differs from what was declared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from auroraform.stacks.resolve import ResolvedStack
from support.readback import alarms, database, network, operation, watching
from support.readback.account import Account, Things

THERE: Final = "is there"


class Difference(NamedTuple):
    """One attribute of one thing that is not as declared; `THERE` for a thing that is missing or too many."""

    row: str
    thing: str
    attribute: str
    declared: object
    held: object

    @property
    def place(self) -> tuple[str, str, str]:
        return self.row, self.thing, self.attribute


@dataclass(frozen=True)
class Row:
    """One kind of thing.

    Attributes:
        types: the types of Terraform's resources that become such things.
        declared: what the resolved clusters ask for. Nothing else may be there.
        held: all things of that kind in the account.
    """

    name: str
    types: frozenset[str]
    declared: Callable[[ResolvedStack, Account], Things]
    held: Callable[[Account], Things]


ROWS: Final = (
    Row("clusters", frozenset({"aws_rds_cluster"}), database.declared_clusters, database.held_clusters),
    Row("instances", frozenset({"aws_rds_cluster_instance"}), database.declared_instances, database.held_instances),
    Row(
        "parameter groups",
        frozenset({"aws_rds_cluster_parameter_group", "aws_db_parameter_group"}),
        database.declared_parameter_groups,
        database.held_parameter_groups,
    ),
    Row("secrets", frozenset(), database.declared_secrets, database.held_secrets),
    Row(
        "subnet groups", frozenset({"aws_db_subnet_group"}), network.declared_subnet_groups, network.held_subnet_groups
    ),
    Row(
        "security groups",
        frozenset({"aws_security_group", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"}),
        network.declared_security_groups,
        network.held_security_groups,
    ),
    Row(
        "log groups", frozenset({"aws_cloudwatch_log_group"}), operation.declared_log_groups, operation.held_log_groups
    ),
    Row(
        "roles",
        frozenset({"aws_iam_role", "aws_iam_role_policy_attachment"}),
        operation.declared_roles,
        operation.held_roles,
    ),
    Row(
        "scaling",
        frozenset({"aws_appautoscaling_target", "aws_appautoscaling_policy", "aws_appautoscaling_scheduled_action"}),
        operation.declared_scaling,
        operation.held_scaling,
    ),
    Row("alarms", frozenset({"aws_cloudwatch_metric_alarm"}), alarms.declared_alarms, alarms.held_alarms),
    Row(
        "composite alarms",
        frozenset({"aws_cloudwatch_composite_alarm"}),
        alarms.declared_composite_alarms,
        alarms.held_composite_alarms,
    ),
    Row(
        "event subscriptions",
        frozenset({"aws_db_event_subscription"}),
        watching.declared_subscriptions,
        watching.held_subscriptions,
    ),
    Row("dashboards", frozenset({"aws_cloudwatch_dashboard"}), watching.declared_dashboards, watching.held_dashboards),
    Row("outputs", frozenset(), operation.declared_outputs, operation.held_outputs),
)


def differences(stack: ResolvedStack, account: Account) -> list[Difference]:
    """Everything that an account holds otherwise than its stack declares."""
    return [
        difference for row in ROWS for difference in compare(row.name, row.declared(stack, account), row.held(account))
    ]


def compare(row: str, declared: Things, held: Things) -> list[Difference]:
    """What differs of one kind."""
    found: list[Difference] = []
    for thing in sorted(declared.keys() | held.keys()):
        if thing not in declared or thing not in held:
            found.append(Difference(row, thing, THERE, thing in declared, thing in held))
            continue
        wanted, real = declared[thing], held[thing]
        found += [
            Difference(row, thing, name, wanted.get(name), real.get(name))
            for name in sorted(wanted.keys() | real.keys())
            if name not in wanted or name not in real or wanted[name] != real[name]
        ]
    return found
