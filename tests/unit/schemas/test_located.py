"""Reading YAML: every scalar keeps its text and place, and what could surprise somebody is refused."""

import json
import time
from pathlib import Path
from typing import Final

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from auroraform.schemas.encoding import MAX_BYTES
from auroraform.schemas.located import (
    MAX_DEPTH,
    Kind,
    Mapping,
    Node,
    Scalar,
    Sequence,
    classify,
    read,
    read_file,
)
from auroraform.schemas.problems import Place
from auroraform.schemas.scalars import Plain, plain
from support.workspaces import lines

FILE: Final = "f.yaml"
BOM: Final = b"\xef\xbb\xbf"


def document(text: str | bytes) -> Mapping:
    """The one document of a file without faults."""
    result = read(text.encode() if isinstance(text, str) else text, FILE)
    assert lines(result.problems) == []
    (found,) = result.documents
    return found


def faults(data: str | bytes) -> list[str]:
    return lines(read(data.encode() if isinstance(data, str) else data, FILE).problems)


def refused(data: str | bytes) -> str:
    """The only fault of a file."""
    (fault,) = faults(data)
    return fault


def at(line: int, column: int, end_column: int) -> Place:
    return Place(FILE, line, column, end_column)


class TestScalars:
    @pytest.mark.parametrize(
        ("text", "scalar"),
        [
            pytest.param("v: 14.10", Scalar("14.10", Kind.NUMBER, at(1, 4, 9)), id="a number keeps its last zero"),
            pytest.param('v: "14.10"', Scalar("14.10", Kind.TEXT, at(1, 4, 11)), id="double quotes make text"),
            pytest.param("v: '14.10'", Scalar("14.10", Kind.TEXT, at(1, 4, 11)), id="single quotes make text"),
            pytest.param("v: 'it''s'", Scalar("it's", Kind.TEXT, at(1, 4, 11)), id="a doubled quote is undone"),
            pytest.param('v: "\\u00e9\\n"', Scalar("é\n", Kind.TEXT, at(1, 4, 14)), id="escapes are undone"),
            pytest.param("v: |\n  1\n  b\n", Scalar("1\nb\n", Kind.TEXT, at(1, 4, 5)), id="a literal block"),
            pytest.param("v: >-\n  a\n  b\n", Scalar("a b", Kind.TEXT, at(1, 4, 5)), id="a folded block"),
            pytest.param("v: a\n  b\n", Scalar("a b", Kind.TEXT, at(1, 4, 5)), id="plain text over two lines"),
            pytest.param("v: a # why", Scalar("a", Kind.TEXT, at(1, 4, 5)), id="a comment is no part of it"),
            pytest.param("a: 1\nv:   true", Scalar("true", Kind.BOOLEAN, at(2, 6, 10)), id="spaces before the value"),
            pytest.param("v:", Scalar("", Kind.NULL, at(1, 3, 4)), id="nothing at all"),
            pytest.param("é😀: x\nv: ü", Scalar("ü", Kind.TEXT, at(2, 4, 5)), id="characters count, not bytes"),
            pytest.param('{"é😀": 1, "v": 7}', Scalar("7", Kind.INTEGER, at(1, 16, 17)), id="behind wide characters"),
            pytest.param("v: &a x", Scalar("x", Kind.TEXT, at(1, 4, 8)), id="with an anchor"),
        ],
    )
    def test_a_scalar_keeps_its_text_its_kind_and_its_place(self, text: str, scalar: Scalar) -> None:
        assert document(text).get("v") == scalar

    def test_a_byte_order_mark_moves_no_column(self) -> None:
        assert document(BOM + b"v: x").get("v") == Scalar("x", Kind.TEXT, at(1, 4, 5))

    def test_an_alias_is_read_where_its_anchor_stands(self) -> None:
        assert document("a: &a 14.10\nv: *a").get("v") == Scalar("14.10", Kind.NUMBER, at(1, 4, 12))

    def test_keys_have_places_and_keep_the_order_of_the_file(self) -> None:
        entries = document('b: 1\n"a": 2\n14.10: 3').entries
        assert {key: entry.key.place for key, entry in entries.items()} == {
            "b": at(1, 1, 2),
            "a": at(2, 1, 4),
            "14.10": at(3, 1, 6),
        }
        assert list(entries) == ["b", "a", "14.10"]

    def test_lists_and_mappings_have_places(self) -> None:
        tree = document("a:\n  - x\n  - {b: c}")
        assert tree.get("a") == Sequence(
            (
                Scalar("x", Kind.TEXT, at(2, 5, 6)),
                Mapping({"b": document("a:\n  - x\n  - {b: c}").get("a").items[1].entries["b"]}, at(3, 5, 6)),  # type: ignore[union-attr]
            ),
            at(2, 3, 4),
        )

    def test_a_path_that_leaves_the_tree_finds_nothing(self) -> None:
        tree = document("a: {b: x, n: null}")
        assert (tree.get("a", "c"), tree.get("a", "b", "c"), tree.text("a"), tree.text("a", "n")) == (None,) * 4
        assert tree.text("a", "b") == "x"

    def test_every_document_of_a_file_is_read(self) -> None:
        result = read(b"# first\n---\na: 1\n---\na: 2\n...\n", FILE)
        assert [(d.text("a"), d.place.line) for d in result.documents] == [("1", 3), ("2", 5)]
        assert result.problems == ()

    def test_anchors_end_with_their_document(self) -> None:
        assert refused("a: &x 1\n---\nb: *x") == (
            'f.yaml:3:4 error[AF002] : this is not YAML: the alias "*x" names no anchor above it'
            " -> check indentation and quotes"
        )

    def test_json_is_read_with_its_places(self) -> None:
        tree = document('{\n\t"a": "x\\/y",\n\t"b": [\n\t\t1.50,\n\t\tnull\n\t]\n}\n')
        assert tree.text("a") == "x/y"
        assert tree.get("b") == Sequence(
            (Scalar("1.50", Kind.NUMBER, at(4, 3, 7)), Scalar("null", Kind.NULL, at(5, 3, 7))), at(3, 7, 8)
        )


