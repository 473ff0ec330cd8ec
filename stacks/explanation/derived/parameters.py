"""Parameter groups."""

from collections.abc import Iterator

from auroraform.schemas.engines import ENGINES
from auroraform.schemas.role_features import FEATURES
from auroraform.stacks.explanation.derived.rule import derived, item, text
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole


def parameters(subject: Subject, whole: Whole) -> Iterator[Row]:
    group, engine = whole.cluster.parameter_group, ENGINES[whole.spec.engine]
    written = {row.name.lower() for row in whole.spec.parameters or ()}
    role_parameters = {feature.parameter for feature in FEATURES.values()}
    for row in group.parameters if group else ():
        if row.name.lower() in written:
            continue
        reason, place = "tls.required is true", subject.place("tls", "required")
        for log_type in whole.spec.enabled_cloudwatch_logs_exports or ():
            if row.name in dict(engine.log_parameters.get(log_type, ())):
                reason = f"fills the log {log_type}"
                place = item(subject.node("enabledCloudwatchLogsExports"), log_type)
        if row.name in role_parameters:
            reason, place = "by which Aurora MySQL knows a role", subject.place("associatedRoles")
        yield derived(f"parameters.{row.name}", text(row.value), reason, place)


def parameter_group(subject: Subject, whole: Whole) -> Iterator[Row]:
    group = whole.cluster.parameter_group
    if group is not None:
        place = subject.place("engineVersion")
        yield derived("parameterGroup.family", group.family, "from engine and engineVersion", place)
        yield derived("parameterGroup.name", group.name, "clusterIdentifier and family")
