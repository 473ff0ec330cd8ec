"""The parts of Terraform's JSON output that tests read, checked on the way in."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, Field, JsonValue

Attributes = dict[str, JsonValue]


class _Document(BaseModel):
    # Terraform may add keys within a format version, so unknown ones are no error.
    model_config = ConfigDict(frozen=True, extra="ignore")


class Position(_Document):
    line: int
    column: int


class SourceRange(_Document):
    filename: str
    start: Position


class Diagnostic(_Document):
    severity: str
    summary: str
    detail: str = ""
    address: str | None = None
    range: SourceRange | None = None

    def __str__(self) -> str:
        place = f"{self.range.filename}:{self.range.start.line}: " if self.range else ""
        return f"{place}{self.severity}: {self.summary}\n  {self.detail}"


class Validation(_Document):
    valid: bool
    diagnostics: tuple[Diagnostic, ...] = ()


class Change(_Document):
    actions: tuple[str, ...]
    before: JsonValue = None
    after: JsonValue = None
    after_unknown: JsonValue = None


@dataclass(frozen=True)
class Planned:
    """What a plan does to one resource.

    Attributes:
        before: of one that stays, the attributes that change, as they are.
        after: the same as they shall be; what is known only after apply shall be None.
    """

    actions: tuple[str, ...]
    before: Attributes = field(default_factory=dict)
    after: Attributes = field(default_factory=dict)


class ResourceChange(_Document):
    address: str
    mode: str
    type: str
    name: str
    change: Change
    previous_address: str | None = None

    def changed(self) -> tuple[Attributes, Attributes]:
        """The attributes that change, as they are and as they shall be."""
        before, after, unknown = (
            part if isinstance(part, dict) else {}
            for part in (self.change.before, self.change.after, self.change.after_unknown)
        )
        names = [
            name
            for name in sorted(before.keys() | after.keys() | unknown.keys())
            if before.get(name) != after.get(name) or unknown.get(name) is True
        ]
        return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}


class PlanDocument(_Document):
    """What `show -json` says about a saved plan."""

    resource_changes: tuple[ResourceChange, ...] = ()
    resource_drift: tuple[ResourceChange, ...] = ()
    output_changes: dict[str, Change] = Field(default_factory=dict)

    def actions(self) -> dict[str, tuple[str, ...]]:
        """By address, what would be done to each managed resource that changes."""
        return {
            resource.address: resource.change.actions
            for resource in self.resource_changes
            if resource.mode == "managed" and resource.change.actions != ("no-op",)
        }

    def planned(self) -> dict[str, Planned]:
        """By address, what would be done, with every attribute that changes."""
        return {
            address: Planned(actions, *self.resource(address).changed()) if actions == ("update",) else Planned(actions)
            for address, actions in self.actions().items()
        }

    def resource(self, address: str) -> ResourceChange:
        """What happens to one resource."""
        resource = next((r for r in self.resource_changes if r.address == address), None)
        if resource is None:
            known = ", ".join(r.address for r in self.resource_changes) or "nothing"
            raise KeyError(f"{address} is not in the plan, which has {known}")
        return resource

    def after(self, address: str) -> Attributes:
        """The planned attributes of one resource; those known only after apply are missing."""
        after = self.resource(address).change.after
        return after if isinstance(after, dict) else {}


class Output(_Document):
    value: JsonValue
    sensitive: bool = False
