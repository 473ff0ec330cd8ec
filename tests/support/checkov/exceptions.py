"""What checkov finds in production stacks and may stay, each for a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final

from support.checkov.running import Finding, Stack


def _always(_stack: Stack, _address: str) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt:
    """A check that may fail.

    Attributes:
        check: its id.
        addresses: of the resources, as a pattern of file names.
        reason: why what checkov finds is right as it is.
        stacks: their names, as a pattern.
        provided: what has to be so in the stack, besides, for the reason to hold.
    """

    check: str
    addresses: str
    reason: str
    stacks: str = "*"
    provided: Callable[[Stack, str], bool] = _always

    def covers(self, finding: Finding, stack: Stack) -> bool:
        return (
            finding.check == self.check
            and fnmatchcase(finding.address, self.addresses)
            and fnmatchcase(finding.stack, self.stacks)
            and self.provided(stack, finding.address)
        )

    def __str__(self) -> str:
        return f"{self.check}, {self.addresses} in {self.stacks}"


EXCEPTIONS: Final[tuple[Exempt, ...]] = ()
