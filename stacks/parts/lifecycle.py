"""How a cluster ends, and how long Terraform waits."""

from auroraform.schemas.resolved.lifecycle import FinalSnapshot, Timeouts
from auroraform.stacks.parts.context import Context


def final_snapshot(context: Context) -> FinalSnapshot:
    """The name of the last snapshot, also where it is skipped: so that it can be wanted later."""
    written = context.spec.final_snapshot_identifier
    return FinalSnapshot(name=written or context.identifier, is_named_at_creation=written is None)


def timeouts(context: Context) -> Timeouts | None:
    """How long Terraform waits; None where the provider's own patience will do."""
    written = context.spec.timeouts
    if written is None or not any((written.create, written.update, written.delete)):
        return None
    return Timeouts(create=written.create, update=written.update, delete=written.delete)
