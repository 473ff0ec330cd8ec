"""What is billed, in AWS's units and without prices."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

HOURS_A_MONTH: Final = 730
"""As AWS counts: a twelfth of a year."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of a unit.

    Attributes:
        most: where it depends on the load, the most of it; None where it does not.
    """

    unit: str
    least: float
    most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that is billed.

    Attributes:
        title: what the bill is for, such as "instances".
        subject: the kind of it, such as an instance class. Amounts of equal ones can be added.
        amounts: how much, as far as manifests say.
        note: what else it depends on; empty for nothing.
    """

    title: str
    subject: str
    amounts: tuple[Amount, ...] = ()
    note: str = ""


def total(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items with those of one kind put together, in their order."""
    found: dict[tuple[str, str, str], Item] = {}
    for item in items:
        key = (item.title, item.subject, item.note)
        known = found.get(key)
        found[key] = item if known is None else replace(known, amounts=_sum((*known.amounts, *item.amounts)))
    return tuple(found.values())


def _sum(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    by_unit: dict[str, list[Amount]] = {}
    for amount in amounts:
        by_unit.setdefault(amount.unit, []).append(amount)
    return tuple(_one(unit, of_unit) for unit, of_unit in by_unit.items())


def _one(unit: str, amounts: list[Amount]) -> Amount:
    depends = any(amount.most is not None for amount in amounts)
    most = sum(amount.least if amount.most is None else amount.most for amount in amounts)
    return Amount(unit, sum(amount.least for amount in amounts), most if depends else None)
