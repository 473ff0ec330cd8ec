"""What references mean."""

from collections.abc import Iterator

from auroraform.stacks.explanation.derived.rule import derived, text
from auroraform.stacks.explanation.origins import spec_origins
from auroraform.stacks.explanation.rows import Json, Row
from auroraform.stacks.explanation.subject import Subject, Whole


def references(subject: Subject, whole: Whole) -> Iterator[Row]:
    for origin in spec_origins(subject, whole):
        if origin.is_reference:
            values: list[Json] = [text(found.value) for found in origin.found]
            reason = f"what the reference means{', by references of the environment' if origin.entry else ''}"
            place = (origin.entry or origin.row).place
            yield derived(origin.row.path, values if len(values) > 1 else values[0], reason, place)
