"""How the cluster runs: windows, logs and the Data API."""

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
