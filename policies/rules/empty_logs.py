"""What is exported is written."""

from collections.abc import Iterator
from typing import Final

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.parameters.written import of_cluster, of_instances

_OFF: Final = frozenset({"0", "off", "false"})


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    written = {row.key: row for row in (*of_cluster(subject.spec), *of_instances(subject.spec))}
    needed = ENGINES[subject.cluster.engine].log_parameters
    for log_group in subject.cluster.log_groups:
        for name, value in needed.get(log_group.log_type, ()):
            row = written.get(name)
            if value == "1" and row is not None and row.value.lower() in _OFF:
                yield Finding(row.at, f"sets {name} to {row.value}, and the log {log_group.log_type} is exported")


RULE = ClusterRule(
    code="AP402",
    title="A log is exported, and the parameter that fills it is off",
    severity=Severities(production=WARNING, staging=WARNING, development=None),
    rationale="The log group stays empty, and everybody believes that there is nothing to see.",
    looks_at="enabledCloudwatchLogsExports, and the parameters that fill the logs",
    fix="delete the parameter, which follows from the export, or the export",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Integrating.CloudWatch.html",),
    check=_check,
)