class TestJson:
    """JSON is read with the same fidelity; only its escapes of what is beyond U+FFFF are not YAML's."""

    def json(self, text: str) -> Mapping:
        result = read(text.encode(), "f.json")
        assert lines(result.problems) == []
        (found,) = result.documents
        return found

    def test_numbers_keep_their_text(self) -> None:
        tree = self.json('{"engineVersion": 14.10, "n": [1e3, 1.50, 12345678901234567890]}')
        assert plain(tree) == {"engineVersion": "14.10", "n": ["1e3", "1.50", "12345678901234567890"]}

    def test_a_key_twice_is_refused(self) -> None:
        assert lines(read(b'{"a": {"b": 1, "b": 2}}', "f.json").problems) == [
            'f.json:1:16 error[AF003] : the key "b" stands here a second time (first on line 1) -> keep one of the two'
        ]

    def test_characters_beyond_the_basic_plane_may_be_escaped_and_move_no_column(self) -> None:
        text = json.dumps({"😀": "a😀\\ud83d\\ude00", "b": ["😀😀", "c"]})
        assert text.count(r"\ud83d") == 5, "one of them is no escape, but a backslash and letters"
        tree = self.json(text)
        assert plain(tree) == {"😀": r"a😀\ud83d\ude00", "b": ["😀😀", "c"]}
        assert isinstance(items := tree.get("b"), Sequence)
        assert [text[item.place.column - 1 : item.place.end_column - 1] for item in items.items] == [
            r'"\ud83d\ude00\ud83d\ude00"',
            '"c"',
        ]

    def test_columns_count_from_the_escapes_of_their_own_line_only(self) -> None:
        assert self.json(r'{"a": "\ud83d\ude00",' + '\n"b": 7}').get("b") == Scalar(
            "7", Kind.INTEGER, Place("f.json", 2, 6, 7)
        )

    def test_half_a_character_is_refused(self) -> None:
        assert lines(read(rb'{"a": "\ud83d\ude00", "b": "\ud83d x"}', "f.json").problems) == [
            "f.json:1:31 error[AF002] : this is not YAML: found invalid Unicode character escape code"
            " -> check indentation and quotes"
        ]

    def test_in_yaml_the_two_escapes_stay_refused(self) -> None:
        # There, single quotes make them plain text, and no parser but this one would join them.
        assert refused(r'a: "\ud83d\ude00"').startswith("f.yaml:1:7 error[AF002]")
        assert document(r"a: '\ud83d\ude00'").text("a") == r"\ud83d\ude00"


