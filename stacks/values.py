"""The values of a spec that may be references, resolved."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from auroraform.schemas import coherence
from auroraform.schemas.problems import Code
from auroraform.schemas.referable import SPEC, Path, Referable, texts
from auroraform.schemas.references import Reference
from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.stacks.references import Found, References, Unresolved

REFERENCE: Final = "valueFrom"
"""The key under which a reference stands."""


@dataclass(slots=True)
class Values:
    """What the referable values of one spec are."""

    references: References
    found: dict[Path, tuple[Found, ...]] = field(default_factory=dict)

    def resolve(self, spec: AwsRdsClusterSpec) -> Iterator[coherence.Finding]:
        """Resolve every value, and yield what is wrong with what they resolve to."""
        for path, value, referable in texts(spec, SPEC):
            found = self.references.resolve(value, referable)
            at = (*path, REFERENCE) if isinstance(value, Reference) else path
            fault = reference_fault(referable, at, found, self.references.region)
            if fault is not None:
                yield fault
            elif isinstance(found, tuple):
                self.found[path] = found
        # Texts alone are counted by a rule; what references stand for is known only here.
        subnets, written = self.all("subnetIds"), spec.subnet_ids or ()
        referred = any(isinstance(value, Reference) for value in written) and len(subnets) >= len(written)
        if referred and not any(subnet.is_list for subnet in subnets):
            yield from coherence.too_few_subnets(len(subnets))

    def all(self, *path: str | int) -> tuple[Found, ...]:
        """What a field, or every element of it, stands for; nothing where it is absent."""
        return tuple(one for at, found in self.found.items() if at[: len(path)] == path for one in found)

    def one(self, *path: str | int) -> str | None:
        """What a field of a single value stands for; None where it is absent."""
        return next((found.value for found in self.all(*path)), None)


def reference_fault(
    referable: Referable, path: Path, found: tuple[Found, ...] | Unresolved, region: str
) -> coherence.Finding | None:
    """What is wrong with what a value resolves to in a Region, if anything."""
    if isinstance(found, Unresolved):
        return coherence.Finding(Code.UNRESOLVED_REFERENCE, path, found.message, found.help)
    if not referable.takes_lists and (len(found) != 1 or found[0].is_list):
        return coherence.Finding(
            Code.UNRESOLVED_REFERENCE, path, "resolves to a list, and one value is needed", "refer to a single value"
        )
    for one in found:
        if isinstance(one.value, Expression):
            continue
        fault = (
            coherence.arn_fault(referable, path, one.value, region)
            or coherence.text_fault(referable, path, one.value)
            or coherence.region_fault(referable, path, one.value, region)
        )
        if fault is not None:
            return fault
    return None
