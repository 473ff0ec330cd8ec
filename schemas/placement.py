"""Which Availability Zone an instance is placed in: in turn, by its key alone.

A zone that depended on the other instances would change with them, and an instance in another zone is another
instance. So a key has its zone whoever else is there.
"""

import re
from typing import Final

_NUMBER: Final = re.compile(r"[0-9]+$")


def turn(key: str) -> int:
    """Whose turn it is: the number that the key ends in, else the place of its last letter in the alphabet."""
    number = _NUMBER.search(key)
    return int(number[0]) if number else ord(key[-1]) - ord("a") + 1


def zone_of(key: str, zones: tuple[str, ...]) -> str | None:
    """The zone of an instance; None where zones are not known.

    Args:
        key: the key of the instance.
        zones: the zones in the order in which they are taken.
    """
    return zones[(turn(key) - 1) % len(zones)] if zones else None
