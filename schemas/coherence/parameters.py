"""Parameters: where each can be set, to what, and when it takes effect; and existing groups.

Sources beside those of the tables: Amazon Aurora User Guide, "Working with parameter groups" and "Amazon Aurora DB
cluster and DB instance parameters" (which group wins); RDS API reference, ModifyDBClusterParameterGroup (methods).
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.parameters import switches, time_zones
from auroraform.schemas.parameters.catalogue import AS_OF, IMMEDIATE, known, nearest
from auroraform.schemas.parameters.written import CLUSTER_MAP, INSTANCE_MAP, Written, of_cluster, of_instances
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec

DEFAULT_GROUP: Final = "default."
"""How the names of AWS's own groups begin; nothing can be changed in them."""


def existing_groups(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    group = spec.db_cluster_parameter_group_name
    if group is not None and not group.startswith(DEFAULT_GROUP):
        fields = {
            "parameters": spec.parameters,
            CLUSTER_MAP: spec.cluster_parameters,
            "timeZone": spec.time_zone,
            "auditing": spec.auditing is not None and spec.auditing.enabled,
        }
        for field, value in fields.items():
            if value:
                yield Finding(
                    Code.CONFLICT,
                    (field,),
                    f'the existing parameter group "{group}" is used as it is; parameters cannot be added to it here',
                    "delete dbClusterParameterGroupName to have a group with these parameters made",
                )
    own = spec.instances.db_parameter_group_name if spec.instances else None
    if own is not None and spec.instance_parameters:
        yield Finding(
            Code.CONFLICT,
            (INSTANCE_MAP,),
            f'the existing parameter group "{own}" is used as it is; parameters cannot be added to it here',
            "delete instances.dbParameterGroupName to have a group with these parameters made",
        )


def families(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine = ENGINES[spec.engine]
    if not engine.accepts_version(spec.engine_version):
        return
    family = engine.family(spec.engine_version)
    own = spec.instances.db_parameter_group_name if spec.instances else None
    groups = {("dbClusterParameterGroupName",): spec.db_cluster_parameter_group_name}
    for path, group in (groups | {("instances", "dbParameterGroupName"): own}).items():
        if group is not None and group.startswith(DEFAULT_GROUP) and group != DEFAULT_GROUP + family:
            yield Finding(
                Code.CONFLICT,
                path,
                f'the parameter group "{group}" is not of the family of {spec.engine_version}, which is {family}',
                f"write {DEFAULT_GROUP}{family}, or delete it",
            )


def each_once(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    rows = [*of_cluster(spec), *of_instances(spec)]
    counted = Counter(row.key for row in rows)
    for row in rows:
        if counted[row.key] > 1:
            yield Finding(
                Code.CONFLICT, row.path, f'the parameter "{row.name}" is set more than once', "keep one of them"
            )
    zone = switches.time_zone_parameter(spec.engine)
    for row in rows:
        if spec.time_zone is not None and row.key == zone:
            yield Finding(
                Code.CONFLICT,
                row.path,
                f'the parameter "{row.name}" is what timeZone sets',
                "keep timeZone, or the parameter",
            )


def lacking_features(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine = ENGINES[spec.engine]
    for row in (*of_cluster(spec), *of_instances(spec)):
        if (feature := _lacking(spec, row)) is not None:
            yield Finding(
                Code.NOT_SUPPORTED,
                row.path,
                f'{engine.title} has no {feature}, which "{row.name}" is a parameter of',
                "delete the parameter, or choose the other engine",
            )


def _lacking(spec: AwsRdsClusterSpec, row: Written) -> str | None:
    lacking = ENGINES[spec.engine].lacking
    return next((feature for prefix, feature in lacking.items() if row.key.startswith(prefix)), None)


def known_names(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine, version = ENGINES[spec.engine], spec.engine_version
    for row in (*of_cluster(spec), *of_instances(spec)):
        if known(engine.name, row.name) is not None or _lacking(spec, row) is not None:
            continue
        near = nearest(engine.name, row.name)
        family = engine.family(version) if engine.accepts_version(version) else f"{engine.name}…"
        yield Finding(
            Code.NOT_IN_CATALOGUE,
            row.path,
            f'"{row.name}" is not among the {engine.title} parameters of {AS_OF[engine.name]}, the date of the '
            "list here",
            (f"did you mean {near}? Else all" if near else "all")
            + " is well if AWS has it; it takes effect at the next reboot: "
            f"aws rds describe-db-cluster-parameters --db-cluster-parameter-group-name {DEFAULT_GROUP}{family}",
            Severity.WARNING,
        )


def places(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine = ENGINES[spec.engine]
    for row in of_instances(spec):
        found = known(engine.name, row.name)
        if found is not None and found.is_of_clusters:
            yield Finding(
                Code.NOT_SUPPORTED,
                row.path,
                f'"{found.name}" is a parameter of whole clusters: the DB parameter groups of instances do not have it',
                f"move it to {CLUSTER_MAP}",
            )


def versions(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine, version = ENGINES[spec.engine], spec.engine_version
    if not engine.accepts_version(version):
        return
    for row in (*of_cluster(spec), *of_instances(spec)):
        found = known(engine.name, row.name)
        if found is not None and not found.is_in(engine.major(version)):
            yield Finding(
                Code.NOT_SUPPORTED,
                row.path,
                f'"{found.name}" cannot be set in {engine.title} {version}, but {found.availability}',
                "delete it",
            )
        elif found is not None and found.is_fixed:
            yield Finding(
                Code.MAY_BE_REFUSED,
                row.path,
                f'RDS has been known to keep "{found.name}" to itself and to refuse a change of it',
                f"delete it, or ask AWS whether {version} has it as modifiable",
                Severity.WARNING,
            )


def values(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine = ENGINES[spec.engine]
    for row in (*of_cluster(spec), *of_instances(spec)):
        found = known(engine.name, row.name)
        fault = found.values.fault(row.value) if found is not None else None
        if found is None or fault is None:
            continue
        if fault.is_sure:
            yield Finding(Code.BAD_VALUE, row.at, f'"{row.value}" is not a value of {found.name}', fault.advice)
        else:
            yield Finding(
                Code.MAY_BE_REFUSED,
                row.at,
                f'"{row.value}" is not known to be a value of {found.name}',
                f"{fault.advice}, unless this version takes more",
                Severity.WARNING,
            )


def apply_methods(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    for row in of_cluster(spec):
        found = known(spec.engine, row.name)
        if row.apply_method == IMMEDIATE and found is not None and found.is_static:
            yield Finding(
                Code.CONFLICT,
                (*row.path[:-1], "applyMethod"),
                f'"{found.name}" is static: RDS changes it with a reboot, and refuses to do so at once',
                "delete applyMethod, or write pending-reboot",
            )


def empty_logs(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    fields = (("slowQueries", spec.slow_queries, switches.SLOW_LOG), ("auditing", spec.auditing, switches.AUDIT_LOG))
    for field, switch, log_type in fields:
        if switch is not None and switch.enabled is False and log_type in (spec.enabled_cloudwatch_logs_exports or ()):
            yield Finding(
                Code.CONFLICT,
                (field, "enabled"),
                f"the log {log_type} is exported, and would stay empty",
                f"delete it, or leave {log_type} out of enabledCloudwatchLogsExports",
            )


def kept_audit(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    """Audits that are written, and end with the instance that wrote them."""
    is_on = spec.auditing is not None and spec.auditing.enabled is True
    log_type = switches.AUDIT_LOGS[spec.engine]
    exported = spec.enabled_cloudwatch_logs_exports or ()
    if is_on and log_type not in exported and situation.environment_class != "development":
        yield Finding(
            Code.MAY_HURT,
            ("auditing", "enabled"),
            f"the log {log_type} is not exported, so that what is audited stays on each instance and goes with it",
            f"write enabledCloudwatchLogsExports: [{', '.join((*exported, log_type))}]",
            Severity.WARNING,
        )


def time_zone(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    if spec.time_zone is None or spec.engine != "aurora-mysql":
        return
    if time_zones.spelled(spec.time_zone) not in time_zones.DOCUMENTED:
        yield Finding(
            Code.MAY_BE_REFUSED,
            ("timeZone",),
            f'"{spec.time_zone}" is not among the time zones that AWS documents for Aurora (as of {time_zones.AS_OF})',
            "take one with the same time from the list: "
            "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.RegionsAndAvailabilityZones.html",
            Severity.WARNING,
        )
