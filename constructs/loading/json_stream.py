"""Reads one huge JSON document member by member, so that it is never in memory as a whole."""

import json
import re
from collections.abc import Iterator

_AFTER_VALUE = frozenset(",:]} \t\n\r")
_WHITESPACE = re.compile(r"[ \t\n\r]*")


class JsonStream:
    """A JSON text that arrives in chunks, read forward.

    `value()` parses the next value. `members()` walks the next object; between two of its keys the caller
    reads the value, by either method.

    Raises:
        ValueError: From any method, if the text is not the JSON that the caller asks for.
    """

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self._buffer = ""
        self._position = 0
        self._ended = False
        self._decoder = json.JSONDecoder()

    def members(self) -> Iterator[str]:
        """Yield each key of the next object; the caller reads the value before it asks for the next key."""
        self._take("{")
        if self._peek() == "}":
            self._take("}")
            return
        while True:
            if self._peek() != '"':
                raise ValueError(f"expected a key in JSON, found {self._peek()!r}")
            key = str(self.value())
            self._take(":")
            yield key
            if self._peek() == "}":
                self._take("}")
                return
            self._take(",")

    def value(self) -> object:
        """Return the next value, parsed."""
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._position)
            except json.JSONDecodeError:
                if self._ended:
                    raise
            else:
                # Without one, a number may go on in the next chunk: "1" and "1." can be the start of "1.5".
                if self._ended or self._buffer[end : end + 1] in _AFTER_VALUE:
                    self._position = end
                    return value
            self._fill()

    def _take(self, expected: str) -> None:
        if self._peek() != expected:
            raise ValueError(f"expected {expected!r} in JSON, found {self._peek()!r}")
        self._position += 1

    def _peek(self) -> str:
        while True:
            match = _WHITESPACE.match(self._buffer, self._position)
            self._position = match.end() if match else self._position
            if self._position < len(self._buffer) or self._ended:
                return self._buffer[self._position : self._position + 1]
            self._fill()

    def _fill(self) -> None:
        rest = self._buffer[self._position :]
        parts = [rest]
        # At least doubling the rest keeps the work linear when one value is longer than many chunks.
        wanted = len(rest) + 1
        while wanted > 0:
            chunk = next(self._chunks, None)
            if chunk is None:
                self._ended = True
                break
            parts.append(chunk)
            wanted -= len(chunk)
        self._buffer = "".join(parts)
        self._position = 0