class TestClassify:
    @pytest.mark.parametrize(
        ("kind", "texts"),
        [
            (Kind.NULL, ["", "~", "null", "Null", "NULL"]),
            (Kind.BOOLEAN, ["true", "True", "TRUE", "false", "False", "FALSE"]),
            (Kind.INTEGER, ["0", "-0", "+1", "16", "5432", "-12"]),
            (Kind.NUMBER, ["14.10", "1.", ".5", "-.5", "0.50", "1e3", "1.5e+3", "6.8523015E-5"]),
            (Kind.AMBIGUOUS, ["y", "N", "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"]),
            (Kind.AMBIGUOUS, ["0777", "08", "-01", "1_000", "1_000.5", "0x1F", "0o17", "0b1"]),
            (Kind.AMBIGUOUS, ["12:30", "1:5", "12:30:00", "190:20:30.15", "-1:30"]),
            (Kind.AMBIGUOUS, [".inf", "-.INF", "+.Inf", ".nan", ".NaN"]),
            (Kind.AMBIGUOUS, ["2024-01-01", "2024-1-1", "2024-01-01T10:00:00Z", "2024-01-01 10:00:00"]),
            (Kind.TEXT, ["mon:00:00-tue:01:00", "00:00-01:00", "23:30-00:30", "8.0.mysql_aurora.3.05.2"]),
            (Kind.TEXT, ["yEs", "tRUE", "nULL", "none", "16.8.1", "1e", "1,000", "10.0.0.0/16", "db.r6g.large", "-"]),
            (Kind.TEXT, ["subnet-0a", "eu-west-1", "arn:aws:iam::111122223333:role/x", "1.2.3", "5m", "<<"]),
        ],
    )
    def test_a_plain_scalar_is_what_yaml_tools_agree_on(self, kind: Kind, texts: list[str]) -> None:
        assert {text: classify(text) for text in texts} == dict.fromkeys(texts, kind)

    @pytest.mark.parametrize("text", ["y", "no", "0777", "1_000", "12:30", "2024-01-01", ".inf", "0x1F", "14.10", ""])
    def test_quotes_make_text_of_everything(self, text: str) -> None:
        value = document(f'v: "{text}"').get("v")
        assert isinstance(value, Scalar)
        assert (value.text, value.kind) == (text, Kind.TEXT)

    @pytest.mark.parametrize(
        "text",
        [
            "true", "1", "-3", "1.5", "yes", "Off", "0777", "0x1F", "0b101", "1_000", "12:30:00", "12:30", "2024-01-01",
            "2024-01-01T10:00:00Z", "2024-01-01 10:00:00", ".inf", "-.inf", ".NaN", "~", "null", "1:30.5", "1_0.5",
        ],
    )  # fmt: skip
    def test_what_yaml_1_1_does_not_read_as_text_is_not_text_here(self, text: str) -> None:
        assert not isinstance(yaml.safe_load(text), str), "the case itself"
        assert classify(text) is not Kind.TEXT

    @pytest.mark.parametrize("text", ["-0x1f", "+0b1", "0.1_0", ".5_0"])
    def test_no_other_number_of_yaml_1_1_is_text_here(self, text: str) -> None:
        assert not isinstance(yaml.safe_load(text), str), "the case itself"
        assert classify(text) is not Kind.TEXT


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            pytest.param(
                "a: 1\nb: 2\na: 3",
                'f.yaml:3:1 error[AF003] : the key "a" stands here a second time (first on line 1)'
                " -> keep one of the two",
                id="a key twice",
            ),
            pytest.param(
                'a:\n  - b:\n      c: 1\n      "c": 2',
                'f.yaml:4:7 error[AF003] : the key "c" stands here a second time (first on line 3)'
                " -> keep one of the two",
                id="a key twice, far down and in two spellings",
            ),
            pytest.param(
                "a: 1\n\tb: 2\n",
                "f.yaml:2:1 error[AF002] : this is not YAML: found a tab character that violates indentation"
                " -> indent with spaces; YAML allows no tab there",
                id="a tab before a key",
            ),
            pytest.param(
                "a:\n\t- 1",
                "f.yaml:2:1 error[AF002] : this is not YAML: found character that cannot start any token"
                " -> indent with spaces; YAML allows no tab there",
                id="a tab before a list",
            ),
            pytest.param(
                "a: b: c",
                "f.yaml:1:5 error[AF002] : this is not YAML: mapping values are not allowed in this context"
                " -> check indentation and quotes",
                id="two colons",
            ),
            pytest.param(
                'a: "b',
                "f.yaml:1:6 error[AF002] : this is not YAML: found unexpected end of stream"
                " -> check indentation and quotes",
                id="an open quote",
            ),
            pytest.param(
                "a: !!int 1",
                "f.yaml:1:4 error[AF004] : YAML tags are not allowed here: !!int"
                " -> remove the tag; every field knows its type",
                id="a tag of a scalar",
            ),
            pytest.param(
                "a: !!python/object/apply:os.system [id]",
                "f.yaml:1:4 error[AF004] : YAML tags are not allowed here: "
                "!!python/object/apply:os.system -> remove the tag; every field knows its type",
                id="a tag that runs programs elsewhere",
            ),
            pytest.param(
                "a: {b: !Ref c}",
                "f.yaml:1:8 error[AF004] : YAML tags are not allowed here: !Ref"
                " -> remove the tag; every field knows its type",
                id="a tag of CloudFormation",
            ),
            pytest.param(
                "a: ! 14.10",
                "f.yaml:1:4 error[AF004] : YAML tags are not allowed here: !"
                " -> remove the tag; every field knows its type",
                id="a tag without a name",
            ),
            pytest.param(
                "a: &a {x: 1}\nb:\n  <<: *a",
                "f.yaml:3:3 error[AF004] : merge keys (<<) are not part of YAML 1.2 and hide where a value comes from"
                " -> put shared values into an environment's `defaults`, or repeat them",
                id="a merge key",
            ),
            pytest.param(
                "? [a]\n: b",
                "f.yaml:1:3 error[AF004] : a key must be plain text -> write the key as one word",
                id="a list as a key",
            ),
            pytest.param(
                b"a: 1\nb: \xff",
                "f.yaml:2:4 error[AF001] : the file is not UTF-8: byte 0xff cannot be read -> save it as UTF-8",
                id="Latin 1",
            ),
            pytest.param(
                "é: \xe9".encode() + b" \xe9",
                "f.yaml:1:6 error[AF001] : the file is not UTF-8: byte 0xe9 cannot be read -> save it as UTF-8",
                id="Latin 1 behind wide characters",
            ),
            pytest.param(
                BOM + b"a: \xfe",
                "f.yaml:1:4 error[AF001] : the file is not UTF-8: byte 0xfe cannot be read -> save it as UTF-8",
                id="not UTF-8 behind a byte order mark",
            ),
            pytest.param(
                b"a: x\x00",
                "f.yaml:1:5 error[AF002] : this is not YAML: unacceptable character #x0000: control characters are"
                " not allowed -> check indentation and quotes",
                id="a null character",
            ),
            pytest.param(
                "é: 1\nü: \x07",
                "f.yaml:2:4 error[AF002] : this is not YAML: unacceptable character #x0007: control characters are"
                " not allowed -> check indentation and quotes",
                id="a control character behind wide characters",
            ),
            pytest.param(
                "a: *nobody",
                'f.yaml:1:4 error[AF002] : this is not YAML: the alias "*nobody" names no anchor above it'
                " -> check indentation and quotes",
                id="an alias without an anchor",
            ),
            pytest.param(
                "a: &a [*a]",
                'f.yaml:1:8 error[AF002] : this is not YAML: the alias "*a" names no anchor above it'
                " -> check indentation and quotes",
                id="an alias of what it stands in",
            ),
            pytest.param(
                "", "f.yaml error[AF006] : the file holds no document -> delete it, or fill it", id="an empty file"
            ),
            pytest.param(
                "# later\n",
                "f.yaml error[AF006] : the file holds no document -> delete it, or fill it",
                id="comments only",
            ),
            pytest.param(
                "a: 1\n---\n",
                "f.yaml:3:1 error[AF006] : the document is empty -> delete the `---` line, or fill the document",
                id="an empty document",
            ),
            pytest.param(
                "- a: 1",
                "f.yaml:1:1 error[AF007] : a document is a mapping that begins with apiVersion and kind"
                " -> write `apiVersion: …` and `kind: …` at the top level",
                id="a list at the top",
            ),
            pytest.param(
                "hello",
                "f.yaml:1:1 error[AF007] : a document is a mapping that begins with apiVersion and kind"
                " -> write `apiVersion: …` and `kind: …` at the top level",
                id="text at the top",
            ),
        ],
    )
    def test_it_is_refused_with_its_place(self, data: str | bytes, expected: str) -> None:
        assert refused(data) == expected

    @pytest.mark.parametrize("width", ["16", "32"])
    @pytest.mark.parametrize("order", ["", "-le", "-be"])
    def test_the_other_encodings_of_unicode_are_named(self, width: str, order: str) -> None:
        # Without the order in its name Python's codec begins with a mark, with it not.
        assert refused("apiVersion: x".encode(f"utf-{width}{order}")) == (
            f"f.yaml error[AF001] : the file is UTF-{width}, and only UTF-8 is read"
            " -> save it as UTF-8, which editors offer where they save"
        )

    def test_a_broken_document_does_not_hide_the_whole_one_before_it(self) -> None:
        result = read(b"a: 1\n---\n- x\n---\nb: 2\nb: 3", FILE)
        assert [p.place.line for p in result.problems] == [3, 6]
        assert [d.place.line for d in result.documents] == [1, 5]


