"""The parameter groups."""

from collections.abc import Iterator

from auroraform.schemas.resolved.parameters import Parameter, ParameterGroup
from auroraform.stacks.parts.context import Context, given
from auroraform.stacks.parts.roles import role_parameters


def parameter_group(context: Context) -> ParameterGroup | None:
    """The cluster parameter group to make; None where an existing one is used."""
    rows = context.spec.parameters or ()
    if context.spec.db_cluster_parameter_group_name is not None and not rows:
        return None
    family = context.engine.family(context.spec.engine_version)
    written = tuple(Parameter(name=row.name, value=row.value, apply_method=row.apply_method) for row in rows)
    return ParameterGroup(
        name=f"{context.identifier}-{family.replace('.', '-')}",
        family=family,
        parameters=tuple(sorted((*written, *_implied(context, written)), key=lambda row: row.name)),
    )


def _implied(context: Context, written: tuple[Parameter, ...]) -> Iterator[Parameter]:
    """What follows from other fields; a parameter that is written stays as it is."""
    implied = [context.engine.force_tls] if given(context.spec.tls).required else []
    for log_type in context.spec.enabled_cloudwatch_logs_exports or ():
        implied += context.engine.log_parameters.get(log_type, ())
    names = {row.name.lower() for row in written}
    for name, value in dict.fromkeys(implied):
        if name not in names:
            yield Parameter(name=name, value=value, apply_method="immediate")
    for name, arn in role_parameters(context):
        if name not in names:
            # Takes effect when an instance starts (Amazon Aurora User Guide, "Associating an IAM role …").
            yield Parameter(name=name, value=arn, apply_method="pending-reboot")
