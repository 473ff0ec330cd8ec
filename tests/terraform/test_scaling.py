"""Reader autoscaling and custom endpoints applied to a local AWS: they settle, and leave alone what AWS adds."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import Any, Final

import boto3
import pytest

from support.applied import Orders, applied_orders
from support.fixtures import EmulatorOf
from support.terraform_discovery import Tool

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("scaling")]

ACCOUNT: Final = "222233334444"
ADDED: Final = "application-autoscaling-61aabbcc-4e2f-4c65-b620-ab7421abc123"
SPEC: Final = """\
instances: {count: 3}
readerAutoscaling:
  maxCapacity: 6
  averageCpuUtilization: 60
  averageDatabaseConnections: 700
  scaleInCooldown: 900
  schedules:
    morning:
      schedule: cron(30 7 ? * MON-FRI *)
      timezone: Europe/Berlin
      minCapacity: 4
      startTime: "2027-01-04T00:00:00+01:00"
      endTime: "2027-12-23T00:00:00+01:00"
    evening: {schedule: cron(0 19 ? * MON-FRI *), minCapacity: 2}
endpoints:
  reports: {type: READER, members: ["3"]}
  queries: {type: READER, excludedMembers: ["3"]}
  any: {type: ANY}
"""

# Type stubs are installed for EC2 only.
Client = Any


@dataclass(frozen=True)
class Applied(Orders):
    """An account after the apply, and the stack that was applied."""

    rds: Client
    autoscaling: Client

    def members(self) -> list[str]:
        """The identifiers of the cluster's instances."""
        (cluster,) = self.rds.describe_db_clusters()["DBClusters"]
        return [member["DBInstanceIdentifier"] for member in cluster["DBClusterMembers"]]

    def endpoints(self) -> dict[str, tuple[str, list[str], list[str]]]:
        """By identifier, the type of each custom endpoint, its members and its excluded members."""
        return {
            found["DBClusterEndpointIdentifier"]: (
                found["CustomEndpointType"],
                sorted(found["StaticMembers"]),
                sorted(found["ExcludedMembers"]),
            )
            for found in self.rds.describe_db_cluster_endpoints()["DBClusterEndpoints"]
        }

    def actions(self) -> dict[str, Any]:
        found = self.autoscaling.describe_scheduled_actions(ServiceNamespace="rds")["ScheduledActions"]
        return {action["ScheduledActionName"]: action for action in found}


@pytest.fixture(scope="module")
def applied(emulator_of: EmulatorOf, tmp_path_factory: pytest.TempPathFactory, terraform: Tool) -> Iterator[Applied]:
    folder = tmp_path_factory.mktemp("scaling")
    emulator = emulator_of(ACCOUNT)
    orders = applied_orders(emulator, folder, terraform, SPEC)
    with ExitStack() as open_:
        rds, autoscaling = (
            open_.enter_context(closing(boto3.client(name, **emulator.client_options())))
            for name in ("rds", "application-autoscaling")
        )
        yield Applied(orders.files, orders.stack, rds, autoscaling)


def test_what_is_applied_settles(applied: Applied) -> None:
    assert applied.changes() == {}


def test_all_readers_are_counted_and_the_declared_ones_are_the_minimum(applied: Applied) -> None:
    (target,) = applied.autoscaling.describe_scalable_targets(ServiceNamespace="rds")["ScalableTargets"]
    names = ("ResourceId", "ScalableDimension", "MinCapacity", "MaxCapacity")
    assert [target[name] for name in names] == ["cluster:dev-orders", "rds:cluster:ReadReplicaCount", 2, 6]
    tags = applied.autoscaling.list_tags_for_resource(ResourceARN=target["ScalableTargetARN"])["Tags"]
    assert tags == {
        "cluster": "dev-orders",
        "environment": "dev",
        "managed-by": "auroraform",
        "manifest": "orders",
    }


