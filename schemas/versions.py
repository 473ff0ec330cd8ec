"""The engine versions that AWS is known to offer, as a table with a date.

Source: the version lists of cfn-lint (aws-cloudformation/cfn-lint, its RDS schema data), which are made from AWS's own
data. Versions by their short names (`8.0`, `16`) are left out, as a manifest cannot name them. The table grows old on
its own: a version that it does not know may be newer, so nobody is refused for it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from auroraform.schemas.engines import ENGINES, EngineName

AS_OF: Final = "2026-08-19"


@dataclass(frozen=True, slots=True)
class Line:
    """The versions of one major version.

    Attributes:
        current: those that AWS offers.
        old: those that AWS flags as deprecated; new clusters may be refused.
    """

    current: frozenset[str]
    old: frozenset[str]


def _line(current: str, old: str, prefix: str = "") -> Line:
    return Line(*(frozenset(f"{prefix}{version}" for version in text.split()) for text in (current, old)))


LINES: Final[dict[EngineName, dict[str, Line]]] = {
    "aurora-mysql": {
        "5.7": _line(
            "2.11.1 2.11.2 2.11.3 2.11.4 2.11.5 2.11.6 2.12.0 2.12.1 2.12.2 2.12.3 2.12.4 2.12.5 2.12.6",
            "2.02.3 2.03.2 2.03.3 2.03.4 2.04.0 2.04.1 2.04.2 2.04.3 2.04.4 2.04.5 2.04.6 2.04.7 2.04.8 2.04.8.3 2.04.9"
            " 2.05.0 2.05.1 2.06.0 2.07.0 2.07.1 2.07.2 2.07.3 2.07.4 2.07.5 2.07.6 2.07.7 2.07.8 2.07.9 2.07.10 2.08.0"
            " 2.08.1 2.08.2 2.08.3 2.08.4 2.09.0 2.09.1 2.09.2 2.09.3 2.10.0 2.10.0.1 2.10.1 2.10.2 2.10.3 2.11.0"
            " 2.12.0.1",
            prefix="5.7.mysql_aurora.",
        ),
        "8.0": _line(
            "3.04.0 3.04.1 3.04.2 3.04.3 3.04.4 3.04.6 3.08.0 3.08.1 3.08.2 3.09.0 3.10.0 3.10.1 3.10.2 3.10.3 3.10.4"
            " 3.10.5 3.11.1 3.12.0",
            "3.01.0 3.01.1 3.02.0 3.02.1 3.02.2 3.02.3 3.03.0 3.03.1 3.03.2 3.03.3 3.05.0 3.05.0.1 3.05.1 3.05.2 3.06.0"
            " 3.06.1 3.07.0 3.07.1 3.11.0",
            prefix="8.0.mysql_aurora.",
        ),
        "8.4": _line("8.4.7", "", prefix="8.4.mysql_aurora."),
    },
    "aurora-postgresql": {
        "10": _line("", "10.7 10.21"),
        "11": _line("11.9 11.21", "11.12 11.13 11.14 11.15 11.16 11.17 11.18 11.19 11.20"),
        "12": _line("12.9 12.22", "12.4 12.7 12.8 12.10 12.11 12.12 12.13 12.14 12.15 12.16 12.17 12.18 12.19 12.20"),
        "13": _line(
            "13.9 13.23",
            "13.3 13.4 13.5 13.6 13.7 13.8 13.10 13.11 13.12 13.13 13.14 13.15 13.16 13.18 13.20 13.21 13.22",
        ),
        "14": _line(
            "14.6 14.17 14.18 14.19 14.20 14.22 14.23",
            "14.3 14.4 14.5 14.7 14.8 14.9 14.10 14.11 14.12 14.13 14.15",
        ),
        "15": _line("15.10 15.12 15.13 15.14 15.15 15.17 15.18", "15.2 15.3 15.4 15.5 15.6 15.7 15.8"),
        "16": _line(
            "16.8 16.9 16.10 16.11 16.13 16.14"
            " 16.4-limitless 16.6-limitless 16.8-limitless 16.9-limitless 16.10-limitless 16.11-limitless"
            " 16.13-limitless",
            "16.1 16.2 16.3 16.4 16.6",
        ),
        "17": _line("17.4 17.5 17.6 17.7 17.9 17.10", ""),
        "18": _line("18.3 18.4", ""),
    },
}

END_OF_STANDARD_SUPPORT: Final[dict[EngineName, dict[str, date]]] = {
    "aurora-mysql": {"5.7": date(2024, 10, 31), "8.0": date(2028, 4, 30)},
    "aurora-postgresql": {
        "10": date(2023, 1, 31),
        "11": date(2024, 2, 29),
        "12": date(2025, 2, 28),
        "13": date(2026, 2, 28),
        "14": date(2027, 2, 28),
        "15": date(2028, 2, 29),
        "16": date(2029, 2, 28),
        "17": date(2030, 2, 28),
    },
}
"""The last day of standard support by major version.

Source: Amazon Aurora User Guide, release calendars and "Amazon RDS Extended Support"; days to come are plans, and good
for a warning only. `aws rds describe-db-major-engine-versions` tells them as AWS has them.
"""


def line_of(engine: EngineName, version: str) -> str:
    """The major version of a full version, as the tables here call it: 8.0 of 8.0.mysql_aurora.3.08.0, 16 of 16.8."""
    parts = version.split(".")
    return ".".join(parts[:2]) if engine == "aurora-mysql" else parts[0]


def is_known(engine: EngineName, version: str) -> bool:
    """Whether AWS had the version when the table was made."""
    return any(version in line.current or version in line.old for line in LINES[engine].values())


def is_old(engine: EngineName, version: str) -> bool:
    """Whether AWS flagged the version as deprecated when the table was made."""
    return any(version in line.old for line in LINES[engine].values())


def ended_support(engine: EngineName, version: str) -> date | None:
    """The day on which standard support of the major version ended; None where it had not when the table was made."""
    if not ENGINES[engine].accepts_version(version):
        return None
    end = END_OF_STANDARD_SUPPORT[engine].get(line_of(engine, version))
    return end if end is not None and end <= date.fromisoformat(AS_OF) else None


def release(version: str) -> tuple[int, ...]:
    """What puts the full versions of an engine into order: (3, 8, 0) of 8.0.mysql_aurora.3.08.0, (16, 8) of 16.8."""
    numbers = version.rpartition("mysql_aurora.")[2].removesuffix("-limitless")
    return tuple(int(number) for number in numbers.split("."))
