"""YAML read into nodes that keep every scalar's text and place.

The tree is built from libyaml's events: the parser is iterative, so depth and size are bounded before
anything recursive runs, and a plain `14.10` stays the text "14.10" instead of the number 14.1.
JSON is read by the same parser, being a subset of YAML but for one escape (see `surrogates`).
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol, cast

import yaml

from auroraform.schemas import surrogates
from auroraform.schemas.encoding import MAX_BYTES, decode, too_large
from auroraform.schemas.problems import Code, Place, Problem

MAX_DEPTH: Final = 40
MAX_NODES: Final = 50_000
"""Counted after aliases are expanded, so that a few anchors cannot grow into gigabytes."""

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_YAML_TAG: Final = "tag:yaml.org,2002:"


class Kind(StrEnum):
    """How YAML tools read a plain scalar."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    NULL = "null"
    AMBIGUOUS = "ambiguous"
    """Read one way by YAML 1.1 and another by 1.2: yes/no/on/off, 0777, 1_000, 12:30:00, dates, .inf."""


_KINDS: Final = (
    (Kind.NULL, re.compile(r"~|null|Null|NULL|")),
    (Kind.BOOLEAN, re.compile(r"true|True|TRUE|false|False|FALSE")),
    (Kind.INTEGER, re.compile(r"[-+]?(0|[1-9][0-9]*)")),
    (Kind.NUMBER, re.compile(r"[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")),
    (
        Kind.AMBIGUOUS,
        re.compile(
            r"[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF"
            r"|[-+]?0[0-9_]+|[-+]?[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?|[-+]?0[box][0-9a-fA-F_]+"
            r"|[-+]?[0-9]*\.[0-9][0-9_]*_[0-9_]*"
            r"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"
            r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
            r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A leaf: its text as written (quotes and escapes undone) and how YAML reads it."""

    text: str
    kind: Kind
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping by key text, in the order of the file."""

    entries: dict[str, Entry]
    place: Place

    def get(self, *path: str) -> "Node | None":
        """The node at a path of keys, or None where the path leaves the tree."""
        node: Node = self
        for key in path:
            if not isinstance(node, Mapping) or key not in node.entries:
                return None
            node = node.entries[key].value
        return node

    def text(self, *path: str) -> str | None:
        """The text of the scalar at a path, or None where there is none."""
        node = self.get(*path)
        return node.text if isinstance(node, Scalar) and node.kind is not Kind.NULL else None


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The documents of one file and what is wrong with it. Documents of a broken file are left out."""

    documents: tuple[Mapping, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Mark(Protocol):
    index: int
    line: int
    column: int


class _Event(Protocol):
    start_mark: _Mark
    end_mark: _Mark
    anchor: str | None
    tag: str | None
    value: str
    style: str | None


class _Stop(Exception):  # noqa: N818 - control flow inside this module, never an error to a caller
    """The file cannot be read any further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_file(path: Path, file: str) -> ReadFile:
    """Read all documents of a file on disk, or say why it cannot be read.

    Args:
        path: where it is.
        file: its name, as problems shall show it.
    """
    try:
        # Asked before reading: a file of gigabytes would be refused all the same, but only after it filled the memory.
        size = path.stat().st_size
        if size > MAX_BYTES:
            return ReadFile(problems=(too_large(size, file),))
        data = path.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        return ReadFile(
            problems=(Problem(Code.UNREADABLE, Place(file), message, help="check what it is, and its permissions"),)
        )
    return read(data, file)


def read(data: bytes, file: str) -> ReadFile:
    """Read all documents of one YAML or JSON file.

    Args:
        data: the bytes of the file.
        file: its name, as problems shall show it.
    """
    text = decode(data, file)
    if isinstance(text, Problem):
        return ReadFile(problems=(text,))
    joined: tuple[int, ...] = ()
    if file.endswith(".json"):
        text, joined = surrogates.join(text)
    problems: list[Problem] = []
    try:
        return _Reader(text, file, problems, joined).read()
    except _Stop as stop:
        return ReadFile(problems=(*problems, stop.problem))


# What YAML calls printable (YAML 1.2.2, section 5.1), in the reading of libyaml.
_UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class _Reader:
    text: str
    file: str
    problems: list[Problem]
    joined: tuple[int, ...] = ()
    """Where two escapes of the file were joined to one: what follows on the line stands further to the right."""
    anchors: dict[str, tuple[Node, int, int]] = field(default_factory=dict)
    """By name: the node, how many nodes it holds with itself, and how many levels are below it."""
    nodes: int = 0
    deepest: int = 0

    def read(self) -> ReadFile:
        documents: list[Mapping] = []
        events = self._events()
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self.anchors.clear()
                node = self._node(next(events), events, depth=0)
                if isinstance(node, Mapping):
                    documents.append(node)
                else:
                    self._report_root(node)
        if not documents and not self.problems:
            self._report(Code.EMPTY, Place(self.file), "the file holds no document", "delete it, or fill it")
        return ReadFile(tuple(documents), tuple(self.problems))

    def _report_root(self, node: Node) -> None:
        if isinstance(node, Scalar) and node.kind is Kind.NULL:
            self._report(Code.EMPTY, node.place, "the document is empty", "delete the `---` line, or fill the document")
        else:
            self._report(
                Code.NOT_A_MAPPING,
                node.place,
                "a document is a mapping that begins with apiVersion and kind",
                "write `apiVersion: …` and `kind: …` at the top level",
            )

    def _events(self) -> Iterator[object]:
        try:
            yield from yaml.parse(self.text, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = self._point(cast("_Mark", mark)) if mark else Place(self.file)
            raise _Stop(self._syntax(place, error.problem or str(error))) from None
        except yaml.YAMLError as error:
            raise _Stop(self._syntax(self._unprintable(), _first_line(error))) from None

    def _syntax(self, place: Place, what: str) -> Problem:
        lines = self.text.splitlines()
        indent = re.match(r"[ \t]*", lines[place.line - 1]) if 0 < place.line <= len(lines) else None
        has_tab = indent is not None and "\t" in indent[0]
        return Problem(
            Code.SYNTAX,
            place,
            f"this is not YAML: {what}",
            help="indent with spaces; YAML allows no tab there" if has_tab else "check indentation and quotes",
        )

    def _unprintable(self) -> Place:
        """The first character that YAML does not allow; libyaml tells its place in bytes."""
        found = _UNPRINTABLE.search(self.text)
        if found is None:
            return Place(self.file)
        before = self.text[: found.start()]
        column = found.start() - before.rfind("\n")
        return Place(self.file, before.count("\n") + 1, column, column + 1)

    def _node(self, event: object, events: Iterator[object], depth: int) -> Node:
        place = self._place(cast("_Event", event))
        if isinstance(event, yaml.AliasEvent):
            return self._alias(cast("_Event", event), place, depth)
        self._descend(depth, place)
        self._count(1, place)
        before, above = self.nodes, self.deepest
        self.deepest = depth
        self._refuse_tag(cast("_Event", event), place)
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            node = _scalar(cast("_Event", event), place)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = Sequence(tuple(self._items(events, depth)), place)
        else:
            node = self._mapping(events, place, depth)
        anchor = cast("_Event", event).anchor
        if anchor is not None:
            self.anchors[anchor] = (node, self.nodes - before + 1, self.deepest - depth)
        self.deepest = max(self.deepest, above)
        return node

    def _descend(self, depth: int, place: Place) -> None:
        if depth > MAX_DEPTH:
            raise _Stop(Problem(Code.TOO_LARGE, place, f"nested deeper than {MAX_DEPTH} levels"))
        self.deepest = max(self.deepest, depth)

    def _items(self, events: Iterator[object], depth: int) -> Iterator[Node]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, events, depth + 1)

    def _mapping(self, events: Iterator[object], place: Place, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        spellings: dict[str, Place] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self._report(Code.UNSUPPORTED_YAML, key.place, "a key must be plain text", "write the key as one word")
            elif key.text == "<<" and isinstance(event, yaml.ScalarEvent) and not event.style:
                self._report(
                    Code.UNSUPPORTED_YAML,
                    key.place,
                    "merge keys (<<) are not part of YAML 1.2 and hide where a value comes from",
                    "put shared values into an environment's `defaults`, or repeat them",
                )
            # Terraform puts text into normal form C, and takes no map with the same key twice.
            elif (normal := unicodedata.normalize("NFC", key.text)) in spellings:
                first = spellings[normal]
                self._report(
                    Code.DUPLICATE_KEY,
                    key.place,
                    f'the key "{key.text}" stands here a second time (first on line {first.line})',
                    "keep one of the two",
                )
            else:
                spellings[normal] = key.place
                entries[key.text] = Entry(key, value)
        return Mapping(entries, place)

    def _alias(self, event: _Event, place: Place, depth: int) -> Node:
        known = self.anchors.get(event.anchor or "")
        if known is None:
            raise _Stop(self._syntax(place, f'the alias "*{event.anchor}" names no anchor above it'))
        node, size, levels = known
        self._descend(depth + levels, place)
        self._count(size, place)
        return node

    def _count(self, nodes: int, place: Place) -> None:
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            raise _Stop(
                Problem(
                    Code.TOO_LARGE,
                    place,
                    f"the file holds more than {MAX_NODES:,} values once its aliases are expanded",
                    help="write fewer aliases of aliases, or split the file",
                )
            )

    def _refuse_tag(self, event: _Event, place: Place) -> None:
        if event.tag is not None:
            self._report(
                Code.UNSUPPORTED_YAML,
                place,
                f"YAML tags are not allowed here: {event.tag.replace(_YAML_TAG, '!!')}",
                "remove the tag; every field knows its type",
            )

    def _report(self, code: Code, place: Place, message: str, help_: str) -> None:
        self.problems.append(Problem(code, place, message, help=help_))

    def _place(self, event: _Event) -> Place:
        start, end = event.start_mark, event.end_mark
        column = self._column(start)
        end_column = self._column(end) if end.line == start.line else column + 1
        return Place(self.file, start.line + 1, column, max(end_column, column + 1))

    def _point(self, mark: _Mark) -> Place:
        column = self._column(mark)
        return Place(self.file, mark.line + 1, column, column + 1)

    def _column(self, mark: _Mark) -> int:
        before = bisect_left(self.joined, mark.index) - bisect_left(self.joined, mark.index - mark.column)
        return mark.column + before * surrogates.SAVED + 1


def _scalar(event: _Event, place: Place) -> Scalar:
    return Scalar(event.value, Kind.TEXT if event.style else classify(event.value), place)


def classify(text: str) -> Kind:
    """How YAML reads a scalar without quotes."""
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(text)), Kind.TEXT)


def _first_line(error: yaml.YAMLError) -> str:
    return str(error).strip().splitlines()[0]
