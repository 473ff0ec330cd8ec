"""YAML read into nodes that keep every scalar's text and place.

The tree is built from libyaml's events: the parser is iterative, so depth and size are bounded before
anything recursive runs, and a plain `14.10` stays the text "14.10" instead of the number 14.1.
JSON is read by the same parser, being a subset of YAML for all that manifests can hold.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol, cast

import yaml

from auroraform.schemas.problems import Code, Place, Problem

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 40
MAX_NODES: Final = 50_000
"""Counted after aliases are expanded, so that a few anchors cannot grow into gigabytes."""

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
            r"|[-+]?0[0-9_]+|[-+]?[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?|0[box][0-9a-fA-F_]+"
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


def read(data: bytes, file: str) -> ReadFile:
    """Read all documents of one YAML or JSON file.

    Args:
        data: the bytes of the file.
        file: its name, as problems shall show it.
    """
    problems: list[Problem] = []
    try:
        return _Reader(_decode(data, file), file, problems).read()
    except _Stop as stop:
        return ReadFile(problems=(*problems, stop.problem))


def _decode(data: bytes, file: str) -> str:
    if len(data) > MAX_BYTES:
        raise _Stop(
            Problem(
                Code.TOO_LARGE,
                Place(file),
                f"the file has {len(data):,} bytes; at most {MAX_BYTES:,} are read",
                help="split it: several files and several documents per file are fine",
            )
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise _Stop(
            Problem(
                Code.UNREADABLE,
                Place(file, line, column, column + 1),
                f"the file is not UTF-8: byte {data[error.start]:#04x} cannot be read",
                help="save it as UTF-8",
            )
        ) from None


@dataclass
class _Reader:
    text: str
    file: str
    problems: list[Problem]
    anchors: dict[str, tuple[Node, int]] = field(default_factory=dict)
    nodes: int = 0

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
            place = _point(self.file, cast("_Mark", mark)) if mark else Place(self.file)
            raise _Stop(self._syntax(place, error.problem or str(error))) from None
        except yaml.YAMLError as error:
            raise _Stop(self._syntax(self._locate(error), _first_line(error))) from None

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

    def _locate(self, error: yaml.YAMLError) -> Place:
        position = getattr(error, "position", None)
        if not isinstance(position, int):
            return Place(self.file)
        before = self.text[:position]
        column = position - (before.rfind("\n") + 1) + 1
        return Place(self.file, before.count("\n") + 1, column, column + 1)

    def _node(self, event: object, events: Iterator[object], depth: int) -> Node:
        place = self._place(cast("_Event", event))
        if depth > MAX_DEPTH:
            raise _Stop(Problem(Code.TOO_LARGE, place, f"nested deeper than {MAX_DEPTH} levels"))
        if isinstance(event, yaml.AliasEvent):
            return self._alias(cast("_Event", event), place)
        self._count(1, place)
        before = self.nodes
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
            self.anchors[anchor] = (node, self.nodes - before + 1)
        return node

    def _items(self, events: Iterator[object], depth: int) -> Iterator[Node]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, events, depth + 1)

    def _mapping(self, events: Iterator[object], place: Place, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
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
            elif key.text in entries:
                first = entries[key.text].key.place
                self._report(
                    Code.DUPLICATE_KEY,
                    key.place,
                    f'the key "{key.text}" stands here a second time (first on line {first.line})',
                    "keep one of the two",
                )
            else:
                entries[key.text] = Entry(key, value)
        return Mapping(entries, place)

    def _alias(self, event: _Event, place: Place) -> Node:
        known = self.anchors.get(event.anchor or "")
        if known is None:
            raise _Stop(self._syntax(place, f'the alias "*{event.anchor}" names no anchor above it'))
        node, size = known
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
        if event.tag is not None and event.tag != "!":
            self._report(
                Code.UNSUPPORTED_YAML,
                place,
                f"YAML tags are not allowed here: {event.tag}",
                "remove the tag; every field knows its type",
            )

    def _report(self, code: Code, place: Place, message: str, help_: str) -> None:
        self.problems.append(Problem(code, place, message, help=help_))

    def _place(self, event: _Event) -> Place:
        start, end = event.start_mark, event.end_mark
        end_column = end.column + 1 if end.line == start.line else start.column + 2
        return Place(self.file, start.line + 1, start.column + 1, max(end_column, start.column + 2))


def _scalar(event: _Event, place: Place) -> Scalar:
    return Scalar(event.value, Kind.TEXT if event.style else classify(event.value), place)


def classify(text: str) -> Kind:
    """How YAML reads a scalar without quotes."""
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(text)), Kind.TEXT)


def _point(file: str, mark: _Mark) -> Place:
    return Place(file, mark.line + 1, mark.column + 1, mark.column + 2)


def _first_line(error: yaml.YAMLError) -> str:
    return str(error).strip().splitlines()[0]
