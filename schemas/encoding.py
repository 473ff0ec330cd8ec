"""The bytes of a file as text: UTF-8, or a problem that says what they are instead."""

import codecs
from typing import Final

from auroraform.schemas.problems import Code, Place, Problem

MAX_BYTES: Final = 1_000_000

# The longer marks first: that of UTF-32 begins like that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)

# A file begins with an ASCII character, which these encodings surround with zero bytes (YAML 1.2.2, section 5.2).
_ZEROS: Final = (
    ((True, True, True, False), "UTF-32"),
    ((False, True, True, True), "UTF-32"),
    ((True, False), "UTF-16"),
    ((False, True), "UTF-16"),
)


def decode(data: bytes, file: str) -> str | Problem:
    """The text of a file, without its byte order mark, or what keeps it from being read.

    Args:
        data: the bytes of the file.
        file: its name, as problems shall show it.
    """
    if len(data) > MAX_BYTES:
        return too_large(len(data), file)
    other = _other_encoding(data)
    if other is not None:
        return Problem(
            Code.UNREADABLE,
            Place(file),
            f"the file is {other}, and only UTF-8 is read",
            help="save it as UTF-8, which editors offer where they save",
        )
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        column = len(body[body.rfind(b"\n", 0, error.start) + 1 : error.start].decode()) + 1
        return Problem(
            Code.UNREADABLE,
            Place(file, line, column, column + 1),
            f"the file is not UTF-8: byte {body[error.start]:#04x} cannot be read",
            help="save it as UTF-8",
        )


def too_large(size: int, file: str) -> Problem:
    """The problem of a file with more bytes than are read."""
    return Problem(
        Code.TOO_LARGE,
        Place(file),
        f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read",
        help="split it: several files and several documents per file are fine",
    )


def _other_encoding(data: bytes) -> str | None:
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    zeros = tuple(byte == 0 for byte in data[:4])
    return marked or next((name for pattern, name in _ZEROS if zeros[: len(pattern)] == pattern), None)
