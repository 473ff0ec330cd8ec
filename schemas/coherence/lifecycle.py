"""How the cluster lives and ends: room for both windows, and what happens when its major version is out of support."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.quiet_hours import LONGEST_BACKUP, LONGEST_MAINTENANCE
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.versions import ended_support
from auroraform.schemas.windows import parse_backup, parse_maintenance

_DISABLED: Final = "open-source-rds-extended-support-disabled"


def room_for_windows(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    maintenance, backup = spec.preferred_maintenance_window, spec.preferred_backup_window
    if maintenance is not None and backup is None:
        weekly = parse_maintenance(maintenance)
        if weekly is not None and weekly.minutes > LONGEST_MAINTENANCE:
            yield Finding(
                Code.OVERLAPPING_WINDOWS,
                ("preferredMaintenanceWindow",),
                f"the maintenance window {maintenance} leaves no room for the daily backup window",
                f"make it {LONGEST_MAINTENANCE // 60} hours or shorter",
            )
    if backup is not None and maintenance is None:
        daily = parse_backup(backup)
        if daily and daily[0].minutes > LONGEST_BACKUP:
            yield Finding(
                Code.OVERLAPPING_WINDOWS,
                ("preferredBackupWindow",),
                f"the backup window {backup}, which recurs every day, leaves no room for the maintenance window",
                f"make it {LONGEST_BACKUP // 60} hours or shorter",
            )


def extended_support(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine, version = ENGINES[spec.engine], spec.engine_version
    ended = ended_support(spec.engine, version)
    if ended is None:
        return
    if spec.engine_lifecycle_support == _DISABLED:
        yield Finding(
            Code.MAY_BE_REFUSED,
            ("engineLifecycleSupport",),
            f"the standard support of {engine.title} {version} ended on {ended}: without Extended Support, RDS makes "
            "no new cluster of it, and upgrades the major version of one that it restores",
            "take a newer major version, or delete it",
            Severity.WARNING,
        )
    else:
        yield Finding(
            Code.MAY_HURT,
            ("engineVersion",),
            f"the standard support of {engine.title} {version} ended on {ended}: "
            "AWS charges Extended Support for every vCPU and hour",
            "take a newer major version",
            Severity.WARNING,
        )
