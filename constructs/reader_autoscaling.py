"""Readers that come and go: with the load, and at set times."""

from typing import Final

from auroraform.constructs.bindings import (
    AppautoscalingPolicy,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification,
    AppautoscalingScheduledAction,
    AppautoscalingScheduledActionScalableTargetAction,
    AppautoscalingTarget,
    Construct,
    ITerraformDependable,
    TerraformResourceLifecycle,
)
from auroraform.constructs.naming import address, reference
from auroraform.schemas.resolved.autoscaling import ReaderAutoscaling, ScalingPolicy, ScheduledAction

_TARGET: Final = "aws_appautoscaling_target"


class ClusterReaderAutoscaling(Construct):
    """`aws_appautoscaling_target.<label>`, with a policy for each metric and an action for each schedule.

    These are `aws_appautoscaling_policy.<label>_<key>` and `aws_appautoscaling_scheduled_action.<label>_<key>`. All of
    them follow the instances: Application Auto Scaling counts readers when it begins, and leaves a cluster alone that
    is still being made.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        label: str,
        autoscaling: ReaderAutoscaling,
        instances: list[ITerraformDependable],
        tags: dict[str, str],
    ) -> None:
        super().__init__(scope, id_)
        target = AppautoscalingTarget(
            self,
            "Default",
            service_namespace="rds",
            scalable_dimension="rds:cluster:ReadReplicaCount",
            resource_id=f"cluster:{reference('aws_rds_cluster', label, 'id')}",
            min_capacity=autoscaling.min_capacity,
            max_capacity=autoscaling.max_capacity,
            depends_on=instances,
            tags=tags,
            lifecycle=_lifecycle(autoscaling.scheduled_actions),
        )
        address(target, label)
        # One after the other: Application Auto Scaling refuses a change of a target while another one is pending.
        last: ITerraformDependable = target
        for policy in autoscaling.policies:
            last = self._policy(label, autoscaling, policy, last)
        for action in autoscaling.scheduled_actions:
            last = self._scheduled_action(label, action, last)

    def _policy(
        self, label: str, autoscaling: ReaderAutoscaling, policy: ScalingPolicy, last: ITerraformDependable
    ) -> ITerraformDependable:
        made = AppautoscalingPolicy(
            self,
            f"Policy-{policy.key}",
            name=policy.name,
            policy_type="TargetTrackingScaling",
            service_namespace=reference(_TARGET, label, "service_namespace"),
            scalable_dimension=reference(_TARGET, label, "scalable_dimension"),
            resource_id=reference(_TARGET, label, "resource_id"),
            target_tracking_scaling_policy_configuration=AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration(
                predefined_metric_specification=AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification(
                    predefined_metric_type=policy.predefined_metric_type
                ),
                target_value=policy.target_value,
                scale_in_cooldown=autoscaling.scale_in_cooldown,
                scale_out_cooldown=autoscaling.scale_out_cooldown,
                disable_scale_in=autoscaling.disable_scale_in,
            ),
            depends_on=[last],
        )
        address(made, label, policy.key)
        return made

    def _scheduled_action(
        self, label: str, action: ScheduledAction, last: ITerraformDependable
    ) -> ITerraformDependable:
        made = AppautoscalingScheduledAction(
            self,
            f"Schedule-{action.key}",
            name=action.name,
            service_namespace=reference(_TARGET, label, "service_namespace"),
            scalable_dimension=reference(_TARGET, label, "scalable_dimension"),
            resource_id=reference(_TARGET, label, "resource_id"),
            schedule=action.schedule,
            timezone=action.timezone,
            start_time=action.start_time,
            end_time=action.end_time,
            scalable_target_action=AppautoscalingScheduledActionScalableTargetAction(
                min_capacity=_text(action.min_capacity), max_capacity=_text(action.max_capacity)
            ),
            depends_on=[last],
        )
        address(made, label, action.key)
        return made


def _lifecycle(actions: tuple[ScheduledAction, ...]) -> TerraformResourceLifecycle | None:
    """A schedule moves the bounds of the target itself, and a plan that moved them back would undo it."""
    moved = {
        "min_capacity": any(action.min_capacity is not None for action in actions),
        "max_capacity": any(action.max_capacity is not None for action in actions),
    }
    ignored = [bound for bound, is_moved in moved.items() if is_moved]
    return TerraformResourceLifecycle(ignore_changes=ignored) if ignored else None


def _text(capacity: int | None) -> str | None:
    return None if capacity is None else str(capacity)
