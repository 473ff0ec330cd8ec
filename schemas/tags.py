"""Tags as AWS takes them.

Sources: "Tag your Amazon Web Services resources" (Tagging AWS Resources User Guide), for lengths and the prefix `aws:`;
the pattern of a tag in the RDS API reference (AddTagsToResource), for characters.
"""

import unicodedata
from collections.abc import Iterator
from typing import Final

from auroraform.schemas.located import Mapping, Scalar
from auroraform.schemas.problems import Code, Place, Problem, Severity

LONGEST_KEY: Final = 128
LONGEST_VALUE: Final = 256
RESERVED_PREFIX: Final = "aws:"

_SIGNS: Final = frozenset("_.:/=+-@")
_CATEGORIES: Final = frozenset("LNZ")
"""The first letters of the Unicode categories that are allowed beside the signs: letters, numbers and spaces."""


def tag_problems(tags: Mapping, path: str) -> Iterator[Problem]:
    """What is wrong with tags, key by key.

    Args:
        tags: the tags; values that are no text are somebody else's business.
        path: where they stand, in the user's spelling.
    """
    for key, entry in tags.entries.items():
        here = f"{path}.{key}"
        yield from _key_problems(key, entry.key.place, here)
        if isinstance(entry.value, Scalar):
            yield from value_problems(entry.value, here)


def value_problems(value: Scalar, path: str) -> Iterator[Problem]:
    """What is wrong with the value of a tag.

    Args:
        value: the value.
        path: where it stands, in the user's spelling.
    """
    if len(value.text) > LONGEST_VALUE:
        message = f"a tag of {len(value.text)} characters is refused by AWS"
        yield Problem(Code.BAD_VALUE, value.place, message, path, f"use at most {LONGEST_VALUE}")
    yield from _odd_characters(value.text, value.place, path)


def _key_problems(key: str, place: Place, path: str) -> Iterator[Problem]:
    if not 0 < len(key) <= LONGEST_KEY:
        message = f"the name of a tag with {len(key)} characters is refused by AWS"
        yield Problem(Code.BAD_VALUE, place, message, path, f"use 1 to {LONGEST_KEY}")
    elif key.lower().startswith(RESERVED_PREFIX):
        message = f'names of tags that begin with "{RESERVED_PREFIX}" belong to AWS'
        yield Problem(Code.BAD_VALUE, place, message, path, "take another name")
    yield from _odd_characters(key, place, path)


def _odd_characters(text: str, place: Place, path: str) -> Iterator[Problem]:
    odd = dict.fromkeys(one for one in text if not _is_allowed(one))
    if odd:
        # A warning only: services differ in what they take, and a text that looks like an expression has to get
        # through to Terraform as the literal that it is, which is proved there.
        yield Problem(
            Code.MAY_BE_REFUSED,
            place,
            f"RDS refuses tags with {' '.join(ascii(one) for one in odd)}",
            path,
            f"use letters, digits, spaces and {''.join(sorted(_SIGNS))}",
            Severity.WARNING,
        )


def _is_allowed(character: str) -> bool:
    return character in _SIGNS or unicodedata.category(character)[0] in _CATEGORIES
