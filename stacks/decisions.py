"""Decisions that can be spelled in two ways: where layers differ, the later one wins, and the other spelling is lost.

Two spellings in one layer both stay, for the rules between fields to refuse.
"""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence import SERVERLESS
from auroraform.schemas.located import Mapping
from auroraform.stacks.merge import Merged, Path

COUNT: Final = ("instances", "count")
MEMBERS: Final = ("instances", "members")
RANGE: Final = ("serverlessV2Scaling",)
CLASS: Final = ("instances", "instanceClass")
MANAGED: Final = ("manageMasterUserPassword",)
BROUGHT: Final = ("passwordFrom",)


def settle(merged: Merged) -> Merged:
    """Let the later layer decide, for each decision that two layers spell differently."""
    return _settle_password(_settle_capacity(_settle_number(merged)))


def _settle_number(merged: Merged) -> Merged:
    """How many instances there are: a count, or members by key."""
    count, members = merged.last_layer(*COUNT), merged.last_layer(*MEMBERS)
    if count < 0 or members < 0 or count == members:
        return merged
    return merged.decided(COUNT, MEMBERS) if members > count else merged.decided(MEMBERS, COUNT)


def _settle_capacity(merged: Merged) -> Merged:
    """What capacity the instances have: a class, or a Serverless v2 range; members that name a class keep it."""
    serverless = merged.last_layer(*RANGE)
    if serverless < 0:
        return merged
    classes = dict(_classes_of_members(merged))
    if classes and all(classes.values()):
        if SERVERLESS in classes.values():
            return merged
        last = max(classes, key=lambda path: merged.last_layer(*path))
        return merged.decided(RANGE, last) if merged.last_layer(*last) > serverless else merged
    provisioned = merged.last_layer(*CLASS)
    if provisioned < 0 or serverless == provisioned or merged.tree.text(*CLASS) == SERVERLESS:
        return merged
    if serverless > provisioned:
        return merged.decided(CLASS, RANGE)
    # Beside a member that says db.serverless the range has its use, whatever the class of the others.
    return merged if SERVERLESS in classes.values() else merged.decided(RANGE, CLASS)


def _settle_password(merged: Merged) -> Merged:
    """Whose the master password is: RDS's own, or one that is brought."""
    managed, brought = merged.last_layer(*MANAGED), merged.last_layer(*BROUGHT)
    # Without a password of RDS's own there is nothing to decide.
    is_off = (merged.tree.text(*MANAGED) or "").lower() == "false"
    if brought < 0 or managed < 0 or brought == managed or is_off:
        return merged
    return merged.decided(MANAGED, BROUGHT) if brought > managed else merged.decided(BROUGHT, MANAGED)


def _classes_of_members(merged: Merged) -> Iterator[tuple[Path, str | None]]:
    """The path of the class of each member, and the class where it says one."""
    members = merged.tree.get(*MEMBERS)
    for key, entry in members.entries.items() if isinstance(members, Mapping) else ():
        inner = entry.value
        yield (*MEMBERS, key, "instanceClass"), inner.text("instanceClass") if isinstance(inner, Mapping) else None
