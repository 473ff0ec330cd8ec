"""The parameter groups, and what an upgrade to another major version needs of them."""

from collections.abc import Iterable, Iterator

from auroraform.schemas.coherence.parameters import DEFAULT_GROUP
from auroraform.schemas.coherence.upgrades import is_upgrade
from auroraform.schemas.parameters import switches, written
from auroraform.schemas.parameters.catalogue import application, known, spelled
from auroraform.schemas.parameters.switches import Setting
from auroraform.schemas.parameters.values import items
from auroraform.schemas.parameters.written import Written
from auroraform.schemas.resolved.parameters import MajorUpgrade, Parameter, ParameterGroup
from auroraform.stacks.parts.context import Context, given
from auroraform.stacks.parts.roles import role_parameters


def existing_group(context: Context) -> str | None:
    """The existing cluster parameter group; None where one is made.

    AWS's own groups take no parameters, so that naming one beside parameters means to have them on top of it.
    """
    name = context.spec.db_cluster_parameter_group_name
    return None if name is not None and any(written.of_cluster(context.spec)) else name


def parameter_group(context: Context) -> ParameterGroup | None:
    """The cluster parameter group to make; None where an existing one is used."""
    if existing_group(context) is not None:
        return None
    rows = [_merged(context, row) for row in written.of_cluster(context.spec)]
    return _group(context, [*rows, *_switched(context)])


def instance_parameter_group(context: Context) -> ParameterGroup | None:
    """The DB parameter group to make for all instances; None where no parameter is written for them."""
    rows = [_merged(context, row) for row in written.of_instances(context.spec)]
    return _group(context, rows) if rows else None


def major_upgrade(context: Context) -> MajorUpgrade | None:
    """What a declared upgrade needs; None where none is under way."""
    if not is_upgrade(context.spec):
        return None
    name = given(context.spec.instances).db_parameter_group_name
    if name is None and not context.spec.instance_parameters:
        name = DEFAULT_GROUP + context.engine.family(context.spec.engine_version)
    return MajorUpgrade(db_instance_parameter_group_name=name)


def _group(context: Context, rows: Iterable[Parameter]) -> ParameterGroup:
    family = context.engine.family(context.spec.engine_version)
    return ParameterGroup(
        name=f"{context.identifier}-{family.replace('.', '-')}",
        family=family,
        parameters=tuple(sorted(rows, key=lambda row: row.name)),
    )


def _parameter(context: Context, name: str, value: str, apply_method: str | None = None) -> Parameter:
    engine, version = context.engine, context.spec.engine_version
    name, value = spelled(engine.name, name, value)
    method = apply_method or application(engine, version, name, value).method
    return Parameter(name=name, value=value, apply_method=method)


def _merged(context: Context, row: Written) -> Parameter:
    """A parameter as it is written, with the items that switches add to a list."""
    added = [setting for setting in switches.settings(context.spec) if setting.adds and setting.name == row.key]
    value = _with_items(row.value, added) if added else row.value
    return _parameter(context, row.name, value, row.apply_method)


def _switched(context: Context) -> Iterator[Parameter]:
    """What switches set; a parameter that is written anywhere stays as it is."""
    taken = {row.key for row in (*written.of_cluster(context.spec), *written.of_instances(context.spec))}
    for setting in switches.settings(context.spec):
        if setting.name in taken:
            continue
        value = setting.value
        if setting.adds and (row := known(context.engine.name, setting.name)) is not None:
            value = _with_items(row.default(context.engine.major(context.spec.engine_version)) or "", [setting])
        yield _parameter(context, setting.name, value)
    for name, arn in role_parameters(context):
        if name not in taken:
            # Takes effect when an instance starts (Amazon Aurora User Guide, "Associating an IAM role …").
            yield Parameter(name=name, value=arn, apply_method="pending-reboot")


def _with_items(value: str, settings: Iterable[Setting]) -> str:
    return ",".join(dict.fromkeys((*items(value), *(item for one in settings for item in items(one.value)))))
