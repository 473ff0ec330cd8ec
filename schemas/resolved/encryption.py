"""KMS keys."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KmsKey:
    """A KMS key to make, with an alias."""

    alias: str
    description: str
    policy: str
    """JSON."""
    enable_key_rotation: bool
    rotation_period_in_days: int | None
    multi_region: bool
    deletion_window_in_days: int
    prevent_destroy: bool
