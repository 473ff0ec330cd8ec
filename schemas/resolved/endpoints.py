"""Custom endpoints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One custom endpoint, told from its siblings by its key. It has members, excluded members, or neither."""

    key: str
    identifier: str
    custom_endpoint_type: str
    static_members: tuple[str, ...]
    """Keys of instances."""
    excluded_members: tuple[str, ...]
    """Keys of instances."""
