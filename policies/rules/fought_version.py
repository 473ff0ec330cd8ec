"""One party moves the version."""

from collections.abc import Iterator, Mapping
from typing import Final

from auroraform.policies.rule import ERROR, Finding, Severities, StackRule
from auroraform.policies.subjects import StackSubject
from auroraform.stacks.layout import Json

_FULL: Final = 1
"""Dots of a full version, at least."""


def _check(subject: StackSubject) -> Iterator[Finding]:
    pinned = {
        f"${{aws_rds_cluster.{label}.id}}"
        for label, arguments in subject.resources("aws_rds_cluster")
        if str(arguments.get("engine_version", "")).count(".") >= _FULL and "engine_version" not in _ignored(arguments)
    }
    for label, arguments in subject.resources("aws_rds_cluster_instance"):
        if arguments.get("cluster_identifier") in pinned and arguments.get("auto_minor_version_upgrade") is not False:
            path = (f"aws_rds_cluster_instance.{label}", "auto_minor_version_upgrade")
            yield Finding(path, "lets RDS upgrade what the cluster pins")


def _ignored(arguments: Mapping[str, Json]) -> list[Json]:
    lifecycle = arguments.get("lifecycle")
    ignored = lifecycle.get("ignore_changes") if isinstance(lifecycle, dict) else None
    return ignored if isinstance(ignored, list) else []


RULE = StackRule(
    code="AP504",
    title="RDS and Terraform fight over the version",
    severity=Severities(production=ERROR, staging=ERROR, development=ERROR),
    rationale="RDS upgrades the minor version, and the next apply asks for the older one, which RDS "
    "refuses: nothing can be applied any more until somebody changes the version.",
    looks_at="engine_version of clusters beside auto_minor_version_upgrade of instances, as synthesized",
    fix="set one versionPolicy for cluster and instances: pinned, or minor",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_UpgradeDBInstance.Maintenance.html",),
    check=_check,
)
