"""The escapes of JSON for characters beyond U+FFFF, which YAML does not know.

JSON writes such a character as two escapes of four digits, a pair of surrogates (RFC 8259, section 7), and libyaml
refuses each of them. YAML has one escape of eight digits instead.
"""

import re
from typing import Final

# Every escape is looked at, so that a backslash behind a backslash begins none.
_ESCAPE: Final = re.compile(r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|.)", re.DOTALL)

SAVED: Final = len(r"\ud83d\ude00") - len(r"\U0001f600")
"""By how many characters the text gets shorter at each place."""


def join(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with each pair written as YAML's one escape, and where in the new text that was done."""
    joined: list[int] = []

    def one(match: re.Match[str]) -> str:
        high, low = match.groups()
        if high is None:
            return match[0]
        joined.append(match.start() - SAVED * len(joined))
        return f"\\U{0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00:08x}"

    return _ESCAPE.sub(one, text), tuple(joined)
