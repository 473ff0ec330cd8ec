"""Where alarms and events go."""

from collections.abc import Iterator

from auroraform.schemas.topics import SEVERITIES
from auroraform.stacks.explanation.derived.rule import derived, text
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole
from auroraform.stacks.topics import FIELDS, made_topic


def topics(subject: Subject, whole: Whole) -> Iterator[Row]:
    topics = whole.cluster.topics
    for severity in SEVERITIES:
        if arns := {"critical": topics.critical, "warning": topics.warning}[severity]:
            fields = [field for field in FIELDS[severity] if subject.in_environment("alarms", field)]
            if made_topic(severity) in arns:
                fields.append("topics")
            named = " and ".join(f"alarms.{field}" for field in fields)
            place = subject.in_environment("alarms", fields[-1])
            yield derived(f"topics.{severity}", [*map(text, arns)], f"{named} of the environment", place)
