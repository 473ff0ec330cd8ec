"""Custom endpoints."""

from auroraform.schemas.resolved.endpoints import Endpoint
from auroraform.stacks.parts.context import Context


def endpoints(context: Context) -> tuple[Endpoint, ...]:
    """The custom endpoints, in the order of their keys."""
    return tuple(
        Endpoint(
            key=key,
            identifier=f"{context.identifier}-{key}",
            custom_endpoint_type=written.type,
            static_members=written.members or (),
            excluded_members=written.excluded_members or (),
        )
        for key, written in sorted((context.spec.endpoints or {}).items())
        if written is not None
    )
