"""What is known of each parameter of an engine.

The tables are in `mysql` and `postgresql`, one line for each parameter:

    name  place  apply  values  [default]  [versions]

    place      `cluster`: it is in cluster parameter groups only; `both`: in those and in the DB parameter groups of
               instances, whose value wins
    apply      `dynamic`, `static` (a change needs a reboot), `fixed` (RDS keeps it), or `unsure` where AWS does not say
    values     as `values.parse` reads them
    default    what the default group of the family says, `-` for nothing; `0/17=1` is 0, and 1 from version 17 on
    versions   `<16` or `>=14`, the major versions that have it; all of them where nothing stands

A parameter that no table knows may be newer than they are, so nobody is refused for it.
"""

import difflib
from dataclasses import dataclass
from functools import cache
from typing import Final

from auroraform.schemas.engines import Engine, EngineName
from auroraform.schemas.parameters import mysql, postgresql
from auroraform.schemas.parameters.values import Values, parse

Major = tuple[int, ...]

AS_OF: Final[dict[EngineName, str]] = {"aurora-mysql": mysql.AS_OF, "aurora-postgresql": postgresql.AS_OF}
_TABLES: Final[dict[EngineName, str]] = {"aurora-mysql": mysql.TABLE, "aurora-postgresql": postgresql.TABLE}

IMMEDIATE: Final = "immediate"
PENDING_REBOOT: Final = "pending-reboot"
_ABSENT: Final = ("-", "-")
"""The last two columns, where they are left out."""
_COLUMNS: Final = 6


@dataclass(frozen=True, slots=True)
class Known:
    """One parameter of an engine.

    Attributes:
        name: its name, as RDS spells it.
        is_of_clusters: only cluster parameter groups have it.
        apply: `dynamic`, `static`, `fixed` or `unsure`.
        values: what it takes.
        defaults: what the default groups say, with the major versions from which on each holds.
        versions: the major versions that have it.
    """

    name: str
    is_of_clusters: bool
    apply: str
    values: Values
    defaults: tuple[tuple[Major, str], ...]
    versions: str

    def default(self, major: Major) -> str | None:
        """What the default group of a major version says; None where it says nothing."""
        found = [value for since, value in self.defaults if major >= since]
        return self.values.spell(found[-1]) if found else None

    def is_in(self, major: Major) -> bool:
        """Whether a major version has it."""
        if not self.versions:
            return True
        is_until = self.versions.startswith("<")
        bound = _major(self.versions.lstrip("<>="))
        return major < bound if is_until else major >= bound

    @property
    def availability(self) -> str:
        """The major versions that have it, in words."""
        bound = self.versions.lstrip("<>=")
        return f"before {bound}" if self.versions.startswith("<") else f"from {bound} on"

    @property
    def is_static(self) -> bool:
        return self.apply == "static"

    @property
    def is_fixed(self) -> bool:
        return self.apply == "fixed"


def known(engine: EngineName, name: str) -> Known | None:
    """What is known of a parameter; its name in any case."""
    return _rows(engine).get(name.lower())


def nearest(engine: EngineName, name: str) -> str | None:
    """The parameter that somebody who typed a name most likely meant, if there is one."""
    rows = _rows(engine)
    near = difflib.get_close_matches(name.lower().replace("-", "_"), [key.replace("-", "_") for key in rows], n=1)
    return next((row.name for key, row in rows.items() if near and key.replace("-", "_") == near[0]), None)


def spelled(engine: EngineName, name: str, value: str) -> tuple[str, str]:
    """A parameter and its value as RDS spells them."""
    row = known(engine, name)
    return (row.name, row.values.spell(value)) if row is not None else (name, value)


@dataclass(frozen=True, slots=True)
class Application:
    """When a value takes effect, and why then."""

    method: str
    reason: str


def application(engine: Engine, version: str, name: str, value: str) -> Application:
    """When RDS puts a value into effect: at once where that is known to be possible, else at the next reboot.

    A default goes with `pending-reboot`: RDS answers it so, whatever it is told, and Terraform would show a change in
    every plan (AWS provider, aws_db_parameter_group, "Problematic Plan Changes").
    """
    row = known(engine.name, name)
    if row is None:
        return Application(PENDING_REBOOT, "not in the list here, and only a dynamic one could be set at once")
    if row.default(engine.major(version)) == row.values.spell(value):
        return Application(PENDING_REBOOT, "already so by default, which RDS answers in this way")
    if row.apply == "dynamic":
        return Application(IMMEDIATE, "dynamic")
    if row.is_static:
        return Application(PENDING_REBOOT, "static")
    return Application(PENDING_REBOOT, "not known to be dynamic")


@cache
def _rows(engine: EngineName) -> dict[str, Known]:
    return {row.name.lower(): row for row in map(_row, _TABLES[engine].strip().splitlines())}


def _row(line: str) -> Known:
    name, place, apply, values, default, versions = (*line.split(), *_ABSENT)[:_COLUMNS]
    return Known(name, place == "cluster", apply, parse(values), _defaults(default), versions.strip("-"))


def _defaults(text: str) -> tuple[tuple[Major, str], ...]:
    if text == _ABSENT[0]:
        return ()
    first, _, later = text.partition("/")
    since, _, value = later.partition("=")
    return ((0,), first), *(((_major(since), value),) if later else ())


def _major(text: str) -> Major:
    return tuple(int(number) for number in text.split("."))
