"""What is exported is written."""

from collections.abc import Iterator
from typing import Final

from auroraform.policies.rule import WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject
from auroraform.schemas.engines import ENGINES

_OFF: Final = frozenset({"0", "off", "false"})


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    group = subject.cluster.parameter_group
    if group is None:
        return
    values = {row.name.lower(): row.value for row in group.parameters}
    needed = ENGINES[subject.cluster.engine].log_parameters
    for log_group in subject.cluster.log_groups:
        for name, value in needed.get(log_group.log_type, ()):
            if value == "1" and values.get(name, "").lower() in _OFF:
                yield Finding(
                    ("parameters",), f"sets {name} to {values[name]}, and the log {log_group.log_type} is exported"
                )


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