class TestBounds:
    def test_a_file_may_have_just_so_many_bytes(self) -> None:
        assert document(b"a: " + b"x" * (MAX_BYTES - 3)).text("a") == "x" * (MAX_BYTES - 3)
        assert refused(b"a: " + b"x" * (MAX_BYTES - 2)) == (
            "f.yaml error[AF005] : the file has 1,000,001 bytes; at most 1,000,000 are read"
            " -> split it: several files and several documents per file are fine"
        )

    def test_a_tree_may_be_just_so_deep(self) -> None:
        # The root mapping is level 0, so its value is level 1.
        assert depth(document("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH)) == MAX_DEPTH
        assert refused("a: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == (
            "f.yaml:1:44 error[AF005] : nested deeper than 40 levels -> "
        )

    @pytest.mark.parametrize("opening", ["[", "{", "? ", "- "])
    def test_a_hundred_thousand_levels_are_refused_at_once(self, opening: str) -> None:
        start = time.perf_counter()
        (problem,) = read(opening.encode() * 100_000, FILE).problems
        assert problem.code == "AF005"
        assert time.perf_counter() - start < 0.5

    def test_aliases_of_aliases_are_refused_at_once(self) -> None:
        # &a3 holds 11,111 values, and 12,251 stand before its first alias, so that the fourth one is too many.
        bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
            f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)
        )
        start = time.perf_counter()
        assert refused(bomb) == (
            "f.yaml:5:25 error[AF005] : the file holds more than 50,000 values once its aliases are expanded"
            " -> write fewer aliases of aliases, or split the file"
        )
        assert time.perf_counter() - start < 0.5

    def test_many_values_without_aliases_are_refused_too(self) -> None:
        # The root, its key and the list count too, so the list holds 49,997 of the 50,000.
        assert len(document("a: [" + "0," * 49_997 + "]").get("a").items) == 49_997  # type: ignore[union-attr]
        assert refused("a: [" + "0," * 49_998 + "]").startswith("f.yaml:1:99999 error[AF005] : the file holds more")

    def test_an_alias_may_reach_the_bound_but_not_pass_it(self) -> None:
        deep = "a: &a " + "[" * 20 + "]" * 20
        assert depth(document(f"{deep}\nb: " + "[" * 20 + "*a" + "]" * 20)) == MAX_DEPTH
        assert refused(f"{deep}\nb: " + "[" * 21 + "*a" + "]" * 21) == (
            "f.yaml:2:25 error[AF005] : nested deeper than 40 levels -> "
        )

    def test_aliases_cannot_make_a_tree_deeper_than_the_bound(self) -> None:
        text = "a0: &a0 " + "[" * 30 + "]" * 30 + "\n"
        for n in range(1, 45):
            text += f"a{n}: &a{n} " + "[" * 30 + f"*a{n - 1}" + "]" * 30 + "\n"
        result = read(text.encode(), FILE)
        assert all(depth(tree) <= MAX_DEPTH for tree in result.documents)


