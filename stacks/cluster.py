"""One cluster in one environment: its layers merged and checked, and what follows from them filled in."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas import coherence
from auroraform.schemas.coherence.upgrades import is_upgrade
from auroraform.schemas.located import Kind, Scalar
from auroraform.schemas.problems import Code, Problem, has_errors
from auroraform.schemas.referable import SPEC, texts
from auroraform.schemas.references import Reference
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.shape import check, place_of, show
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.stacks import defaults
from auroraform.stacks.budgets import CLUSTER_TAG
from auroraform.stacks.decisions import settle
from auroraform.stacks.merge import Layer, Merged, merge
from auroraform.stacks.network import ResolvedNetwork
from auroraform.stacks.parts import (
    alarms,
    autoscaling,
    backups,
    budgets,
    credentials,
    dashboard,
    encryption,
    endpoints,
    events,
    insights,
    instances,
    lifecycle,
    logs,
    network,
    parameters,
    proxy,
    roles,
    schedule,
    users,
)
from auroraform.stacks.parts.context import Context, given
from auroraform.stacks.parts.network import clashing_rules
from auroraform.stacks.parts.windows import windows
from auroraform.stacks.references import References
from auroraform.stacks.shipped import is_builtin
from auroraform.stacks.topics import topics_of
from auroraform.stacks.values import REFERENCE, Values
from auroraform.stacks.workspace import WrittenCluster, WrittenEnvironment

LONGEST_IDENTIFIER: Final = 63


def layers_of(written: WrittenCluster, environment: WrittenEnvironment) -> Iterator[Layer]:
    """The layers of one cluster in one environment, the weakest first."""
    own = [("environment defaults", environment.defaults), ("manifest", written.spec)]
    own.append(("environment overrides", environment.overrides(written.name)))
    trees = [(name, tree) for name, tree in own if tree is not None]
    engine = next((text for _, tree in reversed(trees) if (text := tree.text("engine"))), None)
    yield from defaults.layers(environment.model.spec.class_, engine)
    for name, tree in trees:
        yield Layer(name, tree)


def merge_layers(written: WrittenCluster, environment: WrittenEnvironment) -> Merged:
    """The spec of one cluster in one environment, merged but not yet checked."""
    layers = tuple(layers_of(written, environment))
    floor = sum(is_builtin(layer.tree.place.file) for layer in layers)
    return settle(merge(layers, place_of(written.document, ("spec",)), floor=floor))


def resolve_cluster(
    written: WrittenCluster, environment: WrittenEnvironment, references: References, network: ResolvedNetwork
) -> tuple[ResolvedCluster | None, list[Problem]]:
    """Resolve one cluster in one environment: the cluster, or what keeps it from being one.

    Args:
        written: the manifest.
        environment: the environment.
        references: those of the stack; lookups that the cluster needs are added to it.
        network: the environment's network, resolved for the stack.
    """
    merged = merge_layers(written, environment)
    spec, problems = check(AwsRdsClusterSpec, merged.tree, prefix=("spec",))
    if spec is None:
        return None, problems
    where = environment.model.spec
    values = Values(references)
    for path, value, referable in texts(spec, SPEC):
        if isinstance(value, Reference):
            place = place_of(merged.tree, (*path, REFERENCE))
            references.note(written.name, value, referable, place, show(("spec", *path)))
    unresolved = [*values.resolve(spec)]
    context = Context(written, environment, spec, values, network)
    situation = coherence.Situation(
        environment.name,
        where.class_,
        bool(network.subnets),
        where.region,
        instances.zones(context),
        is_immediate=_is_immediate(context),
        account_id=where.account_id,
        backup=where.backup,
    )
    problems += [_problem(finding, merged) for finding in (*coherence.findings(spec, situation), *unresolved)]
    if has_errors(problems):
        return None, problems
    cluster = _resolved(context)
    of_whole = (
        *coherence.findings_of_whole(spec, cluster, situation),
        *clashing_rules(context),
        *events.unheard(context),
    )
    problems += [_problem(finding, merged) for finding in of_whole]
    return cluster, [*problems, *_long_identifiers(written, environment, cluster)]


def _problem(finding: coherence.Finding, merged: Merged) -> Problem:
    """A finding with its place."""
    place = place_of(merged.tree, finding.path)
    path = finding.path[:-1] if finding.path[-1] == REFERENCE else finding.path
    return Problem(finding.code, place, finding.message, show(("spec", *path)), finding.help, finding.severity)


def makes_no_group(merged: Merged) -> bool:
    """Whether a cluster is said to do with existing security groups."""
    node = merged.tree.get("securityGroup", "managed")
    return isinstance(node, Scalar) and node.kind is Kind.BOOLEAN and node.text.lower() == "false"


def _long_identifiers(
    written: WrittenCluster, environment: WrittenEnvironment, cluster: ResolvedCluster
) -> Iterator[Problem]:
    longest = max((instance.identifier for instance in cluster.instances), key=len)
    if len(longest) > LONGEST_IDENTIFIER:
        yield Problem(
            Code.BAD_VALUE,
            written.name_place,
            f"in {environment.name} the instance identifier {longest} would have {len(longest)} characters; "
            f"RDS takes {LONGEST_IDENTIFIER}",
            "metadata.name",
            "shorten the name, or set a shorter metadata.id",
        )


def _resolved(context: Context) -> ResolvedCluster:
    spec, values = context.spec, context.values
    is_managed = credentials.is_managed(spec)
    created_empty = spec.snapshot_identifier is None and spec.replication_source_identifier is None
    chosen, topics = windows(context), topics_of(context.where, values.references)
    members, made_alarms = instances.instances(context), alarms.alarms(context)
    upgrade = spec.upgrade.changes if spec.upgrade is not None and is_upgrade(spec) else None
    return ResolvedCluster(
        name=context.written.name,
        manifest=context.written.file,
        cluster_identifier=context.identifier,
        engine=spec.engine,
        engine_version=spec.engine_version,
        ignore_engine_version=spec.version_policy == "minor",
        auto_minor_version_upgrade=spec.version_policy == "minor",
        database_name=spec.database_name if created_empty else None,
        master_username=given(spec.username) if created_empty else None,
        manage_master_user_password=is_managed,
        master_user_secret_kms_key_id=encryption.key_of(context, "masterUserSecret", "masterUserSecretKmsKeyId")
        if is_managed
        else None,
        master_user_secret_rotation=credentials.rotation(context),
        master_password=credentials.master_password(context),
        port=context.port,
        subnet_group=network.subnet_group(context),
        db_subnet_group_name=values.one("dbSubnetGroupName"),
        network_type=spec.network_type,
        security_group=network.security_group(context),
        associated_security_group_ids=tuple(found.value for found in values.all("associateSecurityGroupIds")),
        parameter_group=parameters.parameter_group(context),
        db_cluster_parameter_group_name=parameters.existing_group(context),
        instance_parameter_group=parameters.instance_parameter_group(context),
        db_parameter_group_name=given(spec.instances).db_parameter_group_name,
        major_upgrade=parameters.major_upgrade(context),
        log_groups=logs.log_groups(context),
        storage_encrypted=given(spec.storage_encrypted),
        kms_key_id=encryption.key_of(context, "volume", "kmsKeyId"),
        kms_key=encryption.kms_key(context),
        storage_type=spec.storage_type,
        serverless_v2_scaling=instances.scaling(context),
        instances=members,
        reader_autoscaling=autoscaling.reader_autoscaling(context, members),
        endpoints=endpoints.endpoints(context),
        proxy=proxy.proxy(context),
        performance_insights=insights.performance_insights(context),
        database_insights_mode=insights.database_insights_mode(context),
        monitoring=insights.monitoring(context),
        alarms=made_alarms,
        dashboard=dashboard.dashboard(context, members, made_alarms),
        backup_retention_period=given(spec.backup_retention_period),
        preferred_backup_window=chosen.backup,
        preferred_maintenance_window=chosen.maintenance,
        copy_tags_to_snapshot=given(spec.copy_tags_to_snapshot),
        skip_final_snapshot=given(spec.skip_final_snapshot),
        final_snapshot=lifecycle.final_snapshot(context),
        delete_automated_backups=given(spec.delete_automated_backups),
        backups=backups.backups(context),
        engine_lifecycle_support=given(spec.engine_lifecycle_support),
        deletion_protection=given(spec.deletion_protection),
        prevent_destroy=given(given(spec.lifecycle).prevent_destroy),
        timeouts=lifecycle.timeouts(context),
        iam_database_authentication_enabled=given(spec.iam_database_authentication_enabled),
        application_users=users.application_users(context),
        associated_roles=roles.associated_roles(context),
        schedule=schedule.schedule(context, made_alarms, topics),
        budget=budgets.cluster_budget(context, topics),
        enable_http_endpoint=given(spec.enable_http_endpoint),
        snapshot_identifier=spec.snapshot_identifier,
        replication_source_identifier=spec.replication_source_identifier,
        apply_immediately=upgrade == "immediate" if upgrade is not None else _is_immediate(context),
        topics=topics,
        event_subscriptions=events.event_subscriptions(context, members),
        tags=_tags(context),
    )


def _is_immediate(context: Context) -> bool:
    where = context.where
    # What waits for the maintenance window is dropped when a cluster stops.
    by_default = "immediate" if where.class_ == "development" or context.spec.schedule else "maintenance-window"
    return (where.changes or by_default) == "immediate"


def _tags(context: Context) -> dict[str, str]:
    metadata = context.written.metadata
    own = {"manifest": metadata.name, CLUSTER_TAG: context.identifier} | (
        {"organization": metadata.org} if metadata.org else {}
    )
    return dict(sorted((metadata.labels | own).items()))
