"""How the cluster runs: windows, logs, parameters and the Data API."""

from collections import Counter
from collections.abc import Iterator

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.features import DATA_API
from auroraform.schemas.members import classes_in_use
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.windows import parse_backup, parse_maintenance


def windows(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    maintenance, backup = spec.preferred_maintenance_window, spec.preferred_backup_window
    if maintenance is None or backup is None:
        return
    weekly = parse_maintenance(maintenance)
    if weekly is not None and any(weekly.overlaps(daily) for daily in parse_backup(backup)):
        yield Finding(
            Code.OVERLAPPING_WINDOWS,
            ("preferredBackupWindow",),
            f"the backup window {backup} overlaps the maintenance window {maintenance}; RDS refuses that",
            "move one of them: the backup window recurs every day",
        )


def log_exports(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine = ENGINES[spec.engine]
    allowed = ", ".join(engine.log_types)
    for index, log_type in enumerate(spec.enabled_cloudwatch_logs_exports or ()):
        if log_type in engine.log_types:
            continue
        other = engine.other_log_types.get(log_type)
        yield Finding(
            Code.BAD_VALUE,
            ("enabledCloudwatchLogsExports", index),
            f'{engine.title} has no log type "{log_type}"' + (f"; {other} has" if other else ""),
            f"delete it; there are {allowed}" if other else f"choose from {allowed}",
        )


def parameters(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    group, rows = spec.db_cluster_parameter_group_name, spec.parameters or ()
    if group is not None and rows and not group.startswith("default."):
        yield Finding(
            Code.CONFLICT,
            ("parameters",),
            f'the existing parameter group "{group}" is used as it is; parameters cannot be added to it here',
            "delete dbClusterParameterGroupName to have a group with these parameters made",
        )
    counted = Counter(row.name.lower() for row in rows)
    for index, row in enumerate(rows):
        if counted[row.name.lower()] > 1:
            yield Finding(
                Code.CONFLICT,
                ("parameters", index, "name"),
                f'the parameter "{row.name}" is set more than once',
                "keep one of them",
            )


def lacking_features(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine = ENGINES[spec.engine]
    for index, row in enumerate(spec.parameters or ()):
        for prefix, feature in engine.lacking.items():
            if row.name.lower().startswith(prefix):
                yield Finding(
                    Code.NOT_SUPPORTED,
                    ("parameters", index, "name"),
                    f'{engine.title} has no {feature}, which "{row.name}" is a parameter of',
                    "delete the parameter, or choose the other engine",
                )


def data_api(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    if not spec.enable_http_endpoint:
        return
    engine, version = ENGINES[spec.engine], spec.engine_version
    instance_class = next((name for name in classes_in_use(spec) if name.startswith("db.t")), None)
    if instance_class is not None:
        yield Finding(
            Code.MAY_BE_REFUSED,
            ("enableHttpEndpoint",),
            f"the Data API seems not to work on burstable classes such as {instance_class}",
            "take another class, or serverlessV2Scaling",
            Severity.WARNING,
        )
    if engine.accepts_version(version) and not DATA_API.is_in(spec.engine, version):
        yield Finding(
            Code.MAY_BE_REFUSED,
            ("enableHttpEndpoint",),
            f"{engine.title} {version} seems to be too old for the Data API",
            f"take {DATA_API.versions(spec.engine)}, or delete it",
            Severity.WARNING,
        )
