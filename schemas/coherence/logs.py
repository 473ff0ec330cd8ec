"""Logs that leave the cluster."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.versions import is_old

# AWS What's New, February 2025. The RDS API reference names them for both engines and tells no versions.
_NEW_LOG_TYPES: Final = frozenset({"iam-db-auth-error", "instance"})


def new_log_types(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    engine, version = ENGINES[spec.engine], spec.engine_version
    if not is_old(spec.engine, version):
        return
    for index, log_type in enumerate(spec.enabled_cloudwatch_logs_exports or ()):
        if log_type in _NEW_LOG_TYPES:
            yield Finding(
                Code.MAY_BE_REFUSED,
                ("enabledCloudwatchLogsExports", index),
                f'"{log_type}" was added to Aurora in 2025, and {engine.title} {version} seems to be too old for it',
                "all is well if ExportableLogTypes names it: "
                f"aws rds describe-db-engine-versions --engine {spec.engine} --engine-version {version}",
                Severity.WARNING,
            )


def adopted_log_groups(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    exported = spec.enabled_cloudwatch_logs_exports or ()
    for index, log_type in enumerate((spec.logs and spec.logs.adopt_existing) or ()):
        if log_type not in exported:
            yield Finding(
                Code.CONFLICT,
                ("logs", "adoptExisting", index),
                f'there is no log group for "{log_type}", as that log is not exported',
                "add it to enabledCloudwatchLogsExports, or delete it here",
            )
