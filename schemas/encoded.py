"""References as CDKTF writes them into text: as numbers, of which some fit into names.

CDKTF encodes references as doubles too, and looks for them in text: by this pattern, read as JavaScript reads
numbers, known by their first two bytes (cdktf 0.21.0, lib/tokens/private/encoding.js).
"""

import re
import struct
from typing import Final

# The lookbehind keeps long runs of digits from being tried from each of their digits.
NUMBER: Final = re.compile(r"(?<![-|0-9.+])[-|0-9.+]++e[-|0-9.eE+]+")
_PARSED: Final = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
_REFERENCES: Final = frozenset({b"\xfd\xff", b"\xfb\xff"})


def is_reference(number: str) -> bool:
    """Whether CDKTF takes what matches `NUMBER` for a reference."""
    parsed = _PARSED.match(number)
    return parsed is not None and struct.pack(">d", float(parsed[0]))[:2] in _REFERENCES


def reference_in(text: str) -> str | None:
    """The first number in a text that CDKTF takes for a reference."""
    return next((match[0] for match in NUMBER.finditer(text) if is_reference(match[0])), None)
