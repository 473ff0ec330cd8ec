"""The values that no layer says, because they follow from others: what they are, from what, and why.

Each rule is one row of `RULES`. A rule only explains: the values are those of the resolved cluster.
"""

from collections.abc import Callable, Iterator
from typing import Final

from auroraform.schemas.engines import ENGINES
from auroraform.schemas.located import Node, Scalar, Sequence
from auroraform.schemas.problems import Place
from auroraform.schemas.resolved import Expression, MonitoringRole, VpcId, VpcOfSubnetGroup
from auroraform.stacks.explanation.origins import environment_row, network_origins, spec_origins, spec_row
from auroraform.stacks.explanation.rows import ENVIRONMENT, MANIFEST, Json, Row, State, Word
from auroraform.stacks.explanation.subject import Subject, Whole

Rule = Callable[[Subject, Whole], Iterator[Row]]

_SECURITY_GROUPS: Final = ("securityGroupIds", "applicationSecurityGroupIds")


def derived_rows(subject: Subject) -> Iterator[Row]:
    """Every derived value of a cluster; none where something is wrong with it."""
    if subject.whole is not None:
        for rule in RULES:
            yield from rule(subject, subject.whole)


def sources(subject: Subject, whole: Whole) -> dict[str, list[Row]]:
    """By the key of each ingress rule, the elements of lists that ask for it."""
    found: dict[str, list[Row]] = {}
    for origin in (*spec_origins(subject, whole), *network_origins(subject)):
        if origin.field in _SECURITY_GROUPS:
            for one in origin.found:
                found.setdefault(one.key, []).append(origin.row)
    keys = {source.cidr_ipv4: source.key for source in whole.cluster.security_group.sources}
    for index, block in enumerate(whole.spec.allowed_cidr_blocks or ()):
        found.setdefault(keys[block], []).append(spec_row(subject, ("allowedCidrBlocks", index)))
    return found


def subnet_source(subject: Subject) -> Row:
    """What the subnets, or the existing subnet group, are said by."""
    for field in ("dbSubnetGroupName", "subnetIds"):
        if subject.node(field) is not None:
            return spec_row(subject, (field,))
    return _of_network(subject, "subnetTags", "subnetIds")


def first_subnet(subject: Subject) -> Row:
    """What the first subnet is said by: an element of a list, or tags."""
    if subject.node("subnetIds") is not None:
        return spec_row(subject, ("subnetIds", 0))
    if subject.in_environment("network", "subnetTags"):
        return environment_row(subject, "network", "subnetTags")
    return environment_row(subject, "network", "subnetIds", 0)


def _of_network(subject: Subject, tags: str, ids: str) -> Row:
    return environment_row(subject, "network", tags if subject.in_environment("network", tags) else ids)


def _derived(path: str, value: Json, reason: str, place: Place | None = None) -> Row:
    return Row(path, value, State.DERIVED, place=place, reason=reason)


def _text(value: str) -> str:
    """A value as the Terraform JSON has it."""
    return f"${{{value}}}" if isinstance(value, Expression) else value


def _item(node: Node | None, text: str) -> Place | None:
    """The place of one of the texts of a list."""
    items = node.items if isinstance(node, Sequence) else ()
    return next((item.place for item in items if isinstance(item, Scalar) and item.text == text), None)


def _subnets(subject: Subject, whole: Whole) -> Iterator[Row]:
    group = whole.cluster.subnet_group
    if group is None:
        return
    if whole.spec.subnet_ids is None:
        source, ids = subnet_source(subject), group.subnet_ids
        value: Json = _text(ids) if isinstance(ids, str) else [_text(id_) for id_ in ids]
        yield _derived("subnetIds", value, f"{source.path} of the environment", source.place)
    yield _derived("subnetGroup.name", group.name, "from clusterIdentifier")


def _references(subject: Subject, whole: Whole) -> Iterator[Row]:
    for origin in spec_origins(subject, whole):
        if origin.is_reference:
            values: list[Json] = [_text(found.value) for found in origin.found]
            reason = f"what the reference means{', by references of the environment' if origin.entry else ''}"
            place = (origin.entry or origin.row).place
            yield _derived(origin.row.path, values if len(values) > 1 else values[0], reason, place)


def _port(subject: Subject, whole: Whole) -> Iterator[Row]:
    if whole.spec.port is None:
        title = ENGINES[whole.spec.engine].title
        yield _derived("port", whole.cluster.port, f"the usual port of {title}", subject.place("engine"))


def _vpc(subject: Subject, whole: Whole) -> Iterator[Row]:
    vpc = whole.cluster.security_group.vpc
    if whole.spec.vpc_id is not None:
        return
    if isinstance(vpc, VpcId):
        source = _of_network(subject, "vpcTags", "vpcId")
        reason = f"{source.path} of the environment, whose subnets are used"
        yield _derived("vpcId", _text(vpc.id), reason, source.place)
        return
    is_group = isinstance(vpc, VpcOfSubnetGroup)
    lookup, source = (
        ("aws_db_subnet_group", subnet_source(subject)) if is_group else ("aws_subnet", first_subnet(subject))
    )
    value = Expression(f"data.{lookup}.{whole.cluster.name}.vpc_id")
    yield _derived("vpcId", _text(value), f"looked up by Terraform from {source.path}", source.place)


