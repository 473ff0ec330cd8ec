"""A problem is a value: a code, a place, what is wrong and a way out. Only the command line prints one."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """How bad a problem is: an error stops the work, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """The stable codes of all problems. A released code never changes its meaning."""

    UNREADABLE = "AF001"
    SYNTAX = "AF002"
    DUPLICATE_KEY = "AF003"
    UNSUPPORTED_YAML = "AF004"
    TOO_LARGE = "AF005"
    EMPTY = "AF006"
    NOT_A_MAPPING = "AF007"
    UNKNOWN_KIND = "AF008"
    OUTSIDE_WORKSPACE = "AF009"

    UNKNOWN_FIELD = "AF100"
    MISSING_FIELD = "AF101"
    BAD_VALUE = "AF102"
    WRONG_TYPE = "AF103"
    PLAINTEXT_PASSWORD = "AF104"  # noqa: S105 - the name of a problem
    CONFLICT = "AF105"
    TOO_FEW_SUBNETS = "AF106"
    OVERLAPPING_WINDOWS = "AF107"
    UNQUOTED_VERSION = "AF108"
    NOT_IN_PRODUCTION = "AF109"
    NOT_SUPPORTED = "AF110"
    NOT_IN_CATALOGUE = "AF111"
    MAY_BE_REFUSED = "AF112"
    MAY_HURT = "AF113"
    OPEN_TO_EVERYBODY = "AF114"
    NO_EFFECT = "AF116"

    NO_MANIFESTS = "AF201"
    NO_ENVIRONMENTS = "AF202"
    UNKNOWN_ENVIRONMENT = "AF203"
    DUPLICATE_NAME = "AF204"
    UNKNOWN_CLUSTER = "AF205"
    NO_WORKSPACE = "AF206"
    SHARED_STATE = "AF207"
    UNKNOWN_ADDRESS = "AF208"

    UNRESOLVED_REFERENCE = "AF301"
    LOOKS_LIKE_REFERENCE = "AF302"
    CIRCULAR_REFERENCE = "AF303"

    REFUSED_BY_CONSTRUCT = "AF401"
    OUTPUT = "AF402"
    NO_BINDINGS = "AF403"
    MOVED_STATE = "AF404"


SECRETS: Final = frozenset({Code.PLAINTEXT_PASSWORD.value, "AP801", "AP804"})
"""Problems about values that must not be shown to anybody."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file: 1-based line and columns, the end column exclusive."""

    file: str
    line: int = 0
    column: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the input.

    Attributes:
        code: a `Code`, or the code of a rule.
        path: the field in the user's spelling, such as `spec.engineVersion`; empty where there is none.
        help: one way out, as an imperative; empty only where the message itself says it.
    """

    code: str
    place: Place
    message: str
    path: str = ""
    help: str = ""
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def sort(problems: Iterable[Problem]) -> list[Problem]:
    """The problems in the order of the files, each once.

    Environments share manifests, so the same fault is found several times, under a path from its document or from the
    merged spec; the first finding stays.
    """
    first: dict[tuple[Place, str, str, str], Problem] = {}
    for problem in problems:
        field = problem.path.rpartition(".")[2]
        first.setdefault((problem.place, problem.code, problem.message, field), problem)
    return sorted(first.values(), key=lambda p: (p.place, p.code, p.path, p.message))


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.is_error for problem in problems)
