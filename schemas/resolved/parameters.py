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
    """A parameter group to make: of a cluster, or of all its instances."""

    name: str
    family: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MajorUpgrade:
    """An upgrade to another major version.

    Attributes:
        db_instance_parameter_group_name: what the instances have from then on; None for the group that is made.
    """

    db_instance_parameter_group_name: str | None
