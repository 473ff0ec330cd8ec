"""Parameter groups."""

from collections.abc import Iterator

from auroraform.schemas.engines import ENGINES
from auroraform.schemas.parameters import switches, written
from auroraform.schemas.parameters.catalogue import application
from auroraform.schemas.parameters.written import Written
from auroraform.schemas.resolved.parameters import Parameter, ParameterGroup
from auroraform.schemas.role_features import FEATURES
from auroraform.schemas.shape import place_of
from auroraform.stacks.explanation.derived.rule import derived, text
from auroraform.stacks.explanation.rows import Json, Row
from auroraform.stacks.explanation.subject import Subject, Whole


def parameters(subject: Subject, whole: Whole) -> Iterator[Row]:
    """What switches set, and what became of what is written."""
    rows = {row.key: row for row in (*written.of_cluster(whole.spec), *written.of_instances(whole.spec))}
    role_parameters = {feature.parameter for feature in FEATURES.values()}
    settings = {setting.name.lower(): setting for setting in switches.settings(whole.spec)}
    for group in (whole.cluster.parameter_group, whole.cluster.instance_parameter_group):
        for parameter in group.parameters if group else ():
            key = parameter.name.lower()
            if key in rows:
                yield from _spelling(subject, rows[key], parameter)
                continue
            if parameter.name in role_parameters:
                place, reason = subject.place("associatedRoles"), "by which Aurora MySQL knows a role"
                yield derived(f"parameters.{parameter.name}", text(parameter.value), reason, place)
                continue
            setting = settings[key]
            place = place_of(subject.merged.tree, setting.path)
            yield derived(f"parameters.{parameter.name}", parameter.value, setting.because, place)


def _spelling(subject: Subject, row: Written, parameter: Parameter) -> Iterator[Row]:
    if (row.name, row.value) != (parameter.name, parameter.value):
        place = place_of(subject.merged.tree, row.at)
        value = f"{parameter.name}={parameter.value}"
        yield derived(f"spellings.{row.name}", value, "what RDS makes of it", place)


def apply_methods(subject: Subject, whole: Whole) -> Iterator[Row]:
    """When each parameter takes effect, in whichever group it is."""
    engine, version = ENGINES[whole.spec.engine], whole.spec.engine_version
    rows = {row.key: row for row in (*written.of_cluster(whole.spec), *written.of_instances(whole.spec))}
    for _, group in _groups(whole):
        for parameter in group.parameters:
            own = rows.get(parameter.name.lower())
            if own is not None and own.apply_method is not None:
                continue
            reason = application(engine, version, parameter.name, parameter.value).reason
            place = place_of(subject.merged.tree, own.path) if own is not None else None
            yield derived(f"applyMethods.{parameter.name}", parameter.apply_method, reason, place)


def parameter_group(subject: Subject, whole: Whole) -> Iterator[Row]:
    place = subject.place("engineVersion")
    for name, group in _groups(whole):
        yield derived(f"{name}.family", group.family, "from engine and engineVersion", place)
        yield derived(f"{name}.name", group.name, "from clusterIdentifier and family")


def upgrade(subject: Subject, whole: Whole) -> Iterator[Row]:
    found = whole.cluster.major_upgrade
    if found is None:
        return
    place = subject.place("upgrade", "from")
    allowed: Json = True
    yield derived("upgrade.allowMajorVersionUpgrade", allowed, "upgrade.from is of an older major version", place)
    group = whole.cluster.instance_parameter_group
    name = found.db_instance_parameter_group_name or (group.name if group is not None else "")
    yield derived("upgrade.dbInstanceParameterGroupName", name, "what the instances have in the new version", place)


def _groups(whole: Whole) -> Iterator[tuple[str, ParameterGroup]]:
    if whole.cluster.parameter_group is not None:
        yield "parameterGroup", whole.cluster.parameter_group
    if whole.cluster.instance_parameter_group is not None:
        yield "instanceParameterGroup", whole.cluster.instance_parameter_group