def test_each_metric_has_its_policy(applied: Applied) -> None:
    policies = applied.autoscaling.describe_scaling_policies(ServiceNamespace="rds")["ScalingPolicies"]
    assert {p["PolicyName"]: p["TargetTrackingScalingPolicyConfiguration"] for p in policies} == {
        f"dev-orders-{key}": {
            "PredefinedMetricSpecification": {"PredefinedMetricType": metric},
            "TargetValue": target,
            "ScaleInCooldown": 900,
            # Absent in Terraform, it would be 0.
            "ScaleOutCooldown": 300,
            "DisableScaleIn": False,
        }
        for key, metric, target in (
            ("cpu", "RDSReaderAverageCPUUtilization", 60.0),
            ("connections", "RDSReaderAverageDatabaseConnections", 700.0),
        )
    }


def test_endpoints_lead_to_the_instances_that_the_keys_mean(applied: Applied) -> None:
    assert applied.endpoints() == {
        "dev-orders-any": ("ANY", [], []),
        "dev-orders-queries": ("READER", [], ["dev-orders-3"]),
        "dev-orders-reports": ("READER", ["dev-orders-3"], []),
    }
    assert str(applied.stack.outputs()["orders_rds_cluster_endpoint_reports"].value).startswith(
        "dev-orders-reports.cluster-custom-"
    )


def test_bounds_that_a_schedule_has_moved_stay(applied: Applied) -> None:
    # What Application Auto Scaling does when a scheduled action runs.
    applied.autoscaling.register_scalable_target(
        ServiceNamespace="rds",
        ResourceId="cluster:dev-orders",
        ScalableDimension="rds:cluster:ReadReplicaCount",
        MinCapacity=4,
    )
    assert applied.changes() == {}


def test_a_reader_that_autoscaling_has_added_stays(applied: Applied) -> None:
    applied.rds.create_db_instance(
        DBInstanceIdentifier=ADDED,
        DBClusterIdentifier="dev-orders",
        Engine="aurora-postgresql",
        DBInstanceClass="db.t4g.medium",
        PromotionTier=15,
        Tags=[{"Key": "application-autoscaling:resourceId", "Value": "cluster:dev-orders"}],
    )
    assert ADDED in applied.members()
    assert applied.changes() == {}
    applied.stack.apply()
    assert ADDED in applied.members()
    assert applied.changes() == {}


def test_a_change_reaches_just_what_it_is_about_and_settles(applied: Applied) -> None:
    applied.write(
        SPEC.replace("minCapacity: 4", "minCapacity: 5")
        .replace('members: ["3"]', 'members: ["2"]')
        .replace('excludedMembers: ["3"]', 'members: ["1", "3"]')
    )
    assert applied.changes() == {
        "aws_appautoscaling_scheduled_action.orders_morning": ("update",),
        "aws_rds_cluster_endpoint.orders_queries": ("update",),
        "aws_rds_cluster_endpoint.orders_reports": ("update",),
    }
    applied.stack.apply()
    assert applied.changes() == {}
    action = applied.actions()["dev-orders-morning"]
    assert action["ScalableTargetAction"] == {"MinCapacity": 5}
    # Application Auto Scaling forgets these at an update that does not repeat them.
    assert [action[name].isoformat() for name in ("StartTime", "EndTime")] == [
        "2027-01-03T23:00:00+00:00",
        "2027-12-22T23:00:00+00:00",
    ]
    assert applied.endpoints() == {
        "dev-orders-any": ("ANY", [], []),
        "dev-orders-queries": ("READER", ["dev-orders-1", "dev-orders-3"], []),
        "dev-orders-reports": ("READER", ["dev-orders-2"], []),
    }


def test_all_of_it_can_go_and_what_autoscaling_has_added_is_nobodys_but_ours_to_delete(applied: Applied) -> None:
    applied.write("instances: {count: 3}")
    gone = applied.changes()
    assert set(gone.values()) == {("delete",)}
    assert {address.partition(".")[0] for address in gone} == {
        "aws_appautoscaling_policy",
        "aws_appautoscaling_scheduled_action",
        "aws_appautoscaling_target",
        "aws_rds_cluster_endpoint",
    }
    applied.stack.apply()
    assert ADDED in applied.members()
    applied.rds.delete_db_instance(DBInstanceIdentifier=ADDED)
    applied.stack.destroy()
    assert applied.rds.describe_db_clusters()["DBClusters"] == []
