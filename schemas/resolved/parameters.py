"""Parameter groups."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One row of a parameter group."""

    name: str
    value: str
    apply_method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterGroup:
    """A cluster parameter group to make."""

    name: str
    family: str
    parameters: tuple[Parameter, ...]
