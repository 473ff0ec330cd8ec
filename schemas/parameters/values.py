"""What the value of a parameter may be, and how RDS spells it.

RDS keeps `true` of a boolean as `1`, and Terraform would then show a change in every plan. So what is known to be the
same value is written as RDS writes it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from auroraform.schemas.parameters import time_zones

LEVELS: Final = "debug5,debug4,debug3,debug2,debug1,info,notice,warning,error,log,fatal,panic"
"""The message levels of PostgreSQL, `@levels` in tables."""

_OPEN: Final = "…"
_ABOUT: Final = "~"
_TRUE: Final = frozenset({"1", "on", "true"})
_FALSE: Final = frozenset({"0", "off", "false"})
_BOOLEAN: Final = ("0", "1")
# RDS works these out for each instance: {DBInstanceClassMemory/12038}, GREATEST(…), ${DBInstanceVCPU*2}.
_FORMULA: Final = re.compile(r"[{}]|^\s*(greatest|least|log|sum)\(", re.IGNORECASE)
_INTEGER: Final = re.compile(r"-?[0-9]{1,40}")
_NUMBER: Final = re.compile(r"-?([0-9]{1,40}(\.[0-9]{0,40})?|\.[0-9]{1,40})([eE][-+]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Fault:
    """What to write instead of a value, and whether RDS surely refuses that one."""

    advice: str
    is_sure: bool


Check = Callable[[str], Fault | None]
Spell = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Values:
    """What a parameter takes.

    Attributes:
        fault: what is wrong with a value, if anything.
        spell: the value as RDS spells it; one that is wrong stays as it is.
        is_list: it is a list of words with commas between.
    """

    fault: Check
    spell: Spell
    is_list: bool = False


def parse(text: str) -> Values:
    """Read the column of a table: `bool`, `flag`, `int:0..9`, `float`, `text`, `zone`, `list:a,b`, or the words.

    A `…` at the end says that there may be more, a `~` that bounds are good for a warning only.
    """
    kind, _, rest = text.partition(":")
    if kind in {"text", "-"}:
        return Values(lambda _: None, str)
    if kind == "zone":
        return Values(lambda _: None, time_zones.spelled)
    if kind == "list":
        return _list_of(_words(rest)) if rest != _OPEN else Values(lambda _: None, _joined, is_list=True)
    if kind in {"int", "float"}:
        return _number(kind == "int", rest)
    if kind == f"bool{_OPEN}":
        return _one_of(_BOOLEAN, is_open=True)
    if kind == "bool":
        return _one_of(_BOOLEAN)
    if kind == "flag":
        # It is not known which of the two spellings RDS keeps.
        return Values(_one_of(("0", "1", "ON", "OFF")).fault, str)
    return _one_of(_words(text), is_open=text.endswith(_OPEN))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.replace("@levels", LEVELS).split(",") if word != _OPEN)


def _one_of(words: tuple[str, ...], *, is_open: bool = False) -> Values:
    spellings = {word.lower(): word for word in words}
    for same in (_TRUE, _FALSE):
        known = [word for word in words if word.lower() in same]
        # Where there are 0, 1 and 2, these are no booleans.
        if len(known) == 1 and not (known[0].isdigit() and len(words) > len(_BOOLEAN)):
            spellings |= dict.fromkeys(same - spellings.keys(), known[0])
    allowed = f"write {_either(words)}"

    def fault(value: str) -> Fault | None:
        if value.lower() in spellings or _is_formula(value):
            return None
        return Fault(allowed, is_sure=not is_open)

    return Values(fault, lambda value: spellings.get(value.lower(), value))


def _number(is_whole: bool, bounds: str) -> Values:  # noqa: FBT001 - from the one call above
    pattern, what = (_INTEGER, "a whole number") if is_whole else (_NUMBER, "a number")
    low, _, high = bounds.removesuffix(_ABOUT).partition("..")
    advice = f"write {what}{f' from {low} to {high}' if bounds else ''}"

    def fault(value: str) -> Fault | None:
        if _is_formula(value):
            return None
        if pattern.fullmatch(value) is None:
            return Fault(advice, is_sure=True)
        if bounds and not float(low) <= float(value) <= float(high):
            return Fault(advice, not bounds.endswith(_ABOUT))
        return None

    return Values(fault, str)


def _list_of(words: tuple[str, ...]) -> Values:
    spellings = {word.lower(): word for word in words}

    def fault(value: str) -> Fault | None:
        if all(item.lower() in spellings for item in items(value)):
            return None
        return Fault(f"list {_either(words)}", is_sure=True)

    return Values(
        fault, lambda value: ",".join(spellings.get(item.lower(), item) for item in items(value)), is_list=True
    )


def items(value: str) -> tuple[str, ...]:
    """The words of a list."""
    return tuple(item.strip() for item in value.split(",")) if value.strip() else ()


def _joined(value: str) -> str:
    return ",".join(items(value))


def _is_formula(value: str) -> bool:
    return _FORMULA.search(value) is not None


def _either(words: tuple[str, ...]) -> str:
    *head, last = words
    return f"{', '.join(head)} or {last}" if head else last