class TestFiles:
    def test_a_file_on_disk_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "x").write_bytes(b"a: 14.10")
        assert read_file(tmp_path / "x", FILE) == read(b"a: 14.10", FILE)

    def test_a_file_too_large_is_refused_by_its_size(self, tmp_path: Path) -> None:
        with (tmp_path / "x").open("wb") as file:
            file.truncate(10**12)  # a hole: it takes no room, and reading it would take all memory
        assert lines(read_file(tmp_path / "x", FILE).problems) == [
            "f.yaml error[AF005] : the file has 1,000,000,000,000 bytes; at most 1,000,000 are read"
            " -> split it: several files and several documents per file are fine"
        ]

    def test_a_file_that_is_gone_is_a_problem(self, tmp_path: Path) -> None:
        assert lines(read_file(tmp_path / "x", FILE).problems) == [
            "f.yaml error[AF001] : the file cannot be read: No such file or directory"
            " -> check what it is, and its permissions"
        ]

    @pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that even root cannot read")
    def test_a_file_that_cannot_be_read_is_a_problem(self) -> None:
        assert lines(read_file(Path("/proc/self/mem"), FILE).problems) == [
            "f.yaml error[AF001] : the file cannot be read: Input/output error -> check what it is, and its permissions"
        ]


def depth(root: Node) -> int:
    """How many levels stand below a node; iterative, so that it survives what it measures."""
    deepest, open_ = 0, [(root, 0)]
    while open_:
        node, level = open_.pop()
        deepest = max(deepest, level)
        if isinstance(node, Mapping):
            open_ += [(entry.value, level + 1) for entry in node.entries.values()]
        elif isinstance(node, Sequence):
            open_ += [(item, level + 1) for item in node.items]
    return deepest


