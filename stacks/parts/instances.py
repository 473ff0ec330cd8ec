"""Instances and capacity."""

from auroraform.schemas import coherence
from auroraform.schemas.resolved.instances import Instance, ServerlessV2Scaling
from auroraform.stacks.parts.context import Context, given


def scaling(context: Context) -> ServerlessV2Scaling | None:
    """The range of Serverless v2; None where all capacity is provisioned."""
    written = context.spec.serverless_v2_scaling
    if written is None:
        return None
    return ServerlessV2Scaling(
        min_capacity=written.min_capacity,
        max_capacity=written.max_capacity,
        seconds_until_auto_pause=written.seconds_until_auto_pause,
    )


def instances(context: Context) -> tuple[Instance, ...]:
    """The instances, in the order of their keys."""
    written = given(context.spec.instances)
    instance_class = written.instance_class or coherence.SERVERLESS
    return tuple(
        Instance(
            key=str(number),
            identifier=f"{context.identifier}-{number}",
            instance_class=instance_class,
            # The first one is preferred after a failover; in tiers 0 and 1 Serverless v2 readers keep up
            # with the writer's capacity.
            promotion_tier=0 if number == 1 else 1,
        )
        for number in range(1, given(written.count) + 1)
    )