def _identifier(subject: Subject, whole: Whole) -> Iterator[Row]:
    if whole.spec.cluster_identifier is not None:
        return
    if (place := subject.in_manifest("metadata", "id")) is not None:
        reason = "metadata.id"
    else:
        place = subject.in_environment("naming")
        reason = f"naming of the environment{'' if place else ', by default'}: {subject.environment.model.spec.naming}"
    yield _derived("clusterIdentifier", whole.cluster.cluster_identifier, reason, place)


def _final_snapshot(subject: Subject, whole: Whole) -> Iterator[Row]:
    name = whole.cluster.final_snapshot_identifier
    if whole.spec.final_snapshot_identifier is None and name is not None:
        place = subject.place("skipFinalSnapshot")
        yield _derived("finalSnapshotIdentifier", name, "from clusterIdentifier, as skipFinalSnapshot is false", place)


def _instances(subject: Subject, whole: Whole) -> Iterator[Row]:
    found = whole.cluster.instances
    if subject.node("instances", "instanceClass") is None:
        place = subject.place("serverlessV2Scaling", "maxCapacity")
        reason = "serverlessV2Scaling is given"
        yield _derived("instances.instanceClass", found[0].instance_class, reason, place)
    names: list[Json] = [instance.identifier for instance in found]
    place = subject.place("instances", "count")
    yield _derived("instances.identifiers", names, "from clusterIdentifier and instances.count", place)


def _log_groups(subject: Subject, whole: Whole) -> Iterator[Row]:
    for group in whole.cluster.log_groups:
        place = _item(subject.node("enabledCloudwatchLogsExports"), group.log_type)
        yield _derived(f"logs.groups.{group.log_type}", group.name, "where RDS writes the log of this name", place)


def _parameters(subject: Subject, whole: Whole) -> Iterator[Row]:
    group, engine = whole.cluster.parameter_group, ENGINES[whole.spec.engine]
    written = {row.name.lower() for row in whole.spec.parameters or ()}
    for row in group.parameters if group else ():
        if row.name.lower() in written:
            continue
        reason, place = "tls.required is true", subject.place("tls", "required")
        for log_type in whole.spec.enabled_cloudwatch_logs_exports or ():
            if row.name in dict(engine.log_parameters.get(log_type, ())):
                reason = f"fills the log {log_type}"
                place = _item(subject.node("enabledCloudwatchLogsExports"), log_type)
        yield _derived(f"parameters.{row.name}", row.value, reason, place)


def _monitoring(subject: Subject, whole: Whole) -> Iterator[Row]:
    monitoring = whole.cluster.monitoring
    if monitoring is not None and isinstance(monitoring.role, MonitoringRole):
        place = subject.place("monitoring", "interval")
        yield _derived("monitoring.roleName", monitoring.role.name, "made, as monitoring.roleArn is not set", place)


def _parameter_group(subject: Subject, whole: Whole) -> Iterator[Row]:
    group = whole.cluster.parameter_group
    if group is not None:
        place = subject.place("engineVersion")
        yield _derived("parameterGroup.family", group.family, "from engine and engineVersion", place)
        yield _derived("parameterGroup.name", group.name, "clusterIdentifier and family")


def _security_group(subject: Subject, whole: Whole) -> Iterator[Row]:
    group = whole.cluster.security_group
    yield _derived("securityGroup.name", group.name, "from clusterIdentifier")
    origins = sources(subject, whole)
    for source in group.sources:
        value = _text(source.referenced_security_group_id or source.cidr_ipv4 or "")
        rows = origins[source.key]
        reason = " and ".join(row.path for row in rows)
        yield _derived(f"securityGroup.sources.{source.key}", value, reason, rows[0].place)


def _changes(subject: Subject, whole: Whole) -> Iterator[Row]:
    field = "changes" if subject.in_environment("changes") else "class"
    value = getattr(subject.environment.model.spec, "changes" if field == "changes" else "class_")
    reason = f"{field} of the environment is {value}"
    yield _derived("applyImmediately", whole.cluster.apply_immediately, reason, subject.in_environment(field))


def _tags(subject: Subject, whole: Whole) -> Iterator[Row]:
    """The cluster's tags over those of everything in the stack, as AWS will have them."""
    own, everywhere = whole.cluster.tags, subject.stack.default_tags
    for name in sorted(own | everywhere):
        below, path = _default_tag_place(subject, name), f"tags.{name}"
        if name in own:
            overrode = (Word(ENVIRONMENT, below, everywhere[name]),) if below else ()
            yield Row(path, own[name], State.SET, MANIFEST, _own_tag_place(subject, name), overrode=overrode)
        elif below is not None:
            yield Row(path, everywhere[name], State.SET, ENVIRONMENT, below)
        else:
            yield _derived(path, everywhere[name], "on all that auroraform makes")


def _own_tag_place(subject: Subject, name: str) -> Place | None:
    if name == "manifest":
        return subject.written.name_place
    if name == "organization" and (place := subject.in_manifest("metadata", "org")):
        return place
    return subject.in_manifest("metadata", "labels", name)


def _default_tag_place(subject: Subject, name: str) -> Place | None:
    return subject.environment.name_place if name == "environment" else subject.in_environment("tags", name)


RULES: Final[tuple[Rule, ...]] = (
    _subnets,
    _references,
    _port,
    _vpc,
    _identifier,
    _final_snapshot,
    _instances,
    _log_groups,
    _parameters,
    _monitoring,
    _parameter_group,
    _security_group,
    _changes,
    _tags,
)