_SOUP: Final = st.text(alphabet="ab01:-[]{}&*!|>'\"%#?,\n \t.<~\\é\x00\x85", max_size=60)


# PyYAML writes these line breaks as they are into quotes, where even it reads them back as spaces.
_TEXT: Final = st.text(st.characters(exclude_characters="\x85\u2028\u2029", exclude_categories=["Cs"]))


def _trees() -> st.SearchStrategy[dict[str, Plain]]:
    tree: st.SearchStrategy[Plain] = _TEXT
    for _ in range(3):
        tree = _TEXT | st.lists(tree, max_size=4) | st.dictionaries(_TEXT, tree, max_size=4)
    return st.dictionaries(_TEXT, tree, min_size=1, max_size=4)


class TestProperties:
    @given(st.binary() | st.text().map(str.encode) | _SOUP.map(str.encode))
    @settings(max_examples=600, deadline=None)
    def test_whatever_a_file_holds_is_read_or_refused(self, data: bytes) -> None:
        result = read(data, FILE)
        assert result.documents or result.problems
        assert {p.place.file for p in result.problems} <= {FILE}
        assert all(p.is_error and p.message for p in result.problems)

    @given(_trees(), st.booleans(), st.sampled_from([None, True, False]))
    @settings(max_examples=150, deadline=None)
    def test_text_in_any_spelling_of_yaml_comes_back_as_it_was(
        self,
        tree: dict[str, Plain],
        allow_unicode: bool,  # noqa: FBT001 - drawn
        flow: bool | None,  # noqa: FBT001 - drawn
    ) -> None:
        dumped = yaml.safe_dump(tree, allow_unicode=allow_unicode, default_flow_style=flow)
        assert plain(document(dumped)) == tree

    # YAML ends a key on one line after 1,024 bytes, and so in JSON too.
    @given(
        st.dictionaries(
            st.text(st.characters(max_codepoint=0xD7FF), max_size=100), st.text(st.characters(max_codepoint=0xD7FF))
        )
    )
    @settings(max_examples=100, deadline=None)
    def test_text_in_json_comes_back_as_it_was(self, tree: dict[str, str]) -> None:
        assert plain(document(json.dumps(tree, indent="\t"))) == tree


def test_a_key_in_another_spelling_of_the_same_characters_is_the_same_key() -> None:
    found = read("\u00e9: 1\ne\u0301: 2\n".encode(), "f.yaml")
    assert [(problem.code, str(problem.place)) for problem in found.problems] == [("AF003", "f.yaml:2:1")]
    assert list(found.documents[0].entries) == ["\u00e9"]
