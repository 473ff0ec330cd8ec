"""`auroraform list --cost-shape`: what will be billed, for people and for programs."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

import click

from auroraform.stacks.billing.items import Amount, Item
from auroraform.stacks.billing.shape import CostShape, EnvironmentShape

_IN_ALL: Final = "in all"
_SHARED: Final = "shared"


def sections(shape: CostShape) -> Iterator[str]:
    """The text of each environment."""
    for environment in shape.environments:
        yield "\n".join(_environment(environment))


def _environment(shape: EnvironmentShape) -> Iterator[str]:
    yield f"{click.style(shape.name, bold=True)}  {shape.spec.class_}, {shape.spec.region}, {shape.spec.account_id}"
    for cluster in shape.clusters:
        yield from _part(cluster.name, cluster.items)
    if shape.shared:
        yield from _part(_SHARED, shape.shared)
    if len(shape.clusters) > 1 or shape.shared:
        yield from _part(_IN_ALL, shape.total)
    if not shape.clusters:
        yield "  no clusters"


def _part(name: str, items: tuple[Item, ...]) -> Iterator[str]:
    yield f"  {name}"
    # Items of one title stand together, in the order in which it comes first.
    order = {item.title: position for position, item in reversed([*enumerate(items)])}
    width = max(map(len, order), default=0)
    for title, group in groupby(sorted(items, key=lambda item: order[item.title]), key=lambda item: item.title):
        for number, item in enumerate(group):
            yield f"    {'' if number else title:<{width}}  {_text(item)}"


def _text(item: Item) -> str:
    amounts = ", ".join(map(_amount, item.amounts))
    return "; ".join(filter(None, (f"{item.subject}: {amounts}" if amounts else item.subject, item.note)))


def _amount(amount: Amount) -> str:
    number = _number(amount.least) if amount.most is None else f"{_number(amount.least)} to {_number(amount.most)}"
    unit = amount.unit if (amount.least, amount.most) != (1, None) else amount.unit.removesuffix("s")
    return f"{number} {unit}"


def _number(number: float) -> str:
    return f"{number:,.0f}" if number >= _WHOLE_FROM or number == int(number) else f"{number:.1f}"


_WHOLE_FROM: Final = 100


def document(shape: CostShape) -> dict[str, object]:
    """The same for programs."""
    return {
        "environments": [
            {
                "name": one.name,
                "class": one.spec.class_,
                "region": one.spec.region,
                "accountId": one.spec.account_id,
                "clusters": [
                    {"name": cluster.name, "clusterIdentifier": cluster.identifier, "items": _items(cluster.items)}
                    for cluster in one.clusters
                ],
                "shared": _items(one.shared),
                "total": _items(one.total),
            }
            for one in shape.environments
        ]
    }


def _items(items: Iterable[Item]) -> list[dict[str, object]]:
    return [
        {
            "title": item.title,
            "subject": item.subject,
            "amounts": [
                {"unit": one.unit, "least": round(one.least, 2), "most": round(_most(one), 2)} for one in item.amounts
            ],
            "note": item.note,
        }
        for item in items
    ]


def _most(amount: Amount) -> float:
    return amount.least if amount.most is None else amount.most
