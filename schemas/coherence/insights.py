"""What is recorded of load: what the modes of Database Insights ask for, and where Performance Insights do not run.

Sources: Amazon Aurora User Guide, "Considerations for Database Insights", "Amazon Aurora DB engine, Region, and
instance class support for Database Insights", "Performance and scaling for Aurora Serverless v2".
"""

import re
from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.members import classes_in_use, written
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.spec.insights import ADVANCED_RETENTION, STANDARD_RETENTION

_WITHOUT_INSIGHTS: Final = {"aurora-mysql": re.compile(r"db\.(t2|t3)\..*|db\.t4g\.(micro|small)")}
FEWEST_ACUS: Final = 2
"""What AWS advises as the minimum of a range where load is recorded."""


def advanced_mode(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    if not _is_advanced(spec):
        return
    if not _is_recorded(spec):
        yield Finding(
            Code.CONFLICT,
            ("databaseInsights", "mode"),
            "the advanced mode shows what Performance Insights record, which are off",
            "add performanceInsights: {enabled: true}, or write mode: standard",
        )
    retention = _retention(spec)
    if retention is not None and retention < ADVANCED_RETENTION:
        yield Finding(
            Code.CONFLICT,
            ("performanceInsights", "retentionPeriod"),
            f"the advanced mode of Database Insights keeps load for {ADVANCED_RETENTION} days or more",
            f"delete it for {ADVANCED_RETENTION} days, which cost nothing beside that mode, or write mode: standard",
        )


def class_with_insights(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    without = _WITHOUT_INSIGHTS.get(spec.engine)
    if without is None or not _is_recorded(spec):
        return
    in_use = classes_in_use(spec)
    for path, name in written(spec, "instanceClass", lambda one: one.instance_class):
        if name in in_use and without.fullmatch(name):
            yield Finding(
                Code.NOT_SUPPORTED,
                path,
                f"{ENGINES[spec.engine].title} has no Performance Insights on {name}",
                "take another class, such as db.t4g.medium, or write performanceInsights: {enabled: false}",
            )


def capacity_for_insights(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    scaling = spec.serverless_v2_scaling
    # The week that is free of charge is on by default: nobody is warned of what nobody asked for.
    is_paid_for = _is_advanced(spec) or (_retention(spec) or STANDARD_RETENTION) > STANDARD_RETENTION
    if scaling is not None and scaling.min_capacity < FEWEST_ACUS and _is_recorded(spec) and is_paid_for:
        yield Finding(
            Code.MAY_HURT,
            ("serverlessV2Scaling", "minCapacity"),
            f"AWS advises a minimum of {FEWEST_ACUS} ACUs or more where Performance Insights record load",
            f"write {FEWEST_ACUS}, or keep to the load of {STANDARD_RETENTION} days in the standard mode",
            Severity.WARNING,
        )


def _is_recorded(spec: AwsRdsClusterSpec) -> bool:
    return bool(spec.performance_insights and spec.performance_insights.enabled)


def _is_advanced(spec: AwsRdsClusterSpec) -> bool:
    return bool(spec.database_insights and spec.database_insights.mode == "advanced")


def _retention(spec: AwsRdsClusterSpec) -> int | None:
    return spec.performance_insights.retention_period if spec.performance_insights else None
