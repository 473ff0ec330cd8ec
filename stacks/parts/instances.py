"""Instances and capacity."""

from auroraform.schemas.members import members
from auroraform.schemas.placement import zone_of
from auroraform.schemas.resolved.instances import Instance, ServerlessV2Scaling
from auroraform.stacks.parts import network
from auroraform.stacks.parts.context import Context, given
from auroraform.stacks.zones import zones_in_turn


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


def zones(context: Context) -> tuple[str, ...]:
    """The zones that instances take in turn; none where those of the subnets are not known."""
    subnets = network.subnets(context) if context.spec.db_subnet_group_name is None else ()
    return zones_in_turn(subnets, context.where.network.availability_zones, context.identifier)


def instances(context: Context) -> tuple[Instance, ...]:
    """The instances, in the order in which they are made."""
    shared, found = given(context.spec.instances), members(context.spec)
    in_turn = zones(context)
    made: list[Instance] = []
    for member in found:
        own = member.written
        # The first instance of a cluster becomes its writer (aws/aws-cdk issue 30260), and Terraform knows one order
        # for making and for changing: so the preferred writer comes first, and all others after it.
        before = made[-1 if given(shared.rolling) else 0].key if made else None
        made.append(
            Instance(
                key=member.key,
                identifier=f"{context.identifier}-{member.key}",
                instance_class=given(member.instance_class),
                promotion_tier=member.promotion_tier,
                availability_zone=own.availability_zone or zone_of(member.key, in_turn),
                preferred_maintenance_window=own.preferred_maintenance_window,
                ca_cert_identifier=own.ca_certificate_identifier or shared.ca_certificate_identifier,
                publicly_accessible=given(
                    shared.publicly_accessible if own.publicly_accessible is None else own.publicly_accessible
                ),
                db_parameter_group_name=own.db_parameter_group_name,
                after=before,
            )
        )
    return tuple(made)
